"""A month of a recurring duty: which days it is due, was held or missed, and who is on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from db.registers.duties import DAILY, HELD, MISSED, WEEKLY

Row = Mapping[str, Any]
WEEK = "一二三四五六日"
NOT_SAID = "没有登记"


def month(day: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of the month of a day."""
    first = day.replace(day=1)
    return first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def due(activity: Row, first: dt.date, last: dt.date) -> list[dt.date]:
    """The days from first to last on which the activity is due by its rhythm.

    Weekly and monthly ones fall on the weekday or the number of their first day.
    """
    began = dt.date.fromisoformat(activity["started_on"])
    days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    end = activity["ended_on"] or "9999"
    open_ = [day for day in days if began <= day and day.isoformat() < end]
    if activity["rhythm"] == DAILY:
        return open_
    if activity["rhythm"] == WEEKLY:
        return [day for day in open_ if day.weekday() == began.weekday()]
    return [day for day in open_ if day.day == min(began.day, last.day)]


def unplanned(activity: Row, shifts: Iterable[Row], first: dt.date, last: dt.date) -> list[str]:
    """The days on which it is due and has no shift; a monthly one needs one shift a month."""
    there = {row["held_on"] for row in shifts}
    if activity["rhythm"] not in (DAILY, WEEKLY) and any(
        one[:7] == last.isoformat()[:7] for one in there
    ):
        return []
    return [day.isoformat() for day in due(activity, first, last) if day.isoformat() not in there]


def state(row: Row | None, day: str, today: str) -> str:
    """What is said of a day; what lies behind and is not said to be held counts as not said."""
    if row is None:
        return NOT_SAID
    return NOT_SAID if day < today and row["state"] not in (HELD, MISSED) else str(row["state"])


def table(
    shifts: Sequence[Row], crews: Mapping[str, Sequence[str]], missing: Iterable[str], today: str
) -> pd.DataFrame:
    """日期, 星期, 状态, 值班, 情况 by day, the latest first; indexed by the day.

    `crews` are the names on each shift, `missing` the days before today that have none.
    """
    rows: dict[str, Row | None] = dict.fromkeys(day for day in missing if day < today)
    rows |= {row["held_on"]: row for row in shifts}
    days = sorted(rows, reverse=True)
    return pd.DataFrame(
        [
            {
                "日期": day,
                "星期": WEEK[dt.date.fromisoformat(day).weekday()],
                "状态": state(rows[day], day, today),
                "值班": "、".join(crews.get(row["id"], ())) if (row := rows[day]) else "",
                "情况": (row["remark"] or "") if row else "",
            }
            for day in days
        ],
        index=days,
        columns=["日期", "星期", "状态", "值班", "情况"],
    )


def summed(shown: pd.DataFrame) -> str:
    """开展 20 次，未开展 2 次，没有登记 1 次，还有 7 次."""
    counted = shown["状态"].value_counts()
    parts = [
        f"{words} {counted[one]:,} 次"
        for one, words in ((HELD, "开展"), (MISSED, "未开展"), (NOT_SAID, "没有登记"))
        if one in counted
    ]
    rest = len(shown) - sum(int(counted.get(one, 0)) for one in (HELD, MISSED, NOT_SAID))
    return "，".join([*parts, *([f"还有 {rest:,} 次"] if rest else [])]) or "还没有排班"


def length(start: str, end: str) -> float:
    """Hours between two times of a day, to a tenth; 0 where it is less than three minutes."""
    minutes = [int(one[:2]) * 60 + int(one[3:]) for one in (start, end)]
    return round((minutes[1] - minutes[0]) / 60, 1)
