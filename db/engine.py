"""One engine for SQLite (embedded) and PostgreSQL (shared), and its transactions."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError as DatabaseProblem

from db import settings

__all__ = [
    "DatabaseProblem",
    "Engine",
    "ended",
    "engine",
    "migrating",
    "open_engine",
    "ping",
    "reading",
    "writing",
]
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # an acknowledged edit survives a power cut
    "PRAGMA wal_autocheckpoint=16000",  # 64 MB: the server does it before, in db/checkpoints.py
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=20000",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-500",  # kB for each connection; the system's cache holds the file for all
)


@cache
def engine() -> Engine:
    """The engine of this process, on the database that the environment names."""
    return open_engine(settings.database_url())


def open_engine(url: str) -> Engine:
    """A new engine on `url`; makes the folder of an embedded database."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(url, address.database)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    return _postgresql(address)


def _json() -> dict[str, Any]:
    return {
        "json_serializer": lambda value: orjson.dumps(value).decode(),
        "json_deserializer": orjson.loads,
    }


def _sqlite(url: str, path: str | None) -> Engine:
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    options = {"turn": threading.Lock(), "remembered": {}, "ended": [0]}
    made = create_engine(url, pool_size=8, max_overflow=8, execution_options=options, **_json())

    @event.listens_for(made, "connect")
    def _prepare(raw: Any, _record: Any) -> None:
        raw.isolation_level = None  # we say BEGIN ourselves, below
        for pragma in PRAGMAS:
            raw.execute(pragma)
        raw.create_function("unhex", 1, bytes.fromhex, deterministic=True)  # SQLite 3.41 has it

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return made


def _postgresql(address: URL) -> Engine:
    options: dict[str, Any] = {"remembered": {}, "ended": [0]}
    pool = {"pool_size": 8, "max_overflow": 8, "pool_pre_ping": True}
    made = create_engine(address, execution_options=options, **pool, **_json())

    @event.listens_for(made, "connect")
    def _prepare(raw: Any, _record: Any) -> None:
        # As of disks without arms: else it runs through whole tables for a community's first rows.
        raw.execute("SET random_page_cost = 1.1")
        raw.execute("SET jit = off")  # it takes longer to compile a question than to answer it
        raw.commit()

    return made


@contextmanager
def writing(on: Engine) -> Iterator[Connection]:
    """A transaction that will write: on SQLite it takes the write lock at once."""
    # Who waits here is woken; SQLite itself only looks again, at longer and longer intervals, and
    # under load lets one wait for seconds. Other processes still wait by its way.
    turn = on.get_execution_options().get("turn", nullcontext())
    try:
        with turn, on.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection
    finally:
        on.get_execution_options()["ended"][0] += 1


def ended(on: Engine) -> int:
    """How many transactions that write have ended in this process, so that it sees its own."""
    count: int = on.get_execution_options()["ended"][0]
    return count


@contextmanager
def migrating(on: Engine) -> Iterator[Connection]:
    """As `writing`, but SQLite checks references at the end only, so a table may be rebuilt."""
    if on.dialect.name != "sqlite":
        with writing(on) as connection:
            yield connection
        return
    turn = on.get_execution_options().get("turn", nullcontext())
    with turn, on.connect().execution_options(writes=True) as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys=OFF")  # is heeded outside a transaction alone
        try:
            with connection.begin():
                yield connection
                _unbroken(connection)
        finally:
            raw.execute("PRAGMA foreign_keys=ON")


def _unbroken(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise DatabaseProblem(f"{broken[0]} refers to a row of {broken[2]} that is not there")


@contextmanager
def reading(on: Engine) -> Iterator[Connection]:
    """A transaction that only reads, so that all its answers are of one moment (SQLite).

    `kept` holds what is asked in it again and again, such as the areas below a place.
    """
    with on.connect().execution_options(kept={}) as connection, connection.begin():
        yield connection


def remembered(on: Engine) -> dict[Any, int]:
    """What this process found at which version of the data, for whom it must not find it anew."""
    found: dict[Any, int] = on.get_execution_options()["remembered"]
    return found


def ping(on: Engine) -> None:
    """Returns when the database answers, raises DatabaseProblem when it does not."""
    with reading(on) as connection:
        connection.exec_driver_sql("SELECT 1")
