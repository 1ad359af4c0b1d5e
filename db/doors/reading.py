"""The read door: rows as an actor may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, select

from db import audit, engine, ids, permissions, places
from db.actors import Actor
from db.base import About, Register
from db.changes import Values, Written
from db.doors import labels, paging
from db.doors.questions import Condition, Forbidden, Question
from db.fields import Field
from db.parsers import short
from db.permissions import Grant, Sight
from db.registers import BY_NAME, REGISTERS


@dataclass(frozen=True)
class Answer:
    """Rows as dicts (id, area_id, fields by name), how many there are in all, as of which seq.

    `labels` maps the ids that the rows refer to to the words that stand for them.
    """

    seq: int
    as_of: str
    total: int
    offset: int
    rows: list[Values]
    labels: dict[str, str] = field(default_factory=dict)


def register_named(name: str) -> Register:
    """The register, or a sentence that there is none of this name."""
    if name not in BY_NAME:
        raise Forbidden(f"没有名为{short(name)}的台账")
    return BY_NAME[name]


def permitted(conn: Connection, actor: Actor, verb: str, register: Register) -> Grant:
    """The grant, or a sentence that the role does not have it."""
    grant = permissions.grant(conn, actor, verb, register)
    if grant is None:
        raise Forbidden(f"您的角色不能{WORDS[verb]}“{register.about.label}”")
    return grant


WORDS = {
    "read": "查看",
    "add": "新增",
    "change": "修改",
    "delete": "删除",
    "reveal": "查看完整的",
    "count": "统计",
}


def scope(conn: Connection, grant: Grant, area: str | None) -> tuple[str, ...] | None:
    """The areas that a question reaches: the one asked for and all below it."""
    if area is None:
        return None
    below = places.below(conn, area)
    if not below or not all(grant.covers(one) for one in below):
        raise Forbidden("没有这个区域，或它不在您的工作范围内")
    return below


def read(on: Engine, actor: Actor, asked: Question) -> Answer:
    """The rows of the question; raises Forbidden or Refused with a sentence."""
    register = register_named(asked.register)
    paging.wait(on, actor, asked)
    with engine.reading(on) as conn:
        seq, now = audit.seq(conn), ids.now()
        grant = permitted(conn, actor, "read", register)
        call = paging.Call(on, conn, grant, scope(conn, grant, asked.area), asked, seq, now)
        page = paging.page(call, cells(grant))
        rows = shown_rows(grant, page.rows)
        words = labels.of(conn, actor, register, rows)
        return Answer(seq, page.as_of or now, page.total, asked.offset, rows, words)


def by_ids(on: Engine, actor: Actor, register: str, wanted: Iterable[str]) -> Answer:
    """The rows of these ids, those that may be seen, in the order of the ids."""
    position = {row_id: place for place, row_id in enumerate(wanted) if ids.sound(row_id)}
    asked = Question(register, where=(Condition("id", "in", list(position)),), limit=None)
    answer = read(on, actor, asked)
    answer.rows.sort(key=lambda row: position[row["id"]])
    return answer


def cells(grant: Grant) -> list[Any]:
    """The SQL columns that the actor may see at all."""
    table = grant.register.table
    return [table.c.id, table.c.area_id, *grant.register.columns(grant.fields)]


def shown_rows(grant: Grant, found: Iterable[Any]) -> list[Values]:
    """Rows (mappings of column to value) with every masked cell behind its mask."""
    masked = [f for f in grant.fields.values() if grant.sight(f) is Sight.MASKED]
    rows = [dict(row) for row in found]
    for row in rows:
        for one in masked:
            row[one.name] = one.mask(row[one.name])
    return rows


def shown_values(grant: Grant, values: Values, names: Iterable[str] | None = None) -> Values:
    """The cells of a row, or those of `names`, as the actor may see them."""
    fields = grant.fields
    shown = {name: values[name] for name in (values if names is None else names) if name in fields}
    for one in grant.masked:
        if one.name in shown:
            shown[one.name] = one.mask(shown[one.name])
    return shown


def row(on: Engine, actor: Actor, register: str, row_id: str) -> Values | None:
    """One row, or None where there is none that may be seen."""
    found = by_ids(on, actor, register, [row_id]).rows
    return found[0] if found else None


def may(on: Engine, actor: Actor, register: str, area: str | None = None) -> dict[str, bool]:
    """Every verb: whether the actor has it on the register (in the area)."""
    known = register_named(register)
    with engine.reading(on) as conn:
        return _verbs(conn, actor, known, area)


def rights(on: Engine, actor: Actor, area: str | None = None) -> dict[str, dict[str, bool]]:
    """What `may` answers, of every register at once."""
    with engine.reading(on) as conn:
        return {name: _verbs(conn, actor, known, area) for name, known in BY_NAME.items()}


def _verbs(conn: Connection, actor: Actor, known: Register, area: str | None) -> dict[str, bool]:
    grants = permissions.grants(conn, actor, permissions.VERBS, known)
    return {
        verb: given is not None and (area is None or given.covers(area))
        for verb, given in grants.items()
    }


def areas(on: Engine, actor: Actor) -> list[Values]:
    """The areas in the actor's reach as rows, parents before children."""
    with engine.reading(on) as conn:
        reach = places.below(conn, actor.area_id)
        table = BY_NAME["areas"].table
        found = conn.execute(
            select(table.c.id, table.c.name, table.c.level, table.c.area_id).where(
                table.c.id.in_(reach)
            )
        ).mappings()
        position = {area: place for place, area in enumerate(reach)}
        return sorted((dict(one) for one in found), key=lambda one: position[one["id"]])


def columns(
    on: Engine, actor: Actor, register: str, area: str | None = None
) -> tuple[About, list[Field], dict[str, Sight]]:
    """The words of a register, the fields that the actor sees, and how much of each.

    With `area` without those that users made for other places.
    """
    with engine.reading(on) as conn:
        grant = permitted(conn, actor, "read", register_named(register))
        here = places.below(conn, area or actor.area_id)
    fields = [one for one in grant.fields.values() if any(map(one.fits, here)) or not one.within]
    return grant.register.about, fields, {one.name: grant.sight(one) for one in fields}


def named(on: Engine, actor: Actor, written: Written) -> dict[str, str]:
    """The labels of the rows that a write's outcomes now refer to."""
    pointing: dict[str, set[str]] = {}
    for outcome in written.outcomes:
        for name, value in {**outcome.theirs, **outcome.values}.items():
            if value and name in REFERENCES:
                pointing.setdefault(REFERENCES[name], set()).add(value)
    if not pointing:
        return {}
    found: dict[str, str] = {}
    with engine.reading(on) as conn:
        for refers, wanted in pointing.items():
            found |= labels.named(conn, actor, BY_NAME[refers], sorted(wanted))
    return found


REFERENCES = {
    name: one.refers
    for register in REGISTERS
    for name, one in register.fields.items()
    if one.refers
}


def version(on: Engine) -> int:
    """The version of all data: larger after every commit."""
    with engine.reading(on) as conn:
        return audit.seq(conn)


def path(on: Engine, area_id: str) -> list[str]:
    """The names from the root down to an area; names of places are no secret."""
    with engine.reading(on) as conn:
        return [name for _, name, _ in places.path(conn, area_id)]
