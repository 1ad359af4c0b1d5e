"""Batches that were written, as a person thinks of them: what was brought in, and by whom."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, select

from db import engine, permissions, places
from db.actors import Actor
from db.audit import Entry, Write
from db.doors.undoing import undone

RECENT = 20


@dataclass(frozen=True)
class Batch:
    """One import: when, by whom, into which register, how many rows; whether it was taken back."""

    id: str
    when: str
    who: str
    register: str
    rows: int
    undone: bool


def batches(on: Engine, actor: Actor, area: str, source: str) -> list[Batch]:
    """The latest batches of a source in an area that the actor may take back, latest first."""
    role = permissions.ROLE_BY_NAME.get(actor.role)
    with engine.reading(on) as conn:
        reach = set(places.below(conn, area)) & set(places.below(conn, actor.area_id))
        if role is None or not reach:
            return []
        asked = (
            select(Write.batch_id, func.min(Write.at), func.min(Write.actor_name),
                   func.max(Entry.register))
            .join(Entry, Entry.write_id == Write.id)
            .where(Write.source == source, Entry.area_id.in_(sorted(reach)))
            .group_by(Write.batch_id)
            .order_by(func.max(Write.seq).desc())
            .limit(RECENT)
        )  # fmt: skip
        if not role.leads:
            asked = asked.where(Write.actor_id == actor.id)
        found = conn.execute(asked).all()
        rows = _rows(conn, [batch for batch, *_ in found])
        return [Batch(*row, rows[row[0], row[3]], undone(conn, row[0])) for row in found]


def _rows(conn: Connection, ids: list[str]) -> dict[tuple[str, str], int]:
    """How many rows of each register a batch wrote: residents bring new households with them."""
    asked = (
        select(Write.batch_id, Entry.register, func.count())
        .join(Entry, Entry.write_id == Write.id)
        .where(Write.batch_id.in_(ids))
        .group_by(Write.batch_id, Entry.register)
    )
    return {(batch, register): count for batch, register, count in conn.execute(asked)}
