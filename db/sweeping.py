"""Much made at once: no search for garbage among what is none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MANY = 1000


@contextmanager
def unswept(count: int) -> Iterator[None]:
    """While so many rows are made, Python does not look through them again and again for what
    could be thrown away: it takes a tenth of the time."""
    pause = count >= MANY and gc.isenabled()
    if pause:
        gc.disable()
    try:
        yield
    finally:
        if pause:
            gc.enable()
