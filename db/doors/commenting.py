"""Comments on cells: what they may be about, and how many wait on the cells of some rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, Engine, exists, select

from db import engine, permissions
from db.actors import Actor
from db.audit import Entry, Write
from db.changes import Change, Values
from db.doors.labels import chunks
from db.doors.pointing import Key
from db.permissions import Grant, Sight
from db.registers import BY_NAME
from db.registers.comments import Comment

MOST = 5000  # comments told of at once
COMMENTS = Comment.__tablename__
Marks = dict[str, int | None]
Subjects = dict[Key, tuple[str, Grant]]


def subjects(conn: Connection, actor: Actor, changes: Sequence[Change]) -> Subjects:
    """The living rows that additions are about and the actor may read, each with its area."""
    wanted: dict[str, set[str]] = {}
    for change in changes:
        after = change.after or {}
        if change.register == COMMENTS and after.get("subject") in BY_NAME:
            wanted.setdefault(after["subject"], set()).add(str(after.get("subject_id")))
    found: Subjects = {}
    for name, row_ids in wanted.items():
        grant = permissions.grant(conn, actor, "read", BY_NAME[name])
        if grant is None or grant.register.about.attached:
            continue
        table = grant.register.table
        mine = select(table.c.id, table.c.area_id).where(table.c.deleted_at.is_(None), grant.rows())
        for part in chunks(row_ids):
            for row_id, area_id in conn.execute(mine.where(table.c.id.in_(part))):
                found[name, row_id] = (area_id, grant)
    return found


def problem(written: Values, area: str, there: Subjects) -> tuple[str, str] | None:
    """Why a comment may not stand where it says, and the column that says so."""
    place, grant = there.get((written["subject"], written["subject_id"]), ("", None))
    if grant is None or place != area:
        return "要批注的这一行不存在，或不在您的工作范围内", "subject_id"
    one = grant.fields.get(written["subject_field"])
    if one is None:
        return "要批注的这一列不存在，或您不能查看它", "subject_field"
    if grant.sight(one) is not Sight.PLAIN:
        return f"“{one.label}”已遮盖，不能批注", "subject_field"
    return None


def marks(on: Engine, actor: Actor, register: str, row_ids: Iterable[str]) -> Marks:
    """<row id>/<field> → how many comments on the cell wait; 0 where all of them are done."""
    wanted = list(row_ids)
    with engine.reading(on) as conn:
        return _waiting(conn, actor, register, Comment.subject_id.in_(wanted)) if wanted else {}


def _waiting(conn: Connection, actor: Actor, register: str, those: ColumnElement[bool]) -> Marks:
    here = (Comment.subject == register, Comment.deleted_at.is_(None), those)
    # Most pages have none: who may see which takes longer to say than to ask for all of them.
    grant = _about(conn, actor, register) if conn.scalar(select(exists().where(*here))) else None
    if grant is None:
        return {}
    found = select(Comment.subject_id, Comment.subject_field, Comment.done).where(*here)
    waiting: Marks = {}
    for row_id, name, done in conn.execute(found.where(grant.rows())):
        key = f"{row_id}/{name}"
        waiting[key] = (waiting.get(key) or 0) + (not done)
    return waiting


def _about(conn: Connection, actor: Actor, register: str) -> Grant | None:
    """What may be read of the comments on one register's rows, without a word on all others."""
    grant = permissions.grant(conn, actor, "read", BY_NAME[COMMENTS])
    its = [one for one in grant.subjects if one.register.name == register] if grant else []
    return replace(grant, subjects=tuple(its)) if grant else None


def news(conn: Connection, actor: Actor, register: str, since: int) -> Marks:
    """The marks of the cells that were commented on after `since`; None: no comment is left."""
    entries = select(Entry.row_id).join(Write, Write.id == Entry.write_id).limit(MOST)
    told = conn.scalars(entries.where(Write.seq > since, Entry.register + "" == COMMENTS)).all()
    grant = _about(conn, actor, register) if told else None
    if grant is None:
        return {}
    cells = select(Comment.subject_id, Comment.subject_field).distinct()
    cells = cells.where(Comment.id.in_(told), Comment.subject == register, grant.rows())
    touched = conn.execute(cells).all()
    if not touched:
        return {}
    rows = Comment.subject_id.in_({row_id for row_id, _ in touched})
    now = _waiting(conn, actor, register, rows)
    return {key: now.get(key) for key in (f"{row_id}/{name}" for row_id, name in touched)}
