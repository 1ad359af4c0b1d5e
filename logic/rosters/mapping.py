"""Columns of a roster to targets of a register: guessed with reasons, corrected, remembered."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping as Saved
from dataclasses import dataclass, replace

from db.fields import Field
from db.kinds import ID_NUMBER, PHONE
from db.registers import BY_NAME
from logic.rosters import bidding, guessing, heading, labels, synonyms, targets
from logic.rosters.heading import Column
from logic.rosters.tables import Table
from logic.rosters.targets import Target

FIELD, REMARK, LEAVE, ASK = WAYS = ("field", "remark", "leave", "ask")
LEAST = 0.5  # less sure than this is no guess
CHOSEN = "由您选定"


@dataclass(frozen=True)
class Choice:
    """What becomes of one column: a target's name, or one of the other ways with its reason."""

    column: Column
    way: str
    target: str = ""
    confidence: float = 0.0
    reason: str = ""
    example: str = ""


@dataclass(frozen=True)
class Mapping:
    """One choice a column, in the file's order. `missing` names required fields that no
    column gives; `signature` stands for this header in this register; `made` are the fields that
    users made, among which a column may find its place."""

    register: str
    choices: tuple[Choice, ...]
    missing: tuple[str, ...]
    signature: str
    made: tuple[Field, ...] = ()

    @property
    def targets(self) -> dict[str, Target]:
        """All that a column can become."""
        return targets.of(self.register, self.made)

    @property
    def undecided(self) -> tuple[Choice, ...]:
        """The columns that somebody has to decide about before anything can be checked."""
        return tuple(choice for choice in self.choices if choice.way == ASK)

    @property
    def lacking(self) -> str:
        """The labels of the required fields that no column gives."""
        fields = BY_NAME[self.register].fields
        return "、".join(f"“{fields[name].label}”" for name in self.missing)


def guess(table: Table, register: str, made: tuple[Field, ...] = ()) -> Mapping:
    """The best target for each column, each target once; what fits nothing goes into 备注."""
    samples = [guessing.sample(table.rows, at) for at in range(len(table.columns))]
    held = list(map(guessing.kind, samples))
    bids = [
        (score, -at, name, reason)
        for at, column in enumerate(table.columns)
        for name, target in targets.of(register, made).items()
        for score, reason in [bidding.bid(register, column.label, target, samples[at], held[at])]
        if score >= LEAST
    ]
    taken: dict[int, Choice] = {}
    for score, place, name, reason in sorted(bids, key=lambda one: one[:2], reverse=True):
        if -place not in taken and all(one.target != name for one in taken.values()):
            column = table.columns[-place]
            taken[-place] = Choice(column, FIELD, name, score, reason)
    _heads_are_persons(taken, register)
    chosen = [
        taken.get(at)
        or leftover(register, column, samples[at], {one.target for one in taken.values()})
        for at, column in enumerate(table.columns)
    ]
    shown = [
        replace(choice, example="、".join(dict.fromkeys(texts[:50]))[:40])
        for choice, texts in zip(chosen, samples, strict=True)
    ]
    return _whole(register, shown, made)


def _heads_are_persons(taken: dict[int, Choice], register: str) -> None:
    """A roster that names householders alone is one of those persons."""
    head = next((at for at, choice in taken.items() if choice.target == targets.HEAD), None)
    named = {choice.target for choice in taken.values()} & {"name", "resident_id.name"}
    if head is not None and not named and "name" in targets.of(register):
        reason = "只有户主一列姓名，每行当作户主本人"
        taken[head] = replace(taken[head], target="name", reason=reason)


def leftover(register: str, column: Column, texts: list[str], taken: set[str]) -> Choice:
    """What becomes of a column that fits no target: said, never dropped silently."""
    said = labels.key(column.label)
    if not texts:
        return Choice(column, LEAVE, reason="这一列是空的")
    nameless = column.label == heading.NAMELESS.format(column.letter)
    if said in synonyms.SERIAL or (nameless and guessing.kind(texts) == "ordinal"):
        return Choice(column, LEAVE, reason="序号不用保存")
    if said in synonyms.DERIVED and taken & {synonyms.DERIVED[said], "id_number"}:
        return Choice(column, LEAVE, reason="年龄年年变，由出生日期算出，不用保存")
    if guessing.kind(texts) in (ID_NUMBER.name, PHONE.name):
        return Choice(column, ASK, reason="内容是证件号或电话，并入备注就不再遮盖，请选择去处")
    if "remark" in BY_NAME[register].fields:
        return Choice(column, REMARK, reason="没有对应的列，先并入备注，也可以不导入")
    return Choice(column, ASK, reason="没有对应的列，请选一个去处，或不导入")


def corrected(mapping: Mapping, decisions: Saved[int, tuple[str, str]]) -> Mapping:
    """With what somebody chose, by the column's index: (way, target). Raises ValueError where
    two columns are given one target or a way or target is none."""
    known = mapping.targets
    choices: list[Choice] = []
    for choice in mapping.choices:
        way, target = decisions.get(choice.column.index, (choice.way, choice.target))
        if way not in WAYS or (way == FIELD) != (target in known):
            raise ValueError(f"没有“{target or way}”这种去处")
        if (way, target) == (choice.way, choice.target):
            choices.append(choice)
        else:
            now = Choice(choice.column, way, target, 1.0, CHOSEN, choice.example)
            choices.append(now)
    used = [choice.target for choice in choices if choice.way == FIELD]
    for target in used:
        if used.count(target) > 1:
            raise ValueError(f"“{known[target].label}”只能对应一列")
    return _whole(mapping.register, choices, mapping.made)


def saved(mapping: Mapping) -> list[list[str]]:
    """The mapping as plain data, to be kept under its signature."""
    return [[choice.way, choice.target] for choice in mapping.choices]


def recalled(mapping: Mapping, kept: list[list[str]]) -> Mapping:
    """With what was kept under its signature; what no longer fits is left as it was guessed."""
    if len(kept) != len(mapping.choices):
        return mapping
    pairs = zip(mapping.choices, kept, strict=True)
    decisions = {choice.column.index: (way, target) for choice, (way, target) in pairs}
    try:
        remembered = corrected(mapping, decisions)
    except ValueError:
        return mapping
    said = [replace(choice, confidence=1.0, reason="和上次一样") for choice in remembered.choices]
    return replace(remembered, choices=tuple(said))


def signature(register: str, columns: tuple[Column, ...]) -> str:
    """The same for every file with these labels in this order, however they are spaced."""
    said = "\n".join([register, *(labels.key(column.label) for column in columns)])
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _whole(register: str, choices: list[Choice], made: tuple[Field, ...]) -> Mapping:
    used = {choice.target for choice in choices if choice.way == FIELD}
    through = {name.partition(".")[0] for name in used}
    missing = [
        name
        for name, field in BY_NAME[register].fields.items()
        if field.required and not (field.default or field.stamp) and name not in used | through
    ]
    columns = tuple(choice.column for choice in choices)
    told = signature(register, columns)
    return Mapping(register, tuple(choices), tuple(missing), told, made)
