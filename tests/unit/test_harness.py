"""The ground the other tests stand on: each has a database of its own, the same on both kinds."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, make_url, select, text

from db import engine as engines
from db import settings
from db.registers import REGISTERS
from db.registers.places import Area
from tests import databases

ROOT = {
    "id": "here",
    "area_id": "here",
    "name": "甲市",
    "level": "市",
    "created_at": "2026-11-23T00:00:00.000000Z",
}


def test_the_database_is_of_the_kind_it_says(backend: str, engine: Engine) -> None:
    version = {"sqlite": "SELECT sqlite_version()", "postgresql": "SHOW server_version"}
    major = {"sqlite": "3.", "postgresql": "18."}
    with engine.connect() as connection:
        answer = connection.scalar(text(version[backend]))
    assert str(answer).startswith(major[backend])


def test_every_register_is_there_and_empty(engine: Engine) -> None:
    with engine.connect() as connection:
        for register in REGISTERS:
            assert connection.execute(select(register.table)).all() == [], register.name


@pytest.mark.parametrize("turn", [1, 2])
def test_what_one_test_writes_the_next_does_not_see(turn: int, engine: Engine) -> None:
    with engines.writing(engine) as connection:
        assert connection.scalar(select(Area.id)) is None, f"turn {turn} finds another's row"
        connection.execute(insert(Area).values(ROOT))


def test_two_databases_at_once_are_two(backend: str) -> None:
    with databases.empty(backend) as one, databases.empty(backend) as other:
        with engines.writing(one) as connection:
            connection.execute(insert(Area).values(ROOT))
        with engines.reading(one) as here, engines.reading(other) as there:
            assert here.scalar(select(Area.name)) == "甲市"
            assert there.scalar(select(Area.name)) is None


def test_a_database_is_gone_when_its_test_is(backend: str) -> None:
    with databases.empty(backend) as engine:
        url = engine.url
    if backend == "sqlite":
        assert not list(databases.RUN.glob(f"{Path(url.database or '').name}*"))
    else:
        with pytest.raises(Exception, match="does not exist"):
            engines.open_engine(url.render_as_string(hide_password=False)).connect()


def test_the_sample_is_a_whole_one(sample: Engine) -> None:
    """7421 + 8894 + 12500: the totals of the three communities as published."""
    with engines.reading(sample) as connection:
        assert connection.scalar(text("SELECT count(*) FROM residents")) == 28_815


def test_the_process_works_on_the_sample_in_use(sample_in_use: Engine) -> None:
    assert engines.engine() is sample_in_use
    assert settings.database_url() == sample_in_use.url.render_as_string(hide_password=False)


def test_nothing_of_the_developers_is_touched() -> None:
    assert make_url(settings.database_url()).database == str(databases.RUN / "nobody.db")
    assert settings.DATA == databases.RUN / "data"
    assert settings.secret_key() == bytes(range(64))
    assert not [name for name in os.environ if name.startswith("STREAMLIT_")]


def test_no_event_loop_is_left_running() -> None:
    """Chromium's driver runs one; a test after the browser's must be able to start its own."""

    async def answer() -> int:
        return 7

    assert asyncio.run(answer()) == 7
