"""The tree of areas: what lies below a place, and the way up from it."""

from __future__ import annotations

from sqlalchemy import Connection, Select, bindparam, select

from db import ids
from db.registers.places import Area


def _below() -> Select[tuple[str]]:
    tree = select(Area.id).where(Area.id == bindparam("top"), Area.deleted_at.is_(None))
    found = tree.cte("below", recursive=True)
    child = select(Area.id).where(
        Area.area_id == found.c.id, Area.id != Area.area_id, Area.deleted_at.is_(None)
    )
    return select(found.union_all(child).c.id)


BELOW = _below()  # made once: every call of a door asks it


def below(conn: Connection, area_id: str) -> tuple[str, ...]:
    """`area_id` and every living area in its subtree; empty when there is no such area."""
    if not ids.sound(area_id):
        return ()
    kept = conn.get_execution_options().get("kept", {})
    if area_id not in kept:
        kept[area_id] = tuple(conn.scalars(BELOW, {"top": area_id}))
    return kept[area_id]


def path(conn: Connection, area_id: str) -> tuple[tuple[str, str, str], ...]:
    """(id, name, level) from the root down to `area_id`."""
    steps: list[tuple[str, str, str]] = []
    here: str | None = area_id
    while here is not None and len(steps) < 8:  # a tree of places is never deeper
        row = conn.execute(
            select(Area.id, Area.name, Area.level, Area.area_id).where(Area.id == here)
        ).one_or_none()
        if row is None:
            break
        steps.append((row.id, row.name, row.level))
        here = None if row.area_id == row.id else row.area_id
    return tuple(reversed(steps))
