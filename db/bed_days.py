"""Beds and the days for which they were taken, in SQL."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, case, exists, func, literal, select

from db.counting import COMMUNITY, Counted, Days, earlier, later, true_or_empty
from db.registers.facilities import STAYING, Bed, Stay
from db.spans import Span


def _usable() -> tuple[ColumnElement[bool], ...]:
    return Bed.deleted_at.is_(None), true_or_empty(Bed.in_use)


def beds(span: Span) -> Counted:
    """area, community, subject of all beds that may be used."""
    group = literal(COMMUNITY).label("group_id")
    return select(Bed.area_id, group, Bed.id.label("subject")).where(*_usable())


def taken(span: Span) -> ColumnElement[bool]:
    """Somebody had the bed on some day of the span."""
    begun = Stay.started_on <= span.last
    left = Stay.ended_on.is_(None) | (
        (Stay.ended_on > span.first) & (Stay.ended_on > Stay.started_on)
    )
    return exists().where(Stay.bed_id == Bed.id, *_stays(), begun, left)


def _stays() -> tuple[ColumnElement[bool], ...]:
    return Stay.deleted_at.is_(None), Stay.state == STAYING


def available(span: Span) -> Counted:
    """area_id, amount: every usable bed on every day of the span."""
    first, last = dt.date.fromisoformat(span.first), dt.date.fromisoformat(span.last)
    amount = (func.count() * ((last - first).days + 1)).label("amount")
    return select(Bed.area_id, amount).where(*_usable()).group_by(Bed.area_id)


def used(span: Span) -> Counted:
    """area_id, amount: days on which usable beds were taken, the day of leaving not counted.

    Two who are said to have one bed on one day take it once: of each stay counts what lies behind
    the end of those that began before it.
    """
    over = literal((dt.date.fromisoformat(span.last) + dt.timedelta(days=1)).isoformat())
    start = later(Stay.started_on, literal(span.first)).label("start")
    end = earlier(func.coalesce(Stay.ended_on, over), over).label("end_")
    stays = (
        select(Bed.area_id, Bed.id.label("bed"), Stay.id, start, end)
        .join(Bed, Bed.id == Stay.bed_id)
        .where(*_usable(), *_stays(), Stay.started_on <= span.last)
        .where(Stay.ended_on.is_(None) | (Stay.ended_on > span.first))
        .subquery()
    )
    before = func.max(stays.c.end_).over(
        partition_by=stays.c.bed, order_by=(stays.c.start, stays.c.id), rows=(None, -1)
    )
    since = case(
        (before.is_(None), stays.c.start), (before > stays.c.start, before), else_=stays.c.start
    )
    apart = select(stays.c.area_id, since.label("since"), stays.c.end_).subquery()
    days = case((apart.c.end_ > apart.c.since, Days(apart.c.since, apart.c.end_)), else_=0)
    return select(apart.c.area_id, func.sum(days).label("amount")).group_by(apart.c.area_id)
