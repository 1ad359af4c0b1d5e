"""What a write means for figures: whose standing it changes, and which closed months it reaches.

Only changes that are dated reach a closed month: who moves away today did live here then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection, select

from db import closings, dates, rows, standings
from db.audit import LOOKS
from db.changes import Values
from db.registers import BY_NAME
from db.registers.programmes import Attendance, Session
from db.sweeping import MANY

EVER = "0000-00-00"  # the day of what bears none


class Deed(Protocol):
    """One accepted change, as the write door stores it."""

    @property
    def verb(self) -> str: ...
    @property
    def register(self) -> str: ...
    @property
    def row_id(self) -> str: ...
    @property
    def area_id(self) -> str: ...
    @property
    def before(self) -> Values | None: ...
    @property
    def after(self) -> Values | None: ...


@dataclass(frozen=True)
class Bearing:
    """Which cells of a register say whom a row is about, on which days, and what else counts."""

    subjects: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def cells(self) -> frozenset[str]:
        return frozenset((*self.subjects, *self.days, *self.others))


WHO = ("resident_id", "household_id")
COME = {"residents", "households"}
BEARINGS = {
    "memberships": Bearing(WHO, ("started_on", "ended_on"), ("group_id",)),
    "pairings": Bearing(WHO, ("started_on", "ended_on")),
    "contacts": Bearing(WHO, ("due_on", "done_on"), ("kind", "pairing_id")),
    "attendances": Bearing(("resident_id",), (), ("session_id", "presence")),
    "sessions_held": Bearing((), ("held_on",), ("state",)),
    "residents": Bearing(("id",), (), ("birth_date", "status")),
    "households": Bearing(("id",), (), ()),
    "hours": Bearing((), ("served_on",), ("volunteer_id", "hours", "state")),
    "volunteers": Bearing((), ("registered_on",), ("status",)),
    "stays": Bearing((), ("started_on", "ended_on"), ("bed_id", "state")),
}


def follow(conn: Connection, deeds: Sequence[Deed]) -> None:
    """Brings standings up to date after the deeds were stored, and marks closed months."""
    subjects: set[str] = set()
    fresh = _fresh(deeds)
    for name, bearing in BEARINGS.items():
        some = [one for one in deeds if one.register == name and _bears(one, bearing)]
        some = [one for one in some if one.row_id not in fresh] if fresh else some
        if not some:
            continue
        stored = _stored(conn, name, bearing, some)
        if bearing.subjects or name == Session.__tablename__:
            subjects |= _subjects(conn, name, bearing, some, stored)
        _reach(conn, name, bearing, some, stored)
    standings.settle(conn, [one for row_id, one in fresh.items() if row_id not in subjects])
    standings.refresh(conn, subjects)


def _fresh(deeds: Sequence[Deed]) -> dict[str, Deed]:
    """Of a roster that brings many, those who were not there before and of whom nothing else was
    written: how they stand is told by what was added, without a look at what is stored. Nobody's
    arrival reaches a closed month."""
    if sum(one.verb == "add" for one in deeds) < MANY:
        return {}
    times = Counter([one.row_id for one in deeds if one.register in COME])
    return {
        one.row_id: one
        for one in deeds
        if one.verb == "add" and one.register in COME and times[one.row_id] == 1
    }


def _bears(deed: Deed, bearing: Bearing) -> bool:
    """Whether it changed a cell that counts; an added or deleted row has all of them."""
    if deed.verb in LOOKS:
        return False
    return deed.verb != "change" or bool(bearing.cells & (deed.after or {}).keys())


def _stored(
    conn: Connection, name: str, bearing: Bearing, deeds: list[Deed]
) -> dict[str, dict[str, Any]]:
    """The rows as they are now, deleted ones too."""
    table = BY_NAME[name].table
    wanted = sorted({one.row_id for one in deeds})
    columns = [table.c[one] for one in sorted(bearing.cells | {"id"})]
    found = conn.execute(select(*columns).where(rows.among(conn, table.c.id, wanted)))
    return {row["id"]: dict(row) for row in found.mappings()}


def _subjects(
    conn: Connection,
    name: str,
    bearing: Bearing,
    deeds: list[Deed],
    stored: dict[str, dict[str, Any]],
) -> set[str]:
    """Whose standing may be another: whom the rows were about, and are about now."""
    if name == Session.__tablename__:
        held = sorted(stored)
        came = select(Attendance.resident_id).where(rows.among(conn, Attendance.session_id, held))
        return set(conn.scalars(came.distinct()))
    sides = [side for deed in deeds for side in (stored[deed.row_id], deed.before or {})]
    return {side[one] for side in sides for one in bearing.subjects if side.get(one)}


def _reach(
    conn: Connection,
    name: str,
    bearing: Bearing,
    deeds: list[Deed],
    stored: dict[str, dict[str, Any]],
) -> None:
    """Marks the closed months on or after the earliest day that the deeds bear on."""
    this_month = f"{dates.today():%Y-%m}-01"
    first: dict[str, str] = {}
    held = _held_on(conn, stored) if name == Attendance.__tablename__ else {}
    for deed in deeds:
        row = stored[deed.row_id]
        day = held.get(row["session_id"]) if held else _day(deed, bearing, row)
        if day and day < this_month:
            first[deed.area_id] = min(day, first.get(deed.area_id, day))
    for area, day in first.items():
        closings.touch(conn, area, [name], day)


def _held_on(conn: Connection, stored: dict[str, dict[str, Any]]) -> dict[str, str]:
    wanted = sorted({row["session_id"] for row in stored.values()})
    asked = select(Session.id, Session.held_on).where(rows.among(conn, Session.id, wanted))
    return {row.id: row.held_on for row in conn.execute(asked)}


def _day(deed: Deed, bearing: Bearing, row: Values) -> str | None:
    """The earliest day on which the deed makes a difference; None where it makes none then."""
    before, after = deed.before or {}, deed.after or {}
    if deed.register == "residents":
        # Where somebody lives bears no date: a change of it is of today. Another birth date, or a
        # row that goes or comes back, was so all the time.
        changed = deed.verb != "add" and ("birth_date" in after or deed.verb != "change")
        return EVER if changed else None
    changed_days = deed.verb == "change" and not (after.keys() & set(bearing.others))
    changed_days = changed_days and not (after.keys() & set(bearing.subjects))
    names = after.keys() & set(bearing.days) if changed_days else bearing.days
    sides: Iterable[Values] = (before, after) if changed_days else (before, after, row)
    return min((side[one] for side in sides for one in names if side.get(one)), default=None)
