"""Registers with the fields that users made for them, as far as somebody's work reaches."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Connection, select

from db import custom, places
from db.actors import Actor
from db.base import Register
from db.fields import Field
from db.kinds import CHOICES, TEXT
from db.registers import BY_NAME, columns
from db.registers.columns import CustomField

LONGEST = 500  # signs of a text
ROWS = BY_NAME[CustomField.__tablename__].table


def widened(conn: Connection, actor: Actor, register: Register) -> Register:
    """The register with every field made for rows in the actor's reach, or for places above it."""
    if register.made is not None or not register.extensible:
        return register
    kept = conn.get_execution_options().get("kept", {})
    key = "fields", actor.area_id
    if key not in kept:
        kept[key] = _fields(conn, actor)
    made = kept[key].get(register.name)
    return replace(register, made=tuple(made)) if made else _as_declared(register)


@cache
def _as_declared(register: Register) -> Register:
    """Asked for with nearly every question: its fields need not be gathered anew each time."""
    return replace(register, made=())


def _fields(conn: Connection, actor: Actor) -> dict[str, list[Field]]:
    """The fields that users made, by register."""
    rows = living(conn)
    found: dict[str, list[Field]] = {}
    tops = {row["area_id"] for row in rows} | {actor.area_id}
    reach = places.subtrees(conn, tops) if rows else {}
    for row in rows:
        if reach[row["area_id"]] & reach[actor.area_id]:
            name = columns.EXTENSIBLE[row["subject"]]
            found.setdefault(name, []).append(made(row, reach[row["area_id"]]))
    return found


def living(conn: Connection) -> list[dict[str, Any]]:
    """The rows that declare fields, the oldest first."""
    asked = select(ROWS).where(ROWS.c.deleted_at.is_(None))
    return [
        dict(row) for row in conn.execute(asked.order_by(ROWS.c.created_at, ROWS.c.id)).mappings()
    ]


def made(row: dict[str, Any], within: frozenset[str]) -> Field:
    """The Field that a row declares, for rows of these areas."""
    kind = columns.KINDS[row["kind"]]
    return Field(
        kind,
        row["name"],
        name=custom.name(row["id"]),
        sensitive=columns.is_masked(row),
        choices=columns.options(row["options"]),
        longest=LONGEST,
        multiline=kind is TEXT,
        help=row["help"] or "",
        width=180 if kind in (TEXT, CHOICES) else 120,
        within=within,
        roles=columns.meant_for(row),
    )
