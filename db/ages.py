"""Older residents and their check-ups, in SQL."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, literal, select

from db.counting import Counted, aged, everybody, known_then, lives_here, within
from db.registers.contacts import CHECKUP, Contact
from db.registers.people import Resident
from db.spans import Span

ELDERLY = "elderly"  # the group under which people over 65 are counted


def over_65(span: Span) -> Counted:
    """Residents of 65 and more; who is known by the year alone counts from its beginning."""
    return select(
        Resident.area_id, literal(ELDERLY).label("group_id"), Resident.id.label("subject")
    ).where(
        lives_here(span), known_then(Resident, span), Resident.birth_date <= aged(65, span.last)
    )


def checked_up(span: Span) -> ColumnElement[bool]:
    return exists().where(
        Contact.resident_id == Resident.id,
        Contact.deleted_at.is_(None),
        Contact.kind == CHECKUP,
        within(Contact.done_on, span),
    )


def aged_60(span: Span) -> Counted:
    return everybody(span, Resident.birth_date <= aged(60, span.last))


def aged_65(span: Span) -> Counted:
    return everybody(span, Resident.birth_date <= aged(65, span.last))
