"""How long a call takes when it is made again and again."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass

Work = Callable[[], object]
WARM = 5  # calls that fill caches before any is counted


@dataclass(frozen=True)
class Timing:
    """Milliseconds of many calls; `cpu` is this thread's own work, whatever else ran."""

    p50: float
    p95: float
    best: float
    cpu: float

    @property
    def note(self) -> str:
        """What stands beside the median."""
        return f"p95 {self.p95:.1f}，最快 {self.best:.1f}，本线程 CPU {self.cpu:.1f}"


def timed(*works: Work, times: int = 300) -> list[Timing]:
    """A Timing of each; called in turn, so that what disturbs one disturbs the others too."""
    taken: list[list[float]] = [[] for _ in works]
    busy: list[list[float]] = [[] for _ in works]
    gc.collect()
    for turn in range(-WARM, times):
        for place, work in enumerate(works):
            wall, cpu = _once(work)
            if turn >= 0:
                taken[place].append(wall)
                busy[place].append(cpu)
    return [_timing(sorted(wall), sorted(cpu)) for wall, cpu in zip(taken, busy, strict=True)]


def _once(work: Work) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), time.thread_time()
    work()
    return (time.perf_counter() - wall) * 1000, (time.thread_time() - cpu) * 1000


def _timing(wall: list[float], cpu: list[float]) -> Timing:
    return Timing(_at(wall, 0.5), _at(wall, 0.95), wall[0], _at(cpu, 0.5))


def _at(ordered: list[float], share: float) -> float:
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def seconds(work: Work) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
