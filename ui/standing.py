"""The three 社 of communities in reach, asked of the doors in a fixed few questions."""

from __future__ import annotations

from db.actors import Actor
from logic import three
from logic.three import Expiry, Standing
from ui import data

Row = data.Row


def _all(actor: Actor, register: str, area: str | None = None) -> list[Row]:
    """Every row of a register in reach; none where it may not be read."""
    if not data.may(actor, register)["read"]:
        return []
    return data.listed(actor, register, area, (), (), None).rows


def found(actor: Actor, area: str, day: str) -> list[Standing]:
    """The communities of an area on a day."""
    chain = [data.may(actor, name)["read"] for name in ("projects", "calls", "awards")]
    projects = None
    if all(chain):
        projects = three.delivered(
            _all(actor, "projects", area), _all(actor, "calls"), _all(actor, "awards")
        )
    here = {area, *_below(actor, area)}
    return three.standings(
        [one for one in data.communities(actor) if one["id"] in here],
        organisations(actor),
        _all(actor, "organisation_areas"),
        _all(actor, "social_workers", area),
        projects,
        day,
    )


def organisations(actor: Actor) -> list[Row]:
    """All social organisations: they are public, and may be registered above the communities."""
    return _all(actor, "organisations")


def expiring(actor: Actor, area: str, some: list[Standing], day: str) -> list[Expiry]:
    """What runs out within 90 days of those who serve here."""
    names = {row["id"]: row["name"] for one in some for row in one.organisations}
    mine = [row for row in _all(actor, "qualifications") if row["organisation_id"] in names]
    workers = [row for one in some for row in one.workers]
    return three.expiring(mine, workers, names, three.soon(day))


def _below(actor: Actor, area: str) -> set[str]:
    """The areas below an area."""
    below = {area}
    for one in data.areas(actor):  # parents come before children
        if one["area_id"] in below:
            below.add(one["id"])
    return below
