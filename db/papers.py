"""Reports in the database: that one was taken, and templates in the place of the house's own.

A community's report takes the nearest template: its own, else its street's, and so on upwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import Engine, LargeBinary, String, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from db import ids, moments, permissions, places, secrecy
from db.actors import Actor
from db.base import Base
from db.doors.choosing import totals
from db.doors.looking import note, said
from db.doors.questions import Forbidden, Question
from db.doors.storing import Deed
from db.engine import reading, writing
from db.exports import REPORTS
from db.registers import BY_NAME

PURPOSE = "template"


class Template(Base):
    """One .docx; at most one of a kind in an area."""

    __tablename__ = "report_templates"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    area_id: Mapped[str] = mapped_column(String(36), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str]
    who: Mapped[str]
    at: Mapped[str] = mapped_column(String(27))
    content: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True)
class Kept:
    """A template as it was given, where, by whom and when."""

    area_id: str
    name: str
    who: str
    at: str
    content: bytes


def keep(on: Engine, actor: Actor, area: str, kind: str, name: str, content: bytes) -> None:
    """Puts it in the place of the one that the area had; raises Forbidden."""
    made: dict[str, Any] = {
        "id": ids.new(), "area_id": area, "kind": kind, "name": name[:200], "who": actor.name,
        "at": moments.text(moments.now()), "content": secrecy.seal_bytes(content, PURPOSE),
    }  # fmt: skip
    _replace(on, actor, area, kind, made)


def drop(on: Engine, actor: Actor, area: str, kind: str) -> None:
    """Back to the template above; raises Forbidden."""
    _replace(on, actor, area, kind, None)


def _replace(
    on: Engine, actor: Actor, area: str, kind: str, made: dict[str, object] | None
) -> None:
    with writing(on) as conn:
        # Who keeps what is published of a place also says how its reports look.
        grant = permissions.grant(conn, actor, "change", BY_NAME["communities"])
        if grant is None or not grant.covers(area):
            raise Forbidden("您的角色不能更换这里的报告模板")
        conn.execute(delete(Template).where(Template.area_id == area, Template.kind == kind))
        if made:
            conn.execute(insert(Template), [made])


def find(on: Engine, actor: Actor, area: str, kind: str) -> Kept | None:
    """The nearest template from the area upwards; None where the house's own holds."""
    with reading(on) as conn:
        if area not in places.below(conn, actor.area_id):
            return None
        upwards = [one for one, _, _ in reversed(places.path(conn, area))]
        asked = select(*COLUMNS).where(Template.kind == kind, Template.area_id.in_(upwards))
        found = {row.area_id: row for row in conn.execute(asked)}
    nearest = next((found[one] for one in upwards if one in found), None)
    if nearest is None:
        return None
    try:
        content = secrecy.unseal_bytes(nearest.content, PURPOSE)
    except InvalidTag:
        return None
    return Kept(nearest.area_id, nearest.name, nearest.who, nearest.at, content)


COLUMNS = (Template.area_id, Template.name, Template.who, Template.at, Template.content)


def note_taken(on: Engine, actor: Actor, area: str, title: str, reason: str) -> str:
    """Writes down that a report of an area leaves the house, before it does; the reason as kept.

    What stands in it has come out of the read door, each part by itself.
    """
    why = said(reason)
    with writing(on) as conn:
        if area not in places.below(conn, actor.area_id):
            raise Forbidden("没有这个区域，或它不在您的工作范围内")
        deed = Deed(ids.new(), "export", REPORTS, area, area, None, None)
        note(conn, actor, "export", deed, f"{why}（{title}）")
    return why


def counted(on: Engine, actor: Actor, asked: Question) -> dict[str, int]:
    """area → how many rows of the question it has; empty for who may not count them so."""
    try:
        return totals(on, actor, asked)
    except Forbidden:
        return {}
