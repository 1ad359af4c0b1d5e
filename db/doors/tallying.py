"""Sums and counts through the read door: rows grouped in SQL, so that no page adds up thousands."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Engine, func, select

from db import engine
from db.actors import Actor
from db.changes import Values
from db.doors import labels
from db.doors.questions import Forbidden, Question, filtered, visible
from db.doors.reading import permitted, register_named, scope
from db.parsers import Refused

SMALL = 5  # of what only its handler reads, fewer are not told


@dataclass(frozen=True)
class Sums:
    """`rows`: the cells that are grouped by, `count`, and where asked for `sum`, `first`, `last`.

    `labels` are the words of the ids among the cells.
    """

    rows: list[Values]
    labels: dict[str, str] = field(default_factory=dict)


def tally(
    on: Engine, actor: Actor, asked: Question, by: tuple[str, ...], total: str = "", day: str = ""
) -> Sums:
    """The question's rows counted for each combination of the cells `by`, none for all of them.

    `total` names a column to be summed, `day` one whose first and last are told; offset, limit
    and order of the question do not count. Raises Forbidden where a column is hidden or masked.
    """
    register = register_named(asked.register)
    with engine.reading(on) as conn:
        grant = permitted(conn, actor, "read", register)
        for name in (*by, *filter(None, (total, day))):
            visible(grant, name)
        if total and grant.fields[total].kind.editor != "number":
            raise Refused(f"“{grant.fields[total].label}”不是数，不能合计")
        groups = [grant.register.column(name).label(name) for name in by]
        wanted = [*groups, func.count().label("count")]
        if total:
            wanted.append(func.coalesce(func.sum(grant.register.column(total)), 0).label("sum"))
        if day:
            column = grant.register.column(day)
            wanted += [func.min(column).label("first"), func.max(column).label("last")]
        base = filtered(grant, asked, scope(conn, grant, asked.area))
        found = conn.execute(base.with_only_columns(*wanted).group_by(*groups)).mappings()
        rows = [dict(row) for row in found]
        return Sums(rows, labels.of(conn, actor, register, rows))


def outcomes(
    on: Engine, actor: Actor, register: str, area: str | None = None
) -> dict[str, int | None]:
    """How many rows of a register that handlers keep to themselves came out how, for who counts.

    Fewer than five are None: they would point at somebody's; where only one is so small, the next
    one is None too, since the number of all is told.
    """
    known = register_named(register)
    if not known.about.outcome:
        raise Forbidden(f"“{known.about.label}”没有可以公开的分类件数")
    with engine.reading(on) as conn:
        grant = permitted(conn, actor, "count", known)
        column = known.table.c[known.about.outcome]
        base = filtered(grant, Question(register, area), scope(conn, grant, area))
        rows = base.add_columns(column.label("outcome")).subquery()
        asked = select(rows.c.outcome, func.count()).group_by(rows.c.outcome)
        counted = {row[0]: row[1] for row in conn.execute(asked)}
    return _veiled({one: counted.get(one, 0) for one in known.fields[column.name].choices})


def _veiled(counted: dict[str, int]) -> dict[str, int | None]:
    small = {one for one, count in counted.items() if 0 < count < SMALL}
    others = sorted((count, one) for one, count in counted.items() if count and one not in small)
    if len(small) == 1 and others:
        small.add(others[0][1])
    return {one: None if one in small else count for one, count in counted.items()}
