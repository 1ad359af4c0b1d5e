"""The SQL of a write: rows, history, operations, and last the tick of the clock."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, bindparam, insert, update

from db import audit, ids
from db.actors import Actor
from db.audit import Entry, Operation, Write
from db.base import Register
from db.changes import Values
from db.registers import BY_NAME
from db.secrecy import seal_json


@dataclass(frozen=True)
class Deed:
    """One accepted change: the cells it wrote, as they were and as they became."""

    op: str
    verb: str
    register: str
    row_id: str
    area_id: str
    before: Values | None
    after: Values | None


@dataclass(frozen=True)
class Occasion:
    """On whose behalf and from where a write is made."""

    actor: Actor
    source: str
    batch: str
    undoes: str | None = None
    reason: str | None = None


def store(conn: Connection, occasion: Occasion, deeds: list[Deed]) -> int:
    """Writes everything; the version after it. Statements are few however many the deeds."""
    now, write_id = ids.now(), ids.new()
    for (name, verb, _), some in groupby(deeds, _statement):
        _store_rows(conn, BY_NAME[name], verb, list(some), now)
    conn.execute(insert(Entry), [_entry(deed, write_id) for deed in deeds])
    conn.execute(insert(Operation), [_operation(deed, occasion, write_id) for deed in deeds])
    seq = audit.tick(conn)  # last, so that other communities wait for little but this commit
    conn.execute(insert(Write), [_write(occasion, write_id, seq, now)])
    return seq


def _statement(deed: Deed) -> tuple[str, str, tuple[str, ...]]:
    """Neighbours with the same of this go into one statement; the deeds' order is kept."""
    return deed.register, deed.verb, () if deed.verb == "add" else tuple(sorted(deed.after or ()))


def _store_rows(
    conn: Connection, register: Register, verb: str, deeds: list[Deed], now: str
) -> None:
    if verb == "reveal":
        return  # a look writes nothing but its history
    if verb == "add":
        # The first row's cells decide what is written of all: name every field in each.
        blank = {**dict.fromkeys(register.fields), "created_at": now}
        made = [{**blank, "id": d.row_id, "area_id": d.area_id, **(d.after or {})} for d in deeds]
        conn.execute(insert(register.table), made)
        return
    gone = {} if verb == "change" else {"deleted_at": now if verb == "delete" else None}
    _update(conn, register, [(deed.row_id, {**(deed.after or {}), **gone}) for deed in deeds])


def _update(conn: Connection, register: Register, rows: list[tuple[str, Values]]) -> None:
    """New cells by row id; the cells of all rows have the same names."""
    table, names = register.table, list(rows[0][1])
    new = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
    cells = [{"old_id": row_id} | {f"new_{n}": row[n] for n in names} for row_id, row in rows]
    conn.execute(update(table).where(table.c.id == bindparam("old_id")).values(new), cells)


def _write(occasion: Occasion, write_id: str, seq: int, now: str) -> Values:
    return {
        "id": write_id,
        "seq": seq,
        "batch_id": occasion.batch,
        "undoes": occasion.undoes,
        "at": now,
        "actor_id": occasion.actor.id,
        "actor_name": occasion.actor.name,
        "source": occasion.source,
        "reason": occasion.reason,
    }


def _entry(deed: Deed, write_id: str) -> Values:
    return {
        "id": ids.new(),
        "write_id": write_id,
        "area_id": deed.area_id,
        "register": deed.register,
        "row_id": deed.row_id,
        "verb": deed.verb,
        "before": sealed(BY_NAME[deed.register], deed.before),
        "after": sealed(BY_NAME[deed.register], deed.after),
    }


def sealed(register: Register, cells: Values | None) -> Values | None:
    """Cells for the history, sensitive ones encrypted."""
    if cells is None:
        return None
    fields = register.fields
    return {
        name: seal_json(value, fields[name].kind.name) if fields[name].sensitive else value
        for name, value in cells.items()
    }


def _operation(deed: Deed, occasion: Occasion, write_id: str) -> dict[str, Any]:
    return {
        "op": deed.op,
        "actor_id": occasion.actor.id,
        "register": deed.register,
        "row_id": deed.row_id,
        "write_id": write_id,
    }
