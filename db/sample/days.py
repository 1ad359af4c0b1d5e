"""The days on which things are held in the sample: weekly, monthly, on school days."""

from __future__ import annotations

import datetime as dt

from db.sample.maker import Maker

LONG_AGO = 548  # a year and a half: how far back services are told of
TERM = 92  # days back for what is held every school day
SATURDAY, SUNDAY = 5, 6
# Month and day from and to: summer, the Spring Festival, May Day and the National Day week.
_HOLIDAYS = (((7, 1), (8, 31)), ((1, 20), (2, 20)), ((5, 1), (5, 5)), ((10, 1), (10, 7)))


def daily(make: Maker, back: int) -> list[dt.date]:
    """Every day from `back` days ago to the sample's day, both included."""
    return [make.days_ago(ago) for ago in range(back, -1, -1)]


def weekly(make: Maker, weekday: int, back: int = LONG_AGO) -> list[dt.date]:
    return [day for day in daily(make, back) if day.weekday() == weekday]


def monthly(make: Maker, number: int, back: int = LONG_AGO) -> list[dt.date]:
    """The day of this number, up to 28, of each month."""
    return [day for day in daily(make, back) if day.day == number]


def school(make: Maker, back: int = TERM) -> list[dt.date]:
    """Monday to Friday outside the holidays."""
    return [day for day in daily(make, back) if day.weekday() < SATURDAY and not _off(day)]


def _off(day: dt.date) -> bool:
    return any(first <= (day.month, day.day) <= last for first, last in _HOLIDAYS)
