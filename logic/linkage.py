"""Where needs stand between 提出 and 反馈, how long each stage takes, and where they stall."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

import pandas as pd

from db.stages import ANSWERED, DELIVERED, RAISED, STAGES, Story

Limits = Mapping[str, int]  # stage → the days that a need may stay there
USUAL = dict(zip(STAGES[:-1], (15, 30, 15, 30, 30, 180, 15), strict=True))
MOST = 3650


@dataclass(frozen=True)
class Place:
    """Where a need is: its stage, since when, for how many days, whether that is too long."""

    stage: str
    since: str
    days: int
    late: bool


def place(told: Story, today: dt.date, limits: Limits) -> Place:
    """Where the need is on a day; what is answered waits no longer."""
    now, last = told.reached, max(told.days.values())
    days = max(0, (today - dt.date.fromisoformat(last)).days)
    return Place(now, last, days, now != ANSWERED and days > limits.get(now, days))


def counts(places: Iterable[Place]) -> dict[str, int]:
    """waiting: not answered; new: nobody has begun; under_way; late; done."""
    found = list(places)
    waiting = [one for one in found if one.stage != ANSWERED]
    new = sum(one.stage == RAISED for one in waiting)
    return {
        "waiting": len(waiting),
        "new": new,
        "under_way": len(waiting) - new,
        "late": sum(one.late for one in waiting),
        "done": len(found) - len(waiting),
    }


def funnel(told: Iterable[Story]) -> pd.DataFrame:
    """stage, n (needs that came so far), N (all), days (median from the stage before, or None),
    of (needs whose days are known); a row a stage."""
    found = list(told)
    spans = [one.spans() for one in found]
    rows = []
    for stage in STAGES:
        days = [one[stage] for one in spans if stage in one]
        came = sum(stage in one.days for one in found)
        took = float(median(days)) if days else None
        rows.append((stage, came, len(found), took, len(days)))
    return pd.DataFrame(rows, columns=["stage", "n", "N", "days", "of"])


def stalls(places: Iterable[Place]) -> str:
    """The stage where most needs are late, in words; empty where none is."""
    late = Counter(one.stage for one in places if one.late)
    if not late:
        return ""
    worst = max(late, key=lambda name: (late[name], -STAGES.index(name)))
    return f"最多卡在“{worst}”之后：{late[worst]:,} 件"


def delivered(told: Iterable[Story]) -> tuple[int, int]:
    """n of N: needs that came to delivery, and all."""
    found = list(told)
    return sum(DELIVERED in one.days for one in found), len(found)
