"""Hours of volunteers and the stars they have earned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from db.registers.duties import APPROVED

STARS = (100, 300, 600, 1000, 1500)  # hours; a setting of the city [default]
COLUMNS = ["志愿者", "认定时长", "星级", "次数"]


def stars(hours: float, steps: tuple[int, ...] = STARS) -> int:
    """How many stars so many approved hours are worth."""
    return sum(hours >= step for step in steps)


def table(rows: Iterable[Mapping[str, Any]], labels: Mapping[str, str]) -> pd.DataFrame:
    """志愿者, 认定时长 (hours), 星级, 次数 of approved records, indexed by id; the most first."""
    totals: dict[str, list[float]] = {}
    for row in rows:
        if row["state"] == APPROVED:
            totals.setdefault(row["volunteer_id"], []).append(row["hours"] or 0)
    ordered = sorted(totals, key=lambda one: (-sum(totals[one]), labels.get(one, ""), one))
    return pd.DataFrame(
        [
            [
                labels.get(one, ""),
                round(sum(totals[one]), 1),
                "★" * stars(sum(totals[one])),
                len(totals[one]),
            ]
            for one in ordered
        ],
        index=ordered,
        columns=COLUMNS,
    )
