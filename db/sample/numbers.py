"""ID numbers and phones that pass every check and yet belong to nobody.

ID numbers: the sequence codes 996 to 999 were set apart by GB 11643-1989 for people over a
hundred when the numbers began; with a later birth date nobody was given one. Phones: 154 has
never been given to a network.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter

from db import citizen_id
from db.sample.chance import Chance

SEQUENCES = {"男": ("997", "999"), "女": ("996", "998")}
PHONE_RANGE = "1540000"


class Identities:
    """Gives out ID numbers, each once."""

    def __init__(self) -> None:
        self._given: Counter[tuple[str, dt.date, str]] = Counter()

    def number(self, code: str, born: dt.date, sex: str) -> str | None:
        """A number for this county code, birth date and sex, or None when all are given out."""
        place = (code, born, sex)
        if self._given[place] == len(SEQUENCES[sex]):
            return None
        first17 = f"{code}{born:%Y%m%d}{SEQUENCES[sex][self._given[place]]}"
        self._given[place] += 1
        return first17 + citizen_id.check_digit(first17)


def phone(chance: Chance) -> str:
    return f"{PHONE_RANGE}{chance.randrange(10_000):04d}"
