"""Who asks: the only thing the doors know of a person."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """A signed-in account: its role, the area that the role reaches, its clearance.

    `organisation` is the social organisation for which it works, where it works for one.
    """

    id: str
    name: str
    role: str
    area_id: str
    clearance: bool = False
    organisation: str | None = None
