"""What may stand in a cell: rows to refer to, and the distinct values of a column with counts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, and_, false, func, or_, select

from db import engine
from db.actors import Actor
from db.changes import Values
from db.doors import labels
from db.doors.questions import Forbidden, Question, filtered, visible
from db.doors.reading import permitted, register_named, scope
from db.parsers import CONTROL

FEW = 20


def choices(
    on: Engine, actor: Actor, register: str, name: str, area: str, q: str = ""
) -> list[Values]:
    """Up to 20 rows that a reference may point at, as {id, label}, best matches of `q`."""
    with engine.reading(on) as conn:
        field = permitted(conn, actor, "read", register_named(register)).fields.get(name)
        if field is None or not field.refers:
            raise Forbidden("这一列不是从别的台账中选的")
        target = register_named(field.refers)
        grant = permitted(conn, actor, "read", target)
        asked = None if target.about.public else area
        reach = scope(conn, grant, asked)
        table = target.table
        named = [n for n in target.about.names if not target.fields[n].refers]
        words = [
            or_(false(), *(table.c[n].icontains(word, autoescape=True) for n in named))
            for word in CONTROL.sub(" ", q).split()[:4]
        ]
        base = filtered(grant, Question(target.name), reach).where(and_(True, *words))
        chosen = base.with_only_columns(table.c.id, *(table.c[n] for n in target.about.names))
        found = conn.execute(chosen.order_by(table.c[named[0]], table.c.id).limit(FEW)).mappings()
        return [{"id": row["id"], "label": labels.text(target, row)} for row in found]


def distinct(on: Engine, actor: Actor, asked: Question, name: str) -> list[tuple[Any, int]]:
    """The values of one column in the question's rows with how many rows have each."""
    with engine.reading(on) as conn:
        grant = permitted(conn, actor, "read", register_named(asked.register))
        column = grant.register.table.c[visible(grant, name).name]
        base = filtered(grant, asked, scope(conn, grant, asked.area))
        counted = base.with_only_columns(column, func.count()).group_by(column)
        found = conn.execute(counted.order_by(func.count().desc(), column).limit(500))
        return [(value, count) for value, count in found]


def totals(on: Engine, actor: Actor, asked: Question) -> dict[str, int]:
    """area → how many rows of the question it has."""
    with engine.reading(on) as conn:
        register = register_named(asked.register)
        if asked.where or asked.q:
            permitted(conn, actor, "read", register)  # a narrow count would point at a person
        grant = permitted(conn, actor, "count", register)
        table = grant.register.table
        base = filtered(grant, asked, scope(conn, grant, asked.area))
        counted = select(base.add_columns(table.c.area_id).subquery().c.area_id, func.count())
        found = conn.execute(counted.group_by("area_id")).all()
        return {row[0]: row[1] for row in found}
