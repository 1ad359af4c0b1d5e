"""All that a batch of changes must be judged by, read in a few statements however many they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, and_, false, select

from db import ids, permissions, rows, widening
from db.actors import Actor
from db.audit import Entry, Operation, Write
from db.base import Register
from db.changes import Change, Values
from db.doors import balancing, commenting, naming, pointing, storing
from db.doors.balancing import Books
from db.doors.commenting import Subjects
from db.doors.forms import Form, Readings
from db.doors.labels import chunks
from db.doors.naming import CUSTOM, Names
from db.doors.pointing import Key
from db.parsers import Refused
from db.permissions import Grant
from db.registers import BY_NAME
from db.registers.places import Area
from db.secrecy import Seals

Holder = tuple[str, str, str, Any]  # register, area, field, value


@dataclass
class Stock:
    """What is stored, as far as the batch can touch it; kept up to date while it is applied."""

    forms: dict[str, Form] = field(default_factory=dict)  # by register
    grants: dict[Key, Grant | None] = field(default_factory=dict)  # (register, verb)
    done: dict[str, Key] = field(default_factory=dict)  # op → the row it went to
    strange: set[str] = field(default_factory=set)  # ops of somebody else
    told: dict[str, tuple[int, Values]] = field(default_factory=dict)  # op → seq, cells it wrote
    rows: dict[Key, Values] = field(default_factory=dict)
    seen: set[Key] = field(default_factory=set)  # rows that the actor may read
    targets: dict[Key, str] = field(default_factory=dict)  # referable rows → their area
    holders: dict[Holder, str] = field(default_factory=dict)  # unique values → row id
    pointing: dict[Key, set[Key]] = field(default_factory=dict)  # row → living referrers
    names: Names = field(default_factory=Names)  # of columns that users made
    subjects: Subjects = field(default_factory=dict)  # rows that comments are to be about
    books: Books = field(default_factory=dict)  # of the funds that the changes touch
    late: dict[Key, dict[str, int]] = field(default_factory=dict)  # masked field → last written
    seals: Seals = field(default_factory=Seals)  # what is sealed once need not be so again


def by_register(changes: Sequence[Change]) -> dict[str, list[Change]]:
    """The changes of each known register."""
    grouped: dict[str, list[Change]] = {}
    for change in changes:
        if change.register in BY_NAME:
            grouped.setdefault(change.register, []).append(change)
    return grouped


def lock(conn: Connection, changes: Sequence[Change]) -> None:
    """One writer at a time in each community that the changes touch (SQLite has one anyway).

    To what is public any community may just be pointing: its deletion waits for them all. So does
    a column that is made or renamed: no other place above or below may choose its name meanwhile.
    """
    if conn.dialect.name == "sqlite":
        return
    areas = select(Area.id).order_by(Area.id).with_for_update(key_share=True)
    if any(_is_everybodys(change) for change in changes):
        conn.execute(areas).all()
        return
    touched = {str(c.after["area_id"]) for c in changes if c.after and c.after.get("area_id")}
    for name, some in by_register(changes).items():
        table = BY_NAME[name].table
        for part in chunks(c.id for c in some if c.id):
            touched |= set(
                conn.scalars(select(table.c.area_id).where(rows.among(conn, table.c.id, part)))
            )
    conn.execute(areas.where(Area.id.in_(sorted(touched)))).all()


def _is_everybodys(change: Change) -> bool:
    gone = change.after is None and BY_NAME[change.register].about.public
    return gone or change.register == CUSTOM


def gather(conn: Connection, actor: Actor, changes: Sequence[Change]) -> Stock:
    """Everything that judging the changes needs, read under the lock."""
    stock = Stock()
    _operations(conn, actor, changes, stock)
    for name, some in by_register(changes).items():
        register = widening.widened(conn, actor, BY_NAME[name])
        form = stock.forms[name] = Form(register)
        given = permissions.grants(conn, actor, ("read", "add", "change", "delete"), register)
        stock.grants |= {(name, verb): grant for verb, grant in given.items()}
        _rows(conn, register, some, stock)
        _late(conn, register, some, stock)
        _holders(conn, form, some, stock)
        _pointing(conn, actor, register, some, stock)
    _targets(conn, actor, changes, stock)
    stock.names = naming.names(conn, changes, list(stock.rows.values()))
    stock.subjects = commenting.subjects(conn, actor, changes)
    stock.books = balancing.books(conn, changes, stock.rows)
    return stock


def _operations(conn: Connection, actor: Actor, changes: Sequence[Change], stock: Stock) -> None:
    known = select(Operation.op, Operation.actor_id, Operation.register, Operation.row_id)
    for part in chunks(change.op for change in changes):
        for op, actor_id, register, row_id in conn.execute(
            known.where(rows.among(conn, Operation.op, part))
        ):
            stock.done[op] = (register, row_id)
            if actor_id != actor.id:
                stock.strange.add(op)
    if stock.done:
        _told(conn, stock)


def _told(conn: Connection, stock: Stock) -> None:
    """What the repeated ops wrote and when: the answer is what it was, whatever came since."""
    wrote = (Entry.write_id == Operation.write_id, Entry.row_id == Operation.row_id)
    asked = select(Operation.op, Operation.register, Write.seq, Entry.after)
    asked = asked.join(Write, Write.id == Operation.write_id).join(Entry, and_(*wrote))
    for part in chunks(stock.done):
        found = conn.execute(asked.where(Operation.op.in_(part)).order_by(Entry.id))
        for op, register, seq, after in found:
            _, cells = stock.told.get(op, (seq, {}))
            stock.told[op] = seq, cells | (storing.opened(register, after) or {})


def _rows(conn: Connection, register: Register, changes: list[Change], stock: Stock) -> None:
    table = register.table
    may_read = stock.grants[register.name, "read"]
    visible = may_read.rows() if may_read else false()
    for part in chunks(change.id for change in changes if change.id):
        statement = select(*register.whole(), visible.label("visible")).where(
            rows.among(conn, table.c.id, part)
        )
        for found in conn.execute(statement).mappings():
            row = dict(found)
            if row.pop("visible"):
                stock.seen.add((register.name, row["id"]))
            stock.rows[register.name, row["id"]] = row


def _late(conn: Connection, register: Register, changes: list[Change], stock: Stock) -> None:
    """When masked cells were last written since their authors read them: a mask can hide that."""
    masked = {name for name, one in register.fields.items() if one.sensitive}
    asked = {c.id: c.seen for c in changes if c.seen is not None and masked & set(c.after or {})}
    later = select(Entry.row_id, Entry.after, Write.seq).join(Write, Write.id == Entry.write_id)
    for part in chunks(row_id for row_id in asked if row_id):
        read = min(c.seen for c in changes if c.seen is not None)
        mine = later.where(Entry.register == register.name, rows.among(conn, Entry.row_id, part))
        for row_id, after, seq in conn.execute(mine.where(Write.seq > read)):
            last = stock.late.setdefault((register.name, row_id), {})
            last.update({n: max(seq, last.get(n, 0)) for n in masked & set(after or {})})


def _holders(conn: Connection, form: Form, changes: list[Change], stock: Stock) -> None:
    """Who has the unique values that the changes bring, in the areas of their rows."""
    register, table = form.register, form.register.table
    areas = {row["area_id"] for (name, _), row in stock.rows.items() if name == register.name}
    areas |= {c.after["area_id"] for c in changes if c.after and c.after.get("area_id")}
    for name in form.unique:
        for part in chunks(_readable(form.readings[name], name, changes)):
            held = select(table.c.id, table.c.area_id, table.c[name]).where(
                table.c.area_id.in_(sorted(areas)),
                table.c.deleted_at.is_(None),
                rows.among(conn, table.c[name], part, stock.seals),
            )
            for row_id, area_id, value in conn.execute(held):
                stock.holders[register.name, area_id, name, value] = row_id


def _readable(readings: Readings, name: str, changes: list[Change]) -> Iterator[Any]:
    """The stored form of every value that has one."""
    for change in changes:
        raw = (change.after or {}).get(name)
        if raw is not None and raw != "":
            with suppress(Refused):
                yield readings.of(raw)


def _pointing(
    conn: Connection, actor: Actor, register: Register, changes: list[Change], stock: Stock
) -> None:
    gone = sorted({change.id for change in changes if change.id and change.after is None})
    for target, pointer, visible in pointing.pointers(conn, actor, register, gone):
        stock.pointing.setdefault(target, set()).add(pointer)
        if visible:
            stock.seen.add(pointer)


def _targets(conn: Connection, actor: Actor, changes: Sequence[Change], stock: Stock) -> None:
    """The rows that the changes refer to, as far as the actor may see them."""
    for refers, row_ids in _referred(stock.forms, changes).items():
        table = BY_NAME[refers].table
        grant = permissions.grant(conn, actor, "read", BY_NAME[refers])
        if grant is None:
            continue
        for part in chunks(row_ids):
            found = select(table.c.id, table.c.area_id).where(
                rows.among(conn, table.c.id, part), table.c.deleted_at.is_(None), grant.rows()
            )
            for row_id, area_id in conn.execute(found):
                stock.targets[refers, row_id] = area_id


def _referred(forms: dict[str, Form], changes: Sequence[Change]) -> dict[str, set[str]]:
    """register → the ids of its rows that the changes point at."""
    wanted: dict[str, set[str]] = {}
    for register, some in by_register(changes).items():
        for name, one in forms[register].tied.items():
            if one.refers:
                given: Iterator[Any] = ((change.after or {}).get(name) for change in some)
                wanted.setdefault(one.refers, set()).update(filter(ids.sound, given))
    return {refers: row_ids for refers, row_ids in wanted.items() if row_ids}
