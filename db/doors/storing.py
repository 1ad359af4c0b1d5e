"""The SQL of a write: rows, history, operations, and last the tick of the clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, insert

from db import audit, custom, finding, following, ids, rows
from db.actors import Actor
from db.audit import Entry, Operation, Write
from db.base import Register, table_of
from db.changes import Values
from db.fields import Field
from db.registers import BY_NAME
from db.secrecy import Seals, for_json, unseal_json

OWN = ("id", "area_id", "created_at")
ENTRY = ("id", "write_id", "area_id", "register", "row_id", "verb", "before", "after")
OPERATION = ("op", "actor_id", "register", "row_id", "write_id")
HISTORY, OPERATIONS = table_of(Entry), table_of(Operation)


class Deed(NamedTuple):
    """One accepted change: the cells it wrote, as they were and as they became."""

    op: str
    verb: str
    register: str
    row_id: str
    area_id: str
    before: Values | None
    after: Values | None
    extra: Values | None = None  # as JSON has the cells of columns that users made, all of them


@dataclass(frozen=True)
class Occasion:
    """On whose behalf and from where a write is made."""

    actor: Actor
    source: str
    batch: str
    undoes: str | None = None
    reason: str | None = None


def store(
    conn: Connection,
    occasion: Occasion,
    deeds: list[Deed],
    registers: Mapping[str, Register] = BY_NAME,
    seals: Seals | None = None,
) -> int:
    """Writes everything; the version after it. Statements are few however many the deeds.

    `registers` are by name, with the fields that users made; `seals` what is sealed already.
    """
    now, write_id, actor_id = ids.now(), ids.new(), occasion.actor.id
    seals = Seals() if seals is None else seals
    rows.roomy(conn, len(deeds))
    # A look writes nothing but its history, and may be of what is no register: a whole report.
    written = [one for one in deeds if one.verb not in audit.LOOKS]
    for (name, verb, _), some in groupby(written, lambda one: _kind(one, registers[one.register])):
        put(conn, registers[name], verb, list(some), now, seals)
    rows.insert(conn, HISTORY, ENTRY, _entries(deeds, write_id, seals, registers))
    done = [(deed.op, actor_id, deed.register, deed.row_id, write_id) for deed in deeds]
    rows.insert(conn, OPERATIONS, OPERATION, done)
    following.follow(conn, deeds)
    seq = audit.tick(conn)  # last, so that other communities wait for little but this commit
    conn.execute(insert(Write), [_write(occasion, write_id, seq, now)])
    return seq


def _kind(deed: Deed, register: Register) -> tuple[str, str, tuple[str, ...]]:
    """Neighbours with the same of this are stored together, one kind after the other.

    A unique value may be free for one row only once another has given it up.
    """
    fields, names = register.fields, tuple(sorted(deed.after or ()))
    loose = not any(name in fields and fields[name].unique for name in names)
    return deed.register, deed.verb, () if deed.verb == "add" or loose else names


def put(
    conn: Connection, register: Register, verb: str, deeds: list[Deed], now: str, seals: Seals
) -> None:
    """The rows of deeds that are stored together, without their history."""
    table = register.table
    if verb == "add":
        cells = [_cells(deed) for deed in deeds]
        # One row has other cells than the next: of each, name those of all.
        names = [column.name for column in table.c if column.name not in OWN]
        own = [d.row_id for d in deeds], [d.area_id for d in deeds], [now] * len(deeds)
        kept = zip(*own, *columns(register, cells, names, seals), strict=True)
        rows.insert(conn, table, [*OWN, *names], list(kept))
        return
    gone = {} if verb == "change" else {"deleted_at": now if verb == "delete" else None}
    for known, row_ids, cells in _alike(deeds):
        same = [[value] * len(cells) for value in gone.values()]
        told = [name for name in known if name not in gone]
        names = [*told, *(name for name, one in _beside(register).items() if one.name in told)]
        kept = zip(*same, *columns(register, cells, names, seals), row_ids, strict=True)
        rows.update(conn, table, [*gone, *names], list(kept))


def _alike(deeds: list[Deed]) -> Iterator[tuple[list[str], list[str], list[Values]]]:
    """Columns, rows and their cells that fit into one statement each.

    A block is told cell by cell; each row is written once, those with the same columns at once.
    """
    whole: dict[str, Values] = {}
    for deed in deeds:
        whole.setdefault(deed.row_id, {}).update(_cells(deed))
    found: dict[tuple[str, ...], tuple[list[str], list[Values]]] = {}
    for row_id, cells in whole.items():
        row_ids, some = found.setdefault(tuple(cells), ([], []))
        row_ids.append(row_id)
        some.append(cells)
    for told, (row_ids, some) in found.items():
        yield list(told), row_ids, some


def _cells(deed: Deed) -> Values:
    """What goes into columns: those that users made share one."""
    cells = deed.after or {}
    if deed.extra is None or not any(map(custom.is_name, cells)):
        return cells
    own = {name: value for name, value in cells.items() if not custom.is_name(name)}
    return own | {custom.COLUMN: orjson.dumps(deed.extra).decode() if deed.extra else None}


def columns(
    register: Register, some: Sequence[Values], names: Iterable[str], seals: Seals
) -> Iterator[list[Any]]:
    """Column by column, the rows' cells as the table keeps them: the one place where they are
    sealed or derived."""
    beside, secret = _beside(register), _secret(register)
    for name in names:
        if name in beside:
            one = beside[name]
            yield finding.keys(one, [cells.get(one.name) for cells in some], seals)
        elif name in secret:
            sealing = seals[secret[name]]
            values = [cells.get(name) for cells in some]
            yield [None if value is None else sealing[value] for value in values]
        else:
            yield [cells.get(name) for cells in some]


def _beside(register: Register) -> dict[str, Field]:
    return finding.beside(register.fields)


def _secret(register: Register) -> dict[str, str]:
    """The columns that are sealed, and for what purpose each."""
    return {name: one.purpose for name, one in register.fields.items() if one.sensitive}


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


def _entries(
    deeds: list[Deed], write_id: str, seals: Seals, registers: Mapping[str, Register]
) -> list[tuple[Any, ...]]:
    """The rows of the history, their sensitive cells sealed."""
    secret = {
        name: [(one, seals[purpose]) for one, purpose in _secret(registers[name]).items()]
        if name in registers
        else []
        for name in {deed.register for deed in deeds}
    }
    return [
        (
            entry_id,
            write_id,
            deed.area_id,
            deed.register,
            deed.row_id,
            deed.verb,
            _json(deed.before, secret[deed.register]),
            _json(deed.after, secret[deed.register]),
        )
        for entry_id, deed in zip(ids.several(len(deeds)), deeds, strict=True)
    ]


def _json(cells: Values | None, secret: list[tuple[str, dict[str, bytes]]]) -> str | None:
    if cells is None:
        return None
    told = dict(cells)
    for name, sealing in secret:
        value = told.get(name)
        if value is not None:
            told[name] = for_json(sealing[value])
    return orjson.dumps(told).decode()


def opened(register: str, cells: Values | None) -> Values | None:
    """Cells of the history, in plain."""
    if cells is None:
        return None
    fields = BY_NAME[register].fields
    return {name: unseal_json(value, _purpose(fields, name)) for name, value in cells.items()}


def _purpose(fields: Mapping[str, Field], name: str) -> str:
    """Columns that users made are opened without being asked for: they may be gone."""
    return fields[name].purpose if name in fields else custom.PURPOSE
