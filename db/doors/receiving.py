"""The public page's way through the doors: a need goes in, a number and a stage come out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Engine, select

from db import engine, ids, stages
from db.actors import Actor
from db.changes import Change, Values
from db.doors.writing import write
from db.parsers import Refused
from db.registers import BY_NAME
from db.registers.needs import ALONE
from db.roles import VISITOR

AGREED = "本人同意社区为办理这件事使用所留的姓名和电话"


def visitor(area: str) -> Actor:
    """Whoever opens the public page of a community: no account, and hardly a right."""
    return Actor(VISITOR.name, VISITOR.label, VISITOR.name, area)


def receive(on: Engine, area: str, row_id: str, cells: Values) -> str:
    """Adds a need that somebody raised alone; its number. Sent twice it is added once.

    Raises Refused with a sentence.
    """
    change = Change("needs", row_id, None, {**cells, "area_id": area, "way": ALONE}, op=row_id)
    told = bool(cells.get("raised_by") or cells.get("phone"))
    reason = AGREED if told else None
    (outcome,) = write(on, visitor(area), [change], source="public", reason=reason).outcomes
    if outcome.status != "applied":
        raise Refused(outcome.reason)
    table = BY_NAME["needs"].table
    with engine.reading(on) as conn:
        return str(conn.scalars(select(table.c.number).where(table.c.id == row_id)).one())


def state(on: Engine, area: str, number: str) -> str | None:
    """The stage of the need with that number in the community; nothing else of it. None: none."""
    table = BY_NAME["needs"].table
    asked = select(table.c.id).where(
        table.c.area_id == area, table.c.number == number, table.c.deleted_at.is_(None)
    )
    if not ids.sound(area) or not ids.sound(number):
        return None
    with engine.reading(on) as conn:
        found = conn.scalar(asked)
        return stages.stage(stages.of(_rows(conn, found))[found]) if found else None


def _rows(conn: Connection, need: str) -> dict[str, list[dict[str, Any]]]:
    """The need, the one that it joined, and all that tells their stages."""
    rows = {"needs": _found(conn, "needs", "id", [need])}
    joined = [one["joined_id"] for one in rows["needs"] if one["joined_id"]]
    rows["needs"] += _found(conn, "needs", "id", joined)
    for register, by, before in stages.TELLING:
        key = "project_id" if before == "project_needs" else "id"
        rows[register] = _found(conn, register, by, [one[key] for one in rows[before]])
    return rows


def _found(conn: Connection, register: str, by: str, wanted: Iterable[str]) -> list[dict[str, Any]]:
    table = BY_NAME[register].table
    plain = [table.c[n] for n, one in BY_NAME[register].fields.items() if not one.sensitive]
    rows = select(table.c.id, *plain).where(table.c[by].in_(list(wanted)))
    return [dict(row) for row in conn.execute(rows.where(table.c.deleted_at.is_(None))).mappings()]
