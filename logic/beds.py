"""The beds of a community: who lies in which, which are booked, which are free."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from db.registers.facilities import BOOKED, STAYING

Row = Mapping[str, Any]
FREE, TAKEN, CLOSED = "空床", STAYING, "停用"


@dataclass(frozen=True)
class Place:
    """One bed: its row, how it stands, and the stay that makes it so."""

    bed: Row
    state: str
    stay: Row | None = None


def board(beds: Iterable[Row], stays: Iterable[Row], day: str) -> list[Place]:
    """Every bed as it stands on that day, in the order of the beds."""
    running = [row for row in stays if row["ended_on"] is None or row["ended_on"] > day]
    by_bed: dict[str, Row] = {}
    for stay in sorted(running, key=lambda row: row["state"] == STAYING):
        by_bed[stay["bed_id"]] = stay  # who lies in a bed comes before who has booked it
    return [_place(bed, by_bed.get(bed["id"])) for bed in beds]


def _place(bed: Row, stay: Row | None) -> Place:
    if stay is not None:
        return Place(bed, TAKEN if stay["state"] == STAYING else BOOKED, stay)
    return Place(bed, CLOSED if bed["in_use"] is False else FREE)


def order(number: str) -> list[tuple[int, str]]:
    """A key by which bed 2 comes before bed 10."""
    parts = re.split(r"(\d+)", number)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


def counted(places: Iterable[Place], kind: str) -> dict[str, int]:
    """How many beds of a kind stand how."""
    states = [one.state for one in places if one.bed["kind"] == kind]
    return {state: states.count(state) for state in (FREE, TAKEN, BOOKED, CLOSED)}


def queue(waitings: Iterable[Row]) -> list[Row]:
    """Who still waits: the urgent first, then in the order of asking."""
    open_ = [row for row in waitings if row["settled_on"] is None]
    return sorted(open_, key=lambda row: (not row["urgent"], row["asked_on"], row["id"]))
