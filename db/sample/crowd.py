"""Who of the sample is there to be served: people by age, open memberships by group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from db.registers.people import LIVING_HERE, MOVED_IN
from db.sample.homes import Home

Row = dict[str, Any]


@dataclass(frozen=True)
class Crowd:
    """`people` who live here, by id, with their `ages`; `open` memberships by area and group."""

    people: dict[str, Row]
    ages: dict[str, int]
    open: dict[tuple[str, str], list[Row]]

    def members(self, area: str, group: str) -> list[Row]:
        """Open memberships of those who live here, and of households."""
        return [
            row
            for row in self.open[area, group]
            if "household_id" in row or row["resident_id"] in self.people
        ]

    def aged(self, area: str, low: int) -> list[str]:
        """Ids of everybody of a community from this age on."""
        return [
            each
            for each, age in self.ages.items()
            if age >= low and self.people[each]["area_id"] == area
        ]


def of(homes: Iterable[Home], belonging: list[Row]) -> Crowd:
    people, ages = {}, {}
    for home in homes:
        for person, age in zip(home.people, home.ages, strict=True):
            if person["status"] in (LIVING_HERE, MOVED_IN):
                people[person["id"]] = person
                ages[person["id"]] = age
    open_now: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in belonging:
        if "ended_on" not in row:
            open_now[row["area_id"], row["group_id"]].append(row)
    return Crowd(people, ages, open_now)


def target(row: Row) -> dict[str, str]:
    """The person or the household that a membership or a pairing is about."""
    field = "resident_id" if "resident_id" in row else "household_id"
    return {field: row[field]}
