"""What departments ask of communities: how each item stands, what it lacks, what hours it takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from db.registers.admissions import ADMITTED

Row = Mapping[str, Any]
WAITING = "待审批"
APPROVAL, BASIS, FUNDING = LACKS = ("审批", "依据", "经费")


@dataclass(frozen=True)
class Item:
    """An item asked of a community, and the last decision on it."""

    row: Row
    decision: Row | None = None

    @property
    def state(self) -> str:
        return self.decision["decision"] if self.decision else WAITING

    @property
    def lacks(self) -> tuple[str, ...]:
        """What an item needs to be in force rightly, and this one has not."""
        there = (self.state == ADMITTED, bool(self.row["basis"]), bool(self.row["funding"]))
        return tuple(one for one, has in zip(LACKS, there, strict=True) if not has)

    def in_force(self, first: str, last: str | None = None) -> bool:
        """Whether it is carried out on a day, or on some day from `first` to `last`."""
        begun, ended = self.row["started_on"], self.row["ended_on"]
        return bool(begun and begun <= (last or first) and (not ended or ended > first))


def items(admissions: Iterable[Row], decisions: Iterable[Row]) -> list[Item]:
    """Every item with the last decision on it, the longest waiting first."""
    last: dict[str, Row] = {}
    for one in sorted(decisions, key=lambda row: (row["decided_on"], row["id"])):
        last[one["admission_id"]] = one
    ordered = sorted(admissions, key=lambda row: (row["asked_on"], row["id"]))
    return [Item(row, last.get(row["id"])) for row in ordered]


def rate(some: Iterable[Item], day: str) -> tuple[int, int]:
    """准入合规率: of the items in force, those with approval, basis and funding."""
    now = [one for one in some if one.in_force(day)]
    return sum(not one.lacks for one in now), len(now)


def months(day: dt.date, back: int) -> list[str]:
    """The last `back` months up to that of `day`, YYYY-MM."""
    count = day.year * 12 + day.month - 1
    return [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(count - back + 1, count + 1)]


def burden(some: Iterable[Item], wanted: list[str]) -> pd.DataFrame:
    """department × month: the hours of the items in force in it; the most burdening first."""
    hours = {
        (one.row["department"], month, one.row["id"]): one.row["hours"] or 0.0
        for one in some
        for month in wanted
        if one.in_force(f"{month}-01", f"{month}-31")
    }
    if not hours:
        return pd.DataFrame(columns=wanted, dtype=float)
    rows = [(department, month, count) for (department, month, _), count in hours.items()]
    long = pd.DataFrame(rows, columns=["department", "month", "hours"])
    table = long.pivot_table(index="department", columns="month", values="hours", aggfunc="sum")
    table = table.reindex(columns=wanted).fillna(0.0)
    return table.loc[table.sum(axis=1).sort_values(ascending=False, kind="stable").index]
