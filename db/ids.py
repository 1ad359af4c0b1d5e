"""Ids that whoever makes the row makes: UUIDv7, so they sort by the time of their making."""

from __future__ import annotations

import datetime as dt
import os
import re
import threading
import time
import uuid

SOUND = re.compile(r"[0-9A-Za-z_-]{1,36}")

_lock = threading.Lock()
_last = 0


def new() -> str:
    """A UUIDv7 (RFC 9562); within one process each is larger than the one before."""
    global _last
    with _lock:
        # 48 bits of milliseconds and 12 of the fraction below them: monotonic at 4096 a ms.
        now = time.time_ns() * 4096 // 1_000_000
        _last = max(_last + 1, now)
        stamp = _last
    value = (stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64
    value |= 0b10 << 62 | int.from_bytes(os.urandom(8)) & (1 << 62) - 1
    return str(uuid.UUID(int=value))


def sound(text: object) -> bool:
    """Whether a row can have this id; nothing else may reach the database as one."""
    return isinstance(text, str) and SOUND.fullmatch(text) is not None


def now() -> str:
    """This moment as the database keeps it: UTC, ISO 8601, to the microsecond."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
