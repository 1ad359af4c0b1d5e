"""In which order rows come: names by their pinyin, other texts by their signs, empty cells last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from db import finding
from db.base import Register
from db.doors.questions import visible
from db.fields import Field
from db.permissions import Grant


@dataclass(frozen=True)
class Key:
    """One column to sort by; `gaps`: it may be empty; `spelled`: it is a name's pinyin."""

    column: Any
    falling: bool
    gaps: bool
    spelled: bool


def keys(grant: Grant, sort: tuple[str, ...]) -> list[Key]:
    """Those that are asked for; raises Forbidden where a column is not seen in plain."""
    found = []
    for name in sort:
        field = visible(grant, name.removeprefix("-"))
        column, falling = ordering(grant.register, field), name.startswith("-")
        found.append(Key(column, falling, not field.required, is_spelled(field)))
    return found


def order(
    grant: Grant, sort: tuple[str, ...], *, turned: bool = False, aloof: bool = False
) -> list[Any]:
    """The order asked for, ids deciding between equals; or all of it turned.

    `aloof` keeps to no index: to walk one from end to end is worse than to sort what a filter
    leaves.
    """
    there, row_id = keys(grant, sort), grant.register.table.c.id
    if not (aloof and is_indexed(there)):
        return parts(there, row_id, turned=turned)
    apart = [replace(key, column=key.column + "") for key in there]
    return parts(apart, row_id + "", turned=turned)


def parts(sorted_by: Sequence[Key], row_id: Any, *, turned: bool = False) -> list[Any]:
    """The same as SQL. Ids follow the names' direction, so that one index gives both; where none
    gives the order, they are compared as bytes, which is far quicker."""
    found: list[Any] = []
    down = turned
    for key in sorted_by:
        falling = key.falling != turned
        down = falling if key.spelled else turned
        part = key.column.desc() if falling else key.column.asc()
        if key.gaps:
            part = part.nulls_first() if turned else part.nulls_last()
        found.append(part)
    last = row_id if is_indexed(sorted_by) else ByteWise(row_id)
    return [*found, last.desc() if down else last]


def is_indexed(sorted_by: Sequence[Key]) -> bool:
    """Whether an index has the rows of one place in this order."""
    return len(sorted_by) <= 1 and all(key.spelled for key in sorted_by)


def is_spelled(field: Field) -> bool:
    """Whether its pinyin stands beside it."""
    return field.found_by in ("person", "pinyin")


def ordering(register: Register, field: Field) -> ColumnElement[Any]:
    """What a field's rows are ordered by."""
    if is_spelled(field):
        return register.table.c[finding.column_name(field, field.name)]
    column = register.column(field.name)
    return ByteWise(column) if isinstance(column.type, String) else column


class ByteWise(FunctionElement[Any]):
    """A text ordered by its signs' numbers on every database, which is also the fastest."""

    inherit_cache = True


@compiles(ByteWise)
def _as_it_is(element: ByteWise, compiler: Any, **options: Any) -> str:
    return str(compiler.process(element.clauses, **options))


@compiles(ByteWise, "postgresql")
def _without_language(element: ByteWise, compiler: Any, **options: Any) -> str:
    return f'({compiler.process(element.clauses, **options)}) COLLATE "C"'
