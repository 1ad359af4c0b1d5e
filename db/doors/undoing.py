"""Undo: the inverse changes of a batch, through the write door like any others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Engine, select

from db import engine, ids, permissions, widening
from db.actors import Actor
from db.audit import LOOKS, Entry, Write
from db.changes import Change, Outcome, Values, Written
from db.doors.labels import chunks
from db.doors.questions import Forbidden
from db.doors.storing import opened
from db.doors.writing import write
from db.registers import BY_NAME


def undo(on: Engine, actor: Actor, batch: str, *, op: str | None = None) -> Written:
    """Takes the batch back; undoing the batch that this makes is the redo.

    One's own, or anybody's in the area for a role that leads; never what founded the database.

    Cells that somebody has changed since come back as conflicts and stay as they are.
    With the same `op` again nothing more is done and the same is answered.
    """
    op = op or ids.new()
    if not (ids.sound(batch) and ids.sound(op)):
        raise Forbidden("没有找到这批改动")
    with engine.reading(on) as conn:
        if not _repeated(conn, actor, op) and undone(conn, batch):
            raise Forbidden("这批改动已经撤销过了")
        inverse = _inverse(conn, actor, batch, op)
        if not inverse:
            raise Forbidden("没有找到这批改动")
        shown = {change.op for change in inverse}
        if _is_merge(conn, batch):  # what needs a clearance moved along unseen, and moves back so
            actor = replace(actor, clearance=True)
            inverse = _inverse(conn, actor, batch, op)
    # The batch that an undo makes has the name of its op, so that repeating it is the same.
    written = write(on, actor, inverse, source="undo", batch=op, undoes=batch)
    return replace(written, outcomes=tuple(_told(written.outcomes, shown)))


def _is_merge(conn: Connection, batch: str) -> bool:
    """Whether the batch made two rows one, or took that back, or did it again."""
    asked = select(Write.source, Write.undoes).where(Write.batch_id == batch).limit(1)
    source, undoes = conn.execute(asked).one()
    return bool(source == "merge" or (undoes and _is_merge(conn, undoes)))


def _told(outcomes: Iterable[Outcome], shown: set[str]) -> Iterator[Outcome]:
    """Of rows that the actor may not see it is said only that one was left alone."""
    for one in outcomes:
        if one.op in shown:
            yield one
        elif one.status != "applied":
            yield Outcome(one.op, one.status, None, reason="一条须专门授权才能看的记录后来又改过")


def _repeated(conn: Connection, actor: Actor, op: str) -> bool:
    mine = select(Write.id).where(Write.batch_id == op, Write.actor_id == actor.id)
    return conn.execute(mine.limit(1)).first() is not None


def undone(conn: Connection, batch: str) -> bool:
    """Whether an undo of the batch stands, that is, was not itself undone."""
    undoing = conn.scalars(select(Write.batch_id).where(Write.undoes == batch).distinct())
    return any(not undone(conn, one) for one in undoing.all())


def _inverse(conn: Connection, actor: Actor, batch: str, op: str) -> list[Change]:
    """What would take each entry of the batch back, the last one first.

    Only entries that the actor may take back, of rows that the actor may see.
    """
    entries = select(
        Entry.register, Entry.row_id, Entry.area_id, Entry.verb, Entry.before, Entry.after
    )
    entries = entries.join(Write, Write.id == Entry.write_id).where(Write.batch_id == batch)
    role = permissions.ROLE_BY_NAME.get(actor.role)
    if role is None or not role.leads:
        entries = entries.where(Write.actor_id == actor.id)
    # What a database was founded with is no batch of anybody's day.
    entries = entries.where(Write.source != "init", Entry.verb.not_in(LOOKS))
    found = conn.execute(entries.order_by(Write.seq.desc(), Entry.id.desc())).all()
    seen = _seen(conn, actor, {(row.register, row.row_id) for row in found})
    known = {name: _known(conn, actor, name) for name, _ in seen}
    return [
        _swapped(row._mapping, f"{op}:{place}", known[row.register])
        for place, row in enumerate(found)
        if (row.register, row.row_id) in seen
    ]


def _seen(conn: Connection, actor: Actor, keys: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of the rows, deleted or not, that the actor may read."""
    seen: set[tuple[str, str]] = set()
    for name in {register for register, _ in keys}:
        grant = permissions.grant(conn, actor, "read", BY_NAME[name])
        if grant is None:
            continue
        for part in chunks(row_id for register, row_id in keys if register == name):
            column = grant.register.table.c.id
            found = conn.scalars(select(column).where(column.in_(part), grant.rows()))
            seen |= {(name, row_id) for row_id in found}
    return seen


def _known(conn: Connection, actor: Actor, register: str) -> set[str]:
    return {"area_id", *widening.widened(conn, actor, BY_NAME[register]).fields}


def _swapped(entry: Any, op: str, known: set[str]) -> Change:
    """Cells of columns that users made and deleted since stay with the columns, unless there is
    nothing else to take back: then it is said that the column is gone."""
    register, row_id = entry["register"], entry["row_id"]
    before, after = (_there(opened(register, entry[side]), known) for side in ("before", "after"))
    if entry["verb"] == "delete":
        return Change(register, row_id, None, {**(before or {}), "area_id": entry["area_id"]}, op)
    if entry["verb"] == "change":
        return Change(register, row_id, after, before, op)
    return Change(register, row_id, after, None, op)


def _there(cells: Values | None, known: set[str]) -> Values | None:
    if cells is None:
        return None
    left = {name: value for name, value in cells.items() if name in known}
    return left or cells
