"""A community of a million on PostgreSQL: how long a page takes, sorted or filtered."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Engine, text

from bench.figures import Figure, number
from bench.finding import QUESTIONS, asked
from bench.timings import seconds, timed
from db import accounts, audit, doors, finding
from db.actors import Actor
from db.doors import Question, keeping
from db.engine import open_engine, writing
from db.permissions import Sight
from db.registers import BY_NAME

AREA = "million"
PEOPLE = 1_000_000
GOAL = 500.0  # ms
TRIES = 3
RESIDENTS = BY_NAME["residents"]
PLACE = """
INSERT INTO areas (id, area_id, name, level, created_at)
VALUES (:area, 'pufang', '百万社区', '社区', '2026-01-01T00:00:00.000000Z')
"""
# Every person of 桃花坪 eighty times, born on another day, at another address.
COPIES = """
INSERT INTO residents ({names}, id, area_id, created_at, birth_date, address)
SELECT {names}, '01990000-0000-7000-8000-' || lpad((round * 12500 + nth)::text, 12, '0'),
       :area, created_at, to_char(date '1930-01-01' + (random() * 34000)::int, 'YYYY-MM-DD'),
       address || '附' || round
FROM generate_series(1, :times) AS round,
     (SELECT *, row_number() OVER (ORDER BY id) AS nth FROM residents WHERE area_id = 'taohuaping')
"""
OTHERWISE = {"birth_date", "address", "id_number", "household_id"}


def figures(url: str) -> Iterator[Figure]:
    """The first page with its count, and pages at seven tenths of the way down: asked for at once
    after it, and later."""
    on = open_engine(url)
    try:
        actor = accounts.actor(on, "admin")
        taken = seconds(lambda: fill(on))
        yield Figure("million.fill", "百万行：写入一个社区（PostgreSQL，不经写门）", taken, "s")
        for name, words, question in QUESTIONS:
            yield from _asked(on, actor, name, words, asked(AREA, question))
        yield from _columns(on, actor)
    finally:
        on.dispose()


def _asked(on: Engine, actor: Actor, name: str, words: str, first: Question) -> Iterator[Figure]:
    tries = [_try(on, actor, first) for _ in range(TRIES)]
    deep, total = tries[-1].deep, tries[-1].total
    (later,) = timed(lambda: doors.read(on, actor, deep), times=7)
    what, note = f"百万行：{words}，前 100 行并计数", f"共 {number(total)} 行"
    yield Figure(f"million.{name}", what, _middle(one.first for one in tries), "ms", GOAL, note)
    at_once = _middle(one.at_once for one in tries)
    yield Figure(f"million.{name}.jump", f"　　紧接着第 {number(deep.offset)} 行起", at_once, "ms")
    yield Figure(f"million.{name}.deep", "　　其后", later.p50, "ms", GOAL, later.note)


def _columns(on: Engine, actor: Actor) -> Iterator[Figure]:
    """By every column that can be sorted by: the slowest."""
    _, fields, sights = doors.columns(on, actor, "residents", AREA)
    names = [f.name for f in fields if sights[f.name] is Sight.PLAIN and not f.refers]
    both = [sign + name for name in names for sign in ("", "-")]
    tries = {one: _try(on, actor, Question("residents", AREA, sort=(one,))) for one in both}
    slowest = max(tries, key=lambda one: tries[one].first)
    what = f"百万行：{len(names)} 列，正序倒序，最慢的一列（{slowest}）"
    yield Figure("million.columns", what, tries[slowest].first, "ms", GOAL)
    deep = max(one.later for one in tries.values())
    yield Figure("million.columns.deep", "　　第 700,000 行起，其后，最慢的", deep, "ms", GOAL)


@dataclass(frozen=True)
class Try:
    """Milliseconds of a first page, of one far down that is asked for at once, and of that one
    when its order is made."""

    first: float
    at_once: float
    later: float
    deep: Question
    total: int


def _try(on: Engine, actor: Actor, first: Question) -> Try:
    """After a write, so that nothing of a former try is kept for it."""
    with writing(on) as conn:
        audit.tick(conn)
    answers: list[doors.Answer] = []
    taken = seconds(lambda: answers.append(doors.read(on, actor, first)))
    total, as_of = answers[0].total, answers[0].as_of
    deep = replace(first, offset=int(total * 0.7), total=total, as_of=as_of)
    at_once = seconds(lambda: doors.read(on, actor, deep))
    keeping.orders(on).wait(actor, deep, patience=60)
    later = seconds(lambda: doors.read(on, actor, deep))
    return Try(taken * 1000, at_once * 1000, later * 1000, deep, total)


def _middle(values: Iterable[float]) -> float:
    return statistics.median(values)


def fill(on: Engine) -> None:
    """The place and its people; ids in their order, as they come to be in use."""
    beside = {column.name for column in finding.columns(RESIDENTS.fields)} - {"id_number_tail"}
    names = ", ".join(sorted({*RESIDENTS.fields, *beside} - OTHERWISE))
    with writing(on) as conn:
        conn.execute(text(PLACE), {"area": AREA})
        # What is copied refers to what is there: proving it a million times takes a minute.
        conn.execute(text("SET LOCAL session_replication_role = replica"))
        conn.execute(text(COPIES.format(names=names)), {"area": AREA, "times": PEOPLE // 12_500})
    with on.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(text("VACUUM ANALYZE residents"))
