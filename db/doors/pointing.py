"""Which rows point at which: what must not be deleted from under another."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, false, select

from db import permissions
from db.actors import Actor
from db.base import Register
from db.doors.labels import chunks
from db.registers import REGISTERS

Key = tuple[str, str]  # register, row id


def links(register: Register) -> dict[str, str]:
    """The columns of a register that point at rows, each with the register that it points at."""
    named = {name: one.refers for name, one in register.fields.items() if one.refers}
    return {**named, "area_id": "areas"}


def pointers(
    conn: Connection, actor: Actor, register: Register, row_ids: list[str]
) -> Iterator[tuple[Key, Key, bool]]:
    """(row, a living row that points at it, whether the actor may see that one)."""
    for other in REGISTERS:
        for name, to in links(other).items():
            if row_ids and to == register.name:
                for row_id, pointer, visible in _found(conn, actor, other, name, row_ids):
                    yield (register.name, row_id), (other.name, pointer), visible


def _found(
    conn: Connection, actor: Actor, other: Register, name: str, row_ids: list[str]
) -> Iterator[tuple[str, str, bool]]:
    table = other.table
    grant = permissions.grant(conn, actor, "read", other)
    visible = (grant.rows() if grant else false()).label("visible")
    refers = select(table.c[name], table.c.id, visible).where(table.c.deleted_at.is_(None))
    for part in chunks(row_ids):
        for row_id, pointer, seen in conn.execute(refers.where(table.c[name].in_(part))):
            yield row_id, pointer, bool(seen)
