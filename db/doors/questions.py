"""A question to the read door, as data, and its SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, false, func, or_, select

from db.fields import Field
from db.kinds import TEXT
from db.parsers import CONTROL, Refused
from db.permissions import Grant, Sight

OPS = ("eq", "in", "contains", "empty", "filled", "from", "to")


class Forbidden(Exception):
    """What was asked is not this actor's to ask; the message is a sentence for the user."""


@dataclass(frozen=True)
class Condition:
    """One filter: `field` is a field's name or `id`; `op` one of OPS."""

    field: str
    op: str = "eq"
    value: Any = None


@dataclass(frozen=True)
class Question:
    """Which rows of a register: in an area and all below it, filtered, searched, sorted, paged.

    `sort` names fields, `-` before one turns it round. `as_of` is the moment of a former
    answer: rows made or deleted since then do not shift the offsets.
    """

    register: str
    area: str | None = None
    where: tuple[Condition, ...] = ()
    q: str = ""
    sort: tuple[str, ...] = ()
    offset: int = 0
    limit: int | None = 100
    as_of: str | None = None


def visible(grant: Grant, name: str) -> Field:
    """The field, if its plain value may be asked about; a mask must not be probed."""
    field = grant.fields.get(name)
    if field is None:
        raise Forbidden(f"“{grant.register.about.label}”没有“{name}”这一列，或您不能查看它")
    if grant.sight(field) is not Sight.PLAIN:
        raise Forbidden(f"“{field.label}”已遮盖，不能按它查找、筛选或排序")
    return field


def condition(grant: Grant, asked: Condition) -> ColumnElement[bool]:
    """The SQL of one filter; raises Forbidden or Refused with a sentence."""
    if asked.field in ("id", "area_id"):
        column = grant.register.table.c[asked.field]
        values = asked.value if asked.op == "in" else [asked.value]
        return column.in_([CONTROL.sub("", str(value)) for value in values])
    field = visible(grant, asked.field)
    column = grant.register.table.c[asked.field]
    return _compare(column, field, asked.op, asked.value)


def _compare(column: Any, field: Field, op: str, value: Any) -> ColumnElement[bool]:
    if op == "empty" or (op == "eq" and value in (None, "")):
        return or_(column.is_(None), column == "") if field.kind is TEXT else column.is_(None)
    if op == "filled":
        return column.is_not(None)
    if op == "in" and isinstance(value, list | tuple):
        chosen = [_compare(column, field, "eq", one) for one in value]
        return or_(false(), *chosen)
    if op == "contains":
        return column.icontains(CONTROL.sub("", str(value)), autoescape=True)
    if op in ("from", "to"):
        bound = field.parse(value)
        return column >= bound if op == "from" else column <= bound
    if op == "eq":
        return column == field.parse(value)
    raise Refused(f"没有“{op}”这种筛选方式")


def search(grant: Grant, q: str) -> ColumnElement[bool]:
    """Every word of `q` stands in some field that is searched and seen plain."""
    table = grant.register.table
    inside = [
        table.c[name]
        for name, field in grant.fields.items()
        if field.search and grant.sight(field) is Sight.PLAIN
    ]
    words = CONTROL.sub(" ", q).split()[:8]
    return and_(*(or_(false(), *(c.icontains(w, autoescape=True) for c in inside)) for w in words))


def order(grant: Grant, sort: tuple[str, ...]) -> list[ColumnElement[Any]]:
    """The order asked for, empty cells last, ids deciding between equals."""
    table = grant.register.table
    parts: list[ColumnElement[Any]] = []
    for name in sort:
        column = table.c[visible(grant, name.lstrip("-")).name]
        parts += [column.is_(None), column.desc() if name.startswith("-") else column.asc()]
    return [*parts, table.c.id]


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
