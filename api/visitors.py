"""The two doors for whoever has no account: what a public page reads and writes."""

from __future__ import annotations

from typing import Any

from db import doors
from db.changes import Values
from db.doors import Question
from db.engine import engine
from db.registers.places import COMMUNITY


def place(area: str) -> dict[str, Any] | None:
    """The community: id, name, and where it can be asked in person; None where there is none."""
    here = doors.visitor(area)
    found = [one for one in doors.areas(engine(), here) if one["id"] == area]
    if not found or found[0]["level"] != COMMUNITY:
        return None
    facts = doors.read(engine(), here, Question("communities", area)).rows
    told = facts[0] if facts else {}
    return {**found[0], "phone": told.get("phone") or "", "address": told.get("address") or ""}


def groups(area: str) -> list[dict[str, Any]]:
    """The target groups that a visitor may name, in their order."""
    asked = Question("groups", sort=("rank",), limit=None)
    return doors.read(engine(), doors.visitor(area), asked).rows


def receive(area: str, once: str, cells: Values) -> str:
    """Adds a need; its number. Raises Refused with a sentence."""
    return doors.receive(engine(), area, once, cells)


def state(area: str, number: str) -> str | None:
    """The stage of the need with that number in the community; None where there is none."""
    return doors.state(engine(), area, number)
