"""Ids that whoever makes the row makes: UUIDv7, so they sort by the time of their making."""

from __future__ import annotations

import datetime as dt
import os
import re
import secrets
import threading
import time
from functools import cache

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without those that look like others
SOUND = re.compile(r"[0-9A-Za-z_-]{1,36}")

_lock = threading.Lock()
_last = 0


def new() -> str:
    """A UUIDv7 (RFC 9562); within one process each is larger than the one before."""
    return several(1)[0]


def several(count: int) -> list[str]:
    """So many of them; they share their random part and differ in their time."""
    global _last
    with _lock:
        # 48 bits of milliseconds and 12 of the fraction below them: monotonic at 4096 a ms.
        first = max(_last + 1, time.time_ns() * 4096 // 1_000_000)
        _last = first + count - 1
    digits = f"{0b10 << 62 | int.from_bytes(os.urandom(8)) >> 2:016x}"
    tail = f"-{digits[:4]}-{digits[4:]}"
    if count == 1:
        return [f"{_moment(first >> 12)}{first & 0xFFF:03x}{tail}"]
    ends = _ends()
    made: list[str] = []
    for moment in range(first >> 12, (first + count - 1 >> 12) + 1):
        least, head = moment << 12, _moment(moment)
        some = ends[max(first - least, 0) : first + count - least]
        made += [f"{head}{end}{tail}" for end in some]
    return made


def _moment(milliseconds: int) -> str:
    return f"{milliseconds >> 16:08x}-{milliseconds & 0xFFFF:04x}-7"


@cache
def _ends() -> list[str]:
    """What the fraction of a millisecond can be."""
    return [f"{end:03x}" for end in range(4096)]


def receipt(day: dt.date) -> str:
    """A number to be told to somebody: short, told apart by ear, and not to be guessed."""
    return f"{day:%y%m%d}-" + "".join(secrets.choice(SIGNS) for _ in range(6))


def sound(text: object) -> bool:
    """Whether a row can have this id; nothing else may reach the database as one."""
    return isinstance(text, str) and SOUND.fullmatch(text) is not None


def now() -> str:
    """This moment as the database keeps it: UTC, ISO 8601, to the microsecond."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
