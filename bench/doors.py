"""The two doors called from Python: a page of rows out, one cell in, beside bare SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from sqlalchemy import Engine

from bench.databases import LABELS
from bench.figures import Figure, number
from bench.timings import Timing, timed
from db import accounts, doors
from db.actors import Actor
from db.changes import Change
from db.doors import Question
from db.engine import open_engine

AREA, USER = "taohuaping", "taohuaping-shuji"
PAGE = Question("residents", AREA, limit=100)
READ_GOAL = 16.0  # ms
WRITE_GOALS = {"sqlite": (12.0, 20.0)}  # ms, p50 and p95; PostgreSQL stands beside it
BARE_PAGE = (
    "SELECT * FROM residents WHERE area_id = {0} AND deleted_at IS NULL ORDER BY id LIMIT 100"
)
BARE_EDIT = "UPDATE residents SET remark = {0} WHERE id = {0}"


def figures(backend: str, url: str) -> Iterator[Figure]:
    """Reading and writing on one database; no server in between."""
    on = open_engine(url)
    try:
        actor = accounts.actor(on, USER)
        yield from _reading(backend, on, actor)
        yield from _writing(backend, on, actor)
    finally:
        on.dispose()


def _reading(backend: str, on: Engine, actor: Actor) -> Iterator[Figure]:
    assert doors.read(on, actor, PAGE).total == 12_500
    whole, bare = timed(lambda: doors.read(on, actor, PAGE), _bare_page(backend, on))
    what = f"读门：12,500 行的前 100 行（{LABELS[backend]}）"
    yield Figure(f"read.{backend}", what, whole.p50, "ms", READ_GOAL, beside(whole, bare, "SELECT"))
    for name, words, asked in (
        ("sorted", "按姓名排序", Question("residents", AREA, sort=("name",))),
        ("search", "搜索“张”", Question("residents", AREA, q="张")),
        ("deep", "第 12,001 行起", Question("residents", AREA, offset=12_000)),
    ):
        (taken,) = timed(lambda asked=asked: doors.read(on, actor, asked), times=60)  # type: ignore[misc]
        yield Figure(
            f"read.{name}.{backend}", f"　　同上，{words}", taken.p50, "ms", None, taken.note
        )


def _writing(backend: str, on: Engine, actor: Actor) -> Iterator[Figure]:
    rows = doors.read(on, actor, PAGE).rows
    whole, bare = timed(edit(on, actor, rows[0]), _bare_edit(backend, on, rows[1]["id"]))
    what = f"写门：改一格（{LABELS[backend]}）"
    note = beside(whole, bare, "UPDATE、COMMIT")
    goal, p95 = WRITE_GOALS.get(backend, (None, None))
    yield Figure(f"write.{backend}", what, whole.p50, "ms", goal, note)
    yield Figure(f"write.p95.{backend}", "　　同上，p95", whole.p95, "ms", p95)


def beside(whole: Timing, bare: Timing, what: str) -> str:
    """The note of a timing: how many times as long as the bare statement."""
    return f"{whole.note}；裸 {what} {number(bare.p50)} ms 的 {whole.p50 / bare.p50:.1f} 倍"


def edit(on: Engine, actor: Actor, row: dict[str, Any]) -> Callable[[], None]:
    """Work that writes another remark into the row each time, having seen the one before."""
    numbers, seen = count(), {"remark": row["remark"]}

    def once() -> None:
        after = {"remark": f"第 {next(numbers)} 次走访"}
        change = Change("residents", row["id"], dict(seen), after)
        (outcome,) = doors.write(on, actor, [change], source="grid").outcomes
        assert outcome.status == "applied"
        seen.update(after)

    return once


def _bare_page(backend: str, on: Engine) -> Callable[[], object]:
    raw, statement = on.raw_connection(), BARE_PAGE.format(_mark(backend))

    def once() -> None:
        cursor = raw.cursor()
        cursor.execute(statement, (AREA,))
        assert len(cursor.fetchall()) == 100
        raw.rollback()

    return once


def _bare_edit(backend: str, on: Engine, row_id: str) -> Callable[[], object]:
    """On a connection of the same pool: the same pragmas, the same durability."""
    raw, statement = on.raw_connection(), BARE_EDIT.format(_mark(backend))
    numbers = count()

    def once() -> None:
        cursor = raw.cursor()
        if backend == "sqlite":
            cursor.execute("BEGIN IMMEDIATE")
        cursor.execute(statement, (f"第 {next(numbers)} 次", row_id))
        cursor.execute("COMMIT")

    return once


def _mark(backend: str) -> str:
    return "?" if backend == "sqlite" else "%s"
