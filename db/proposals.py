"""What data say of who belongs to a target group: proposed to a person, never assumed.

Only what is sure is proposed: of a birth date known by its year, the whole year must fit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func

from db.registers.people import MOVED_IN, Resident

Fits = Callable[[str], ColumnElement[bool]]


@dataclass(frozen=True)
class Rule:
    """A group by its id: who `fits` on a day and by what `basis`, who no longer does and why."""

    group: str
    basis: str = ""
    fits: Fits | None = None
    why: str = ""
    left: Fits | None = None


def _born(day: str, years: int) -> str:
    """The last birthday on which somebody is so old on the day."""
    return f"{int(day[:4]) - years}{day[4:]}"


def at_least(years: int) -> Fits:
    """So old even if born on the last day that the date allows."""
    birth = Resident.birth_date
    latest = birth + func.substr("0000-12-31", func.length(birth) + 1)
    return lambda day: latest <= _born(day, years)


def under(years: int) -> Fits:
    """Younger even if born on the first day that the date allows."""
    return lambda day: Resident.birth_date > _born(day, years)


def _all(*parts: Fits) -> Fits:
    return lambda day: and_(*(part(day) for part in parts))


CHILD, OLD = 16, 65
GROWN = f"已满 {CHILD} 周岁"
RULES = (
    Rule("elderly", f"已满 {OLD} 周岁", at_least(OLD), "未满 60 周岁", under(60)),
    Rule("children", f"未满 {CHILD} 周岁", under(CHILD), GROWN, at_least(CHILD)),
    Rule(
        "empty_nest_elderly",
        f"独居，已满 {OLD} 周岁",
        _all(at_least(OLD), lambda day: Resident.lives_alone.is_(True)),
        f"未满 {OLD} 周岁",
        under(OLD),
    ),
    Rule(
        "migrant_children",
        f"流入，未满 {CHILD} 周岁",
        _all(under(CHILD), lambda day: Resident.status == MOVED_IN),
        GROWN,
        at_least(CHILD),
    ),
    Rule("left_behind_children", why=GROWN, left=at_least(CHILD)),
    Rule("children_of_prisoners", why="已满 18 周岁", left=at_least(18)),
    Rule("troubled_youth", why="已满 26 周岁", left=at_least(26)),
)
