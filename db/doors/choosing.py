"""What may stand in a cell: the rows to refer to; and how many rows each area has."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, Select, func, select

from db import engine
from db.actors import Actor
from db.base import Register
from db.changes import Values
from db.doors import labels, ordering, questions
from db.doors.questions import Forbidden, Question, filtered
from db.doors.reading import permitted, register_named, scope

FEW, MOST = 20, 2000


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
        base = filtered(grant, Question(target.name), reach)
        chosen = base.with_only_columns(table.c.id, *(table.c[n] for n in target.about.names))
        first = next((n for n in target.about.names if not target.fields[n].refers), None)
        if first is None:
            return _worded(conn, actor, target, chosen, q)
        chosen = chosen.where(questions.named(grant, q))
        place = ordering.ordering(target, target.fields[first])
        found = conn.execute(chosen.order_by(place, table.c.id).limit(FEW)).mappings()
        words = labels.texts(conn, actor, target, map(dict, found))
        return [{"id": row_id, "label": said} for row_id, said in words.items()]


def _worded(
    conn: Connection, actor: Actor, target: Register, chosen: Select[Any], q: str
) -> list[Values]:
    """Of rows that only other rows name: those of whose words every word of `q` is a part."""
    found = conn.execute(chosen.order_by(target.table.c.id.desc()).limit(MOST)).mappings()
    words = labels.texts(conn, actor, target, map(dict, found))
    good = [one for one in words.items() if all(word in one[1] for word in q.split())]
    return [{"id": row_id, "label": said} for row_id, said in good[:FEW]]


def totals(on: Engine, actor: Actor, asked: Question) -> dict[str, int]:
    """area → how many rows of the question it has."""
    with engine.reading(on) as conn:
        register = register_named(asked.register)
        grant = permitted(conn, actor, "count", register)
        if asked.where or asked.q:  # a narrow count would point at a person
            grant = permitted(conn, actor, "read", register)
        table = grant.register.table
        base = filtered(grant, asked, scope(conn, grant, asked.area))
        counted = select(base.add_columns(table.c.area_id).subquery().c.area_id, func.count())
        found = conn.execute(counted.group_by("area_id")).all()
        return {row[0]: row[1] for row in found}
