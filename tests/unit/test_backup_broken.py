"""Backups that are broken, foreign, from the future, or cut off by a power cut."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, text

from db import backup, doors, migrate
from db import engine as engines
from db.parsers import Refused
from db.settings import HOME
from db.tables import METADATA
from tests import databases
from tests.village import ADMIN, EAST, add, done, drop, edit

Spoil = Callable[[Path], None]


@pytest.fixture
def saved(village: Engine, tmp_path: Path) -> Path:
    """A backup of the village, in which something was deleted, undone and looked at."""
    gone = done(village, ADMIN, add("teams", "t1", EAST, name="旧队", remark="👩‍👩‍👧\n<b>"))
    done(village, ADMIN, drop("teams", "t1"))
    doors.undo(village, ADMIN, gone)
    done(village, ADMIN, edit("residents", "e-an", "phone", "138****0001", None))
    doors.reveal(village, ADMIN, "residents", "e-an", "id_number", "核对")
    backup.save(village, tmp_path / "all.zip")
    return tmp_path / "all.zip"


def everything(on: Engine) -> dict[str, Any]:
    """All that is stored, byte by byte: NULL and JSON's null are not the same."""
    with engines.reading(on) as connection:
        found = {
            table.name: sorted(connection.execute(select(table)).all(), key=repr)
            for table in METADATA.sorted_tables
        }
        nulls = "SELECT count(*) FROM history WHERE before IS NULL OR after IS NULL"
        return {**found, "nulls": connection.scalar(text(nulls))}


def test_there_and_back_over_the_other_database_is_the_same(
    saved: Path, village: Engine, tmp_path: Path
) -> None:
    other = "sqlite" if village.dialect.name == "postgresql" else "postgresql"
    before = everything(village)
    assert before["nulls"] > 3
    with databases.empty(other) as elsewhere:
        backup.load(elsewhere, saved)
        assert everything(elsewhere) == before
        backup.save(elsewhere, tmp_path / "again.zip")
    backup.load(village, tmp_path / "again.zip", replace=True)
    assert everything(village) == before
    with zipfile.ZipFile(saved) as one, zipfile.ZipFile(tmp_path / "again.zip") as two:
        assert {n: one.read(n) for n in one.namelist()} == {n: two.read(n) for n in two.namelist()}


def test_nobody_else_on_the_machine_can_read_it(saved: Path) -> None:
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600


