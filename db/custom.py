"""Cells of columns that users made: how they are named, kept as JSON beside the others, and read.

A column's key in the JSON is the id of the row that declares it, which no later column can have:
one that is made again under an old name finds no values there.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Boolean, ColumnElement, String, Text, cast, type_coerce
from sqlalchemy.types import TypeDecorator

from db import secrecy

if TYPE_CHECKING:
    from db.fields import Field

COLUMN = "extra"  # of the tables that have room for such cells
PREFIX = "x_"  # no declared field's name begins so
PURPOSE = "extra"  # what sensitive ones are sealed for


class SealedText(TypeDecorator[str]):
    """A sealed text inside a JSON column, plain in Python; never written by SQL."""

    impl = Text
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        return None if value is None else secrecy.unseal(base64.b64decode(value), PURPOSE)


def name(row_id: str) -> str:
    """The field's name of the column that this row declares."""
    return f"{PREFIX}{row_id}"


def is_name(field: str) -> bool:
    """Whether a field of this name is one that a user made."""
    return field.startswith(PREFIX)


def cell(extra: Any, field: Field) -> ColumnElement[Any]:
    """The SQL of a cell, of the type that its kind has in a column of its own."""
    found = extra[field.name.removeprefix(PREFIX)]
    if field.sensitive:
        return type_coerce(found.as_string(), SealedText())
    kept = field.kind.sql()
    if isinstance(kept, Boolean):
        return found.as_boolean()
    text: ColumnElement[Any] = found.as_string()
    return text if isinstance(kept, String) else cast(text, kept)


def kept(
    before: Mapping[str, Any] | None, cells: Mapping[str, Any], fields: Mapping[str, Field]
) -> dict[str, Any]:
    """The JSON of a row after these cells are written into it: what they do not name stays."""
    after = dict(before or {})
    for field, value in cells.items():
        if not is_name(field):
            continue
        key = field.removeprefix(PREFIX)
        after.pop(key, None)
        if value is not None:
            after[key] = _sealed(value) if fields[field].sensitive else value
    return after


def _sealed(value: str) -> str:
    return base64.b64encode(secrecy.seal(value, PURPOSE)).decode()
