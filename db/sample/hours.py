"""The hours that volunteers of the sample gave within pairings and at sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from db.sample import duties, pairings, programmes
from db.sample.crowd import Crowd, target
from db.sample.maker import Maker
from db.sample.sessions import Held

Row = dict[str, Any]
RECORDED = 0.35  # of what was done within pairings
LENGTHS = (0.5, 1.0, 1.0, 1.5, 2.0)


def of(make: Maker, crowd: Crowd, contacts: list[Row], held: Held) -> list[Row]:
    return [*_paired(make, crowd, contacts), *_at_sessions(make, held)]


def _paired(make: Maker, crowd: Crowd, contacts: list[Row]) -> Iterator[Row]:
    """For the group by which the person or household came to be paired."""
    groups = {
        (plan.area, _whom(row)): plan.group
        for plan in reversed(pairings.PLANS)
        for row in crowd.open[plan.area, plan.group]
    }
    for contact in contacts:
        group = groups.get((contact["area_id"], _whom(contact)))
        if group and make.chance.happens(RECORDED):
            yield {
                "id": make.ids.new(),
                "area_id": contact["area_id"],
                "volunteer_id": contact["volunteer_id"],
                "served_on": contact["done_on"],
                "group_id": group,
                "hours": make.chance.choice(LENGTHS),
                "state": duties.state(make, dt.date.fromisoformat(contact["done_on"])),
                "content": f"结对帮扶：{contact['kind']}",
            }


def _whom(row: Row) -> str:
    return next(iter(target(row).values()))


def _at_sessions(make: Maker, held: Held) -> Iterator[Row]:
    """For each volunteer at a session as long as it took."""
    sessions = {row["id"]: row for row in held.sessions}
    plans = {plan.id: plan for plan in programmes.PLANS}
    for one in held.staff:
        if "volunteer_id" not in one:
            continue
        session = sessions[one["session_id"]]
        plan = plans[session["programme_id"]]
        yield {
            "id": make.ids.new(),
            "area_id": one["area_id"],
            "volunteer_id": one["volunteer_id"],
            "served_on": session["held_on"],
            "session_id": session["id"],
            "group_id": plan.groups[0],
            "starts_at": session["starts_at"],
            "ends_at": session["ends_at"],
            "hours": 1.5,
            "state": duties.state(make, dt.date.fromisoformat(session["held_on"])),
            "content": plan.name,
        }
