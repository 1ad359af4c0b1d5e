"""Needs with all that came of them: read register by register, however many they are."""

from __future__ import annotations

from dataclasses import dataclass

from db import dates, stages
from db.actors import Actor
from db.registers.programmes import HELD
from db.stages import Step
from logic import linkage
from ui import data
from ui.data import Condition

YEARS = 2  # what was raised before is history
FEW = 500  # more ids than that are not named: then the area's whole register is asked
LIMITS = "linkage-limits"  # what the account settled


@dataclass(frozen=True)
class Chains:
    """The rows by register, the words for what they refer to, and each need's way."""

    rows: dict[str, list[data.Row]]
    labels: dict[str, str]
    ways: dict[str, list[Step]]

    @property
    def needs(self) -> list[data.Row]:
        return self.rows["needs"]


def readable(actor: Actor, area: str | None = None) -> bool:
    """Whether the account may read all that the stages follow from."""
    rights = data.rights(actor, area)
    return all(rights[name]["read"] for name in ("needs", *(one[0] for one in stages.TELLING)))


def needs(actor: Actor, area: str) -> data.Found:
    """Those of the last years in an area and all below it, the latest first."""
    start = (Condition("raised_on", "from", dates.in_days(-365 * YEARS)),)
    return data.listed(actor, "needs", area, start, ("-raised_on",), None)


def lately(actor: Actor, area: str) -> Chains:
    """These needs with all that came of them."""
    return _of(actor, area, needs(actor, area))


def one(actor: Actor, need: str) -> Chains:
    """One need and the one that it joined; no rows where it may not be seen."""
    found = data.row(actor, "needs", need)
    if not found.rows or not found.rows[0]["joined_id"]:
        return _of(actor, found.rows[0]["area_id"] if found.rows else actor.area_id, found)
    area, main = found.rows[0]["area_id"], found.rows[0]["joined_id"]
    both = (Condition("id", "in", (need, main)),)
    return _of(actor, area, data.listed(actor, "needs", area, both))


def _of(actor: Actor, area: str, needs: data.Found) -> Chains:
    rows, labels = {"needs": needs.rows}, dict(needs.labels)
    for register, by, before in stages.TELLING:
        key = "project_id" if before == "project_needs" else "id"
        wanted = tuple(sorted({row[key] for row in rows[before]}))
        found = _told(actor, area, register, by, wanted)
        rows[register] = found.rows
        labels |= found.labels
    return Chains(rows, labels, stages.of(rows))


def _told(actor: Actor, area: str, register: str, by: str, wanted: tuple[str, ...]) -> data.Found:
    """The rows of the register that belong to the rows wanted, whatever their number."""
    if not wanted:
        return data.Found(0, "", 0, 0, [])
    named = (Condition(by, "in", wanted),) if len(wanted) <= FEW else ()
    held = (Condition("state", "eq", HELD),) if register == "sessions_held" else ()
    return data.listed(actor, register, area, (*named, *held), (), None)


def limits(actor: Actor) -> dict[str, int]:
    """stage → after how many days the account calls it late."""
    said = data.remembered(actor, LIMITS)
    good = {
        name: days for name, days in said.items() if isinstance(days, int) and 1 <= days <= 3650
    }
    return {name: good.get(name, days) for name, days in linkage.USUAL.items()}


def places(actor: Actor, chains: Chains) -> dict[str, linkage.Place]:
    """need → where it is today."""
    known, today = limits(actor), dates.today()
    return {need: linkage.place(way, today, known) for need, way in chains.ways.items()}
