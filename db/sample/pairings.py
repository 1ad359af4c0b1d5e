"""Who looks after whom in the sample, and who no longer does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice, zip_longest
from typing import Any

from db.registers.volunteers import HELP
from db.sample.maker import Maker
from db.sample.places import GUIHUASHU, LIUMIQIAO, TAOHUAPING
from db.sample.volunteers import Helpers, Stay

Row = dict[str, Any]
SHORTEST = dt.timedelta(days=60)
LATER = "9999"
WHY_ENDED = ("志愿者工作变动", "双方协商更换", "志愿者搬离", "帮扶对象情况好转")


@dataclass(frozen=True)
class Plan:
    """`open` members of a group looked after by a team, and `ended` pairings beside them."""

    area: str
    group: str
    team: str
    open: int
    ended: int


PLANS = (
    Plan(GUIHUASHU, "left_behind_children", "guihuashu_mothers", 20, 9),
    Plan(LIUMIQIAO, "poor_households", "liumiqiao_service", 41, 6),
    Plan(LIUMIQIAO, "disabled", "liumiqiao_service", 28, 3),
    Plan(LIUMIQIAO, "left_behind_children", "liumiqiao_mothers", 12, 3),
    Plan(LIUMIQIAO, "migrant_children", "liumiqiao_mothers", 9, 2),
    Plan(LIUMIQIAO, "bereaved_families", "liumiqiao_helpers", 11, 1),
    Plan(LIUMIQIAO, "childless_elderly", "liumiqiao_helpers", 20, 2),
    Plan(TAOHUAPING, "childless_elderly", "taohuaping_care", 30, 3),
    Plan(TAOHUAPING, "empty_nest_elderly", "taohuaping_care", 126, 12),
)


def of(make: Maker, belonging: list[Row], helpers: Helpers) -> list[Row]:
    """All pairings, open and ended, plan by plan."""
    return [row for plan in PLANS for row in _carry_out(make, plan, belonging, helpers)]


def _carry_out(make: Maker, plan: Plan, belonging: list[Row], helpers: Helpers) -> list[Row]:
    members = [
        row for row in belonging if row["area_id"] == plan.area and row["group_id"] == plan.group
    ]
    team = helpers.of_team(plan.team)
    make.chance.shuffle(team)
    now = [row for row in members if "ended_on" not in row]
    active = cycle([stay for stay in team if stay.left is None])
    opened = [_open(make, row, next(active)) for row in make.chance.sample(now, plan.open)]
    former = _former(make, members, opened, team)
    return opened + list(islice(former, plan.ended))


def _open(make: Maker, member: Row, stay: Stay) -> Row:
    first = dt.date.fromisoformat(max(member["started_on"], stay.joined))
    return _row(make, member, stay, make.chance.day(first, make.days_ago(12)))


def _former(make: Maker, members: list[Row], opened: list[Row], team: list[Stay]) -> Iterator[Row]:
    """Ended pairings, in turn of those who left the group, those paired anew, the unpaired."""
    paired_on = {_target(row): row["started_on"] for row in opened}
    gone = [row for row in members if "ended_on" in row]
    anew = [row for row in members if "ended_on" not in row and _target(row) in paired_on]
    alone = [row for row in members if "ended_on" not in row and _target(row) not in paired_on]
    for turn in zip_longest(gone, anew, alone):
        for member in filter(None, turn):
            make.chance.shuffle(team)
            limit = min(member.get("ended_on", LATER), paired_on.get(_target(member), LATER))
            ended = (_end(make, member, stay, limit) for stay in team)
            yield from islice(filter(None, ended), 1)


def _end(make: Maker, member: Row, stay: Stay, limit: str) -> Row | None:
    """A pairing that ended before `limit`, or None where there was no time for one."""
    first = dt.date.fromisoformat(max(member["started_on"], stay.joined))
    limit = min(limit, stay.left or LATER, make.days_ago(15).isoformat())
    last = dt.date.fromisoformat(limit)
    if last - first < 2 * SHORTEST:
        return None
    started = make.chance.day(first, last - SHORTEST)
    ended = make.chance.day(started + SHORTEST, last)
    return {
        **_row(make, member, stay, started),
        "ended_on": ended.isoformat(),
        "end_reason": make.chance.choice(WHY_ENDED),
    }


def _row(make: Maker, member: Row, stay: Stay, started: dt.date) -> Row:
    helps = make.chance.sample(HELP, make.chance.randint(1, len(HELP)))
    whom = "resident_id" if "resident_id" in member else "household_id"
    return {
        "id": make.ids.new(),
        "area_id": member["area_id"],
        "volunteer_id": stay.volunteer,
        whom: member[whom],
        "help": "、".join(each for each in HELP if each in helps),
        "started_on": started.isoformat(),
    }


def _target(row: Row) -> str:
    return str(row.get("resident_id") or row.get("household_id"))
