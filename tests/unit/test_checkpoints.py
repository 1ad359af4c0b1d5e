"""What SQLite's log holds is carried into its file by a thread, while everybody goes on."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db import checkpoints, doors
from db.doors import Question
from db.engine import reading
from tests.village import CLERK, EAST, add, done

PATIENCE = 60.0
on_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


def file(on: Engine) -> Path:
    return Path(str(on.url.database))


def without_log(on: Engine, folder: Path) -> list[str]:
    """The teams of 东社区 as they stand in the file alone."""
    copy = shutil.copyfile(file(on), folder / "copy.db")
    with sqlite3.connect(copy) as alone:
        found = alone.execute("SELECT id FROM teams WHERE area_id = ? ORDER BY id", (EAST,))
        names = [row[0] for row in found]
    alone.close()
    return names


@on_sqlite
def test_the_file_has_what_was_carried(village: Engine, tmp_path: Path) -> None:
    checkpoints.carry(village)
    done(village, CLERK, add("teams", "e-new", EAST, name="新队"))
    assert without_log(village, tmp_path) == ["e-team"]
    with village.connect() as reader:  # who reads meanwhile holds nothing up
        reader.exec_driver_sql("SELECT count(*) FROM teams").scalar()
        checkpoints.carry(village)
    assert without_log(village, tmp_path) == ["e-new", "e-team"]


@on_sqlite
def test_a_long_log_is_begun_anew(village: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    log = Path(f"{file(village)}-wal")
    for n in range(20):
        done(village, CLERK, add("teams", f"e-{n}", EAST, name=f"第{n}队"))
    long = log.stat().st_size
    monkeypatch.setattr(checkpoints, "LONG", 1)
    for n in range(20, 60):
        checkpoints.carry(village)
        done(village, CLERK, add("teams", f"e-{n}", EAST, name=f"第{n}队"))
    assert log.stat().st_size == long
    assert doors.read(village, CLERK, Question("teams", EAST)).total == 61


@on_sqlite
def test_who_reads_long_holds_nobody_up(village: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    log = Path(f"{file(village)}-wal")
    monkeypatch.setattr(checkpoints, "LONG", 1)
    checkpoints.carry(village)
    done(village, CLERK, add("teams", "e-0", EAST, name="一队"))
    with reading(village) as reader:
        assert reader.exec_driver_sql("SELECT count(*) FROM teams").scalar() == 3
        for n in range(1, 20):
            checkpoints.carry(village)  # with the usual patience each would take 20 seconds
            done(village, CLERK, add("teams", f"e-{n}", EAST, name=f"第{n}队"))
        assert reader.exec_driver_sql("SELECT count(*) FROM teams").scalar() == 3
    long = log.stat().st_size
    for n in range(20, 40):
        checkpoints.carry(village)
        done(village, CLERK, add("teams", f"e-{n}", EAST, name=f"第{n}队"))
    assert log.stat().st_size == long
    with village.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 20000


@on_sqlite
def test_a_thread_does_it_until_the_server_stops(
    village: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    twice, carried = threading.Semaphore(0), checkpoints.carry

    def carry(on: Engine) -> None:
        twice.release()
        carried(on)
        raise sqlite3.OperationalError("disk I/O error")  # which does not end it

    monkeypatch.setattr(checkpoints, "EVERY", 0.01)
    monkeypatch.setattr(checkpoints, "carry", carry)
    with checkpoints.carrying(village):
        assert twice.acquire(timeout=PATIENCE)
        assert twice.acquire(timeout=PATIENCE)
    assert "checkpoints" not in {thread.name for thread in threading.enumerate()}


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_other_databases_do_it_themselves(village: Engine) -> None:
    with checkpoints.carrying(village):
        assert "checkpoints" not in {thread.name for thread in threading.enumerate()}
