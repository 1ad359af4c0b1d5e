"""Registers with the fields that users made for them, as far as somebody's work reaches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
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
    key = "fields", register.name, actor.area_id
    if key not in kept:
        kept[key] = tuple(_fields(conn, actor, register))
    return replace(register, made=kept[key])


def _fields(conn: Connection, actor: Actor, register: Register) -> Iterable[Field]:
    own = frozenset(places.below(conn, actor.area_id))
    for row in living(conn, register):
        within = frozenset(places.below(conn, row["area_id"]))
        if within & own:
            yield made(row, within)


def living(conn: Connection, register: Register) -> list[dict[str, Any]]:
    """The rows that declare fields of the register, the oldest first."""
    asked = select(ROWS).where(ROWS.c.deleted_at.is_(None), ROWS.c.subject == _label(register))
    return [
        dict(row) for row in conn.execute(asked.order_by(ROWS.c.created_at, ROWS.c.id)).mappings()
    ]


def _label(register: Register) -> str:
    return next(label for label, name in columns.EXTENSIBLE.items() if name == register.name)


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
    )
