"""Who came when to a programme, who never comes, and who worked there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from db.registers.programmes import ABSENT, CAME, EXCUSED

Row = Mapping[str, Any]
SIGNS = {CAME: "✓", EXCUSED: "假", ABSENT: "—"}
THREE = ("心理辅导老师", "社工", "志愿者")  # whom the article's model wants at a session


def by_day(
    people: Mapping[str, str], sessions: Sequence[Row], marks: Iterable[Row]
) -> pd.DataFrame:
    """姓名, 到, 应到, then a column a day with ✓, 假 or —; indexed by the resident's id.

    `people` are names by id, `sessions` those that were held, `marks` their attendances. Two
    sessions on one day share a column: who came to either came. The fewest visits stand first.
    """
    day_of = {row["id"]: row["held_on"] for row in sessions}
    days = sorted(set(day_of.values()))
    cells: dict[str, dict[str, str]] = {one: {} for one in people}
    came, asked = dict.fromkeys(people, 0), dict.fromkeys(people, 0)
    for mark in marks:
        who, day = mark["resident_id"], day_of.get(mark["session_id"])
        if who not in cells or day is None:
            continue
        asked[who] += 1
        came[who] += mark["presence"] == CAME
        if cells[who].get(day) != SIGNS[CAME]:
            cells[who][day] = SIGNS[mark["presence"]]
    ordered = sorted(people, key=lambda one: (came[one], -asked[one], people[one], one))
    return pd.DataFrame(
        [
            [people[one], came[one], asked[one], *(cells[one].get(day, "") for day in days)]
            for one in ordered
        ],
        index=ordered,
        columns=["姓名", "到", "应到", *(day[5:] for day in days)],
    )


def never(table: pd.DataFrame) -> list[str]:
    """The ids of those who were asked at least once and never came."""
    return [str(one) for one in table.index[(table["到"] == 0) & (table["应到"] > 0)]]


def staffed(
    sessions: Sequence[Row], staff: Iterable[Row], labels: Mapping[str, str]
) -> pd.DataFrame:
    """日期, 课程, who of each role was there, 三者都到; the latest first, by the session's id."""
    roles: dict[str, dict[str, list[str]]] = {}
    for row in staff:
        role = row["role"] if row["role"] in THREE else "其他"
        roles.setdefault(row["session_id"], {}).setdefault(role, []).append(row["name"])
    rows = []
    for row in sorted(sessions, key=lambda one: one["held_on"], reverse=True):
        own = roles.get(row["id"], {})
        rows.append(
            {
                "日期": row["held_on"],
                "课程": labels.get(row["course_id"] or "", ""),
                **{role: "、".join(own.get(role, ())) for role in (*THREE, "其他")},
                "三者都到": "是" if all(role in own for role in THREE) else "",
            }
        )
    columns = ["日期", "课程", *THREE, "其他", "三者都到"]
    ids = [row["id"] for row in sorted(sessions, key=lambda one: one["held_on"], reverse=True)]
    return pd.DataFrame(rows, index=ids, columns=columns)
