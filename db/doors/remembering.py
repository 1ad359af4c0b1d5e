"""What was: the history of a row, what others changed since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from sqlalchemy import ColumnElement, Connection, Engine, select

from db import audit, engine, ids
from db.actors import Actor
from db.audit import LOOKS, Entry, Write
from db.changes import Values
from db.doors import commenting, labels
from db.doors.commenting import Marks
from db.doors.questions import Condition, Forbidden, Question, filtered
from db.doors.reading import cells, permitted, register_named, scope, shown_rows, shown_values
from db.doors.storing import opened
from db.parsers import short
from db.permissions import Grant

MANY = 1000  # changed rows after which asking for all of them anew is cheaper


@dataclass(frozen=True)
class News:
    """What changed after a seq: rows as they are now, ids of rows that are gone, by whom.

    `reset`: too much changed to be told row by row; ask anew. `comments`: see `commenting.news`.
    """

    seq: int
    rows: list[Values] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    by: dict[str, Values] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    reset: bool = False
    comments: Marks = field(default_factory=dict)


@dataclass(frozen=True)
class Span:
    """Which part of a history: of one field, older than an entry, so many at most."""

    field: str | None = None
    before: str | None = None
    limit: int | None = None


def history(
    on: Engine, actor: Actor, register: str, row_id: str, span: Span | None = None
) -> list[Values]:
    """Every change of a row, the latest first, each cell as the actor may see it."""
    with engine.reading(on) as conn:
        known = register_named(register)
        grant = permitted(conn, actor, "read", known)
        seen(conn, grant, row_id)
        entries = select(Entry.verb, Entry.before, Entry.after, *WRITE_COLUMNS, Entry.id)
        entries = entries.join(Write, Write.id == Entry.write_id)
        entries = entries.where(Entry.register == register, Entry.row_id == row_id)
        ordered = entries.order_by(Write.seq.desc(), Entry.id.desc())
        found = [dict(row) for row in conn.execute(ordered).mappings()]
        sides = [side for entry in found for side in (entry["before"], entry["after"]) if side]
        words = labels.of(conn, actor, known, sides)
        # What is closed is closed for whoever asks for older entries only, too.
        asked = _spanned(grant, _open(grant, found, words), span or Span())
        return [{**_shown(grant, register, entry), "labels": words} for entry in asked]


def _spanned(grant: Grant, entries: list[Values], span: Span) -> list[Values]:
    if span.field is not None:
        if span.field not in grant.fields:
            raise Forbidden(f"没有{short(span.field)}这一列，或您不能查看它")
        entries = [e for e in entries if any(span.field in (e[s] or {}) for s in SIDES)]
    if span.before is not None:
        # Ids are made in the order of the entries only within a write: the place counts.
        place = next((n for n, one in enumerate(entries) if one["id"] == span.before), len(entries))
        entries = entries[place + 1 :]
    return entries[: span.limit]


SIDES = ("before", "after")


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


def seen(conn: Connection, grant: Grant, row_id: str) -> None:
    """Raises when the row, deleted or not, is none that the grant shows."""
    table = grant.register.table
    mine = select(table.c.id).where(table.c.id == row_id, grant.rows())
    if not ids.sound(row_id) or conn.execute(mine).first() is None:
        raise Forbidden("这一行不存在，或不在您的工作范围内")


def _shown(grant: Grant, register: str, entry: Values) -> Values:
    for side in SIDES:
        cells = opened(register, entry[side])
        entry[side] = None if cells is None else shown_values(grant, cells)
    return entry


def feed(on: Engine, actor: Actor, register: str, area: str | None, since: int) -> News:
    """What changed in the register after `since`, one's own changes included."""
    with engine.reading(on) as conn:
        seq, permitted_at, asked = audit.seq(conn), engine.remembered(on), (actor, register, area)
        if since >= seq and permitted_at.get(asked) == seq:
            return News(seq)  # it was permitted at this version, so it still is
        known = register_named(register)
        grant = permitted(conn, actor, "read", known)
        reach = scope(conn, grant, area)
        if len(permitted_at) >= MANY:
            permitted_at.clear()
        permitted_at[asked] = seq
        if since >= seq:
            return News(seq)
        changed = _changed(conn, actor, register, since)
        if changed is None:
            return News(seq, reset=True)
        told = _news(conn, actor, grant, reach, changed, seq) if changed else News(seq)
        return replace(told, comments=commenting.news(conn, actor, register, since))


def _changed(conn: Connection, actor: Actor, register: str, since: int) -> dict[str, Values] | None:
    """row id → who last changed it, when, was it the actor; None where it is too much to tell."""
    entries = select(Entry.row_id, Write.actor_name, Write.at, Write.actor_id).join(Write)
    # Not by the index of registers: it would lead through all that was ever written of this one.
    entries = entries.where(Write.seq > since, Entry.register + "" == register)
    entries = entries.where(Entry.verb.not_in(LOOKS)).order_by(Write.seq).limit(MANY * 5)
    found = conn.execute(entries).all()
    last = {
        row_id: {"who": who, "when": at, "mine": by == actor.id} for row_id, who, at, by in found
    }
    return None if len(last) > MANY or len(found) == MANY * 5 else last


def _news(
    conn: Connection,
    actor: Actor,
    grant: Grant,
    reach: tuple[str, ...] | None,
    changed: dict[str, Values],
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


def within(
    on: Engine, actor: Actor, register: str, area: str | None, wanted: Iterable[str]
) -> set[str]:
    """Those of the rows that the actor may see and that lie in the area."""
    sought = [row_id for row_id in wanted if ids.sound(row_id)]
    if not sought:
        return set()
    asked = Question(register, area, where=(Condition("id", "in", sought),), limit=None)
    with engine.reading(on) as conn:
        grant = permitted(conn, actor, "read", register_named(register))
        return set(conn.scalars(filtered(grant, asked, scope(conn, grant, area))))
