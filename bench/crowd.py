"""Twenty people who edit at once without a pause: nobody may wait long, nothing may be lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.api import ROWS, Caller, edit, read
from bench.databases import LABELS
from bench.doors import USER
from bench.figures import Figure
from bench.visitors import served, sign_in

PEOPLE, EDITS = 20, 25


def figures(backend: str, url: str, folder: Path) -> Iterator[Figure]:
    """How long an edit takes when the server has more to do than it can."""
    visitors = sign_in(url, [USER] * PEOPLE)
    with served(url, folder) as server:
        callers = [Caller(server.port, visitor) for visitor in visitors]
        rows = read(callers[0].get(ROWS))["rows"]
        works = [edit(caller, row) for caller, row in zip(callers, rows, strict=False)]
        begun = time.perf_counter()
        taken = sorted(_together(works))
        each = (time.perf_counter() - begun) / len(taken)
        for caller in callers:
            caller.close()
    note = f"p95 {taken[int(len(taken) * 0.95)]:.0f}，最慢 {taken[-1]:.0f}；每秒 {1 / each:.0f} 次"
    what = f"HTTP：{PEOPLE} 人不停地同时改（{LABELS[backend]}）"
    yield Figure(f"crowd.{backend}", what, taken[len(taken) // 2], "ms", None, note)


def _together(works: list[Callable[[], None]]) -> list[float]:
    """Milliseconds of every edit; raises unless all were stored."""
    taken: list[float] = []

    def go_on(work: Callable[[], None]) -> None:
        for _ in range(EDITS):
            begun = time.perf_counter()
            work()
            taken.append((time.perf_counter() - begun) * 1000)

    people = [threading.Thread(target=go_on, args=(work,)) for work in works]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert len(taken) == len(works) * EDITS, "an edit failed"
    return taken
