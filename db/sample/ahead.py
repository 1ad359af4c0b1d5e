"""What the sample has planned: sessions, shifts with who is on, the next visit of everybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from db.registers.programmes import PLANNED
from db.sample import days, duties
from db.sample.crowd import target
from db.sample.duties import Served
from db.sample.facilities import Built
from db.sample.maker import Maker
from db.sample.programmes import PLANS, Plan
from db.sample.sessions import Held
from db.sample.visits import ROUNDS
from db.sample.volunteers import Helpers

Row = dict[str, Any]
PERIOD = 60  # days for which sessions and shifts are planned
LONGEST = max(plan.every for plan in ROUNDS)


def sessions(make: Maker, held: Held, built: Built, courses: list[Row]) -> Iterator[Row]:
    """Programme by programme, the courses taking turns as before."""
    for plan in PLANS:
        own = [row["id"] for row in courses if row["programme_id"] == plan.id] or [None]
        turn = sum(row["programme_id"] == plan.id for row in held.sessions)
        for day in sorted(_to_come(make, plan)):
            for _ in range(plan.at_once):
                yield _session(make, plan, built, own[turn % len(own)], day, turn)
                turn += 1


def _to_come(make: Maker, plan: Plan) -> set[dt.date]:
    later = replace(make, day=make.day + dt.timedelta(days=PERIOD))
    return {day for day in plan.days(later) if day > make.day}


def _session(
    make: Maker, plan: Plan, built: Built, course: str | None, day: dt.date, turn: int
) -> Row:
    row = {
        "id": make.ids.new(),
        "area_id": plan.area,
        "programme_id": plan.id,
        "course_id": course,
        "held_on": day.isoformat(),
        "starts_at": plan.hours[0],
        "ends_at": plan.hours[1],
        "state": PLANNED,
        "room_id": built.room(plan.facility, plan.rooms[turn % len(plan.rooms)]),
        "remark": f"主题：{plan.topics[turn % len(plan.topics)]}" if plan.topics else None,
    }
    return {name: value for name, value in row.items() if value is not None}


def shifts(make: Maker, served: Served, helpers: Helpers) -> None:
    """Every day's patrol and the monthly clean-ups, each with who is on."""
    later = replace(make, day=make.day + dt.timedelta(days=PERIOD))
    patrol = duties.team(make, helpers, duties.SERVICE, duties.HALF_A_YEAR)
    cleaners = duties.team(make, helpers, duties.HELPERS, days.LONG_AGO)
    for day in days.daily(later, PERIOD - 1):
        duties.roster(make, served, duties.PATROL, day, make.chance.sample(patrol, 3))
    for day in days.monthly(later, duties.CLEANING_DAY, PERIOD - 1):
        duties.roster(make, served, duties.CLEANING, day, make.chance.sample(cleaners, 12))


def visits(make: Maker, rows: list[Row]) -> Iterator[Row]:
    """The visit after the last one of everybody whose last one was made."""
    last: dict[tuple[str, ...], Row] = {}
    for row in rows:
        last[tuple(target(row).values())] = row
    for row in last.values():
        if "done_on" not in row:
            continue
        due = make.day + dt.timedelta(days=make.chance.randint(1, LONGEST))
        kept = {name: row[name] for name in ("area_id", "kind", "worker")}
        yield {
            "id": make.ids.new(),
            **kept,
            **target(row),
            "due_on": due.isoformat(),
        }
