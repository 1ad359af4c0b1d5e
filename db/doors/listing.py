"""What stands in a column, each value with its count: the choices of a filter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, String, cast, func, select

from db import engine, permissions
from db.actors import Actor
from db.changes import Values
from db.doors import comparing, labels, questions
from db.doors.questions import Question, filtered, visible
from db.doors.reading import permitted, register_named, scope
from db.fields import Field
from db.kinds import CHOICES, YES_NO
from db.permissions import Grant
from db.registers import BY_NAME

MOST = 200
YES = {True: "是", False: "否"}
Counts = list[tuple[Any, int]]


@dataclass(frozen=True)
class Listing:
    """{value, label, count} of the commonest values, None for empty cells; `more`: not all."""

    values: list[Values]
    more: bool


def distinct(on: Engine, actor: Actor, asked: Question, name: str, search: str = "") -> Listing:
    """The values of one column in the question's rows, the commonest first.

    With `search` those alone whose text, pinyin or label fits. Of a cell with several choices
    each counts. Raises Forbidden where the column may not be seen plain.
    """
    with engine.reading(on) as conn:
        grant = permitted(conn, actor, "read", register_named(asked.register))
        field = visible(grant, name)
        base = filtered(grant, asked, scope(conn, grant, asked.area))
        found = _counts(conn, actor, grant, field, base, search.strip())
        words = _words(conn, actor, field, (value for value, _ in found[:MOST]))
        shown = [{"value": v, "label": words[v], "count": n} for v, n in found[:MOST]]
        return Listing(shown, len(found) > MOST)


def _counts(
    conn: Connection, actor: Actor, grant: Grant, field: Field, base: Select[Any], search: str
) -> Counts:
    """Some more than are shown, the commonest first."""
    column = grant.register.column(field.name)
    counted = base.with_only_columns(column, func.count()).group_by(column)
    counted = counted.order_by(func.count().desc(), column)
    if field.kind is CHOICES or field.kind is YES_NO:
        return _few(field, conn.execute(counted).all(), search)
    if search:
        counted = counted.where(_fits(conn, actor, grant, field, search))
    return [(value, count) for value, count in conn.execute(counted.limit(MOST + 1))]


def _few(field: Field, found: Iterable[Any], search: str) -> Counts:
    """Choices one by one; these are few enough to be looked at here."""
    counts: Counter[Any] = Counter()
    for value, count in found:
        for one in value.split("、") if isinstance(value, str) else [value]:
            counts[one] += count
    return [(one, n) for one, n in counts.most_common() if search in YES.get(one, str(one or ""))]


def _fits(
    conn: Connection, actor: Actor, grant: Grant, field: Field, search: str
) -> ColumnElement[bool]:
    column = grant.register.column(field.name)
    if field.refers:
        target = permissions.grant(conn, actor, "read", BY_NAME[field.refers])
        if target is None:
            return column.is_(None)
        there = target.register.table
        return column.in_(select(there.c.id).where(target.rows(), questions.named(target, search)))
    if field.found_by:
        return questions.found(grant, [field], search)
    return comparing.contains(cast(column, String), search)


def _words(conn: Connection, actor: Actor, field: Field, values: Iterable[Any]) -> dict[Any, str]:
    """What stands for each value on the screen; nothing for empty cells."""
    there = [value for value in values if value is not None]
    words: dict[Any, str] = YES if field.kind is YES_NO else {}
    if field.refers:
        words = labels.named(conn, actor, BY_NAME[field.refers], there)
        return {None: "", **{value: words.get(value, "") for value in there}}
    return {None: "", **{value: words.get(value, str(value)) for value in there}}
