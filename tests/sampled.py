"""The sample data as tests look at them: made once a process, with a few ways to read them."""

from __future__ import annotations

import datetime as dt
import time
from functools import cache
from typing import Any

from db import dates, sample

Row = dict[str, Any]
Rows = dict[str, list[Row]]

DAY = min(dates.today(), dt.date(2026, 10, 31))  # on which the sample of these tests is made
COMMUNITIES = ("guihuashu", "liumiqiao", "taohuaping")


@cache
def made() -> tuple[Rows, float]:
    """The rows, only to be read, and the seconds of processor time they took."""
    begun = time.process_time()
    rows = sample.rows(DAY)
    return rows, time.process_time() - begun


def age(person: Row, on: dt.date = DAY) -> int:
    """Whole years, counted from 1 January or the 1st where no more is known."""
    year, month, day = (*map(int, person["birth_date"].split("-")), 1, 1)[:3]
    return on.year - year - ((on.month, on.day) < (month, day))


def still(row: Row, on: dt.date = DAY) -> bool:
    """Whether a membership, team membership or pairing is open on a day."""
    begun = row["started_on"] <= on.isoformat()
    return bool(begun and row.get("ended_on", "9999") > on.isoformat())


def members(rows: Rows, area: str, group: str) -> list[Row]:
    """Memberships of a group in a community, ended ones too."""
    here = (area, group)
    return [row for row in rows["memberships"] if (row["area_id"], row["group_id"]) == here]


def homes(rows: Rows) -> dict[str, list[Row]]:
    """The people of each household."""
    lived_in: dict[str, list[Row]] = {row["id"]: [] for row in rows["households"]}
    for person in rows["residents"]:
        lived_in[person["household_id"]].append(person)
    return lived_in
