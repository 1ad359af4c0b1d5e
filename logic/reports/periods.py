"""Periods of reports: a month or a year, with its first and last day."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Period:
    """`first` and `last` are days, YYYY-MM-DD; of one that is under way `last` is today."""

    words: str
    first: str
    last: str


def months(today: dt.date, count: int) -> list[Period]:
    """The month of `today` and those before it, the latest first."""
    return [_month(at, today) for at in _back(today, count)]


def years(today: dt.date, count: int) -> list[Period]:
    """This year and those before it, the latest first."""
    return [
        Period(f"{year}年", f"{year}-01-01", min(f"{year}-12-31", today.isoformat()))
        for year in range(today.year, today.year - count, -1)
    ]


def _back(today: dt.date, count: int) -> list[tuple[int, int]]:
    newest = today.year * 12 + today.month - 1
    return [divmod(at, 12) for at in range(newest, newest - count, -1)]


def _month(at: tuple[int, int], today: dt.date) -> Period:
    year, month = at[0], at[1] + 1
    last = dt.date(year, month, calendar.monthrange(year, month)[1])
    first = dt.date(year, month, 1).isoformat()
    return Period(f"{year}年{month}月", first, min(last, today).isoformat())
