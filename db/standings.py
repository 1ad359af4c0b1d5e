"""How everybody who counts stands today, kept up to date inside every write.

A figure of today is counted from these narrow rows alone, however many contacts there have been.
The rows of a person or household are made anew, by the same words, whenever something is written
that bears on it; nothing is added to or taken from them, so that they can't drift.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from sqlalchemy import (
    ColumnElement,
    Connection,
    Index,
    ScalarSelect,
    String,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from db import rows
from db.base import Base, table_of
from db.changes import Values
from db.counting import COMMUNITY, Counted, aged
from db.registers.contacts import CHECKUP, Contact
from db.registers.people import RESIDENT, Membership, Resident
from db.registers.places import Household
from db.registers.programmes import CAME, HELD, Attendance, Session
from db.registers.volunteers import Pairing
from db.spans import Span

FAR = "9999-12-31"  # the end of what has none


class Standing(Base):
    """Somebody in a target group: until when, looked after until when, last served on which day."""

    __tablename__ = "standings"

    group_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    subject: Mapped[str] = mapped_column(String(36), primary_key=True)
    area_id: Mapped[str] = mapped_column(String(36))
    member_to: Mapped[str] = mapped_column(String(10))
    paired_to: Mapped[str | None] = mapped_column(String(10))
    served_on: Mapped[str | None] = mapped_column(String(10))

    __table_args__ = (
        Index("ix_standings_area", "area_id", "group_id", "member_to", "paired_to", "served_on"),
        Index("ix_standings_subject", "subject"),
    )


class Inhabitant(Base):
    """A resident: since when on earth, as far as it is known, and the last check-up."""

    __tablename__ = "inhabitants"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    area_id: Mapped[str] = mapped_column(String(36))
    born: Mapped[str | None] = mapped_column(String(10))
    checked_on: Mapped[str | None] = mapped_column(String(10))

    __table_args__ = (Index("ix_inhabitants_area", "area_id", "born", "checked_on"),)


def _members() -> Counted:
    """The rows of Standing, from the registers."""
    subject = func.coalesce(Membership.resident_id, Membership.household_id).label("subject")
    until = func.max(func.coalesce(Membership.ended_on, FAR)).label("member_to")
    there = or_(
        (Resident.deleted_at.is_(None)) & Resident.status.in_(RESIDENT),
        Membership.resident_id.is_(None) & Household.deleted_at.is_(None),
    )
    known = (
        select(Membership.group_id, subject, Membership.area_id, until)
        .outerjoin(Resident, Resident.id == Membership.resident_id)
        .outerjoin(Household, Household.id == Membership.household_id)
        .where(Membership.deleted_at.is_(None), there)
        .group_by(Membership.group_id, subject, Membership.area_id)
        .subquery()
    )
    who = known.c.subject
    return select(known, _paired_to(who).label("paired_to"), _served_on(who).label("served_on"))


def _paired_to(who: ColumnElement[str]) -> ScalarSelect[Any]:
    until = func.max(func.coalesce(Pairing.ended_on, FAR))
    mine = or_(Pairing.resident_id == who, Pairing.household_id == who)
    return select(until).where(mine, Pairing.deleted_at.is_(None)).scalar_subquery()


def _served_on(who: ColumnElement[str]) -> ColumnElement[Any]:
    """The last day on which somebody was met or came to something that was held."""
    mine = or_(Contact.resident_id == who, Contact.household_id == who)
    met = select(func.max(Contact.done_on)).where(mine, Contact.deleted_at.is_(None))
    came = (
        select(func.max(Session.held_on))
        .join(Attendance, Attendance.session_id == Session.id)
        .where(Attendance.resident_id == who, Attendance.deleted_at.is_(None))
        .where(Attendance.presence == CAME, Session.deleted_at.is_(None), Session.state == HELD)
    )
    one, other = met.scalar_subquery(), came.scalar_subquery()
    return case((or_(other.is_(None), one > other), one), else_=other)


def _inhabitants() -> Counted:
    """The rows of Inhabitant, from the registers."""
    checked = select(func.max(Contact.done_on)).where(
        Contact.resident_id == Resident.id, Contact.deleted_at.is_(None), Contact.kind == CHECKUP
    )
    return select(
        Resident.id,
        Resident.area_id,
        Resident.birth_date.label("born"),
        checked.scalar_subquery().label("checked_on"),
    ).where(Resident.deleted_at.is_(None), Resident.status.in_(RESIDENT))


KEPT = ((Standing, _members, "subject"), (Inhabitant, _inhabitants, "id"))


class Newcomer(Protocol):
    """A resident or household that was just added."""

    @property
    def register(self) -> str: ...
    @property
    def row_id(self) -> str: ...
    @property
    def area_id(self) -> str: ...
    @property
    def after(self) -> Values | None: ...


def settle(conn: Connection, newcomers: Iterable[Newcomer]) -> None:
    """The rows of those of whom nothing is known but what was added: they belong to no group and
    nobody has met them."""
    table = table_of(Inhabitant)
    told = [
        (one.row_id, one.area_id, cells.get("birth_date"), None)
        for one in newcomers
        if one.register == Resident.__tablename__
        and (cells := one.after or {}).get("status") in RESIDENT
    ]
    if told:
        rows.insert(conn, table, [column.name for column in table.columns], told)


def refresh(conn: Connection, subjects: Iterable[str]) -> None:
    """Makes the rows of these persons and households anew."""
    wanted = sorted(set(subjects))
    if not wanted:
        return
    for model, asked, key in KEPT:
        table = table_of(model)
        conn.execute(delete(table).where(rows.among(conn, table.c[key], wanted)))
        statement = asked()
        part = statement.where(_among(conn, statement, key, wanted))
        conn.execute(insert(table).from_select(_names(part), part))


def _among(
    conn: Connection, statement: Counted, key: str, wanted: list[str]
) -> ColumnElement[bool]:
    column: Any = statement.selected_columns[key]
    return rows.among(conn, column, wanted)


def _names(statement: Counted) -> list[str]:
    return [str(one.key) for one in statement.selected_columns]


def rebuild(conn: Connection) -> None:
    """Makes all of it anew, after rows were written by another way than the write door."""
    for model, asked, _ in KEPT:
        table, statement = table_of(model), asked()
        conn.execute(delete(table))
        conn.execute(insert(table).from_select(_names(statement), statement))


def members(span: Span) -> Counted:
    """As counting.members, of a span that ends today."""
    return select(Standing.area_id, Standing.group_id, Standing.subject).where(
        Standing.member_to > span.last
    )


def paired(span: Span) -> ColumnElement[bool]:
    """As counting.paired, of a span that ends today."""
    return func.coalesce(Standing.paired_to > span.last, False)


def served(span: Span) -> ColumnElement[bool]:
    """That a member was met or came, in a span that ends today."""
    return func.coalesce(Standing.served_on >= span.first, False)


def everybody(span: Span) -> Counted:
    """As counting.everybody, of today."""
    group = literal(COMMUNITY).label("group_id")
    return select(Inhabitant.area_id, group, Inhabitant.id.label("subject"))


def over(years: int, group: str = COMMUNITY) -> Any:
    """span → residents of that age, of today."""

    def rows_of(span: Span) -> Counted:
        return select(
            Inhabitant.area_id, literal(group).label("group_id"), Inhabitant.id.label("subject")
        ).where(Inhabitant.born <= aged(years, span.last))

    return rows_of


def checked(span: Span) -> ColumnElement[bool]:
    """That a resident had a check-up, in a span that ends today."""
    return func.coalesce(Inhabitant.checked_on >= span.first, False)
