"""Chance that repeats itself: a seeded source of choices, days and weighted lots."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate


@dataclass(frozen=True)
class Lots:
    """Values and how often each is drawn; the weights are summed up once."""

    values: tuple[str, ...]
    cumulative: tuple[float, ...]


def lots(weights: Mapping[str, float]) -> Lots:
    return Lots(tuple(weights), tuple(accumulate(weights.values())))


class Chance(random.Random):
    """`random.Random` with the few draws that the sample needs."""

    def draw(self, among: Lots) -> str:
        return self.choices(among.values, cum_weights=among.cumulative)[0]

    def happens(self, share: float) -> bool:
        return self.random() < share

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        """A day from `first` to `last`, both included."""
        return first + dt.timedelta(days=self.randint(0, (last - first).days))

    def age(self, low: int, high: int, mode: int) -> int:
        """Whole years from `low` to `high`, most often about `mode`."""
        return min(int(self.triangular(low, high + 1, mode)), high)
