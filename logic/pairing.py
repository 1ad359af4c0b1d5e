"""Which volunteers suit somebody whom nobody looks after, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

Row = Mapping[str, Any]
# Skills that help most, by the group of who is looked after.
CHILDREN = ("心理辅导", "课业辅导", "文艺", "体育")
OLDER = ("助老", "医护", "理发", "维修", "心理辅导")
HOMES = ("维修", "法律", "医护", "助老")
FITTING: dict[str, tuple[str, ...]] = {
    "left_behind_children": CHILDREN,
    "migrant_children": CHILDREN,
    "children": CHILDREN,
    "children_of_prisoners": CHILDREN,
    "troubled_youth": CHILDREN,
    "elderly": OLDER,
    "childless_elderly": OLDER,
    "empty_nest_elderly": OLDER,
    "bereaved_families": OLDER,
    "disabled": HOMES,
    "poor_households": HOMES,
}
COLUMNS = ["志愿者", "为什么合适", "已结对"]


def suiting(
    volunteers: Iterable[Row],
    pairs: Mapping[str, int],
    group: str,
    limit: int,
    sex: str | None = None,
) -> pd.DataFrame:
    """志愿者, 为什么合适, 已结对 of those with fewer than `limit` pairs, indexed by their ids.

    `pairs` counts who looks after how many now; the best first: fitting skills, then the fewest
    pairs, then the same sex as who is looked after, then the name.
    """
    fitting = FITTING.get(group, ())
    ranked = []
    for row in volunteers:
        count = pairs.get(row["id"], 0)
        if count >= limit:
            continue
        skills = [one for one in fitting if one in (row["skills"] or "").split("、")]
        same = bool(sex) and row["sex"] == sex
        order = (-len(skills), count, not same, row["name"], row["id"])
        ranked.append((order, row["id"], [row["name"], _why(skills, count, same), count]))
    ranked.sort(key=lambda one: one[0])
    return pd.DataFrame(
        [cells for _, _, cells in ranked], index=[one for _, one, _ in ranked], columns=COLUMNS
    )


def _why(skills: list[str], count: int, same: bool) -> str:
    parts = [f"会{'、'.join(skills)}"] if skills else []
    parts.append("还没有结对" if not count else f"已结对 {count} 个")
    return "；".join([*parts, *(["同性别"] if same else []), "本社区在册"])


def running(
    rows: Iterable[Row],
    labels: Mapping[str, str],
    last: Mapping[str, str],
    aid: Mapping[str, float],
) -> pd.DataFrame:
    """帮扶对象, 志愿者, 帮扶内容, 结对日期, 最近联系, 物资（元）, indexed by the pairing's id."""
    found = list(rows)
    return pd.DataFrame(
        [
            {
                "帮扶对象": labels.get(row["resident_id"] or row["household_id"], "（看不到）"),
                "志愿者": labels.get(row["volunteer_id"], ""),
                "帮扶内容": row["help"] or "",
                "结对日期": row["started_on"],
                "最近联系": last.get(row["id"], "还没有"),
                "物资（元）": aid.get(row["id"], 0.0),
            }
            for row in found
        ],
        index=[row["id"] for row in found],
        columns=["帮扶对象", "志愿者", "帮扶内容", "结对日期", "最近联系", "物资（元）"],
    )


def ended(rows: Iterable[Row], labels: Mapping[str, str], aid: Mapping[str, float]) -> pd.DataFrame:
    """帮扶对象, 志愿者, 结对日期, 结束日期, 结束原因, 物资（元）, indexed by the pairing's id."""
    found = list(rows)
    return pd.DataFrame(
        [
            {
                "帮扶对象": labels.get(row["resident_id"] or row["household_id"], "（看不到）"),
                "志愿者": labels.get(row["volunteer_id"], ""),
                "结对日期": row["started_on"],
                "结束日期": row["ended_on"],
                "结束原因": row["end_reason"] or "",
                "物资（元）": aid.get(row["id"], 0.0),
            }
            for row in found
        ],
        index=[row["id"] for row in found],
        columns=["帮扶对象", "志愿者", "结对日期", "结束日期", "结束原因", "物资（元）"],
    )
