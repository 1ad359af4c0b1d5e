"""The three 社 of communities: who serves where, what runs out, which community lacks what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from db.registers.organisations import ACTIVE
from db.registers.volunteers import ACTIVE as ENROLLED
from db.registers.workers import NONE

Row = Mapping[str, Any]
SOON = 90  # days before a certificate runs out from which it is told
ORGANISATION, WORKER, PROJECT = THREE = ("社会组织", "社工", "已交付项目")


@dataclass(frozen=True)
class Standing:
    """A community on a day: organisations that serve it, workers, projects that were awarded.

    `projects` is None for who may not know of them.
    """

    area: Row
    organisations: list[Row] = field(default_factory=list)
    workers: list[Row] = field(default_factory=list)
    projects: list[Row] | None = None

    @property
    def certified(self) -> list[Row]:
        return [one for one in self.workers if one["grade"] != NONE]

    def of(self, what: str) -> list[Row] | None:
        """The rows of one of THREE."""
        each = (self.organisations, self.workers, self.projects)
        return dict(zip(THREE, each, strict=True))[what]

    @property
    def lacks(self) -> tuple[str, ...]:
        """Which of the three are known to be missing."""
        return tuple(one for one in THREE if self.of(one) == [])

    @property
    def covered(self) -> bool:
        return all(self.of(one) for one in THREE)


def is_on(row: Row, day: str) -> bool:
    """Whether what begins and perhaps ends is there on a day."""
    return bool(row["started_on"] <= day and (not row["ended_on"] or row["ended_on"] > day))


def standings(
    areas: Iterable[Row],
    organisations: Iterable[Row],
    serving: Iterable[Row],
    workers: Iterable[Row],
    projects: dict[str, list[Row]] | None,
    day: str,
) -> list[Standing]:
    """Every community, in the order of `areas`; `serving` says which organisation is where."""
    known = {one["id"]: one for one in organisations if one["status"] == ACTIVE}
    here: dict[str, dict[str, Row]] = {}
    for one in serving:
        if is_on(one, day) and one["organisation_id"] in known:
            here.setdefault(one["area_id"], {})[one["organisation_id"]] = one
    at_work = [one for one in workers if one["status"] == ENROLLED and is_on(one, day)]
    return [
        Standing(
            area,
            [known[one] for one in here.get(area["id"], {})],
            [one for one in at_work if one["area_id"] == area["id"]],
            None if projects is None else projects.get(area["id"], []),
        )
        for area in areas
    ]


def delivered(
    projects: Iterable[Row], calls: Iterable[Row], awards: Iterable[Row]
) -> dict[str, list[Row]]:
    """area → its projects that were awarded to somebody: carried out, or closed since."""
    awarded = {one["call_id"] for one in awards}
    given = {one["project_id"] for one in calls if one["id"] in awarded}
    found: dict[str, list[Row]] = {}
    for one in projects:
        if one["id"] in given:
            found.setdefault(one["area_id"], []).append(one)
    return found


def share(some: Iterable[Standing], what: str) -> tuple[int, int]:
    """Communities with at least one of `what`, and all of which that is known."""
    known = [one.of(what) for one in some if one.of(what) is not None]
    return sum(bool(one) for one in known), len(known)


def soon(day: str) -> str:
    """The last day on which what runs out is told of, on a day."""
    return (dt.date.fromisoformat(day) + dt.timedelta(days=SOON)).isoformat()


def people(workers: Iterable[Row]) -> int:
    """How many they are: who serves in several communities has one certificate."""
    return len({one["certificate"] or one["id"] for one in workers})


@dataclass(frozen=True)
class Expiry:
    """A certificate that runs out: whose, what it is, when, and in which register it stands."""

    register: str
    row: Row
    whose: str
    what: str
    day: str


def expiring(
    qualifications: Iterable[Row], workers: Iterable[Row], names: Mapping[str, str], until: str
) -> list[Expiry]:
    """What has run out or does so by the day `until`, the earliest first."""
    found = [
        Expiry("qualifications", one, names.get(one["organisation_id"], ""), one["name"],
               one["expires_on"])
        for one in qualifications
        if one["expires_on"] and one["expires_on"] <= until
    ]  # fmt: skip
    found += [
        Expiry("social_workers", one, one["name"], f"{one['grade']}证书", one["expires_on"])
        for one in workers
        if one["expires_on"] and one["expires_on"] <= until
    ]
    return sorted(found, key=lambda one: (one.day, one.whose))
