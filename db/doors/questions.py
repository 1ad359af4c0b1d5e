"""A question to the read door, as data, and its SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, String, Table, and_, false, func, or_, select

from db import ids
from db.fields import Field
from db.kinds import TEXT
from db.parsers import CONTROL, Refused, short
from db.permissions import Grant, Sight

OPS = ("eq", "in", "contains", "empty", "filled", "from", "to")
LONGEST = 100  # signs of one word to look for


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
        raise Forbidden(f"“{grant.register.about.label}”没有{short(name)}这一列，或您不能查看它")
    if grant.sight(field) is not Sight.PLAIN:
        raise Forbidden(f"“{field.label}”已遮盖，不能按它查找、筛选或排序")
    return field


def condition(grant: Grant, asked: Condition) -> ColumnElement[bool]:
    """The SQL of one filter; raises Forbidden or Refused with a sentence."""
    if asked.field in ("id", "area_id"):
        wanted = _several(asked.op, asked.value)
        return grant.register.table.c[asked.field].in_([one for one in wanted if ids.sound(one)])
    field = visible(grant, asked.field)
    column = grant.register.table.c[asked.field]
    return _compare(column, field, asked.op, asked.value)


def _compare(column: Any, field: Field, op: str, value: Any) -> ColumnElement[bool]:
    if op == "empty":
        return _empty(column, field)
    if op == "filled":
        return column.is_not(None)
    if op == "contains":
        if not isinstance(column.type, String):
            raise Refused(f"“{field.label}”不能按其中的文字筛选")
        return column.icontains(CONTROL.sub("", str(value))[:LONGEST], autoescape=True)
    if op in ("from", "to"):
        bound = field.parse(value)
        if bound is None or field.kind.editor not in ("number", "date"):
            raise Refused(f"“{field.label}”不能按这个范围筛选")
        return column >= bound if op == "from" else column <= bound
    return _among(column, field, _several(op, value))


def _several(op: str, value: Any) -> list[Any]:
    if op == "eq":
        return [value]
    if op == "in" and isinstance(value, list | tuple):
        return list(value)
    raise Refused(f"没有{short(op)}这种筛选方式，或给它的值不对")


def _among(column: Any, field: Field, values: list[Any]) -> ColumnElement[bool]:
    """One of the values; an empty one stands for an empty cell."""
    parsed = [None if value in (None, "") else field.parse(value) for value in values]
    wanted = [value for value in parsed if value is not None]
    here: ColumnElement[bool] = column == wanted[0] if len(wanted) == 1 else column.in_(wanted)
    return or_(here, _empty(column, field)) if None in parsed else here


def _empty(column: Any, field: Field) -> ColumnElement[bool]:
    return or_(column.is_(None), column == "") if field.kind is TEXT else column.is_(None)


def search(grant: Grant, q: str) -> ColumnElement[bool]:
    """Every word of `q` stands in some field that is searched and seen plain."""
    table = grant.register.table
    inside = [
        table.c[name]
        for name, field in grant.fields.items()
        if field.search and grant.sight(field) is Sight.PLAIN
    ]
    words = [word[:LONGEST] for word in CONTROL.sub(" ", q).split()[:8]]
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
