"""Coverage of one community with 200,000 contacts: the page's SQL, and its script as a whole."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

from sqlalchemy import Connection, Engine, event, text

from bench.databases import LABELS
from bench.figures import Figure, number
from bench.timings import seconds
from bench.visitors import sign_in
from db import standings
from db.engine import open_engine, writing
from tests.callers import in_use
from tests.scripts import AppTest, page, signed_in
from ui import memory

AREA, CONTACTS = "taohuaping", 200_000
SQL_GOAL, PAGE_GOAL = 50.0, 300.0  # ms
TIMES = 7
ROUNDS = {
    "sqlite": "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < {times}) "
    "{insert} FROM residents p, r",
    "postgresql": "{insert} FROM residents p, generate_series(1, {times}) AS r(n)",
}
DAY = {
    "sqlite": "date('now', '-' || ((p.rowid * 7 + r.n * 31) % 540) || ' days')",
    "postgresql": "to_char(now() - ((hashtext(p.id) & 1023) * 7 + r.n * 31) % 540 "
    "* interval '1 day', 'YYYY-MM-DD')",
}
INSERT = """INSERT INTO contacts (id, area_id, created_at, kind, resident_id, done_on)
SELECT substr(p.id, 1, 20) || '-' || r.n || '-' || substr(p.id, 25, 10), p.area_id, p.created_at,
       CASE WHEN r.n % 5 = 0 THEN '体检' ELSE '走访' END, p.id, {day}"""


def figures(backend: str, url: str) -> Iterator[Figure]:
    """The page on data that have just changed, and again."""
    logging.disable(logging.WARNING)  # Streamlit misses its server, rightly
    on = open_engine(url)
    try:
        taken = seconds(lambda: fill(on))
        what = f"服务覆盖：{number(CONTACTS)} 次服务写入一个社区（{LABELS[backend]}，不经写门）"
        yield Figure(f"coverage.fill.{backend}", what, taken, "s")
        (visitor,) = sign_in(url, ["taohuaping-shuji"])
        with in_use(on) as used, signed_in(visitor.token):
            for name, words in (("pairing", "结对率"), ("service", "服务覆盖率")):
                yield from _page(backend, used, f"/community-{AREA}", name, words)
    finally:
        on.dispose()


def fill(on: Engine) -> None:
    """So many contacts over a year and a half with all who live in the community."""
    backend = on.dialect.name
    with writing(on) as conn:
        asked = "SELECT count(*) FROM residents WHERE area_id = :area"
        people = conn.scalar(text(asked), {"area": AREA}) or 1
        insert = INSERT.format(day=DAY[backend])
        statement = ROUNDS[backend].format(insert=insert, times=CONTACTS // people)
        conn.execute(text(f"{statement} WHERE p.area_id = :area"), {"area": AREA})
        standings.rebuild(conn)
        conn.exec_driver_sql("ANALYZE")


def _page(backend: str, on: Engine, address: str, name: str, words: str) -> Iterator[Figure]:
    made = page(address)
    made.session_state["indicator"] = name
    runs = [cold(on, made) for _ in range(TIMES)]
    again = median(once(made) for _ in range(TIMES))
    sql, whole = median(one for one, _, _ in runs), median(one for _, one, _ in runs)
    what = f"服务覆盖：一个社区 {number(CONTACTS)} 次服务，{words}（{LABELS[backend]}）"
    note = f"{runs[-1][2]} 次查询"
    yield Figure(f"coverage.sql.{name}.{backend}", f"{what}，SQL", sql, "ms", SQL_GOAL, note)
    note = f"数据刚变过；再看一次 {number(again)} ms"
    yield Figure(f"coverage.page.{name}.{backend}", "　　整页", whole, "ms", PAGE_GOAL, note)


def cold(on: Engine, made: AppTest) -> tuple[float, float, int]:
    """Milliseconds of the SQL alone, and of the page, with nothing remembered; the queries."""
    memory.shelf = (None, {})
    with _heard(on) as asked:
        whole = once(made)
    assert not made.exception, made.exception[0].message
    with on.connect() as conn:
        sql = sum(_replayed(conn, *one) for one in asked)
    return sql, whole, len(asked)


def once(made: AppTest) -> float:
    begun = time.perf_counter()
    made.run()
    return (time.perf_counter() - begun) * 1000


@contextmanager
def _heard(on: Engine) -> Iterator[list[tuple[str, Any]]]:
    """Every statement with its parameters."""
    asked: list[tuple[str, Any]] = []

    def hear(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.append((statement, parameters))

    event.listen(on, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        event.remove(on, "before_cursor_execute", hear)


def _replayed(conn: Connection, statement: str, parameters: Any) -> float:
    """One statement anew, its rows fetched: SQLite does its work while they are."""
    begun = time.perf_counter()
    conn.exec_driver_sql(statement, parameters).fetchall()
    return (time.perf_counter() - begun) * 1000
