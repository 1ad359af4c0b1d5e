"""Who volunteers and for how long, in SQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, literal, or_, select

from db.counting import COMMUNITY, Counted, as_then, known_then
from db.registers.duties import APPROVED, Hours
from db.registers.volunteers import ACTIVE, Volunteer
from db.spans import Span


def registered(span: Span) -> Counted:
    """Volunteers who were enrolled by the last day and have neither paused nor left."""
    group = literal(COMMUNITY).label("group_id")
    return select(Volunteer.area_id, group, Volunteer.id.label("subject")).where(
        known_then(Volunteer, span),
        as_then(Volunteer, Volunteer.status, span) == ACTIVE,
        or_(Volunteer.registered_on.is_(None), Volunteer.registered_on <= span.last),
    )


def given(span: Span, *further: ColumnElement[bool]) -> ColumnElement[Any]:
    """A volunteer's approved hours by the last day."""
    total = select(func.coalesce(func.sum(Hours.hours), 0)).where(
        Hours.volunteer_id == Volunteer.id,
        Hours.deleted_at.is_(None),
        Hours.state == APPROVED,
        Hours.served_on <= span.last,
        *further,
    )
    return total.scalar_subquery()


def active(span: Span) -> ColumnElement[bool]:
    return given(span, Hours.served_on >= span.first) >= 1


def all_hours(span: Span) -> Counted:
    """area_id, amount: approved hours of those who are registered."""
    found = registered(span).add_columns(given(span).label("hours")).subquery()
    return select(found.c.area_id, func.sum(found.c.hours).label("amount")).group_by(
        found.c.area_id
    )
