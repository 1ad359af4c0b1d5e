"""The SQL that figures are made of: who belonged to a group, who was met, who came."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Float,
    Select,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.functions import FunctionElement

from db.audit import Entry, Write
from db.base import Row, table_of
from db.registers.contacts import Contact
from db.registers.people import RESIDENT, Membership, Resident
from db.registers.places import Household
from db.registers.programmes import CAME, HELD, Attendance, Session
from db.registers.volunteers import Pairing
from db.spans import Span

Text = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]
Counted = Select[*tuple[Any, ...]]  # of area_id, group_id and more
Members = Callable[[Span], Counted]
Served = Callable[[Span], ColumnElement[bool]]
Rows = Callable[[Span], Counted]
COMMUNITY = ""  # stands for the group in figures of a whole community


def open_on(started: Text, ended: Text, day: str) -> ColumnElement[bool]:
    """Begun by that day and not ended by it: on its last day a thing no longer counts."""
    return and_(started <= day, or_(ended.is_(None), ended > day))


def within(column: Text, span: Span) -> ColumnElement[bool]:
    """A day of the span."""
    return and_(column >= span.first, column <= span.last)


def as_then(model: type[Row], column: Text, span: Span) -> Any:
    """A cell as it was when the span was closed; the present one of a span that is not.

    What a resident's state was is known from the history alone.
    """
    if span.then is None:
        return column
    was = Entry.before[column.key].as_string()
    found = (
        select(was)
        .join(Write, Write.id == Entry.write_id)
        .where(Entry.register == model.__tablename__, Entry.row_id == model.id)
        .where(Entry.verb == "change", was.is_not(None), Write.seq > span.then)
        .order_by(Write.seq)
        .limit(1)
        .correlate(table_of(model))
    )
    return func.coalesce(found.scalar_subquery(), column)


def known_then(model: type[Row], span: Span) -> ColumnElement[bool]:
    """The row is there, and was when the span was closed: of what bears no date of its own."""
    alive = model.deleted_at.is_(None)
    return and_(alive, model.created_at <= span.closed_at) if span.closed_at else alive


def lives_here(span: Span) -> ColumnElement[bool]:
    """The person counts as a resident."""
    status = as_then(Resident, Resident.status, span)
    return and_(Resident.deleted_at.is_(None), status.in_(RESIDENT))


def members(span: Span) -> Counted:
    """area, group, subject of everybody who belonged to a group on the span's last day.

    A person counts while a resident, a household while it is there; the subject is the id of
    either. Somebody with two memberships in one group appears twice: count distinct subjects.
    """
    subject = func.coalesce(Membership.resident_id, Membership.household_id).label("subject")
    there = or_(
        lives_here(span), and_(Membership.resident_id.is_(None), Household.deleted_at.is_(None))
    )
    return (
        select(Membership.area_id, Membership.group_id, subject)
        .outerjoin(Resident, Resident.id == Membership.resident_id)
        .outerjoin(Household, Household.id == Membership.household_id)
        .where(Membership.deleted_at.is_(None), there)
        .where(open_on(Membership.started_on, Membership.ended_on, span.last))
    )


def share(members: Members, served: Served) -> Rows:
    """The members, each with whether it is served."""
    return lambda span: members(span).add_columns(served(span).label("served"))


def _of_member(model: type[Pairing | Contact]) -> ColumnElement[bool]:
    return or_(
        model.resident_id == Membership.resident_id, model.household_id == Membership.household_id
    )


def paired(span: Span) -> ColumnElement[bool]:
    """Somebody looks after the member on the last day."""
    open_ = open_on(Pairing.started_on, Pairing.ended_on, span.last)
    return exists().where(_of_member(Pairing), Pairing.deleted_at.is_(None), open_)


def pairs(span: Span) -> Counted:
    """area, group, id of the pairings that are open on the last day, by whom they are for."""
    open_ = open_on(Pairing.started_on, Pairing.ended_on, span.last)
    mine = and_(_of_member(Pairing), Pairing.deleted_at.is_(None), open_)
    columns = Membership.area_id, Membership.group_id, Pairing.id.label("subject")
    return members(span).join(Pairing, mine).with_only_columns(*columns, maintain_column_froms=True)


def in_touch(span: Span) -> ColumnElement[bool]:
    """A pairing had a contact of its own in the span."""
    return exists().where(
        Contact.pairing_id == Pairing.id,
        Contact.deleted_at.is_(None),
        within(Contact.done_on, span),
    )


def met(span: Span) -> ColumnElement[bool]:
    """A contact with the member was completed in the span."""
    return exists().where(
        _of_member(Contact), Contact.deleted_at.is_(None), within(Contact.done_on, span)
    )


def came(span: Span) -> ColumnElement[bool]:
    """The member came to something that was held in the span."""
    return exists().where(
        Attendance.resident_id == Membership.resident_id,
        Attendance.deleted_at.is_(None),
        Attendance.presence == CAME,
        Session.id == Attendance.session_id,
        Session.deleted_at.is_(None),
        Session.state == HELD,
        within(Session.held_on, span),
    )


def met_or_came(span: Span) -> ColumnElement[bool]:
    """The member was served in the span."""
    return or_(met(span), came(span))


def due(span: Span) -> Counted:
    """The contacts that were due in the span."""
    group = literal(COMMUNITY).label("group_id")
    return select(Contact.area_id, group, Contact.id.label("subject")).where(
        Contact.deleted_at.is_(None), within(Contact.due_on, span)
    )


def in_time(span: Span) -> ColumnElement[bool]:
    """What was due was done by then."""
    return func.coalesce(Contact.done_on <= Contact.due_on, False)


def aged(years: int, day: str) -> str:
    """The latest birth date of who is that old on the day; a year alone counts from January."""
    return f"{int(day[:4]) - years}{day[4:]}"


def everybody(span: Span, *further: ColumnElement[bool]) -> Counted:
    """area, community, subject of all residents that fit."""
    return select(
        Resident.area_id, literal(COMMUNITY).label("group_id"), Resident.id.label("subject")
    ).where(lives_here(span), known_then(Resident, span), *further)


class Days(FunctionElement[int]):
    """How many days the second of two days lies after the first."""

    inherit_cache = True


@compiles(Days, "sqlite")
def _in_sqlite(element: Days, compiler: Any, **options: Any) -> str:
    first, last = (compiler.process(one, **options) for one in element.clauses)
    return f"CAST(julianday({last}) - julianday({first}) AS INTEGER)"


@compiles(Days, "postgresql")
def _in_postgresql(element: Days, compiler: Any, **options: Any) -> str:
    first, last = (compiler.process(one, **options) for one in element.clauses)
    return f"(CAST({last} AS date) - CAST({first} AS date))"


def later(one: Any, other: Any) -> ColumnElement[Any]:
    """The larger of two, neither of them empty."""
    return case((one > other, one), else_=other)


def earlier(one: Any, other: Any) -> ColumnElement[Any]:
    """The smaller of two, neither of them empty."""
    return case((one < other, one), else_=other)


def ratio(upper: Rows, lower: Rows) -> Rows:
    """area, community, n, whole from the amounts (area_id, amount) of `upper` and of `lower`."""

    def totals(span: Span) -> Counted:
        parts = [(upper(span).subquery(), True), (lower(span).subquery(), False)]
        both = [
            select(
                part.c.area_id,
                cast(part.c.amount if is_upper else literal(0), Float).label("n"),
                cast(literal(0) if is_upper else part.c.amount, Float).label("whole"),
            )
            for part, is_upper in parts
        ]
        joined = both[0].union_all(both[1]).subquery()
        return select(
            joined.c.area_id,
            literal(COMMUNITY).label("group_id"),
            func.sum(joined.c.n).label("n"),
            func.sum(joined.c.whole).label("whole"),
        ).group_by(joined.c.area_id)

    return totals


def counted(rows: Rows) -> Rows:
    """area_id and the number of subjects."""

    def amounts(span: Span) -> Counted:
        found = rows(span).subquery()
        amount = func.count(found.c.subject.distinct()).label("amount")
        return select(found.c.area_id, amount).group_by(found.c.area_id)

    return amounts


def true_or_empty(column: InstrumentedAttribute[bool | None]) -> ColumnElement[bool]:
    """What is not said to be otherwise."""
    return or_(column.is_(None), cast(column, Boolean).is_(True))
