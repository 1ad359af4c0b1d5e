"""Backup and restore: the same data on either database, or nothing at all."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from db import backup, founding, secrecy, settings
from db import engine as engines
from db.changes import Change
from db.doors import Question, read, write
from db.founding import SYSTEM
from db.parsers import Refused
from db.tables import METADATA
from tests import databases


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A founded database with one resident, added and then renamed."""
    founding.found(engine)
    person = {"name": "甲", "phone": "13800001234", "area_id": "xianning", "lives_alone": True}
    write(engine, SYSTEM, [Change("residents", "r-1", None, person)], source="test")
    renamed = Change("residents", "r-1", {"name": "甲"}, {"name": "乙"})
    write(engine, SYSTEM, [renamed], source="test")
    return engine


def _everything(on: Engine) -> dict[str, list[tuple[object, ...]]]:
    with engines.reading(on) as conn:
        return {
            table.name: sorted((tuple(row) for row in conn.execute(select(table))), key=repr)
            for table in METADATA.sorted_tables
        }


@pytest.mark.parametrize("other", databases.BACKENDS)
def test_everything_comes_back_on_either_database(
    filled: Engine, other: str, tmp_path: Path
) -> None:
    counts = backup.save(filled, tmp_path / "all.zip")
    with databases.empty(other) as elsewhere:
        assert backup.load(elsewhere, tmp_path / "all.zip") == counts
        assert _everything(elsewhere) == _everything(filled)
        seen = read(elsewhere, SYSTEM, Question("residents")).rows[0]
        assert (seen["name"], seen["phone"]) == ("乙", "138****1234")
        edit = Change("residents", "r-1", {"name": "乙"}, {"name": "丙"})
        assert write(elsewhere, SYSTEM, [edit], source="t").outcomes[0].status == "applied"


def test_the_backup_shows_no_number(filled: Engine, tmp_path: Path) -> None:
    backup.save(filled, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        inside = b"".join(archive.read(name) for name in archive.namelist())
    assert b"13800001234" not in inside
    assert settings.secret_key().hex().encode() not in inside


def test_data_are_only_replaced_when_asked(filled: Engine, tmp_path: Path) -> None:
    backup.save(filled, tmp_path / "all.zip")
    with pytest.raises(Refused, match="--replace"):
        backup.load(filled, tmp_path / "all.zip")
    edit = Change("residents", "r-1", {"name": "乙"}, {"name": "丙"})
    write(filled, SYSTEM, [edit], source="test")
    backup.load(filled, tmp_path / "all.zip", replace=True)
    assert read(filled, SYSTEM, Question("residents")).rows[0]["name"] == "乙"


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _a_row_short(path: Path) -> None:
    _rewrite(path, "residents.jsonl", lambda _: b"")


def _other_form(path: Path) -> None:
    _rewrite(
        path, "about.json", lambda text: json.dumps({**json.loads(text), "form": "x"}).encode()
    )


def _rewrite(path: Path, name: str, change: object) -> None:
    with zipfile.ZipFile(path) as archive:
        files = {one: archive.read(one) for one in archive.namelist()}
    files[name] = change(files[name])  # type: ignore[operator]
    with zipfile.ZipFile(path, "w") as archive:
        for one, text in files.items():
            archive.writestr(one, text)


@pytest.mark.parametrize("spoil", [_cut, _a_row_short, _other_form])
def test_a_spoilt_file_changes_nothing(filled: Engine, tmp_path: Path, spoil: object) -> None:
    backup.save(filled, tmp_path / "all.zip")
    spoil(tmp_path / "all.zip")  # type: ignore[operator]
    before = _everything(filled)
    with pytest.raises(Refused):
        backup.load(filled, tmp_path / "all.zip", replace=True)
    assert _everything(filled) == before


def test_with_another_key_nothing_is_restored(
    filled: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.save(filled, tmp_path / "all.zip")
    monkeypatch.setenv("SANSHE_KEY", bytes(64).hex())
    for cached in (settings.secret_key, secrecy._cipher):
        cached.cache_clear()
    try:
        with databases.empty("sqlite") as elsewhere:
            with pytest.raises(Refused, match="密钥"):
                backup.load(elsewhere, tmp_path / "all.zip")
            assert not founding.exists(elsewhere)
    finally:
        monkeypatch.undo()
        for cached in (settings.secret_key, secrecy._cipher):
            cached.cache_clear()


def test_killed_in_the_middle_nothing_is_half_there(
    filled: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.save(filled, tmp_path / "all.zip")
    before = _everything(filled)

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(founding, "prove_key", cut)
    with pytest.raises(KeyboardInterrupt):
        backup.load(filled, tmp_path / "all.zip", replace=True)
    assert _everything(filled) == before


def test_a_half_written_backup_never_has_its_name(
    filled: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object) -> int:
        raise OSError("no space left")

    monkeypatch.setattr(backup, "_write", cut)
    with pytest.raises(OSError, match="space"):
        backup.save(filled, tmp_path / "all.zip")
    assert not (tmp_path / "all.zip").exists()


def test_counts_are_of_rows(filled: Engine, tmp_path: Path) -> None:
    counts = backup.save(filled, tmp_path / "all.zip")
    with engines.reading(filled) as conn:
        for table in METADATA.sorted_tables:
            assert conn.scalar(select(func.count()).select_from(table)) == counts[table.name]
