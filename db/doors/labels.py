"""What stands in a cell that points at another row: the words that name that row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select

from db import permissions
from db.actors import Actor
from db.base import Register
from db.changes import Values
from db.registers import BY_NAME

CHUNK = 5000
NONE: Mapping[str, str] = {}


def chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """The distinct values, some thousands at a time."""
    rest = iter(sorted(set(values)))
    while part := list(islice(rest, CHUNK)):
        yield part


def of(
    conn: Connection, actor: Actor, register: Register, rows: Iterable[Values]
) -> dict[str, str]:
    """The labels of all that the rows refer to and the actor may see."""
    wanted: dict[str, set[str]] = {}
    for name, field in register.fields.items():
        if field.refers:
            found = {row[name] for row in rows if row.get(name)}
            wanted.setdefault(field.refers, set()).update(found)
    labels: dict[str, str] = {}
    # What others name comes last: most of these are known by then.
    for refers, row_ids in sorted(wanted.items(), key=lambda one: _linked(BY_NAME[one[0]])):
        if row_ids:
            labels |= named(conn, actor, BY_NAME[refers], sorted(row_ids), labels)
    return labels


def _linked(register: Register) -> int:
    """By how many other rows a row is named."""
    return sum(bool(register.fields[name].refers) for name in register.about.names)


def named(
    conn: Connection, actor: Actor, register: Register, row_ids: list[str],
    known: Mapping[str, str] = NONE,
) -> dict[str, str]:  # fmt: skip
    """id → label of the rows of one register, deleted ones included, those that may be seen;
    `known` are labels of other rows that need not be asked for."""
    grant = permissions.grant(conn, actor, "read", register)
    if grant is None:
        return {}
    table = register.table
    chosen = [table.c[name] for name in register.about.names]
    found: list[Values] = []
    for part in chunks(row_ids):
        statement = select(table.c.id, *chosen).where(table.c.id.in_(part), grant.rows())
        found += [dict(row) for row in conn.execute(statement).mappings()]
    return texts(conn, actor, register, found, known)


def texts(
    conn: Connection, actor: Actor, register: Register, rows: Iterable[Values],
    known: Mapping[str, str] = NONE,
) -> dict[str, str]:  # fmt: skip
    """id → words of rows; what they are named by may be other rows, named by their own words."""
    some = list(rows)
    for name in register.about.names:
        if refers := register.fields[name].refers:
            wanted = {row[name] for row in some if row[name]} - known.keys()
            more = named(conn, actor, BY_NAME[refers], sorted(wanted), known) if wanted else {}
            words = {**known, **more}
            some = [{**row, name: words.get(row[name], "")} for row in some]
    return {row["id"]: text(register, row) for row in some}


def text(register: Register, row: Mapping[Any, Any]) -> str:
    """The words that stand for a row."""
    return " ".join(str(row[name]) for name in register.about.names if row[name])
