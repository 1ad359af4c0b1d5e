"""The SQL of a write: rows, history, operations, and last the tick of the clock."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
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
    for name, some in _runs(deeds):
        _store_rows(conn, BY_NAME[name], some, now)
    conn.execute(insert(Entry), [_entry(deed, write_id) for deed in deeds])
    conn.execute(insert(Operation), [_operation(deed, occasion, write_id) for deed in deeds])
    seq = audit.tick(conn)  # last, so that other communities wait for little but this commit
    conn.execute(insert(Write), [_write(occasion, write_id, seq, now)])
    return seq


def _runs(deeds: list[Deed]) -> list[tuple[str, list[Deed]]]:
    """Deeds in their order, neighbours of one register and verb together."""
    runs: list[tuple[str, list[Deed]]] = []
    for deed in deeds:
        if runs and runs[-1][0] == deed.register and runs[-1][1][-1].verb == deed.verb:
            runs[-1][1].append(deed)
        else:
            runs.append((deed.register, [deed]))
    return runs


def _store_rows(conn: Connection, register: Register, deeds: list[Deed], now: str) -> None:
    if deeds[0].verb == "reveal":
        return  # a look writes nothing but its history
    if deeds[0].verb == "add":
        # The first row's cells decide what is written of all: name every field in each.
        blank = dict.fromkeys(register.fields)
        made = [
            {"id": d.row_id, "area_id": d.area_id, "created_at": now, **blank, **(d.after or {})}
            for d in deeds
        ]
        conn.execute(insert(register.table), made)
        return
    shapes: dict[tuple[str, ...], list[Values]] = defaultdict(list)
    for deed in deeds:
        cells = {f"new_{name}": value for name, value in (deed.after or {}).items()}
        if deed.verb != "change":
            cells["new_deleted_at"] = now if deed.verb == "delete" else None
        cells["old_id"] = deed.row_id
        shapes[tuple(sorted(cells))].append(cells)
    for shape, rows in shapes.items():
        _update(conn, register, [name[4:] for name in shape if name != "old_id"], rows)


def _update(conn: Connection, register: Register, names: list[str], rows: list[Values]) -> None:
    table = register.table
    new = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
    conn.execute(update(table).where(table.c.id == bindparam("old_id")).values(new), rows)


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
