"""The sessions of the sample's programmes: who worked there, who came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from db.registers.programmes import ABSENT, CAME, CANCELLED, EXCUSED, HELD, PLANNED
from db.sample import enrolments
from db.sample.crowd import Crowd
from db.sample.enrolments import Joiner
from db.sample.facilities import Built
from db.sample.maker import Maker
from db.sample.programmes import PLANS, TEACHER, VOLUNTEER, Plan
from db.sample.volunteers import Helpers
from db.sample.workers import Workers

Row = dict[str, Any]
NOT_HELD, EXCUSES = 0.045, 0.35
WHY_NOT = ("大雨停课", "场地检修", "老师临时有事", "与学校活动冲突")


@dataclass(frozen=True)
class Offer:
    """What sessions are made from."""

    crowd: Crowd
    helpers: Helpers
    built: Built
    workers: Workers
    courses: list[Row]


@dataclass
class Held:
    """Enrolments, sessions, who worked there and who came, as rows."""

    enrolments: list[Row] = field(default_factory=list)
    sessions: list[Row] = field(default_factory=list)
    staff: list[Row] = field(default_factory=list)
    attendances: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Track:
    """A programme, or one course of it, with those enrolled."""

    plan: Plan
    course: Row | None
    joiners: list[Joiner]
    helpers: list[str]


def of(make: Maker, offer: Offer) -> Held:
    """Programme by programme, day by day; courses take turns."""
    held = Held()
    for plan in PLANS:
        tracks = _tracks(make, offer, plan)
        held.enrolments += [joiner.row for track in tracks for joiner in track.joiners]
        turn = 0
        for day in sorted(plan.days(make)):
            for _ in range(plan.at_once):
                _hold(make, held, offer, tracks[turn % len(tracks)], day, turn)
                turn += 1
    return held


def _tracks(make: Maker, offer: Offer, plan: Plan) -> list[Track]:
    """Each with a few volunteers of the team who were there all the time."""
    long_here = min(plan.days(make)).isoformat()
    team = [
        stay.volunteer
        for stay in offer.helpers.of_team(plan.team)
        if stay.left is None and stay.joined <= long_here
    ]
    courses: list[Row | None] = [row for row in offer.courses if row["programme_id"] == plan.id]
    return [
        Track(
            plan,
            course,
            enrolments.of(make, offer.crowd, plan, course["id"] if course else None),
            make.chance.sample(team, min(6, len(team))),
        )
        for course in courses or [None]
    ]


def _hold(make: Maker, held: Held, offer: Offer, track: Track, day: dt.date, turn: int) -> None:
    row = _session(make, offer, track, day, turn)
    held.sessions.append(row)
    if row["state"] == HELD:
        held.staff += _staff(make, offer, track, row)
        held.attendances += _roll(make, track, row, day)


def _session(make: Maker, offer: Offer, track: Track, day: dt.date, turn: int) -> Row:
    """Planned on the sample's day, before it held or not."""
    plan = track.plan
    not_held = make.chance.happens(NOT_HELD)
    state = PLANNED if day == make.day else CANCELLED if not_held else HELD
    row = {
        "id": make.ids.new(),
        "area_id": plan.area,
        "programme_id": plan.id,
        "course_id": track.course["id"] if track.course else None,
        "held_on": day.isoformat(),
        "starts_at": plan.hours[0],
        "ends_at": plan.hours[1],
        "state": state,
        "room_id": offer.built.room(plan.facility, plan.rooms[turn % len(plan.rooms)]),
        "others": make.chance.randint(*plan.others) if plan.others[1] and state == HELD else None,
        "remark": _remark(make, plan, state, turn),
    }
    return {name: value for name, value in row.items() if value is not None}


def _remark(make: Maker, plan: Plan, state: str, turn: int) -> str | None:
    if state == CANCELLED:
        return make.chance.choice(WHY_NOT)
    return f"主题：{plan.topics[turn % len(plan.topics)]}" if plan.topics else None


def _staff(make: Maker, offer: Offer, track: Track, session: Row) -> Iterator[Row]:
    """Each role as often as the plan says: some sessions lack one."""
    for role, often in track.plan.staff:
        if make.chance.happens(often):
            yield {
                "id": make.ids.new(),
                "area_id": session["area_id"],
                "session_id": session["id"],
                "role": role,
                **_who(make, offer, track, role),
            }


def _who(make: Maker, offer: Offer, track: Track, role: str) -> dict[str, str]:
    if role == TEACHER and track.course:
        return {"name": track.course["teacher"]}
    if role != VOLUNTEER:
        return {"name": make.chance.choice(offer.workers[track.plan.area, role])}
    helper = make.chance.choice(track.helpers)
    name = next(row["name"] for row in offer.helpers.volunteers if row["id"] == helper)
    return {"name": name, "volunteer_id": helper}


def _roll(make: Maker, track: Track, session: Row, day: dt.date) -> Iterator[Row]:
    """Everybody who was enrolled on that day."""
    for joiner in track.joiners:
        if joiner.there(day):
            came = make.chance.happens(joiner.often)
            excused = make.chance.happens(EXCUSES)
            yield {
                "id": make.ids.new(),
                "area_id": session["area_id"],
                "session_id": session["id"],
                "resident_id": joiner.row["resident_id"],
                "presence": CAME if came else EXCUSED if excused else ABSENT,
            }
