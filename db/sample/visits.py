"""The home visits of the sample by plan: done in time, done late, due on its day, overdue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from db.registers.contacts import VISIT
from db.sample.crowd import Crowd, target
from db.sample.days import LONG_AGO
from db.sample.maker import Maker
from db.sample.places import GUIHUASHU, LIUMIQIAO, TAOHUAPING
from db.sample.workers import SOCIAL_WORKER, Workers

Row = dict[str, Any]
LATE = 0.13
RESULTS = (
    "身体和情绪平稳", "家中情况正常", "希望多有人来说说话", "反映楼道灯不亮，已转物业",
    "已提醒按时服药", "想参加社区活动，已告知时间", "家人近期回来过", None,
)  # fmt: skip


@dataclass(frozen=True)
class Round:
    """`count` members of a group, each visited about `every` so many days.

    Of the last visits `overdue` were not made by their day, `today` are due on the sample's day.
    """

    area: str
    group: str
    count: int
    every: int
    overdue: int
    today: int = 0


ROUNDS = (
    Round(GUIHUASHU, "left_behind_children", 46, 75, 4, 1),
    Round(GUIHUASHU, "empty_nest_elderly", 40, 140, 2),
    Round(LIUMIQIAO, "childless_elderly", 18, 60, 3, 1),
    Round(LIUMIQIAO, "poor_households", 60, 150, 2),
    Round(LIUMIQIAO, "disabled", 45, 130, 1),
    Round(TAOHUAPING, "childless_elderly", 30, 50, 2, 1),
    Round(TAOHUAPING, "empty_nest_elderly", 420, 100, 13, 4),
)


def of(make: Maker, crowd: Crowd, workers: Workers) -> list[Row]:
    return [row for plan in ROUNDS for row in _round(make, crowd, workers, plan)]


def _round(make: Maker, crowd: Crowd, workers: Workers, plan: Round) -> Iterator[Row]:
    """The first are overdue, the next are due today, of the others every visit was made."""
    since = make.days_ago(plan.every).isoformat()
    able = [row for row in crowd.members(plan.area, plan.group) if row["started_on"] <= since]
    for place, member in enumerate(make.chance.sample(able, plan.count)):
        worker = make.chance.choice(workers[plan.area, SOCIAL_WORKER])
        if place < plan.overdue:
            last, made = make.days_ago(make.chance.randint(1, 40)), False
        elif place < plan.overdue + plan.today:
            last, made = make.day, False
        else:
            last, made = make.days_ago(make.chance.randint(1, plan.every - 1)), True
        days = _back(make, member, last, plan.every)
        for due in reversed(days):
            yield _row(make, member, worker, due, made or due != last)


def _back(make: Maker, member: Row, last: dt.date, every: int) -> list[dt.date]:
    """The days on which visits were due, the last first, none before somebody belonged."""
    first = max(dt.date.fromisoformat(member["started_on"]), make.days_ago(LONG_AGO))
    days = [last]
    while (day := days[-1] - dt.timedelta(days=every + make.chance.randint(-8, 8))) > first:
        days.append(day)
    return days


def _row(make: Maker, member: Row, worker: str, due: dt.date, made: bool) -> Row:
    row = {
        "id": make.ids.new(),
        "area_id": member["area_id"],
        "kind": VISIT,
        **target(member),
        "due_on": due.isoformat(),
        "worker": worker,
    }
    if not made:
        return row
    row |= {"done_on": _done(make, member, due), "result": make.chance.choice(RESULTS)}
    return {name: value for name, value in row.items() if value is not None}


def _done(make: Maker, member: Row, due: dt.date) -> str:
    """Up to six days early, seldom up to two weeks late; never before somebody belonged."""
    late = make.chance.happens(LATE)
    drift = make.chance.randint(1, 14) if late else -make.chance.randint(0, 6)
    day = min(due + dt.timedelta(days=drift), make.day)
    return max(day.isoformat(), str(member["started_on"]))
