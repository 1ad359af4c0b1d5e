"""What was: the history of a row, what others changed since, a look behind a mask."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, select

from db import audit, engine, ids
from db.actors import Actor
from db.audit import Entry, Write
from db.changes import Values
from db.doors import labels, storing
from db.doors.questions import Forbidden
from db.doors.reading import cells, permitted, register_named, scope, shown_rows, shown_values
from db.doors.storing import Deed, Occasion
from db.doors.undoing import opened
from db.parsers import Refused, text
from db.permissions import Grant

MANY = 1000  # changed rows after which asking for all of them anew is cheaper


@dataclass(frozen=True)
class News:
    """What changed after a seq: rows as they are now, ids of rows that are gone, by whom.

    `reset`: too much changed to be told row by row; ask anew.
    """

    seq: int
    rows: list[Values] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    by: dict[str, dict[str, str]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    reset: bool = False


def history(on: Engine, actor: Actor, register: str, row_id: str) -> list[Values]:
    """Every change of a row, the latest first, each cell as the actor may see it."""
    with engine.reading(on) as conn:
        known = register_named(register)
        grant = permitted(conn, actor, "read", known)
        _seen(conn, grant, row_id)
        entries = select(Entry.verb, Entry.before, Entry.after, *WRITE_COLUMNS)
        entries = entries.join(Write, Write.id == Entry.write_id)
        entries = entries.where(Entry.register == register, Entry.row_id == row_id)
        found = conn.execute(entries.order_by(Write.seq.desc(), Entry.id.desc())).mappings()
        shown = [_shown(grant, register, dict(row)) for row in found]
        sides = [side for entry in shown for side in (entry["before"], entry["after"]) if side]
        words = labels.of(conn, actor, known, sides)
        return [{**entry, "labels": words} for entry in _open(grant, shown, words)]


def _open(grant: Grant, entries: list[Values], words: dict[str, str]) -> list[Values]:
    """The entries, the latest first, as far back as the row needed no clearance that is lacking.

    A membership may have changed its group: what was said of it before is not everybody's.
    """
    if grant.cleared or grant.register.about.open_rows is None:
        return entries
    refers = [name for name, one in grant.register.fields.items() if one.refers]
    for place, entry in enumerate(entries):
        before = entry["before"] or {}
        if any(before.get(name) and before[name] not in words for name in refers):
            return [*entries[:place], {**entry, "before": {}}]
    return entries


WRITE_COLUMNS = (
    Write.batch_id.label("batch"),
    Write.actor_name.label("who"),
    Write.at.label("when"),
    Write.source,
    Write.reason,
)


def _seen(conn: Connection, grant: Grant, row_id: str) -> None:
    """Raises when the row, deleted or not, is none that the grant shows."""
    table = grant.register.table
    mine = select(table.c.id).where(table.c.id == row_id, grant.rows())
    if not ids.sound(row_id) or conn.execute(mine).first() is None:
        raise Forbidden("这一行不存在，或不在您的工作范围内")


def _shown(grant: Grant, register: str, entry: Values) -> Values:
    for side in ("before", "after"):
        cells = opened(register, entry[side])
        entry[side] = None if cells is None else shown_values(grant, cells)
    return entry


def feed(on: Engine, actor: Actor, register: str, area: str | None, since: int) -> News:
    """What changed in the register after `since`, one's own changes included."""
    with engine.reading(on) as conn:
        seq = audit.seq(conn)
        known = register_named(register)
        grant = permitted(conn, actor, "read", known)
        reach = scope(conn, grant, area)
        if since >= seq:
            return News(seq)
        changed = _changed(conn, register, since)
        if changed is None:
            return News(seq, reset=True)
        return _news(conn, actor, grant, reach, changed, seq) if changed else News(seq)


def _changed(conn: Connection, register: str, since: int) -> dict[str, dict[str, str]] | None:
    """row id → who last changed it and when; None where it is too much to tell."""
    entries = select(Entry.row_id, Write.actor_name, Write.at).join(Write)
    entries = entries.where(Write.seq > since, Entry.register == register)
    entries = entries.where(Entry.verb != "reveal").order_by(Write.seq).limit(MANY * 5)
    found = conn.execute(entries).all()
    last = {row_id: {"who": who, "when": at} for row_id, who, at in found}
    return None if len(last) > MANY or len(found) == MANY * 5 else last


def _news(
    conn: Connection,
    actor: Actor,
    grant: Grant,
    reach: tuple[str, ...] | None,
    changed: dict[str, dict[str, str]],
    seq: int,
) -> News:
    table = grant.register.table
    mine: list[ColumnElement[bool]] = [table.c.id.in_(list(changed)), grant.rows()]
    if reach is not None:
        mine.append(table.c[grant.register.about.scope].in_(reach))
    found = conn.execute(select(*cells(grant), table.c.deleted_at).where(*mine)).mappings().all()
    gone = [row["id"] for row in found if row["deleted_at"]]
    rows = shown_rows(grant, (row for row in found if not row["deleted_at"]))
    for row in rows:
        del row["deleted_at"]
    by = {row["id"]: changed[row["id"]] for row in found}
    return News(seq, rows, gone, by, labels.of(conn, actor, grant.register, rows))


def reveal(on: Engine, actor: Actor, register: str, row_id: str, name: str, reason: str) -> Any:
    """The whole value behind a mask; who looked and why goes into the history."""
    why = (reason or "").strip()
    if len(why) < 2:
        raise Refused("请写明查看的理由（至少 2 个字），会记入历史")
    with engine.writing(on) as conn:
        known = register_named(register)
        grant = permitted(conn, actor, "reveal", known)
        one = grant.fields.get(name)
        if one is None or not one.sensitive:
            raise Forbidden("这一列没有遮盖的内容")
        _seen(conn, grant, row_id)
        table = known.table
        asked = select(table.c[name], table.c.area_id).where(table.c.id == row_id)
        row = conn.execute(asked.where(table.c.deleted_at.is_(None))).one_or_none()
        if row is None:
            raise Forbidden("这一行不存在，或不在您的工作范围内")
        deed = Deed(ids.new(), "reveal", register, row_id, row.area_id, {name: None}, None)
        storing.store(conn, Occasion(actor, "reveal", ids.new(), reason=text(why, one)), [deed])
        return row[0]
