"""The days that a figure is about, both ends counted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

MONTHS = 18  # of a trend


@dataclass(frozen=True)
class Span:
    """From `first` to `last` (YYYY-MM-DD), both counted.

    `then` is the version of the data at which a past period was closed, and `closed_at` the
    moment: what bears no date of its own, such as where somebody lives, counts as it was then.
    `star` is what the city has decided on.
    """

    first: str
    last: str
    then: int | None = None
    closed_at: str = ""
    star: float = 100  # approved hours that earn the first star


def looking_back(last: str, days: int) -> Span:
    """So many days up to and with `last`; of 0 or 1 days that day alone."""
    first = dt.date.fromisoformat(last) - dt.timedelta(days=max(days, 1) - 1)
    return Span(first.isoformat(), last)


def month_of(day: str) -> str:
    """2026-10-31 → 2026-10."""
    return day[:7]


def whole(month: str) -> Span:
    """All days of a month, 2026-10."""
    first = dt.date.fromisoformat(f"{month}-01")
    after = (first + dt.timedelta(days=31)).replace(day=1)
    return Span(first.isoformat(), (after - dt.timedelta(days=1)).isoformat())


def finished(today: dt.date, count: int = MONTHS) -> list[str]:
    """The last months that were over before today, the earliest first."""
    year, month = today.year, today.month
    found = []
    for _ in range(count):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
        found.append(f"{year:04d}-{month:02d}")
    return found[::-1]
