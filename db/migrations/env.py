"""Alembic's entry: runs on the connection it is given (see db.migrate)."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from db import tables
from db.secrecy import Sealed


def render(kind: str, value: Any, autogen: Any) -> str | Literal[False]:
    """A sealed column is bytes to the database."""
    if kind == "type" and isinstance(value, Sealed):
        return "sa.LargeBinary()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.METADATA,
    render_as_batch=True,
    compare_type=True,
    render_item=render,
)
context.run_migrations()
