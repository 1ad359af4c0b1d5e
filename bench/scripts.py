"""What a run of a page's script costs: milliseconds and queries, the first time and again."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from unittest.mock import PropertyMock, patch

from sqlalchemy import Engine, event
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from bench.figures import Figure
from bench.screens import Screen, screens
from bench.visitors import COOKIE, sign_in
from db import engine as engines
from tests.servers import HOME

TIMES = 9


def figures(url: str, resident: str) -> Iterator[Figure]:
    """Every page, run in this process by the administrator."""
    (visitor,) = sign_in(url, ["admin"])
    with using(url) as on, signed_in(visitor.token):
        for screen in screens(resident):
            yield _run(on, screen)


@contextmanager
def using(url: str) -> Iterator[Engine]:
    """The database at `url` as this process's own."""
    os.environ["DATABASE_URL"] = url
    engines.engine.cache_clear()
    yield engines.engine()
    engines.engine().dispose()
    engines.engine.cache_clear()


@contextmanager
def signed_in(token: str) -> Iterator[None]:
    """Scripts run inside see the cookie, which AppTest cannot give them."""
    cookies = PropertyMock(return_value={COOKIE: token})
    with patch.object(ContextProxy, "cookies", new_callable=lambda: cookies):
        yield


@contextmanager
def queries(on: Engine) -> Iterator[list[str]]:
    """The statements that the engine is given meanwhile; the beginning of a transaction is none."""
    heard: list[str] = []

    def hear(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            heard.append(statement)

    event.listen(on, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(on, "before_cursor_execute", hear)


def script(path: str, query: dict[str, str]) -> AppTest:
    """The product's script, about to be asked for a page by its address."""
    made = AppTest.from_file(HOME / "pages" / "start.py", default_timeout=60)
    made._page_hash = calc_hash(path)  # its own switch_page knows only pages that are files
    made.query_params.update(query)
    return made


def _run(on: Engine, screen: Screen) -> Figure:
    made = script(screen.path, screen.query)
    with queries(on) as heard:
        made.run()
    first = len(heard)
    with queries(on) as heard:
        made.run()
    assert not made.exception, made.exception[0].message
    taken = median(_once(made) for _ in range(TIMES))
    what = f"脚本运行一次：{screen.what}"
    note = f"{len(heard)} 次查询；数据刚变过时 {first} 次"
    return Figure(f"script.{screen.name}", what, taken, "ms", None, note)


def _once(made: AppTest) -> float:
    begun = time.perf_counter()
    made.run()
    return (time.perf_counter() - begun) * 1000
