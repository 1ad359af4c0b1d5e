"""The rows behind a mark of a chart, read, searched and taken out like any others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Select, case, func, select

from db import engine
from db.actors import Actor
from db.doors import looking, reading
from db.doors.covering import REGISTER, groups_told, marked, register_of
from db.doors.questions import Condition, Question
from db.doors.reading import Answer
from db.exports import Exported


@dataclass(frozen=True)
class Mark:
    """One side of a figure: a group (its id; empty: the whole community) of an indicator on a
    day, looking back to `first` or as far as the indicator does.

    `register` is whose rows are wanted where a group has people and homes among its members.
    """

    indicator: str
    group: str
    day: str
    area: str
    served: bool
    first: str | None = None
    register: str = ""


def behind(
    on: Engine,
    actor: Actor,
    mark: Mark,
    where: tuple[Condition, ...] = (),
    q: str = "",
    limit: int | None = 200,
) -> Answer:
    """The rows of one side that fit, at most `limit`, with the number of all of them.

    Raises Forbidden for who sees figures only.
    """
    return reading.read(on, actor, _question(on, actor, mark, where, q, limit))


def take_behind(
    on: Engine, actor: Actor, mark: Mark, where: tuple[Condition, ...], q: str, reason: str
) -> Exported:
    """The same rows as they leave the house: that they were taken, and why, is kept."""
    return looking.export(on, actor, _question(on, actor, mark, where, q, None), reason)


def _question(
    on: Engine, actor: Actor, mark: Mark, where: tuple[Condition, ...], q: str, limit: int | None
) -> Question:
    with engine.reading(on) as conn:
        known, rows = marked(
            conn, actor, mark.indicator, mark.group, mark.day, mark.area, mark.first
        )
        own = register_of(conn, known, groups_told(conn, actor), mark.group)
        register = mark.register if own in REGISTER.values() and mark.register else own
    side = Condition("id", "in", _side(rows, mark.served))
    return Question(register, mark.area, (side, *where), q, limit=limit)


def _side(rows: Select[Any], served: bool) -> Select[Any]:
    """Each subject once: who is served in one of its rows is served."""
    flagged = rows.subquery()
    most = func.max(case((flagged.c.served, 1), else_=0))
    return select(flagged.c.subject).group_by(flagged.c.subject).having(most == int(served))
