"""Figures through the read door, and the names behind each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, case, func, select, true

from db import dates, engine, permissions
from db.actors import Actor
from db.doors import labels
from db.doors.questions import Forbidden
from db.doors.reading import permitted, register_named, scope
from db.exports import SMALL
from db.indicators import BY_NAME, Indicator
from db.parsers import CONTROL, Refused, short
from db.permissions import Grant
from db.registers.people import HOUSEHOLD, PERSON, Group
from db.registers.settings import STARS, Setting, value
from db.spans import Span

REGISTER = {PERSON: "residents", HOUSEHOLD: "households"}  # of what a group counts


@dataclass(frozen=True)
class Figure:
    """n of N in an area: of a group, or of the whole community where `group_id` is empty.

    Both are None where the figure is too small to show.
    """

    area_id: str
    group_id: str
    n: float | None
    N: float | None


@dataclass(frozen=True)
class People:
    """The ids behind a figure and their labels; what they are (`register`), counted by `unit`."""

    served: tuple[str, ...]
    unserved: tuple[str, ...]
    labels: dict[str, str]
    unit: str
    register: str


def indicator_named(name: str) -> Indicator:
    """The indicator, or a sentence that there is none of this name."""
    if name not in BY_NAME:
        raise Forbidden(f"没有名为{short(name)}的指标，现有：" + "、".join(BY_NAME))
    return BY_NAME[name]


def figures(
    on: Engine,
    actor: Actor,
    indicator: str,
    day: str,
    area: str | None = None,
    first: str | None = None,
) -> list[Figure]:
    """n/N of every group in every community in reach, groups with no member left out.

    The figure of a day looks back as far as the indicator does, or to `first`.
    """
    known = indicator_named(indicator)
    with engine.reading(on) as conn:
        span = spanned(conn, known, day, first)
        within, groups = reach(conn, actor, known, area)
        veil = sees_no_names(conn, actor, known)
        found = conn.execute(counted(known, span, within, groups))
        raw = [Figure(row.area_id, row.group_id, whole(row.n), whole(row.whole)) for row in found]
        return [veiled(one, known) for one in raw] if veil else raw


def spanned(conn: Connection, known: Indicator, day: str, first: str | None) -> Span:
    """The days that are asked for; raises Refused where the first is after the last."""
    if first and first > day:
        raise Refused(f"开始日期 {first} 晚于结束日期 {day}，请核对")
    return decided(conn, known, known.span(day, first))


def decided(conn: Connection, known: Indicator, span: Span) -> Span:
    """The span with what the city has decided that the indicator depends on."""
    if not known.starred:
        return span
    said = select(Setting.value).where(Setting.item == STARS.name, Setting.deleted_at.is_(None))
    rows = [{"item": STARS.name, "value": one} for one in conn.scalars(said.order_by(Setting.id))]
    return replace(span, star=value(rows, STARS)[0])


def whole(amount: float | None) -> float:
    """A number without a fraction as an integer, another to two decimals."""
    return int(amount or 0) if float(amount or 0).is_integer() else round(float(amount or 0), 2)


def reach(
    conn: Connection, actor: Actor, indicator: Indicator, area: str | None
) -> tuple[tuple[str, ...], Select[Any]]:
    """The areas and the groups that the actor may count."""
    grants = [permitted(conn, actor, "count", register_named(name)) for name in indicator.reads]
    asked = scope(conn, grants[0], area)
    areas = tuple(sorted(grants[0].areas)) if asked is None else asked
    return areas, _groups(permitted(conn, actor, "read", register_named("groups")))


def _groups(grant: Grant) -> Select[str]:
    return select(Group.id).where(grant.rows(), Group.deleted_at.is_(None))


def counted(
    indicator: Indicator, span: Span, areas: Iterable[str], groups: Select[Any] | None
) -> Select[Any]:
    """area_id, group_id, n, whole (N, which SQLite takes for n); of all groups without `groups`."""
    if indicator.totals is None:
        return _tallied(indicator, span, tuple(areas), groups)
    quick = indicator.quick_totals if _ends_today(span) else None
    found = (quick or indicator.totals)(span).subquery()
    return select(found.c.area_id, found.c.group_id, found.c.n, found.c.whole).where(
        found.c.area_id.in_(tuple(areas))
    )


def _tallied(
    indicator: Indicator, span: Span, areas: tuple[str, ...], groups: Select[Any] | None
) -> Select[Any]:
    """n and N as numbers of subjects, each counted once."""
    rows = _rows(indicator, span).subquery()
    served = case((rows.c.served, rows.c.subject))
    # Who belongs to a group twice stands in it twice, but once among the standings.
    if indicator.quick is not None and _ends_today(span):
        n, total = func.count(served), func.count()
    else:
        n, total = func.count(served.distinct()), func.count(rows.c.subject.distinct())
    seen = rows.c.group_id.in_(groups) if indicator.grouped and groups is not None else true()
    return (
        select(rows.c.area_id, rows.c.group_id, n.label("n"), total.label("whole"))
        .where(rows.c.area_id.in_(areas), seen)
        .group_by(rows.c.area_id, rows.c.group_id)
    )


def _rows(indicator: Indicator, span: Span) -> Select[Any]:
    quick = indicator.quick if _ends_today(span) else None
    return (quick or indicator.rows)(span)


def _ends_today(span: Span) -> bool:
    return span.last >= dates.today().isoformat()


def sees_no_names(conn: Connection, actor: Actor, indicator: Indicator) -> bool:
    """Whether the actor may know figures only."""
    reads = (register_named(name) for name in indicator.reads)
    given = (permissions.grant(conn, actor, "read", one) for one in reads)
    return any(one is None or one.bound for one in given)


def veiled(figure: Figure, indicator: Indicator) -> Figure:
    """The figure as it may be told to who sees no names."""
    n, total = figure.n or 0, figure.N or 0
    if total and total < SMALL:
        return Figure(figure.area_id, figure.group_id, None, None)
    rest = total - n if indicator.totals is None else 0
    if 0 < n < SMALL or 0 < rest < SMALL:
        return Figure(figure.area_id, figure.group_id, None, figure.N)
    return figure


def people(
    on: Engine,
    actor: Actor,
    indicator: str,
    group: str | None,
    day: str,
    area: str,
    first: str | None = None,
) -> People:
    """Who or what is behind a figure in an area, served and not.

    `group` is a group's id or its name; None: of all groups at once.
    """
    with engine.reading(on) as conn:
        groups = groups_told(conn, actor)
        known = indicator_named(indicator)
        meant = group
        if known.grouped and group is not None:
            meant, _ = _group(conn, groups, CONTROL.sub("", group))
        known, rows = marked(conn, actor, indicator, meant, day, area, first)
        about = register_of(conn, known, groups, meant)
        served, unserved = _split(conn, rows)
        words: dict[str, str] = {}
        for name in (about,) if about else REGISTER.values():
            words |= labels.named(conn, actor, register_named(name), [*served, *unserved])
        unit = register_named(about).about.unit if about else ""
        return People(served, unserved, words, unit, about)


def groups_told(conn: Connection, actor: Actor) -> Select[str]:
    """The target groups that the actor may know of."""
    return _groups(permitted(conn, actor, "read", register_named("groups")))


def marked(
    conn: Connection,
    actor: Actor,
    indicator: str,
    group: str | None,
    day: str,
    area: str,
    first: str | None,
) -> tuple[Indicator, Select[Any]]:
    """The indicator, and its rows (subject, served) in an area, of a group or of all of them.

    Raises Forbidden for who may know figures only.
    """
    known = indicator_named(indicator)
    span = spanned(conn, known, day, first)
    within, groups = reach(conn, actor, known, area)
    for name in known.reads:
        if permitted(conn, actor, "read", register_named(name)).bound:
            raise Forbidden("您的账号只能看这项指标的数字，不能看名单")
    flagged = _rows(known, span).subquery()
    meant: ColumnElement[bool] = true()
    if known.grouped:
        seen = flagged.c.group_id.in_(groups)
        meant = and_(seen, flagged.c.group_id == group) if group else seen
    rows = select(flagged.c.subject, flagged.c.served)
    return known, rows.where(meant, flagged.c.area_id.in_(within))


def register_of(conn: Connection, known: Indicator, groups: Select[Any], group: str | None) -> str:
    """The register of those behind a figure; empty where they are of several."""
    if known.about or not group:
        return known.about
    return REGISTER[_group(conn, groups, group)[1]]


def _group(conn: Connection, groups: Select[Any], named: str) -> tuple[str, str]:
    """The id of the group that has this id or else this name, and whether it counts 人 or 户."""
    meant = (Group.id == named) | (Group.name == named)
    rows = conn.execute(select(Group.id, Group.subject).where(Group.id.in_(groups), meant)).all()
    found = [row for row in rows if row.id == named] or rows
    if len(found) != 1:
        several = f"有 {len(found)} 个服务对象类别名为{short(named)}，请用编号"
        raise Forbidden(several if found else f"没有名为{short(named)}的服务对象类别")
    return found[0].id, found[0].subject


def _split(conn: Connection, rows: Select[Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The distinct subjects, those served and those not, in the order of their ids."""
    flagged = rows.subquery()
    found = conn.execute(
        select(flagged.c.subject, func.max(case((flagged.c.served, 1), else_=0)).label("served"))
        .group_by(flagged.c.subject)
        .order_by(flagged.c.subject)
    ).all()
    served = tuple(row.subject for row in found if row.served)
    return served, tuple(row.subject for row in found if not row.served)
