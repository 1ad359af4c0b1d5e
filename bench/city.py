"""The overview of a city on PostgreSQL: 300 communities, 2.6 million people, 10 million contacts.

Rows go straight into the tables, with their indexes made afterwards; standings are then counted
from the registers as they are after any bulk load.
"""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator
from statistics import median

from sqlalchemy import Connection, Engine, text

from bench import coverage
from bench.figures import Figure, number
from bench.timings import seconds
from bench.visitors import sign_in
from db import spans, standings
from db.dates import today
from db.engine import open_engine
from tests.callers import in_use
from tests.scripts import page, signed_in

PLACES, PEOPLE, CONTACTS = 297, 2_600_000, (1_000_000, 10_000_000)  # beside the sample's three
COLD, WARM, GROWTH = 1000.0, 100.0, 1.3  # ms, ms, times
TIMES = 5
THEN = "2026-01-01T00:00:00.000000Z"
AREAS = f"""
INSERT INTO areas (id, area_id, name, level, created_at)
SELECT 'city-' || n, 'pufang', '第' || n || '社区', '社区', '{THEN}'
FROM generate_series(0, {PLACES - 1}) n
"""
RESIDENTS = f"""
INSERT INTO residents (id, area_id, created_at, name, name_pinyin, status, birth_date, sex)
SELECT 'p-' || lpad(n::text, 9, '0'), 'city-' || n % {PLACES}, '{THEN}', '居民' || n,
       'ju min jm', CASE WHEN n % 50 = 0 THEN '迁出' ELSE '常住' END,
       to_char(date '1930-01-01' + (n * 7919 % 34000)::int, 'YYYY-MM-DD'),
       CASE WHEN n % 2 = 0 THEN '女' ELSE '男' END
FROM generate_series(1, {PEOPLE}) n
"""
# Every fifth belongs to one of ten groups; every tenth of them is paired.
MEMBERSHIPS = f"""
INSERT INTO memberships (id, area_id, created_at, group_id, resident_id, started_on)
SELECT 'm-' || n, 'city-' || n % {PLACES}, '{THEN}', g.ids[1 + n / 5 % array_length(g.ids, 1)],
       'p-' || lpad(n::text, 9, '0'), '2025-01-01'
FROM generate_series(5, {PEOPLE}, 5) n,
     (SELECT array_agg(id ORDER BY id) AS ids FROM groups WHERE subject = '人') g
"""
PAIRINGS = f"""
INSERT INTO volunteers (id, area_id, created_at, name, name_pinyin, status)
SELECT 'v-' || n, 'city-' || n, '{THEN}', '志愿者' || n, 'zhi yuan zyz', '在册'
FROM generate_series(0, {PLACES - 1}) n;
INSERT INTO pairings (id, area_id, created_at, volunteer_id, resident_id, started_on)
SELECT 'q-' || n, 'city-' || n % {PLACES}, '{THEN}', 'v-' || n % {PLACES},
       'p-' || lpad(n::text, 9, '0'), '2025-06-01'
FROM generate_series(50, {PEOPLE}, 50) n
"""
MET = f"""
INSERT INTO contacts (id, area_id, created_at, kind, resident_id, done_on)
SELECT 'c-' || n, 'city-' || w.who % {PLACES}, '{THEN}',
       CASE WHEN n % 5 = 0 THEN '体检' ELSE '走访' END, 'p-' || lpad(w.who::text, 9, '0'),
       to_char(now() - (n * 31 % 540) * interval '1 day', 'YYYY-MM-DD')
FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) n,
     LATERAL (SELECT 1 + n * 2654435761 % {PEOPLE} AS who) w
"""
# Months that are over, as the operator's monthly command leaves them.
CLOSED = """
INSERT INTO closings (area_id, indicator, month, group_id, n, whole, closed_at, seq, stale)
SELECT a.id, 'pairing', m, g.id, 20, 200, :then, 1, false
FROM areas a, unnest(CAST(:months AS text[])) m, (SELECT id FROM groups UNION ALL SELECT '*') g
WHERE a.id LIKE 'city-%'
"""
BIG = ("residents", "memberships", "pairings", "contacts")


def figures(url: str) -> Iterator[Figure]:
    """The overview on a million contacts, then on ten million."""
    logging.disable(logging.WARNING)
    on = open_engine(url)
    colds: list[float] = []
    try:
        (visitor,) = sign_in(url, ["admin"])
        for before, count in zip((0, *CONTACTS), CONTACTS, strict=False):
            taken = seconds(lambda before=before, count=count: fill(on, before, count))  # type: ignore[misc]
            words = f"{PEOPLE / 1e6:g} 百万居民、{number(count)} 次服务"
            yield Figure(f"city.fill.{count}", f"全市：写入到{words}（不经写门）", taken, "s")
            with in_use(on) as used, signed_in(visitor.token):
                cold = yield from _overview(used, words, count)
            colds.append(cold)
        what = "　　一千万次与一百万次服务之比"
        yield Figure("city.growth", what, colds[1] / colds[0], "倍", GROWTH)
    finally:
        on.dispose()


def _overview(on: Engine, words: str, count: int) -> Generator[Figure, None, float]:
    """Yields the figures; returns the first of them."""
    made = page("/overview")
    runs = [coverage.cold(on, made) for _ in range(TIMES)]
    again = median(coverage.once(made) for _ in range(TIMES))
    sql, whole = median(one for one, _, _ in runs), median(one for _, one, _ in runs)
    what = f"全市总览：300 个社区、{words}，数据刚变过"
    note = f"其中 SQL {number(sql)} ms，{runs[-1][2]} 次查询；第一次 {number(runs[0][1])} ms"
    yield Figure(f"city.cold.{count}", what, whole, "ms", COLD, note)
    yield Figure(f"city.warm.{count}", "　　再看一次", again, "ms", WARM)
    return whole


def fill(on: Engine, before: int, count: int) -> None:
    """Contacts up to `count`, where there were so many before; the city itself the first time."""
    with on.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        for setting in ("maintenance_work_mem = '512MB'", "synchronous_commit = off",
                        "session_replication_role = replica"):  # fmt: skip
            conn.execute(text(f"SET {setting}"))
        made = BIG if not before else ("contacts",)
        indexes = _without_indexes(conn, made)
        if not before:
            for statement in (AREAS, RESIDENTS, MEMBERSHIPS, PAIRINGS):
                conn.execute(text(statement))
            months = {"months": spans.finished(today()), "then": THEN}
            conn.execute(text(CLOSED), months)
        conn.execute(text(MET), {"first": before + 1, "last": count})
        for statement in indexes:
            conn.execute(text(statement))
        conn.execute(text("ANALYZE"))
        standings.rebuild(conn)
        conn.execute(text("VACUUM ANALYZE standings, inhabitants, residents, volunteers, areas"))


def _without_indexes(conn: Connection, tables: tuple[str, ...]) -> list[str]:
    """Drops what slows a bulk load down; the statements that make it again."""
    asked = """
    SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i
    JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
    WHERE t.relname = ANY(:tables) AND NOT i.indisprimary
    """
    found = conn.execute(text(asked), {"tables": list(tables)}).all()
    for name, _ in found:
        conn.execute(text(f"DROP INDEX {name}"))
    return [made for _, made in found]
