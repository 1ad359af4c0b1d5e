"""Needs as tables that are read, and who raised them, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from db.registers.needs import URGENCIES
from logic.linkage import Place

Row = Mapping[str, Any]
COLUMNS = [
    "需求", "走到", "等了", "紧急程度", "提出日期", "提出人", "服务对象类别", "地点", "受理编号",
]  # fmt: skip


def raiser(row: Row, labels: Mapping[str, str]) -> str:
    """Who raised it: a resident, a household, whoever left a name, or nobody who did."""
    known = labels.get(row["resident_id"] or row["household_id"] or "")
    return str(known or row["raised_by"] or "没有留名")


def waited(place: Place) -> str:
    """12 天, 12 天，超期."""
    return f"{place.days:,} 天" + ("，超期" if place.late else "")


def pressing(rows: Iterable[Row], places: Mapping[str, Place]) -> list[Row]:
    """The most urgent first, among equals those that wait longest."""
    rank = {name: number for number, name in enumerate(URGENCIES)}
    return sorted(rows, key=lambda row: (rank[row["urgency"]], -places[row["id"]].days))


def table(
    rows: Iterable[Row], labels: Mapping[str, str], places: Mapping[str, Place]
) -> pd.DataFrame:
    """COLUMNS, indexed by the need's id."""
    found = list(rows)
    told = [
        (
            row["title"] + ("（已并入）" if row["joined_id"] else ""),
            places[row["id"]].stage,
            waited(places[row["id"]]),
            row["urgency"],
            row["raised_on"],
            raiser(row, labels),
            labels.get(row["group_id"] or "", ""),
            row["place"] or "",
            row["number"],
        )
        for row in found
    ]
    return pd.DataFrame(told, index=[row["id"] for row in found], columns=COLUMNS)