def rewritten(name: str, content: bytes | None) -> Spoil:
    def spoil(path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            files = {one: archive.read(one) for one in archive.namelist()}
        if content is None:
            del files[name]
        else:
            files[name] = content
        with zipfile.ZipFile(path, "w") as archive:
            for one, inside in files.items():
                archive.writestr(one, inside)

    return spoil


def about(**other: Any) -> Spoil:
    def spoil(path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            said = json.loads(archive.read(backup.ABOUT))
        rewritten(backup.ABOUT, json.dumps(said | other).encode())(path)

    return spoil


def changed(how: Callable[[bytes], bytes]) -> Spoil:
    def spoil(path: Path) -> None:
        path.write_bytes(how(path.read_bytes()))

    return spoil


SPOILT: dict[str, Spoil] = {
    "empty file": changed(lambda _: b""),
    "no zip": changed(lambda _: b"PK\x03\x04" + b"x" * 1000),
    "last bytes gone": changed(lambda inside: inside[:-30]),
    "first bytes gone": changed(lambda inside: inside[500:]),
    "noise in the middle": changed(lambda inside: inside[:1000] + os.urandom(400) + inside[1400:]),
    "no contents page": rewritten(backup.ABOUT, None),
    "contents page is no JSON": rewritten(backup.ABOUT, b"\xff{"),
    "contents page is a list": rewritten(backup.ABOUT, b"[]"),
    "contents page is a number": rewritten(backup.ABOUT, b"5"),
    "no revision": about(revision=None, rows={}),
    "another form": about(form="sanshe-backup-2"),
    "from the future": about(revision="9999"),
    "another count": about(rows={"residents": 1}),
    "a table is missing": rewritten("residents.jsonl", None),
    "a table is empty": rewritten("residents.jsonl", b""),
    "rows are no JSON": rewritten("residents.jsonl", b"{\n"),
    "rows are numbers": rewritten("teams.jsonl", b"1\n2\n3\n"),
    "rows are of another table": rewritten("teams.jsonl", b'{"nothing": 1}\n'),
    "rows lack what they need": rewritten("teams.jsonl", b'{"id": "t1"}\n'),
    "bytes that are none": rewritten("facts.jsonl", b'{"key": {"b64": "*"}, "value": "x"}\n'),
    "rows that point nowhere": rewritten(
        "team_members.jsonl",
        b'{"id": "x", "area_id": "east", "team_id": "no", "volunteer_id": "no", "role": null,'
        b' "started_on": "2020-01-01", "ended_on": null, "created_at": "x", "deleted_at": null}\n',
    ),
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_what_is_no_whole_backup_of_ours_changes_nothing(
    saved: Path, village: Engine, spoil: Spoil
) -> None:
    before = everything(village)
    spoil(saved)
    with pytest.raises(Refused) as told:
        backup.load(village, saved, replace=True)
    assert any("一" <= sign <= "龥" for sign in str(told.value))
    assert everything(village) == before


@pytest.mark.parametrize("name", ["from the future", "rows that point nowhere", "another count"])
@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_postgresql_rolls_back_too(saved: Path, village: Engine, name: str) -> None:
    before = everything(village)
    SPOILT[name](saved)
    with pytest.raises(Refused):
        backup.load(village, saved, replace=True)
    assert everything(village) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from db import backup, engine
calls = 0
real = getattr(backup, sys.argv[1])
def dying(*given):
    global calls
    calls += 1
    if calls == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*given)
setattr(backup, sys.argv[1], dying)
if sys.argv[3] == "load":
    backup.load(engine.engine(), Path(sys.argv[4]), replace=True)
else:
    backup.save(engine.engine(), Path(sys.argv[4]))
"""


def killed(on: Engine, *arguments: str) -> None:
    """Runs a load or a save in a process that is killed where it calls something."""
    url = on.url.render_as_string(hide_password=False)
    environment = os.environ | {"DATABASE_URL": url}
    command = [sys.executable, "-c", KILLED, *arguments]
    done = subprocess.run(command, cwd=HOME, env=environment, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


@pytest.mark.parametrize("where", [("_empty", "1"), ("_rows", "9")], ids=str)
def test_restore_that_is_killed_leaves_what_was_there(
    saved: Path, village: Engine, where: tuple[str, str]
) -> None:
    done(village, ADMIN, edit("residents", "e-bo", "name", "卜二", "卜贰"))
    before = everything(village)
    village.dispose()
    killed(village, *where, "load", str(saved))
    assert everything(village) == before
    backup.load(village, saved, replace=True)
    assert doors.row(village, ADMIN, "residents", "e-bo")["name"] == "卜二"  # type: ignore[index]


def test_backup_that_is_killed_leaves_the_older_one(saved: Path, village: Engine) -> None:
    older = saved.read_bytes()
    killed(village, "_write", "9", "save", str(saved))
    assert saved.read_bytes() == older
    counts = backup.save(village, saved)
    with databases.empty("sqlite") as elsewhere:
        assert backup.load(elsewhere, saved) == counts


def test_database_from_the_future_is_left_alone(village: Engine) -> None:
    with village.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = everything(village)
    with pytest.raises(Refused, match="更新的版本"):
        migrate.upgrade(village)
    assert everything(village) == before


def test_backup_is_of_one_moment(
    village: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What others write while it is being made is in it whole or not at all."""
    real = backup._write
    wrote: list[str] = []

    def between(conn: Any, table: Any, lines: Any) -> int:
        if table.name == "residents" and not wrote:
            wrote.append(done(village, ADMIN, add("residents", "late", EAST, name="迟到")))
        return real(conn, table, lines)

    monkeypatch.setattr(backup, "_write", between)
    backup.save(village, tmp_path / "all.zip")
    assert wrote
    with databases.empty("sqlite") as elsewhere:
        backup.load(elsewhere, tmp_path / "all.zip")
        found = doors.read(elsewhere, ADMIN, doors.Question("residents")).rows
        assert "late" not in {row["id"] for row in found}
        with elsewhere.connect() as connection:
            asked = text("SELECT count(*) FROM history WHERE row_id = 'late'")
            assert connection.scalar(asked) == 0
