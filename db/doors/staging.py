"""The stages of the linkage chain: how far each need has come and on which days, nothing stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, false, func, or_, select

from db import dates, engine, permissions, rows
from db.actors import Actor
from db.doors.questions import Forbidden
from db.doors.reading import permitted, register_named, scope
from db.parsers import short
from db.permissions import Grant
from db.registers.calls import DRAFT, Award, Call
from db.registers.contacts import Contact
from db.registers.needs import Need
from db.registers.programmes import HELD, Programme, Session
from db.registers.projects import APPROVED, Project, ProjectNeed, Review
from db.stages import (
    ANSWERED,
    AWARDED,
    CALLED,
    CLOSED,
    DELIVERED,
    DESIGNED,
    PASSED,
    RAISED,
    Days,
    Story,
)  # fmt: skip


@dataclass
class _Course:
    """How far a project has come."""

    days: Days = field(default_factory=dict)
    organisation: str | None = None


def stories(
    on: Engine,
    actor: Actor,
    area: str | None = None,
    *,
    needs: Sequence[str] | None = None,
    first: str = "",
    last: str = "9999",
) -> list[Story]:
    """The needs in an area (or those of these ids) raised from `first` to `last`, newest first.

    A fixed number of questions, however many the needs are. What the actor may not read counts
    as not reached. Raises Forbidden.
    """
    with engine.reading(on) as conn:
        grant = permitted(conn, actor, "read", register_named("needs"))
        asked = select(Need).where(grant.rows(), Need.deleted_at.is_(None))
        asked = asked.where(Need.raised_on >= first, Need.raised_on <= last)
        if (reach := scope(conn, grant, area)) is not None:
            asked = asked.where(Need.area_id.in_(reach))
        if needs is not None:
            asked = asked.where(or_(Need.id.in_(needs), Need.number.in_(needs)))
        order = asked.order_by(Need.raised_on.desc(), Need.id.desc())
        return _told(conn, actor, conn.execute(order).all())


def story(on: Engine, actor: Actor, need: str) -> Story:
    """The stages of one need, by its id or its receipt number; raises Forbidden."""
    found = stories(on, actor, needs=[need])
    if len(found) != 1:
        raise Forbidden(f"没有编号为{short(need)}的需求，或它不在您的工作范围内")
    return found[0]


def _told(conn: Connection, actor: Actor, needs: Sequence[Any]) -> list[Story]:
    roots = sorted({one.joined_id or one.id for one in needs})
    answers = _answers(conn, actor, roots)
    projects = sorted({project for some in answers.values() for project in some})
    courses = _courses(conn, actor, projects)
    return [_story(one, answers.get(one.joined_id or one.id, []), courses) for one in needs]


def _story(need: Any, answers: Iterable[str], courses: dict[str, _Course]) -> Story:
    best = max(answers, key=lambda one: (len(courses[one].days), one), default=None)
    course = courses[best] if best else _Course()
    days = {RAISED: need.raised_on, **course.days}
    days |= {ANSWERED: need.settled_on} if need.settled_on else {}
    return Story(
        need.id, need.number, need.title, need.area_id, need.group_id, best, course.organisation,
        need.settlement, days,
    )  # fmt: skip


def _answers(conn: Connection, actor: Actor, needs: list[str]) -> dict[str, list[str]]:
    """need → the projects that answer it."""
    found: dict[str, list[str]] = {}
    asked = select(ProjectNeed.need_id, ProjectNeed.project_id).join(
        Project, Project.id == ProjectNeed.project_id
    )
    mine = (_seen(conn, actor, "project_needs"), _seen(conn, actor, "projects"))
    living = (ProjectNeed.deleted_at.is_(None), Project.deleted_at.is_(None))
    for need, project in conn.execute(
        asked.where(rows.among(conn, ProjectNeed.need_id, needs), *mine, *living)
    ):
        found.setdefault(need, []).append(project)
    return found


def _seen(conn: Connection, actor: Actor, register: str) -> ColumnElement[bool]:
    """Which of its living rows the actor may read."""
    grant: Grant | None = permissions.grant(conn, actor, "read", register_named(register))
    return grant.rows() if grant else false()


def _courses(conn: Connection, actor: Actor, projects: list[str]) -> dict[str, _Course]:
    courses = {one: _Course() for one in projects}
    asked = select(Project.id, Project.designed_on, Project.closed_on)
    for one, designed, closed in conn.execute(asked.where(Project.id.in_(projects))):
        courses[one].days |= {DESIGNED: designed} | ({CLOSED: closed} if closed else {})
    for one, day in _approvals(conn, actor, projects):
        courses[one].days[PASSED] = day
    for one, day in conn.execute(_calls(projects).where(_seen(conn, actor, "calls"))):
        courses[one].days[CALLED] = day
    for one, day, of in conn.execute(_awards(projects).where(_seen(conn, actor, "awards"))):
        courses[one].days[AWARDED], courses[one].organisation = day, of
    for register, delivered in (("sessions_held", _sessions), ("contacts", _contacts)):
        mine = (_seen(conn, actor, register), _seen(conn, actor, "programmes"))
        for one, day in conn.execute(delivered(projects).where(*mine)):
            courses[one].days[DELIVERED] = min(day, courses[one].days.get(DELIVERED, day))
    return courses


def _approvals(conn: Connection, actor: Actor, projects: list[str]) -> list[tuple[str, str]]:
    """project → the day of its approval, where the last review approved it."""
    asked = select(Review.project_id, Review.decision, Review.reviewed_on).where(
        Review.project_id.in_(projects), Review.deleted_at.is_(None), _seen(conn, actor, "reviews")
    )
    order = asked.order_by(Review.reviewed_on, Review.created_at, Review.id)
    last = {one: (decision, day) for one, decision, day in conn.execute(order)}
    return [(one, day) for one, (decision, day) in last.items() if decision == APPROVED]


def _calls(projects: list[str]) -> Select[str, str]:
    return (
        select(Call.project_id, func.min(Call.opens_on))
        .where(Call.project_id.in_(projects), Call.deleted_at.is_(None), Call.state != DRAFT)
        .where(Call.opens_on <= dates.today().isoformat())
        .group_by(Call.project_id)
    )


def _awards(projects: list[str]) -> Select[str, str, str]:
    return (
        select(Call.project_id, Award.awarded_on, Award.organisation_id)
        .join(Call, Call.id == Award.call_id)
        .where(Call.project_id.in_(projects), Award.deleted_at.is_(None), Call.deleted_at.is_(None))
    )


def _sessions(projects: list[str]) -> Select[Any, str]:
    return (
        select(Programme.project_id, func.min(Session.held_on))
        .join(Programme, Programme.id == Session.programme_id)
        .where(Programme.project_id.in_(projects), Programme.deleted_at.is_(None))
        .where(Session.deleted_at.is_(None), Session.state == HELD)
        .group_by(Programme.project_id)
    )


def _contacts(projects: list[str]) -> Select[Any, Any]:
    return (
        select(Programme.project_id, func.min(Contact.done_on))
        .join(Programme, Programme.id == Contact.programme_id)
        .where(Programme.project_id.in_(projects), Programme.deleted_at.is_(None))
        .where(Contact.deleted_at.is_(None), Contact.done_on.is_not(None))
        .group_by(Programme.project_id)
    )
