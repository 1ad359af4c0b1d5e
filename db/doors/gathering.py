"""All that a batch of changes must be judged by, read in a few statements however many they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Connection, false, select

from db import permissions
from db.actors import Actor
from db.audit import Entry, Operation, Write
from db.base import Register
from db.changes import Change, Values
from db.doors.labels import CHUNK
from db.fields import Field
from db.parsers import Refused
from db.permissions import Grant
from db.registers import BY_NAME, REGISTERS
from db.registers.places import Area

Key = tuple[str, str]  # register, row id
ID = re.compile(r"[0-9A-Za-z_-]{1,36}")
Holder = tuple[str, str, str, Any]  # register, area, field, value


@dataclass
class Stock:
    """What is stored, as far as the batch can touch it; kept up to date while it is applied."""

    grants: dict[Key, Grant | None] = field(default_factory=dict)  # (register, verb)
    done: dict[str, Key] = field(default_factory=dict)  # op → the row it went to
    strange: set[str] = field(default_factory=set)  # ops of somebody else
    rows: dict[Key, Values] = field(default_factory=dict)
    seen: set[Key] = field(default_factory=set)  # rows that the actor may read
    targets: dict[Key, str] = field(default_factory=dict)  # referable rows → their area
    holders: dict[Holder, str] = field(default_factory=dict)  # unique values → row id
    pointing: dict[Key, set[Key]] = field(default_factory=dict)  # row → living referrers
    late: dict[Key, set[str]] = field(default_factory=dict)


def chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """The distinct values, some thousands at a time."""
    rest = iter(sorted(set(values)))
    while part := list(islice(rest, CHUNK)):
        yield part


def by_register(changes: Sequence[Change]) -> dict[str, list[Change]]:
    """The changes of each known register."""
    grouped: dict[str, list[Change]] = {}
    for change in changes:
        if change.register in BY_NAME:
            grouped.setdefault(change.register, []).append(change)
    return grouped


def lock(conn: Connection, changes: Sequence[Change]) -> None:
    """One writer at a time in each community that the changes touch (SQLite has one anyway)."""
    if conn.dialect.name == "sqlite":
        return
    touched = {str(c.after["area_id"]) for c in changes if c.after and c.after.get("area_id")}
    for name, some in by_register(changes).items():
        table = BY_NAME[name].table
        for part in chunks(c.id for c in some if c.id):
            touched |= set(conn.scalars(select(table.c.area_id).where(table.c.id.in_(part))))
    areas = select(Area.id).where(Area.id.in_(sorted(touched))).order_by(Area.id)
    conn.execute(areas.with_for_update(key_share=True)).all()


def gather(conn: Connection, actor: Actor, changes: Sequence[Change]) -> Stock:
    """Everything that judging the changes needs, read under the lock."""
    stock = Stock()
    _operations(conn, actor, changes, stock)
    for name, some in by_register(changes).items():
        register = BY_NAME[name]
        for verb in ("read", "add", "change", "delete"):
            stock.grants[name, verb] = permissions.grant(conn, actor, verb, register)
        _rows(conn, register, some, stock)
        _late(conn, register, some, stock)
        _holders(conn, register, some, stock)
        _pointing(conn, register, some, stock)
    _targets(conn, actor, changes, stock)
    return stock


def _operations(conn: Connection, actor: Actor, changes: Sequence[Change], stock: Stock) -> None:
    known = select(Operation.op, Operation.actor_id, Operation.register, Operation.row_id)
    for part in chunks(change.op for change in changes):
        for op, actor_id, register, row_id in conn.execute(known.where(Operation.op.in_(part))):
            stock.done[op] = (register, row_id)
            if actor_id != actor.id:
                stock.strange.add(op)


def _rows(conn: Connection, register: Register, changes: list[Change], stock: Stock) -> None:
    table = register.table
    may_read = stock.grants[register.name, "read"]
    visible = may_read.rows() if may_read else false()
    for part in chunks(change.id for change in changes if change.id):
        statement = select(table, visible.label("visible")).where(table.c.id.in_(part))
        for found in conn.execute(statement).mappings():
            row = dict(found)
            if row.pop("visible"):
                stock.seen.add((register.name, row["id"]))
            stock.rows[register.name, row["id"]] = row


def _late(conn: Connection, register: Register, changes: list[Change], stock: Stock) -> None:
    """Masked cells that were written after their author read them: a mask can hide that."""
    masked = {name for name, one in register.fields.items() if one.sensitive}
    for change in changes:
        touched = masked & set(change.after or {})
        if change.seen is None or not touched or not change.id or change.before is None:
            continue
        later = select(Entry.after).join(Write, Write.id == Entry.write_id)
        later = later.where(Entry.register == register.name, Entry.row_id == change.id)
        written = conn.scalars(later.where(Write.seq > change.seen))
        stock.late[register.name, change.id] = {n for after in written for n in after or {}}


def _holders(conn: Connection, register: Register, changes: list[Change], stock: Stock) -> None:
    table = register.table
    for name, one in register.fields.items():
        if not one.unique:
            continue
        values = (parsed(one, (change.after or {}).get(name)) for change in changes)
        for part in chunks(value for value in values if value is not None):
            held = select(table.c.id, table.c.area_id, table.c[name]).where(
                table.c[name].in_(part), table.c.deleted_at.is_(None)
            )
            for row_id, area_id, value in conn.execute(held):
                stock.holders[register.name, area_id, name, value] = row_id


def parsed(one: Field, raw: Any) -> Any:
    """The stored form of a raw value, or None where it has none."""
    try:
        return None if raw in (None, "") else one.parse(raw)
    except Refused:
        return None


def _pointing(conn: Connection, register: Register, changes: list[Change], stock: Stock) -> None:
    gone = [change.id for change in changes if change.id and change.after is None]
    if not gone:
        return
    for other in REGISTERS:
        for name, one in other.fields.items():
            if one.refers == register.name:
                column = other.table.c[name]
                alive = other.table.c.deleted_at.is_(None)
                for part in chunks(gone):
                    refers = select(column, other.table.c.id).where(column.in_(part), alive)
                    for row_id, pointer in conn.execute(refers):
                        key = (register.name, row_id)
                        stock.pointing.setdefault(key, set()).add((other.name, pointer))


def _targets(conn: Connection, actor: Actor, changes: Sequence[Change], stock: Stock) -> None:
    """The rows that the changes refer to, as far as the actor may see them."""
    wanted: dict[str, set[str]] = {}
    for change in changes:
        register = BY_NAME.get(change.register)
        for name, raw in (change.after or {}).items():
            one = register.fields.get(name) if register else None
            if one is not None and one.refers and isinstance(raw, str) and ID.fullmatch(raw):
                wanted.setdefault(one.refers, set()).add(raw)
    for refers, row_ids in wanted.items():
        table = BY_NAME[refers].table
        grant = permissions.grant(conn, actor, "read", BY_NAME[refers])
        if grant is None:
            continue
        for part in chunks(row_ids):
            found = select(table.c.id, table.c.area_id).where(
                table.c.id.in_(part), table.c.deleted_at.is_(None), grant.rows()
            )
            for row_id, area_id in conn.execute(found):
                stock.targets[refers, row_id] = area_id
