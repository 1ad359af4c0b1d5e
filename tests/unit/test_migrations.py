"""The database's form: reachable from every earlier one, and the one that the code declares."""

from __future__ import annotations

from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect

from db import engine as engines
from db import founding, migrate, tables
from tests import databases

EARLIER = [one.revision for one in ScriptDirectory.from_config(migrate.config()).walk_revisions()]


@pytest.fixture
def bare(engine: Engine) -> Engine:
    """A database without any table."""
    with engines.writing(engine) as conn:
        found = inspect(conn)
        for name in found.get_table_names():
            cascade = " CASCADE" if conn.dialect.name == "postgresql" else ""
            conn.exec_driver_sql(f'DROP TABLE "{name}"{cascade}')
    return engine


@pytest.mark.parametrize("revision", EARLIER)
def test_up_from_every_earlier_form(bare: Engine, revision: str) -> None:
    migrate.upgrade(bare, revision)
    assert migrate.current(bare) == revision
    migrate.upgrade(bare)
    assert migrate.current(bare) == migrate.newest()
    founding.found(bare)
    assert founding.exists(bare)


def test_what_is_migrated_is_what_is_declared(engine: Engine) -> None:
    with engines.reading(engine) as conn:
        context = MigrationContext.configure(conn, opts={"compare_type": True})
        assert compare_metadata(context, tables.METADATA) == []


def test_up_again_changes_nothing(engine: Engine) -> None:
    migrate.upgrade(engine)
    migrate.upgrade(engine)
    assert migrate.current(engine) == migrate.newest()


def test_every_register_and_the_history_have_a_table(engine: Engine) -> None:
    there = set(inspect(engine).get_table_names())
    assert {one.name for one in tables.METADATA.sorted_tables} <= there


def test_an_upgrade_that_fails_leaves_nothing(
    bare: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError("power cut")

    real = command.upgrade

    def half(*arguments: Any) -> None:
        real(*arguments)
        broken()

    monkeypatch.setattr(command, "upgrade", half)
    with pytest.raises(RuntimeError):
        migrate.upgrade(bare)
    assert inspect(bare).get_table_names() == []


def test_both_databases_are_tested() -> None:
    assert set(databases.BACKENDS) == {"sqlite", "postgresql"}
