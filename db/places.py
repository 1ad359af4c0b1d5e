"""The tree of areas: what lies below a place, and the way up from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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


def subtrees(conn: Connection, tops: Iterable[str]) -> dict[str, frozenset[str]]:
    """Of each place what `below` says, by one query however many they are."""
    living = select(Area.id, Area.area_id).where(Area.deleted_at.is_(None))
    known = {row.id: row.area_id for row in conn.execute(living)}
    inside: dict[str, list[str]] = {}
    for area_id, above in known.items():
        if area_id != above:
            inside.setdefault(above, []).append(area_id)
    return {top: frozenset(_under(top, inside) if top in known else ()) for top in tops}


def _under(top: str, inside: dict[str, list[str]]) -> Iterator[str]:
    yield top
    for one in inside.get(top, ()):
        yield from _under(one, inside)


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
