"""What is due in a community today, from rows to sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from db.registers.duties import DAILY, HELD

Row = Mapping[str, Any]
NAMED = 3  # who is named before the rest are counted


def late(due: str, today: dt.date) -> str:
    """逾期 3 天, 今天, 还有 2 天."""
    days = (today - dt.date.fromisoformat(due)).days
    if days > 0:
        return f"逾期 {days:,} 天"
    return "今天" if days == 0 else f"还有 {-days} 天"


def visits(rows: Iterable[Row], labels: Mapping[str, str], today: dt.date) -> pd.DataFrame:
    """对象, 方式, 应办日期, 时限, 办理人; indexed by the contact's id."""
    found = list(rows)
    return pd.DataFrame(
        [
            {
                "对象": whom(row, labels),
                "方式": row["kind"],
                "应办日期": row["due_on"] or "",
                "时限": late(row["due_on"], today) if row["due_on"] else "",
                "办理人": _by(row, labels),
            }
            for row in found
        ],
        index=[row["id"] for row in found],
        columns=["对象", "方式", "应办日期", "时限", "办理人"],
    )


def done(rows: Iterable[Row], labels: Mapping[str, str], coming: Mapping[str, str]) -> pd.DataFrame:
    """对象, 方式, 完成日期, 情况, 下次, 办理人; indexed by the contact's id.

    `coming` is when a person or household is to be seen again.
    """
    found = list(rows)
    return pd.DataFrame(
        [
            {
                "对象": whom(row, labels),
                "方式": row["kind"],
                "完成日期": row["done_on"] or "",
                "情况": row["result"] or "",
                "下次": coming.get(row["resident_id"] or row["household_id"], ""),
                "办理人": _by(row, labels),
            }
            for row in found
        ],
        index=[row["id"] for row in found],
        columns=["对象", "方式", "完成日期", "情况", "下次", "办理人"],
    )


def _by(row: Row, labels: Mapping[str, str]) -> str:
    return row["worker"] or labels.get(row["volunteer_id"] or "", "")


def whom(row: Row, labels: Mapping[str, str]) -> str:
    """The person or the household that a row is about."""
    return labels.get(row["resident_id"] or row.get("household_id") or "", "（看不到）")


def names(found: Iterable[str], count: int) -> str:
    """甲、乙、丙等 12 人."""
    first = [one for one in found if one][:NAMED]
    told = "、".join(first)
    return f"{told}等 {count:,} 人" if count > len(first) else told


def missed(activities: Iterable[Row], shifts: Iterable[Row], day: str) -> list[Row]:
    """The daily activities that were not held on that day.

    Neither is one that has no shift of the day, nor one whose shift is not said to be held.
    """
    held = {row["activity_id"] for row in shifts if row["held_on"] == day and row["state"] == HELD}
    return [
        row
        for row in activities
        if row["rhythm"] == DAILY
        and row["started_on"] <= day
        and (row["ended_on"] is None or row["ended_on"] > day)
        and row["id"] not in held
    ]
