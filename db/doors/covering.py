"""Coverage through the read door: the figures, and the names behind each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Select, case, func, select

from db import engine, permissions
from db.actors import Actor
from db.doors import labels
from db.doors.questions import Forbidden
from db.doors.reading import permitted, register_named, scope
from db.indicators import BY_NAME, Indicator
from db.parsers import CONTROL, short
from db.permissions import Grant
from db.registers.people import HOUSEHOLD, Group

SMALL = 5  # below it a figure points at persons; hidden from those who see only figures


@dataclass(frozen=True)
class Figure:
    """n of N members of a group in an area; both None where the figure is too small to show."""

    area_id: str
    group_id: str
    n: int | None
    N: int | None


@dataclass(frozen=True)
class People:
    """The ids behind a figure and their labels; `unit` 人 (residents) or 户 (households)."""

    served: tuple[str, ...]
    unserved: tuple[str, ...]
    labels: dict[str, str]
    unit: str


def indicator_named(name: str) -> Indicator:
    """The indicator, or a sentence that there is none of this name."""
    if name not in BY_NAME:
        raise Forbidden(f"没有名为{short(name)}的指标，现有：" + "、".join(BY_NAME))
    return BY_NAME[name]


def figures(
    on: Engine, actor: Actor, indicator: str, day: str, area: str | None = None
) -> list[Figure]:
    """n/N of every group in every community in reach, groups with no member left out."""
    known = indicator_named(indicator)
    with engine.reading(on) as conn:
        within, groups = _reach(conn, actor, known, area)
        veil = _sees_no_names(conn, actor, known)
        found = conn.execute(_counted(known, day, within, groups))
        raw = [Figure(row.area_id, row.group_id, row.n, row.N) for row in found]
        return [_veiled(one) for one in raw] if veil else raw


def _reach(
    conn: Connection, actor: Actor, indicator: Indicator, area: str | None
) -> tuple[tuple[str, ...], Select[str]]:
    """The areas and the groups that the actor may count."""
    grants = [permitted(conn, actor, "count", register_named(name)) for name in indicator.reads]
    asked = scope(conn, grants[0], area)
    areas = tuple(sorted(grants[0].areas)) if asked is None else asked
    return areas, _groups(permitted(conn, actor, "read", register_named("groups")))


def _groups(grant: Grant) -> Select[str]:
    return select(Group.id).where(grant.rows(), Group.deleted_at.is_(None))


def _counted(
    indicator: Indicator, day: str, areas: tuple[str, ...], groups: Select[str]
) -> Select[str, str, int, int]:
    flagged = indicator.members(day).add_columns(indicator.served(day).label("served")).subquery()
    served = case((flagged.c.served, flagged.c.subject))
    return (
        select(
            flagged.c.area_id,
            flagged.c.group_id,
            func.count(served.distinct()).label("n"),
            func.count(flagged.c.subject.distinct()).label("N"),
        )
        .where(flagged.c.area_id.in_(areas), flagged.c.group_id.in_(groups))
        .group_by(flagged.c.area_id, flagged.c.group_id)
    )


def _sees_no_names(conn: Connection, actor: Actor, indicator: Indicator) -> bool:
    reads = (register_named(name) for name in indicator.reads)
    return any(permissions.grant(conn, actor, "read", one) is None for one in reads)


def _veiled(figure: Figure) -> Figure:
    n, total = figure.n or 0, figure.N or 0
    if total and total < SMALL:
        return Figure(figure.area_id, figure.group_id, None, None)
    if 0 < n < SMALL or 0 < total - n < SMALL:
        return Figure(figure.area_id, figure.group_id, None, total)
    return figure


def people(on: Engine, actor: Actor, indicator: str, group: str, day: str, area: str) -> People:
    """The members of a group (its id or its name) in an area, served and not."""
    known = indicator_named(indicator)
    with engine.reading(on) as conn:
        within, groups = _reach(conn, actor, known, area)
        for name in known.reads:
            permitted(conn, actor, "read", register_named(name))
        group_id, unit = _group(conn, groups, CONTROL.sub("", group))
        served, unserved = _split(conn, known, group_id, day, within)
        about = register_named("households" if unit == HOUSEHOLD else "residents")
        words = labels.named(conn, actor, about, [*served, *unserved])
        return People(served, unserved, words, unit)


def _group(conn: Connection, groups: Select[Any], named: str) -> tuple[str, str]:
    """The id of the group that has this id or else this name, and whether it counts 人 or 户."""
    meant = (Group.id == named) | (Group.name == named)
    rows = conn.execute(select(Group.id, Group.subject).where(Group.id.in_(groups), meant)).all()
    found = [row for row in rows if row.id == named] or rows
    if len(found) != 1:
        several = f"有 {len(found)} 个服务对象类别名为{short(named)}，请用编号"
        raise Forbidden(several if found else f"没有名为{short(named)}的服务对象类别")
    return found[0].id, found[0].subject


def _split(
    conn: Connection, indicator: Indicator, group: str, day: str, areas: Iterable[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The distinct subjects, those served and those not, in the order of their ids."""
    flagged = indicator.members(day).add_columns(indicator.served(day).label("served")).subquery()
    rows = conn.execute(
        select(flagged.c.subject, func.max(case((flagged.c.served, 1), else_=0)).label("served"))
        .where(flagged.c.group_id == group, flagged.c.area_id.in_(tuple(areas)))
        .group_by(flagged.c.subject)
        .order_by(flagged.c.subject)
    ).all()
    served = tuple(row.subject for row in rows if row.served)
    return served, tuple(row.subject for row in rows if not row.served)
