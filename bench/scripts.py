"""What a run of a page's script costs: milliseconds and queries, the first time and again."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from statistics import median

from sqlalchemy import Engine

from bench.figures import Figure
from bench.screens import Screen, screens
from bench.visitors import sign_in
from db.engine import open_engine
from tests.callers import in_use
from tests.scripts import AppTest, page, queries, signed_in

TIMES = 9


def figures(url: str, resident: str) -> Iterator[Figure]:
    """Every page, run in this process by the administrator."""
    logging.disable(logging.WARNING)  # Streamlit misses its server, rightly
    (visitor,) = sign_in(url, ["admin"])
    with in_use(open_engine(url)) as on, signed_in(visitor.token):
        for screen in screens(resident):
            yield _run(on, screen)


def _run(on: Engine, screen: Screen) -> Figure:
    made = page(screen.address)
    with queries(on) as first:
        made.run()
    with queries(on) as again:
        made.run()
    assert not made.exception, made.exception[0].message
    taken = median(_once(made) for _ in range(TIMES))
    note = f"{len(again)} 次查询；数据刚变过时 {len(first)} 次"
    return Figure(f"script.{screen.name}", f"脚本运行一次：{screen.what}", taken, "ms", None, note)


def _once(made: AppTest) -> float:
    begun = time.perf_counter()
    made.run()
    return (time.perf_counter() - begun) * 1000
