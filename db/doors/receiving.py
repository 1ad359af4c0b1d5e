"""The public page's way through the doors: a need goes in, a number and a stage come out."""

from __future__ import annotations

from sqlalchemy import Engine, select

from db import engine, ids
from db.actors import Actor
from db.changes import Change, Values
from db.doors.staging import stories
from db.doors.writing import write
from db.parsers import Refused
from db.registers import BY_NAME
from db.registers.needs import ALONE
from db.roles import FOUNDER, VISITOR

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
    if not ids.sound(area) or not ids.sound(number):
        return None
    all_seeing = Actor(FOUNDER.name, FOUNDER.label, FOUNDER.name, area)
    found = [one for one in stories(on, all_seeing, area, needs=[number]) if one.number == number]
    return found[0].reached if found else None
