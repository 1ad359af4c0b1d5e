"""What every part of the sample draws from: chance, ids, numbers and the day it is told on."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from db.sample.chance import Chance
from db.sample.numbers import Identities

SEED = 20170420


class Ids:
    """UUIDv7s of the sample: a millisecond apart, so that their order is that of their making."""

    def __init__(self, chance: Chance, day: dt.date) -> None:
        midnight = dt.datetime.combine(day, dt.time(), dt.UTC)
        self._milliseconds = int(midnight.timestamp() * 1000)
        self._chance = chance

    def new(self) -> str:
        self._milliseconds += 1
        value = self._milliseconds << 80 | 0x7 << 76 | self._chance.getrandbits(12) << 64
        value |= 0b10 << 62 | self._chance.getrandbits(62)
        return str(uuid.UUID(int=value))


@dataclass(frozen=True)
class Maker:
    """One run of the sample; `day` is its today."""

    chance: Chance
    ids: Ids
    identities: Identities
    day: dt.date

    @classmethod
    def start(cls, day: dt.date) -> Maker:
        chance = Chance(SEED)
        return cls(chance, Ids(Chance(SEED + 1), day), Identities(), day)

    def years_ago(self, years: int) -> dt.date:
        return same_day(self.day, self.day.year - years)

    def days_ago(self, days: int) -> dt.date:
        return self.day - dt.timedelta(days=days)

    def birthday(self, age: int) -> dt.date:
        """A birth date of somebody who is `age` on the sample's day."""
        return self.years_ago(age) - dt.timedelta(days=self.chance.randrange(365))


def same_day(day: dt.date, year: int) -> dt.date:
    """The same day of another year; 29 February falls on the 28th."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
