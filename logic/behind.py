"""What stands behind a figure as a table, by the register that it is of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from logic import care
from logic.people import shown

Rows = Iterable[Mapping[str, Any]]
Labels = Mapping[str, str]

# The columns that are told, by register: field and heading.
TOLD: dict[str, tuple[tuple[str, str], ...]] = {
    "volunteers": (
        ("name", "姓名"), ("sex", "性别"), ("registered_on", "登记日期"), ("skills", "特长"),
        ("phone", "联系电话"),
    ),
    "pairings": (
        ("resident_id", "帮扶对象"), ("volunteer_id", "志愿者"), ("help", "帮扶内容"),
        ("started_on", "结对日期"),
    ),
    "beds": (("number", "床号"), ("room_id", "房间"), ("kind", "类型")),
}  # fmt: skip


def table(register: str, rows: Rows, labels: Labels, today: dt.date) -> pd.DataFrame:
    """The rows of a register, indexed by their ids."""
    found = list(rows)
    if register == "contacts":
        return _contacts(found, labels, today)
    told = TOLD[register]
    return pd.DataFrame(
        [{words: _cell(row, name, labels) for name, words in told} for row in found],
        index=[row["id"] for row in found],
        columns=[words for _, words in told],
    )


def _cell(row: Mapping[str, Any], name: str, labels: Labels) -> str:
    if name == "resident_id":
        return care.whom(row, labels)
    return shown(row.get(name), labels)


def _contacts(rows: list[Mapping[str, Any]], labels: Labels, today: dt.date) -> pd.DataFrame:
    """对象, 方式, 应办日期, 完成日期, 办理人."""
    made = care.visits(rows, labels, today)
    made["完成日期"] = [row["done_on"] or "还没有办" for row in rows]
    return made[["对象", "方式", "应办日期", "完成日期", "办理人"]]


AGES: dict[str, tuple[int | None, int | None]] = {
    "全部年龄": (None, None),
    "不满 16 岁": (None, 16),
    "16 至 59 岁": (16, 60),
    "60 至 79 岁": (60, 80),
    "80 岁及以上": (80, None),
}
Bound = Callable[[int], str]


def born(words: str, today: dt.date) -> tuple[str | None, str | None]:
    """The first and the last birth date of an age, of AGES; None where it has no such end."""
    least, under = AGES[words]
    return (
        None if under is None else _day(today, under, 1),
        None if least is None else _day(today, least, 0),
    )


def _day(today: dt.date, years: int, later: int) -> str:
    """The birthday of who is so many years old today, or that many days later."""
    day = today + dt.timedelta(days=later)
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return dt.date(day.year - years, day.month, last).isoformat()
