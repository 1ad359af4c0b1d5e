"""Backup and restore: every table as JSON lines in one zip, the same for every kind of database.

Sensitive cells stay encrypted in it; the key is not in it and must be kept beside it.
"""

from __future__ import annotations

import base64
import io
import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Engine,
    MetaData,
    Table,
    delete,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.exc import CompileError, DataError, IntegrityError, InvalidRequestError

from db import engine, founding, migrate
from db.facts import FILLING, Fact
from db.parsers import Refused

FORM, PORTION = "sanshe-backup-1", 2000
# What reading a file that is damaged, or that somebody else wrote, can come to.
DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError,
    ValueError, KeyError, TypeError, AttributeError,
    IntegrityError, DataError, CompileError, InvalidRequestError,
)  # fmt: skip
ABOUT = "about.json"
INCOMPLETE = "备份文件不完整，没有恢复任何内容"


def save(on: Engine, path: Path) -> dict[str, int]:
    """Writes the whole database, as it is at one moment, to `path`; rows by table."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)  # names and addresses are in it
    counts: dict[str, int] = {}
    with engine.reading(on) as conn, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        _one_moment(conn)
        revision = migrate.revision(conn)
        for table in _tables(conn):
            with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as lines:
                counts[table.name] = _write(conn, table, lines)
        about = {"form": FORM, "revision": revision, "rows": counts}
        archive.writestr(ABOUT, json.dumps(about, ensure_ascii=False, indent=1))
    with part.open("rb") as done:
        os.fsync(done.fileno())
    part.replace(path)  # a half-written backup never carries the name of a whole one
    return counts


def _one_moment(conn: Connection) -> None:
    if conn.dialect.name == "postgresql":
        conn.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))


def _tables(conn: Connection) -> list[Table]:
    """The tables as the database has them, those referred to before those that refer."""
    found = MetaData()
    found.reflect(conn)
    for table in found.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type.none_as_null = True  # what was empty stays empty
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def _write(conn: Connection, table: Table, lines: Any) -> int:
    count = 0
    order = list(table.primary_key.columns)
    result = conn.execution_options(yield_per=PORTION).execute(select(table).order_by(*order))
    for row in result.mappings():
        kept = {name: _packed(value) for name, value in row.items()}
        lines.write(json.dumps(kept, ensure_ascii=False).encode() + b"\n")
        count += 1
    return count


def _packed(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"b64": base64.b64encode(bytes(value)).decode()}
    return value


def load(on: Engine, path: Path, *, replace: bool = False) -> dict[str, int]:
    """Fills the database from a backup; one that has data is only touched with `replace`.

    All or nothing; raises Refused where the file is no whole backup or the key is another.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _load(on, archive, replace)
    except DAMAGE as problem:
        raise Refused(f"“{path.name}”不是完整的备份文件") from problem


def _load(on: Engine, archive: zipfile.ZipFile, replace: bool) -> dict[str, int]:
    about = json.loads(archive.read(ABOUT))
    if about.get("form") != FORM:
        raise Refused("这不是本系统的备份文件")
    if founding.exists(on) and not replace:
        raise Refused("数据库中已有数据；确要用备份替换，请加 --replace")
    with engine.migrating(on) as conn:
        _empty(conn)
        migrate.steps(conn, about["revision"])
        counts = _fill(conn, archive, about["rows"])
        migrate.steps(conn)
        founding.prove_key(conn.scalar(select(Fact.value).where(Fact.key == founding.KEY)))
    return counts


def _empty(conn: Connection) -> None:
    """No tables: the backup may be older than what is here."""
    found = MetaData()
    found.reflect(conn)
    found.drop_all(conn)


def _fill(conn: Connection, archive: zipfile.ZipFile, rows: dict[str, int]) -> dict[str, int]:
    tables = _tables(conn)
    for table in reversed(tables):
        conn.execute(delete(table))  # what a migration put in itself
    tables = _unguarded(conn, tables)
    for table in tables:
        if _is_facts(table):
            conn.execute(delete(table))
        if table.name in rows:
            for part in _portions(_parents_first(table, _rows(archive, table))):
                conn.execute(insert(table), part)
            stored = conn.scalar(select(func.count()).select_from(table))
            if stored != rows[table.name]:
                raise Refused(INCOMPLETE)
    return rows


def _unguarded(conn: Connection, tables: list[Table]) -> list[Table]:
    """The guards keep still (`db/guards.py`) until the facts, which come last, say otherwise."""
    conn.execute(insert(Fact), {"key": FILLING, "value": "1"})
    return sorted(tables, key=_is_facts)


def _is_facts(table: Table) -> bool:
    return table.name == Fact.__tablename__


def _rows(archive: zipfile.ZipFile, table: Table) -> Iterator[dict[str, Any]]:
    with archive.open(f"{table.name}.jsonl") as raw:
        for line in io.TextIOWrapper(raw, "utf-8"):
            row = {name: _unpacked(value) for name, value in json.loads(line).items()}
            if set(row) != set(table.columns.keys()):
                raise Refused(INCOMPLETE)
            yield row


def _parents_first(table: Table, rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows that point at others of their table after those; such a table is read whole."""
    own = [c.name for c in table.columns if any(k.column.table is table for k in c.foreign_keys)]
    left, there = list(rows) if own else [], {None}
    while left:
        ready = [r for r in left if all(r[n] in there or r[n] == r["id"] for n in own)] or left
        there |= {row["id"] for row in ready}
        left = [row for row in left if row["id"] not in there]
        yield from ready
    yield from rows


def _portions(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while part := list(islice(rows, PORTION)):
        yield part


def _unpacked(value: Any) -> Any:
    if isinstance(value, dict) and set(value) == {"b64"}:
        return base64.b64decode(value["b64"])
    return value
