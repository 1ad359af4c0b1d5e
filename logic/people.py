"""Rows of people as tables that are read, with words instead of ids and ages instead of sums."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd


def age(birth_date: str | None, on: dt.date) -> int | None:
    """Full years on a day; with only a year or a month known, by what is known."""
    if not birth_date:
        return None
    parts = [int(part) for part in birth_date.split("-")]
    had_birthday = (on.month, on.day)[: len(parts) - 1] >= tuple(parts[1:])
    return on.year - parts[0] - (0 if had_birthday else 1)


def persons(rows: Iterable[Mapping[str, Any]], on: dt.date) -> pd.DataFrame:
    """姓名, 性别, 年龄, 住址, 电话 of residents, indexed by their ids."""
    return (
        pd.DataFrame(
            [
                {
                    "id": row["id"],
                    "姓名": row["name"],
                    "性别": row["sex"],
                    "年龄": age(row["birth_date"], on),
                    "现住址": row["address"],
                    "联系电话": row["phone"],
                }
                for row in rows
            ],
            columns=["id", "姓名", "性别", "年龄", "现住址", "联系电话"],
        )
        .astype({"年龄": "Int64"})
        .set_index("id")
    )


def homes(
    rows: Iterable[Mapping[str, Any]], heads: Mapping[str, Mapping[str, Any]]
) -> pd.DataFrame:
    """户主, 户号, 住址, 电话 of households, indexed by their householders' ids ("" without one).

    `heads` maps a household's id to its householder's row.
    """
    nobody: dict[str, Any] = {"id": "", "name": None, "phone": None}
    pairs = [(row, heads.get(row["id"], nobody)) for row in rows]
    return pd.DataFrame(
        [
            {
                "id": head["id"],
                "户主": head["name"],
                "户号": row["number"],
                "住址": row["address"],
                "联系电话": head["phone"],
            }
            for row, head in pairs
        ],
        columns=["id", "户主", "户号", "住址", "联系电话"],
    ).set_index("id")


def shown(value: Any, labels: Mapping[str, str]) -> str:
    """A cell's value as words: a reference by its label, yes and no, — for nothing."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return "是" if value else "否"
    return labels.get(value, str(value)) if isinstance(value, str) else str(value)


def standing(answer: Any, field: str, day: str) -> list[str]:
    """The labels that `field` gives in those rows of an answer that are open on a day."""
    return [
        answer.labels.get(row[field], "—")
        for row in answer.rows
        if row["started_on"] <= day and not (row["ended_on"] and row["ended_on"] <= day)
    ]
