"""Who is on which register just now, and on which cell: in this process's memory, for seconds."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from db.actors import Actor

LASTS = 10.0  # seconds without a sign of life until somebody counts as gone
TABS = 8  # of one account that are remembered at once


@dataclass(frozen=True)
class Seat:
    """Where an account's tab is: a register as shown for an area, perhaps a cell, perhaps typing.

    `at` is <row id>/<field>; `until` is on this process's own clock.
    """

    actor: Actor
    register: str
    area: str | None
    at: str | None
    typing: bool
    until: float


_seats: dict[tuple[str, str], Seat] = {}  # (account, tab), the latest sign of life last
_lock = threading.Lock()


def clock() -> float:
    """Seconds; tests put another clock in its place."""
    return time.monotonic()


def sit(
    actor: Actor, tab: str, register: str, area: str | None, at: str | None, typing: bool
) -> None:
    """Somebody gave a sign of life."""
    now = clock()
    with _lock:
        _leave(now)
        _seats.pop((actor.id, tab), None)
        own = [key for key in _seats if key[0] == actor.id]
        for key in own[: max(len(own) - TABS + 1, 0)]:
            del _seats[key]
        _seats[actor.id, tab] = Seat(actor, register, area, at, typing, now + LASTS)


def _leave(now: float) -> None:
    for key in [key for key, seat in _seats.items() if seat.until <= now]:
        del _seats[key]


def others(actor: Actor, register: str) -> list[Seat]:
    """The others on a register, each where the latest sign of life came from."""
    with _lock:
        _leave(clock())
        latest = {s.actor.id: s for s in _seats.values() if s.register == register}
    return [seat for who, seat in latest.items() if who != actor.id]
