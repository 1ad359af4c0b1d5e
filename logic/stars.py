"""Hours of volunteers and the stars they have earned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

COLUMNS = ["志愿者", "认定时长", "星级", "次数"]


def stars(hours: float, steps: Sequence[float]) -> int:
    """How many stars so many approved hours are worth."""
    return sum(hours >= step for step in steps)


def table(
    sums: Iterable[Mapping[str, Any]], labels: Mapping[str, str], steps: Sequence[float]
) -> pd.DataFrame:
    """志愿者, 认定时长 (hours), 星级, 次数, indexed by the volunteers' ids; the most first.

    `sums` have volunteer_id, sum (hours) and count of approved records.
    """
    ordered = sorted(
        sums,
        key=lambda one: (-one["sum"], labels.get(one["volunteer_id"], ""), one["volunteer_id"]),
    )
    return pd.DataFrame(
        [
            [
                labels.get(one["volunteer_id"], ""),
                round(one["sum"], 1),
                "★" * stars(one["sum"], steps),
                one["count"],
            ]
            for one in ordered
        ],
        index=[one["volunteer_id"] for one in ordered],
        columns=COLUMNS,
    )


def by_team(
    sums: Iterable[Mapping[str, Any]],
    members: Iterable[Mapping[str, Any]],
    labels: Mapping[str, str],
) -> pd.DataFrame:
    """服务队, 队员, 认定时长: the hours of who is in each team; who is in two counts in both."""
    hours = {one["volunteer_id"]: one["sum"] for one in sums}
    teams: dict[str, set[str]] = {}
    for row in members:
        teams.setdefault(row["team_id"], set()).add(row["volunteer_id"])
    rows = [
        [labels.get(team, ""), len(who), round(sum(hours.get(one, 0.0) for one in who), 1)]
        for team, who in teams.items()
    ]
    rows.sort(key=lambda row: (-row[2], row[0]))
    return pd.DataFrame(rows, columns=["服务队", "队员", "认定时长"])


def by_group(sums: Iterable[Mapping[str, Any]], labels: Mapping[str, str]) -> pd.DataFrame:
    """服务对象, 次数, 认定时长 by the group served, the most first."""
    rows = [
        [labels.get(one["group_id"] or "", "没有写明"), one["count"], round(one["sum"], 1)]
        for one in sums
    ]
    rows.sort(key=lambda row: (-row[2], row[0]))
    return pd.DataFrame(rows, columns=["服务对象", "次数", "认定时长"])
