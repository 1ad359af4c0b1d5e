"""A question to the read door, as data, and its SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, false, func, or_, select

from db import finding, ids, pinyin
from db.doors import comparing
from db.fields import Field
from db.parsers import CONTROL, short
from db.permissions import Grant, Sight


class Forbidden(Exception):
    """What was asked is not this actor's to ask; the message is a sentence for the user."""


@dataclass(frozen=True)
class Condition:
    """One filter: `field` is a field's name or `id`; `op` one of comparing.OPS."""

    field: str
    op: str = "eq"
    value: Any = None


@dataclass(frozen=True)
class Question:
    """Which rows of a register: in an area and all below it, filtered, searched, sorted, paged.

    `sort` names fields, `-` before one turns it round. `as_of` is the moment of a former
    answer: rows made or deleted since then do not shift the offsets; `total` is its number of
    rows, so that they are not counted again.
    """

    register: str
    area: str | None = None
    where: tuple[Condition, ...] = ()
    q: str = ""
    sort: tuple[str, ...] = ()
    offset: int = 0
    limit: int | None = 100
    as_of: str | None = None
    total: int | None = None


def visible(grant: Grant, name: str) -> Field:
    """The field, if its plain value may be asked about; a mask must not be probed."""
    field = grant.fields.get(name)
    if field is None:
        raise Forbidden(f"“{grant.register.about.label}”没有{short(name)}这一列，或您不能查看它")
    if grant.sight(field) is not Sight.PLAIN:
        raise Forbidden(f"“{field.label}”已遮盖，不能按它查找、筛选或排序")
    return field


def condition(grant: Grant, asked: Condition) -> ColumnElement[bool]:
    """The SQL of one filter; raises Forbidden or Refused with a sentence."""
    if isinstance(asked.value, Select):  # of a door's own making: nothing that is sent is one
        return grant.register.table.c[asked.field].in_(asked.value)
    if asked.field in ("id", "area_id"):
        wanted = comparing.several(asked.op, asked.value)
        return grant.register.table.c[asked.field].in_([one for one in wanted if ids.sound(one)])
    field = visible(grant, asked.field)
    column = grant.register.column(asked.field)
    return comparing.compare(column, field, asked.op, asked.value)


def search(grant: Grant, q: str) -> ColumnElement[bool]:
    """Every word of `q` is found in some field that may be searched."""
    return found(grant, grant.fields.values(), q)


def named(grant: Grant, q: str) -> ColumnElement[bool]:
    """Every word of `q` is found in some field that names the rows."""
    fields = [grant.register.fields[name] for name in grant.register.about.names]
    return found(grant, (replace(one, search=True) for one in fields if not one.refers), q)


def found(grant: Grant, fields: Iterable[Field], q: str) -> ColumnElement[bool]:
    """Every word of `q` is found in one of the fields, in one of the ways that each has."""
    within = list(fields)
    words = [word[: comparing.LONGEST] for word in CONTROL.sub(" ", q).split()[:8]]
    return and_(True, *(or_(false(), *_found(grant, within, word)) for word in words))


def _found(grant: Grant, fields: Iterable[Field], word: str) -> Iterator[ColumnElement[bool]]:
    """The ways in which a word can be found in the fields, as far as the actor sees them."""
    for field in fields:
        if field.search and grant.sight(field) is Sight.PLAIN:
            yield comparing.contains(grant.register.column(field.name), word)
        if field.found_by:
            yield from _beside(grant, field, word)


def _beside(grant: Grant, field: Field, word: str) -> Iterator[ColumnElement[bool]]:
    """By what stands beside the field: its pinyin where it is seen, its tail where that is."""
    beside = grant.register.table.c[finding.column_name(field, field.name)]
    if field.found_by == "tail":
        # Exactly what the mask shows; a longer end would take off the mask digit by digit.
        if len(word) == finding.TAIL and word.isascii() and word[:-1].isdigit():
            yield beside == finding.sealed(word.upper(), field.kind)
    elif grant.sight(field) is Sight.PLAIN and (typed := pinyin.typed(word)):
        yield beside.contains(typed, autoescape=True)


def alive(table: Table, as_of: str | None) -> ColumnElement[bool]:
    """Rows that are there now, or were there at `as_of`."""
    if as_of is None:
        return table.c.deleted_at.is_(None)
    not_gone = or_(table.c.deleted_at.is_(None), table.c.deleted_at > as_of)
    return and_(table.c.created_at <= as_of, not_gone)


def filtered(grant: Grant, asked: Question, areas: tuple[str, ...] | None) -> Select[Any]:
    """The rows of the question, neither ordered nor paged, as a SELECT of their ids."""
    table = grant.register.table
    statement = select(table.c.id).where(grant.rows(), alive(table, asked.as_of))
    if areas is not None:
        scope = table.c[grant.register.about.scope]
        statement = statement.where(scope == areas[0] if len(areas) == 1 else scope.in_(areas))
    for one in asked.where:
        statement = statement.where(condition(grant, one))
    return statement.where(search(grant, asked.q)) if asked.q.strip() else statement


def counted(statement: Select[Any]) -> Select[Any]:
    """How many rows the statement has."""
    return select(func.count()).select_from(statement.subquery())
