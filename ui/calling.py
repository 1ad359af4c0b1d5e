"""Who takes part in a session, who came, and the changes that say so."""

from __future__ import annotations

import uuid

from db.changes import Change
from db.registers.programmes import HELD
from db.sessions import Session
from ui import data
from ui.data import Condition

Marks = dict[str, data.Row]  # by resident


def marks(here: Session, area: str, session: data.Row) -> list[data.Row]:
    """What is noted of a session so far, a row a person."""
    where = (Condition("session_id", "eq", session["id"]),)
    return data.listed(here.actor, "attendances", area, where, (), None).rows


def people(here: Session, area: str, session: data.Row, marked: tuple[str, ...]) -> dict[str, str]:
    """id → name of who takes part on that day, and of who came all the same."""
    where = [
        Condition("programme_id", "eq", session["programme_id"]),
        Condition("started_on", "to", session["held_on"]),
    ]
    if session["course_id"]:
        where.append(Condition("course_id", "in", (session["course_id"], "")))
    taking = data.listed(here.actor, "enrolments", area, tuple(where), (), None).rows
    day = session["held_on"]
    here_now = {
        row["resident_id"] for row in taking if not row["ended_on"] or row["ended_on"] > day
    }
    rows = data.rows(here.actor, "residents", tuple(sorted({*here_now, *marked})))
    return {row["id"]: row["name"] for row in sorted(rows, key=lambda row: row["name"])}


def mark(area: str, session: data.Row, who: str, presence: str, marks: Marks) -> Change:
    """That somebody came, is excused or is absent, whatever was noted before."""
    if who in marks:
        old = marks[who]
        return Change(
            "attendances", old["id"], {"presence": old["presence"]}, {"presence": presence}
        )
    # The same two give the same id: two who call at once don't count a child twice.
    row_id = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{session['id']} {who}"))
    after = {"session_id": session["id"], "resident_id": who, "presence": presence}
    return Change("attendances", row_id, None, {"area_id": area, **after})


def held(session: data.Row) -> list[Change]:
    """That the session was held, where that is not said yet."""
    if session["state"] == HELD:
        return []
    return [Change("sessions_held", session["id"], {"state": session["state"]}, {"state": HELD})]
