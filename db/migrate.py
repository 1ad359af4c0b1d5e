"""Brings a database to the present form: Alembic, run from Python, on SQLite and PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

from db import engine
from db.parsers import Refused

LOCK = 7421_8894_12500  # one migration at a time, whichever server starts first


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration: the scripts beside this file, on the given connection."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    made.attributes["connection"] = connection
    return made


def upgrade(on: Engine, to: str = "head") -> None:
    """Applies every migration that is missing, all of them or none."""
    with engine.migrating(on) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        steps(connection, to)


def steps(connection: Connection, to: str = "head") -> None:
    """The missing migrations, inside a transaction that is under way."""
    try:
        command.upgrade(config(connection), to)
    except CommandError as problem:
        raise Refused("数据来自更新的版本，请先升级本程序") from problem


def current(on: Engine) -> str | None:
    """The revision that the database is at, None before the first."""
    with engine.reading(on) as connection:
        return revision(connection)


def newest() -> str | None:
    """The revision that the code expects."""
    return ScriptDirectory.from_config(config()).get_current_head()


def revision(connection: Connection) -> str | None:
    """The revision that the database behind this connection is at."""
    return MigrationContext.configure(connection).get_current_revision()
