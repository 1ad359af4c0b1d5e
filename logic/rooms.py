"""Which room is taken when, by sessions of programmes and by bookings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from db.registers.programmes import CANCELLED

Row = Mapping[str, Any]
COLUMNS = ["日期", "时间", "房间", "用途", "谁"]


def taken(
    sessions: Iterable[Row], bookings: Iterable[Row], labels: Mapping[str, str]
) -> pd.DataFrame:
    """日期, 时间, 房间, 用途, 谁 in the order of time; indexed by the booking's or session's id."""
    rows = []
    for row in sessions:
        if row["room_id"] and row["state"] != CANCELLED:
            what = labels.get(row["course_id"] or "") or labels.get(row["programme_id"], "")
            rows.append((row["held_on"], row, what, "服务项目"))
    rows += [(row["used_on"], row, row["purpose"], row["booked_by"] or "") for row in bookings]
    rows.sort(key=lambda one: (one[0], one[1]["starts_at"] or "", one[1]["id"]))
    return pd.DataFrame(
        [
            [day, _times(row), labels.get(row["room_id"], ""), what, who]
            for day, row, what, who in rows
        ],
        index=[row["id"] for _, row, _, _ in rows],
        columns=COLUMNS,
    )


def _times(row: Row) -> str:
    return f"{row['starts_at'] or '？'}—{row['ends_at'] or '？'}"


def clash(rows: Iterable[Row], start: str, end: str) -> Row | None:
    """The first of a room's rows of a day that overlaps the times; one without times never does."""
    timed = (row for row in rows if row["starts_at"] and row["ends_at"])
    return next((r for r in timed if r["starts_at"] < end and start < r["ends_at"]), None)
