"""Who is proposed for a target group, and who to leave one, as far as the actor may see both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, exists, func, or_, select

from db import engine
from db.actors import Actor
from db.counting import open_on
from db.doors import labels
from db.doors.questions import Forbidden, visible
from db.doors.reading import permitted, register_named, scope
from db.proposals import RULES, Rule
from db.registers.declined import JOIN, LEAVE, Declined
from db.registers.people import DEAD, MOVED_OUT, RESIDENT, Group, Membership, Resident

GONE = {MOVED_OUT: "已迁出", DEAD: "已去世"}
MOST = 5000  # proposals told at once


@dataclass(frozen=True)
class Proposal:
    """One resident and one group; `membership` is the one that would end, else empty."""

    resident: str
    group: str
    membership: str
    why: str


@dataclass(frozen=True)
class Proposals:
    """`joining` counts who is proposed for each group, `leaving` how many to leave any."""

    joining: dict[str, int]
    leaving: int
    labels: dict[str, str]


@dataclass(frozen=True)
class _Reach:
    """What of residents and groups the actor sees in an area, as conditions."""

    residents: ColumnElement[bool]
    memberships: ColumnElement[bool]
    groups: Select[str]


def proposals(on: Engine, actor: Actor, area: str, day: str) -> Proposals:
    """How many are proposed in an area on a day; for who may read its residents and groups."""
    with engine.reading(on) as conn:
        reach = _reach(conn, actor, area)
        known = set(conn.scalars(reach.groups))
        joining = {
            rule.group: conn.scalar(_number(_joining(rule, reach, day))) or 0
            for rule in RULES
            if rule.fits and rule.group in known
        }
        leaving = conn.scalar(_number(_leaving(reach, day))) or 0
        words = labels.named(conn, actor, register_named("groups"), sorted(joining))
        return Proposals(joining, leaving, words)


def joining(
    on: Engine, actor: Actor, area: str, group: str, day: str, limit: int = MOST
) -> list[Proposal]:
    """Who is proposed for a group, in the order of their ids."""
    rule = next((one for one in RULES if one.group == group and one.fits), None)
    if rule is None:
        raise Forbidden("这一类不能从居民的信息推出来")
    with engine.reading(on) as conn:
        reach = _reach(conn, actor, area)
        if group not in set(conn.scalars(reach.groups)):
            return []
        asked = _joining(rule, reach, day).order_by(Resident.id).limit(limit)
        return [Proposal(one, group, "", rule.basis) for one in conn.scalars(asked)]


def leaving(on: Engine, actor: Actor, area: str, day: str, limit: int = MOST) -> list[Proposal]:
    """Whose membership should end and why, group by group."""
    why = {rule.group: rule.why for rule in RULES}
    with engine.reading(on) as conn:
        reach = _reach(conn, actor, area)
        ordered = _leaving(reach, day).order_by(Membership.group_id, Membership.resident_id)
        return [
            Proposal(row.resident_id, row.group_id, row.id, GONE.get(row.status, "") or why[row[1]])
            for row in conn.execute(ordered.limit(limit))
        ]


def _reach(conn: Connection, actor: Actor, area: str) -> _Reach:
    of = {name: permitted(conn, actor, "read", register_named(name)) for name in READ}
    for name in TOLD:
        visible(of["residents"], name)
    areas = scope(conn, of["residents"], area) or ()
    return _Reach(
        and_(of["residents"].rows(), Resident.deleted_at.is_(None), Resident.area_id.in_(areas)),
        and_(of["memberships"].rows(), Membership.deleted_at.is_(None)),
        select(Group.id).where(of["groups"].rows(), Group.deleted_at.is_(None)),
    )


TOLD = ("birth_date", "lives_alone", "status")  # what a proposal tells of a resident
READ = ("residents", "memberships", "groups", "declined")


def _number(statement: Select[Any]) -> Select[int]:
    return select(func.count()).select_from(statement.subquery())


def _joining(rule: Rule, reach: _Reach, day: str) -> Select[Any]:
    assert rule.fits
    member = exists().where(
        Membership.resident_id == Resident.id,
        Membership.group_id == rule.group,
        Membership.deleted_at.is_(None),
        or_(Membership.ended_on.is_(None), Membership.ended_on > day),
    )
    fitting = (Resident.status.in_(RESIDENT), rule.fits(day))
    said = _declined(JOIN, Declined.group_id == rule.group)
    return select(Resident.id).where(reach.residents, *fitting, ~member, ~said)


def _declined(way: str, of: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        Declined.resident_id == Resident.id,
        Declined.way == way,
        Declined.deleted_at.is_(None),
        of,
    )


def _leaving(reach: _Reach, day: str) -> Any:
    grown = (and_(Membership.group_id == r.group, r.left(day)) for r in RULES if r.left)
    return (
        select(Membership.id, Membership.group_id, Membership.resident_id, Resident.status)
        .join(Resident, Resident.id == Membership.resident_id)
        .where(reach.residents, reach.memberships, Membership.group_id.in_(reach.groups))
        .where(open_on(Membership.started_on, Membership.ended_on, day))
        .where(or_(Resident.status.in_(GONE), *grown))
        .where(~_declined(LEAVE, Declined.group_id == Membership.group_id))
    )
