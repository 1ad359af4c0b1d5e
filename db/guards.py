"""Rules that the database itself keeps, as triggers: what looks at other rows than its own.

A guard refuses a row whose condition holds, with a sentence for a clerk; the write door passes
the sentence on. The guards stand in the migrations, this says how each database is told of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection

INSERT, UPDATE = "INSERT", "UPDATE"
# While a database is being filled, with samples or from a backup, its rows come in any order.
FILLING = "EXISTS (SELECT 1 FROM facts WHERE key = 'filling' AND value = '1')"
NOW = {
    "sqlite": "strftime('%Y-%m-%d %H:%M', 'now', '+8 hours')",
    "postgresql": "to_char(clock_timestamp() AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')",
}
BREACH = "23514"  # PostgreSQL's code of a row that breaks a check


@dataclass(frozen=True)
class Guard:
    """No row of `table` may be written where `when` holds, which speaks of NEW, OLD and {now}."""

    name: str
    table: str
    when: str
    sentence: str
    events: tuple[str, ...] = (INSERT, UPDATE)


def create(conn: Connection, guards: Sequence[Guard]) -> None:
    """Puts the guards in place; of a table all of them must be given together."""
    written = _sqlite if conn.dialect.name == "sqlite" else _postgresql
    for table, some in groupby(sorted(guards, key=lambda one: one.table), lambda one: one.table):
        for statement in written(table, list(some)):
            conn.exec_driver_sql(statement)


def replace(conn: Connection, guards: Sequence[Guard]) -> None:
    """As `create`, for tables that have guards already."""
    sqlite = conn.dialect.name == "sqlite"
    for table in sorted({one.table for one in guards}):
        if sqlite:
            for event in (INSERT, UPDATE):
                conn.exec_driver_sql(f"DROP TRIGGER IF EXISTS guard_{table}_{event.lower()}")
        else:
            conn.exec_driver_sql(f"DROP TRIGGER IF EXISTS guard_{table} ON {table}")
    create(conn, guards)


def _condition(guard: Guard, dialect: str) -> str:
    return guard.when.replace("{now}", NOW[dialect])


def _sqlite(table: str, guards: Sequence[Guard]) -> list[str]:
    """A trigger for each event: of several, SQLite would not say which comes first."""
    return [
        f"CREATE TRIGGER guard_{table}_{event.lower()} BEFORE {event} ON {table} "
        f"WHEN NOT {FILLING} BEGIN {' '.join(map(_refusal, some))} END"
        for event in (INSERT, UPDATE)
        if (some := [one for one in guards if event in one.events])
    ]


def _refusal(guard: Guard) -> str:
    return f"SELECT RAISE(ABORT, '{guard.sentence}') WHERE {_condition(guard, 'sqlite')};"


def _postgresql(table: str, guards: Sequence[Guard]) -> list[str]:
    checks = " ".join(map(_check, guards))
    body = f"BEGIN IF {FILLING} THEN RETURN NEW; END IF; {checks} RETURN NEW; END"
    head = f"CREATE OR REPLACE FUNCTION guard_{table}() RETURNS trigger LANGUAGE plpgsql AS"
    fires = f"CREATE TRIGGER guard_{table} BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW"
    return [f"{head} $$ {body} $$", f"{fires} EXECUTE FUNCTION guard_{table}()"]


def _check(guard: Guard) -> str:
    events = ", ".join(f"'{event}'" for event in guard.events)
    refuse = f"RAISE EXCEPTION USING ERRCODE = '{BREACH}', MESSAGE = '{guard.sentence}'"
    when = f"IF {_condition(guard, 'postgresql')} THEN {refuse}; END IF;"
    return f"IF TG_OP IN ({events}) THEN {when} END IF;"
