"""Where needs stand between 提出 and 反馈, how long each stage takes, and where they stall."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

import pandas as pd

from db.stages import ANSWERED, CARRIED, RAISED, STAGES, Step, since, spans, stage

Row = Mapping[str, Any]
Limits = Mapping[str, int]  # stage → the days that a need may stay there
USUAL: dict[str, int] = dict(zip(STAGES[:-1], (15, 30, 15, 30, 30, 180), strict=True))


@dataclass(frozen=True)
class Place:
    """Where a need is: its stage, since when, for how many days, whether that is too long."""

    stage: str
    since: str
    days: int
    late: bool


def place(steps: list[Step], today: dt.date, limits: Limits) -> Place:
    """Where the need of these steps is on a day; what is answered waits no longer."""
    now, last = stage(steps), since(steps)
    days = max(0, (today - dt.date.fromisoformat(last)).days)
    return Place(now, last, days, now != ANSWERED and days > limits.get(now, days))


def counts(places: Iterable[Place]) -> dict[str, int]:
    """waiting: not answered; new: nobody has begun; under way; late; done."""
    found = list(places)
    waiting = [one for one in found if one.stage != ANSWERED]
    return {
        "waiting": len(waiting),
        "new": sum(one.stage == RAISED for one in waiting),
        "under_way": sum(one.stage != RAISED for one in waiting),
        "late": sum(one.late for one in waiting),
        "done": len(found) - len(waiting),
    }


def funnel(ways: Iterable[list[Step]]) -> pd.DataFrame:
    """stage, n (needs that came so far), N (all), days (median from the stage before, or None),
    of (needs whose days are known); a row a stage."""
    found = list(ways)
    taken = [spans(steps) for steps in found]
    rows = []
    for name in STAGES:
        days = [one[name] for one in taken if name in one]
        rows.append(
            {
                "stage": name,
                "n": sum(any(step.stage == name for step in steps) for steps in found),
                "N": len(found),
                "days": float(median(days)) if days else None,
                "of": len(days),
            }
        )
    return pd.DataFrame(rows)


def stalls(places: Iterable[Place]) -> str:
    """The stage where most needs are late, in words; empty where none is."""
    late: dict[str, int] = {}
    for one in places:
        if one.late:
            late[one.stage] = late.get(one.stage, 0) + 1
    if not late:
        return ""
    worst = max(late, key=lambda name: (late[name], -STAGES.index(name)))
    return f"最多卡在“{worst}”之后：{late[worst]:,} 件"


def delivered(ways: Iterable[list[Step]]) -> tuple[int, int]:
    """n of N: needs that came to delivery, and all."""
    found = list(ways)
    return sum(any(step.stage == CARRIED for step in steps) for steps in found), len(found)
