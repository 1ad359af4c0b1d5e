"""What an organisation's own people see: calls that are open to it, what it carries out, for whom.

Who works for a social organisation sees of other registers no row, only what may be counted.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, Select, Table, and_, or_, select, true

from db import dates
from db.registers.calls import DRAFT, STOPPED, Award, Bid, Call, closed
from db.registers.programmes import Enrolment, Programme, Session
from db.registers.projects import Project

Rows = Callable[[Table, str], ColumnElement[bool]]


def won(organisation: str) -> Select[str]:
    """The projects that the organisation carries out or has carried out."""
    calls = select(Call.project_id).join(Award, Award.call_id == Call.id)
    return calls.where(
        Award.organisation_id == organisation, Award.deleted_at.is_(None), Call.deleted_at.is_(None)
    )


def _under_way(organisation: str) -> Select[str]:
    """Those of them that are not closed yet."""
    today = dates.today().isoformat()
    still = or_(Project.closed_on.is_(None), Project.closed_on > today)
    return select(Project.id).where(
        Project.id.in_(won(organisation)), Project.deleted_at.is_(None), still
    )


def _programmes(organisation: str) -> Select[str]:
    return select(Programme.id).where(
        Programme.project_id.in_(_under_way(organisation)), Programme.deleted_at.is_(None)
    )


def _served(organisation: str) -> Select[str]:
    """The residents who take part in them now."""
    today = dates.today().isoformat()
    return select(Enrolment.resident_id).where(
        Enrolment.programme_id.in_(_programmes(organisation)),
        Enrolment.deleted_at.is_(None),
        or_(Enrolment.ended_on.is_(None), Enrolment.ended_on > today),
    )


def _sessions(organisation: str) -> Select[str]:
    return select(Session.id).where(Session.programme_id.in_(_programmes(organisation)))


def _bid_on(organisation: str) -> Select[str]:
    return select(Bid.call_id).where(Bid.organisation_id == organisation, Bid.deleted_at.is_(None))


def _calls(organisation: str) -> Select[str]:
    """Published calls that are open, that it bid on, or whose award is made public."""
    awarded = select(Award.call_id).where(Award.deleted_at.is_(None))
    concerns = or_(
        and_(Call.opens_on <= dates.today().isoformat(), Call.state != STOPPED, ~closed()),
        Call.id.in_(_bid_on(organisation)),
        Call.id.in_(awarded),
    )
    return select(Call.id).where(Call.state != DRAFT, Call.deleted_at.is_(None), concerns)


def _projects(organisation: str) -> Select[str]:
    return select(Call.project_id).where(Call.id.in_(_calls(organisation)))


def _all(_table: Table, _organisation: str) -> ColumnElement[bool]:
    return true()


# By register: which of its rows concern the organisation.
SERVED: dict[str, Rows] = {
    "teams": _all,
    "awards": _all,
    "projects": lambda table, of: or_(table.c.id.in_(_projects(of)), table.c.id.in_(won(of))),
    "calls": lambda table, of: table.c.id.in_(_calls(of)),
    "criteria": lambda table, of: table.c.call_id.in_(_calls(of)),
    "bids": lambda table, of: table.c.organisation_id == of,
    "bid_files": lambda table, of: table.c.bid_id.in_(
        select(Bid.id).where(Bid.organisation_id == of)
    ),
    "milestones": lambda table, of: table.c.project_id.in_(won(of)),
    "evaluations": lambda table, of: table.c.project_id.in_(won(of)),
    "satisfactions": lambda table, of: table.c.project_id.in_(won(of)),
    "programmes": lambda table, of: table.c.id.in_(_programmes(of)),
    "courses": lambda table, of: table.c.programme_id.in_(_programmes(of)),
    "enrolments": lambda table, of: table.c.programme_id.in_(_programmes(of)),
    "sessions_held": lambda table, of: table.c.programme_id.in_(_programmes(of)),
    "session_staff": lambda table, of: table.c.session_id.in_(_sessions(of)),
    "attendances": lambda table, of: table.c.session_id.in_(_sessions(of)),
    "contacts": lambda table, of: and_(
        table.c.programme_id.in_(_programmes(of)), table.c.resident_id.in_(_served(of))
    ),
    "residents": lambda table, of: table.c.id.in_(_served(of)),
}
# What it does not need to know of those it serves, nor of who said what of it.
HIDES = frozenset(
    f"residents.{name}"
    for name in (
        "id_number", "household_id", "relation", "lives_alone", "registered_at", "ethnicity",
        "education", "marriage", "party", "employer", "remark",
    )
) | {"satisfactions.resident_id"}  # fmt: skip
# What ties a new row to the organisation's work, where the register does not ask for it anyway.
TIES = {"contacts": "programme_id"}
