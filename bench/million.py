"""A community of a million on PostgreSQL: how long a page takes, sorted or filtered."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Engine, text

from bench.figures import Figure, number
from bench.finding import QUESTIONS, asked
from bench.timings import seconds, timed
from db import accounts, doors, finding
from db.engine import open_engine, writing
from db.registers import BY_NAME

AREA = "million"
PEOPLE = 1_000_000
GOAL = 500.0  # ms
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
    """The first page with its count, and the page at row 700,000 with the count known."""
    on = open_engine(url)
    try:
        actor = accounts.actor(on, "admin")
        taken = seconds(lambda: fill(on))
        yield Figure("million.fill", "百万行：写入一个社区（PostgreSQL，不经写门）", taken, "s")
        for name, words, question in QUESTIONS:
            first = asked(AREA, question)
            total = doors.read(on, actor, first).total
            (taken_,) = timed(lambda first=first: doors.read(on, actor, first), times=7)  # type: ignore[misc]
            what = f"百万行：{words}，前 100 行并计数"
            note = f"{taken_.note}；共 {number(total)} 行"
            yield Figure(f"million.{name}", what, taken_.p50, "ms", GOAL, note)
            deep = asked(AREA, question, offset=int(total * 0.7), total=total)
            (taken_,) = timed(lambda deep=deep: doors.read(on, actor, deep), times=7)  # type: ignore[misc]
            what = f"　　第 {number(deep.offset)} 行起"
            yield Figure(f"million.{name}.deep", what, taken_.p50, "ms", GOAL, taken_.note)
    finally:
        on.dispose()


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
