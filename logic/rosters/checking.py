"""A mapped roster through its Fields: values for every row, and every problem there is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from db.parsers import plain
from db.registers import BY_NAME
from db.sweeping import unswept
from logic.rosters import contradictions, households, parsing
from logic.rosters.mapping import FIELD, REMARK, Choice, Mapping
from logic.rosters.problems import ERROR, WARNING, Problem
from logic.rosters.tables import Table

SHOWN = 3


@dataclass(frozen=True)
class Checked:
    """Rows as {target's name: value}, in the file's order; a blank cell is None, a refused one is
    not there. `households[i]` tells which rows are one household (0: nothing tells).
    `covered[i]` are the masks that stood in a row instead of numbers, by target's name.
    """

    register: str
    sheet: str
    rows: list[dict[str, Any]]
    numbers: list[int]
    households: list[int]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    covered: dict[int, dict[str, str]] = field(default_factory=dict)

    @property
    def bad(self) -> frozenset[int]:
        """The rows of the file that have an error and cannot be written."""
        return frozenset(one.row for one in self.problems if one.level == ERROR)


class Undecided(Exception):
    """A mapping that nobody has finished; the message says what is to be done."""


def check(table: Table, mapping: Mapping, given: Iterable[str] = ()) -> Checked:
    """Every cell of every mapped column. `given` names required fields that the whole file shares
    and somebody has said beside it, such as group_id. Raises Undecided where a column waits for a
    decision or a required field for a column.
    """
    if mapping.undecided:
        labels = "、".join(f"“{one.column.label}”" for one in mapping.undecided)
        raise Undecided(f"请先选定{labels}的去处")
    if missing := [name for name in mapping.missing if name not in set(given)]:
        fields = BY_NAME[mapping.register].fields
        labels = "、".join(f"“{fields[name].label}”" for name in missing)
        raise Undecided(f"表里没有{labels}列，请选定哪一列是{labels}")
    with unswept(len(table.rows)):
        return _Check(table, mapping).done()


class _Check:
    def __init__(self, table: Table, mapping: Mapping) -> None:
        self.table, self.mapping = table, mapping
        self.register = BY_NAME[mapping.register]
        self.problems: list[Problem] = []
        self.texts, self.groups, said = households.filled_down(table, mapping)
        self.notes = [*table.notes, *said]
        self.columns = list(zip(*self.texts, strict=True))
        self.covered: dict[int, dict[str, str]] = {}
        self.blank: set[int] = set()  # rows with a cell that was refused
        self.spots = {one.target: at for at, one in enumerate(mapping.choices) if one.way == FIELD}

    def done(self) -> Checked:
        named = [
            (at, choice) for at, choice in enumerate(self.mapping.choices) if choice.way == FIELD
        ]
        values = [self._column(at, choice) for at, choice in named]
        rows = self._rows([choice.target for _, choice in named], values)
        self._aside(rows)
        self._clash(rows)
        return Checked(
            self.mapping.register,
            self.table.sheet.title,
            rows,
            self.table.numbers,
            self.groups,
            tuple(sorted(self.problems, key=lambda one: (one.row, len(one.letter), one.letter))),
            tuple(self.notes),
            self.covered,
        )

    def _column(self, at: int, choice: Choice) -> list[Any]:
        """A column's values; a refused cell is the refusal's own mark."""
        target = self.mapping.targets[choice.target]
        texts = self.columns[at]
        broken = self._broken(at, choice)
        parsed = parsing.column(texts, target)
        if target.field.required and (target.field.default or target.field.stamp):
            parsed.refused.pop("", None)  # what stands in for a blank
            parsed.values.setdefault("", None)
        parsed.values |= dict.fromkeys(parsed.refused, REFUSED)
        for row, text in enumerate(texts) if parsed.refused else ():
            if text in parsed.refused and row not in broken:
                self._say(row, choice, text, parsed.refused[text])
        for row, text in enumerate(texts) if parsed.masked else ():
            if text in parsed.masked:
                self.covered.setdefault(row, {})[choice.target] = plain(text)
        self._reworded(choice, parsed)
        found = list(map(parsed.values.__getitem__, texts))
        for row in broken:
            found[row] = REFUSED
        if parsed.refused or broken:
            self.blank |= {row for row, value in enumerate(found) if value is REFUSED}
        return found

    def _broken(self, at: int, choice: Choice) -> set[int]:
        """The rows whose cell of a column held no value that could be read."""
        if not self.table.sheet.broken:
            return set()
        said = {row: why for row in range(len(self.texts)) if (why := self.table.broken(row, at))}
        for row, why in said.items():
            self._say(row, choice, "", why)
        return set(said)

    def _reworded(self, choice: Choice, parsed: parsing.Parsed) -> None:
        if parsed.masked:
            count, one = parsed.masked.total(), next(iter(parsed.masked))
            self.notes.append(
                f"“{choice.column.label}”里 {count} 处是遮盖过的（如 {one}），只用来认人，不导入"
            )
        common = parsed.reworded.most_common(SHOWN)
        if common:
            said = "、".join(f"“{was}”按“{now}”" for (was, now), _ in common)
            more = "等" if len(parsed.reworded) > SHOWN else ""
            count = parsed.reworded.total()
            self.notes.append(f"“{choice.column.label}”里{said}{more}读入，共 {count} 处")

    def _rows(self, names: list[str], values: list[list[Any]]) -> list[dict[str, Any]]:
        if not names:
            return [{} for _ in self.texts]
        rows = [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)]
        for at in self.blank:
            rows[at] = {name: value for name, value in rows[at].items() if value is not REFUSED}
        return rows

    def _aside(self, rows: list[dict[str, Any]]) -> None:
        """Columns that are kept in 备注, as “列名：内容”, behind what stands there already."""
        kept = [(at, one) for at, one in enumerate(self.mapping.choices) if one.way == REMARK]
        longest = self.register.fields["remark"].longest if kept else 0
        for row, texts in enumerate(self.texts if kept else []):
            said = [f"{one.column.label}：{texts[at]}" for at, one in kept if texts[at]]
            remark = "；".join([text for text in (rows[row].get("remark"), *said) if text])
            if len(remark) > longest:
                self._say(row, kept[0][1], remark, f"并入备注后超过 {longest} 字，请缩短")
            elif said:
                rows[row]["remark"] = remark

    def _clash(self, rows: list[dict[str, Any]]) -> None:
        for at, name, why, error in contradictions.clashes(self.register, rows, self.table.numbers):
            place = self.spots.get(name)
            if place is not None:
                level = ERROR if error else WARNING
                self._say(at, self.mapping.choices[place], self.texts[at][place], why, level)

    def _say(self, row: int, choice: Choice, read: str, why: str, level: str = ERROR) -> None:
        column, number = choice.column, self.table.numbers[row]
        title = self.table.sheet.title
        self.problems.append(Problem(title, number, column.label, column.letter, read, why, level))


REFUSED = object()
