"""The database's form: reachable from every earlier one, and the one that the code declares."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from db import doors, founding, migrate, secrecy, tables
from db import engine as engines
from db.parsers import Refused
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


def test_who_is_there_already_is_found_by_pinyin_and_tail(bare: Engine) -> None:
    """As version 2 kept them: a column more is nobody's loss, and everybody is found."""
    migrate.upgrade(bare, "0002")
    proof = {"key": "key", "value": base64.b64encode(secrecy.seal("三社联动", "key")).decode()}
    person = {"id": "p", "area_id": "xianning", "name": "单雪", "status": "常住", "created_at": ""}
    numbers = {"phone": "13812345678", "id_number": "11010519491231002X"}
    sealed = {name: secrecy.seal(number, name) for name, number in numbers.items()}
    city = {"id": "xianning", "area_id": "xianning", "name": "咸宁市", "level": "市"}
    with engines.writing(bare) as conn:
        for table, row in (
            ("facts", proof),
            ("areas", {**city, "created_at": ""}),
            ("residents", {**person, **sealed}),
        ):
            names = ", ".join(row)
            values = ", ".join(f":{name}" for name in row)
            conn.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)
    migrate.upgrade(bare)
    for q in ("sxue", "5678", "002x"):
        found = doors.read(bare, founding.SYSTEM, doors.Question("residents", q=q))
        assert [row["id"] for row in found.rows] == ["p"], q
    found = doors.read(bare, founding.SYSTEM, doors.Question("areas", q="xns"))
    assert [row["id"] for row in found.rows] == ["xianning"]


def test_another_key_leaves_the_older_form_as_it_is(bare: Engine) -> None:
    migrate.upgrade(bare, "0002")
    proof = base64.b64encode(bytes(24)).decode()
    with engines.writing(bare) as conn:
        conn.execute(text("INSERT INTO facts VALUES ('key', :proof)"), {"proof": proof})
    with pytest.raises(Refused, match="密钥与这个数据库不符"):
        migrate.upgrade(bare)
    assert migrate.current(bare) == "0002"
