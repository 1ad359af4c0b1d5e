"""Looks that are written down: behind a mask, and at whole registers that leave the house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine, select

from db import engine, ids, permissions, places
from db.actors import Actor
from db.audit import LOOKS, Entry, Write
from db.doors import storing
from db.doors.questions import Forbidden, Question
from db.doors.reading import columns, permitted, read, register_named
from db.doors.remembering import seen
from db.doors.storing import Deed, Occasion
from db.exports import Exported
from db.fields import Field
from db.kinds import TEXT
from db.parsers import Refused
from db.permissions import Sight

SHOWN = (Write.at, Write.actor_name, Entry.verb, Entry.register, Entry.row_id, Entry.area_id)
LEAST, RECENT = 2, 500  # signs of a reason; looks told at once
PURPOSE = Field(TEXT, "用途", longest=100)


@dataclass(frozen=True)
class Look:
    """One entry of the log: who looked at what, a row or a register of an area, and why."""

    when: str
    who: str
    verb: str
    register: str
    row_id: str
    area_id: str
    reason: str


def said(reason: str | None) -> str:
    """The reason as it is kept; raises Refused where there is none, or one that can't be kept."""
    if len((reason or "").strip()) < LEAST:
        raise Refused(f"请写明用途（至少 {LEAST} 个字），会记入历史")
    return str(PURPOSE.parse(reason))


def reveal(on: Engine, actor: Actor, register: str, row_id: str, name: str, reason: str) -> Any:
    """The whole value behind a mask; who looked and why goes into the history."""
    why = said(reason)
    with engine.writing(on) as conn:
        known = register_named(register)
        grant = permitted(conn, actor, "reveal", known)
        one = grant.fields.get(name)
        if one is None or not one.sensitive:
            raise Forbidden("这一列没有遮盖的内容")
        seen(conn, grant, row_id)
        table = known.table
        asked = select(grant.register.column(name), table.c.area_id).where(table.c.id == row_id)
        row = conn.execute(asked.where(table.c.deleted_at.is_(None))).one_or_none()
        if row is None:
            raise Forbidden("这一行不存在，或不在您的工作范围内")
        note(conn, actor, "reveal", Deed(ids.new(), "reveal", register, row_id, row.area_id,
                                          {name: None}, None), why)  # fmt: skip
        return row[0]


def export(
    on: Engine, actor: Actor, asked: Question, reason: str, names: Sequence[str] = ()
) -> Exported:
    """All rows of the question, in these columns (all that are seen where none are named).

    Who took it, why and how much goes into the history of the area before anything is given.
    """
    why = said(reason)
    about, fields, sights = columns(on, actor, asked.register, asked.area)
    shown = tuple(one for one in fields if not names or one.name in names)
    answer = read(on, actor, replace(asked, offset=0, limit=None))
    area = asked.area or actor.area_id
    words = f"{why}（{answer.total} {about.unit}）"
    with engine.writing(on) as conn:
        deed = Deed(ids.new(), "export", asked.register, area, area, None, None)
        note(conn, actor, "export", deed, words)
    return Exported(
        register=asked.register,
        area=area,
        seq=answer.seq,
        about=about,
        masked=frozenset(one.name for one in shown if sights[one.name] is Sight.MASKED),
        fields=shown,
        rows=answer.rows,
        labels=answer.labels,
        who=actor.name,
        moment=ids.now(),
        reason=why,
    )


def note(conn: Connection, actor: Actor, source: str, deed: Deed, why: str) -> None:
    """Writes down a look, which changes nothing."""
    storing.store(conn, Occasion(actor, source, ids.new(), reason=why), [deed])


def looks(on: Engine, actor: Actor, area: str) -> list[Look]:
    """The latest looks in an area and all below it, for roles that answer for it."""
    role = permissions.ROLE_BY_NAME.get(actor.role)
    with engine.reading(on) as conn:
        reach = set(places.below(conn, area)) & set(places.below(conn, actor.area_id))
        if role is None or not role.leads or not reach:
            raise Forbidden("您的角色不能查看这里的查看与导出记录")
        asked = select(*SHOWN, Write.reason).join(Write, Write.id == Entry.write_id)
        asked = asked.where(Entry.verb.in_(LOOKS), Entry.area_id.in_(sorted(reach)))
        found = conn.execute(asked.order_by(Write.seq.desc()).limit(RECENT)).all()
        return [Look(*row[:6], reason=row[6] or "") for row in found]
