"""The coverage figures, each declared as data: who counts, who of them is served, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from db.registers.contacts import CHECKUP, Contact
from db.registers.people import RESIDENT, Membership, Resident
from db.registers.places import Household
from db.registers.programmes import CAME, HELD, Attendance, Session
from db.registers.volunteers import Pairing

Text = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]
Served = Callable[[str], ColumnElement[bool]]
Members = Callable[[str], Select[str, str, str, str]]
RECENT, SILENT = 90, 30  # days in which somebody was served; after which a pair counts as silent
ELDERLY = "elderly"  # the group under which people over 65 are counted


def open_on(started: Text, ended: Text, day: str) -> ColumnElement[bool]:
    """Begun by that day and not ended by it: on its last day a thing no longer counts."""
    return and_(started <= day, or_(ended.is_(None), ended > day))


def members(day: str) -> Select[str, str, str, str]:
    """area, group, subject, membership of everybody who belonged to a group on that day.

    A person counts while a resident, a household while it is there; the subject is the id of
    either. Somebody with two memberships in one group appears twice: count distinct subjects.
    """
    subject = func.coalesce(Membership.resident_id, Membership.household_id).label("subject")
    there = or_(
        and_(Resident.deleted_at.is_(None), Resident.status.in_(RESIDENT)),
        and_(Membership.resident_id.is_(None), Household.deleted_at.is_(None)),
    )
    return (
        select(Membership.area_id, Membership.group_id, subject, Membership.id)
        .outerjoin(Resident, Resident.id == Membership.resident_id)
        .outerjoin(Household, Household.id == Membership.household_id)
        .where(Membership.deleted_at.is_(None), there)
        .where(open_on(Membership.started_on, Membership.ended_on, day))
    )


@dataclass(frozen=True)
class Indicator:
    """Who of `members` is `served`, both for a day, in SQL.

    `done` and `undone` are the words for either side; `reads` the registers it is counted from.
    """

    name: str
    label: str
    done: str
    undone: str
    definition: str
    served: Served
    reads: tuple[str, ...]
    members: Members = members


def _paired(day: str) -> ColumnElement[bool]:
    return exists().where(
        or_(
            Pairing.resident_id == Membership.resident_id,
            Pairing.household_id == Membership.household_id,
        ),
        Pairing.deleted_at.is_(None),
        open_on(Pairing.started_on, Pairing.ended_on, day),
    )


def _contacted(day: str, days: int, *further: ColumnElement[bool]) -> ColumnElement[bool]:
    """A contact with the member, or with its household, was completed in those days."""
    return exists().where(
        or_(
            Contact.resident_id == Membership.resident_id,
            Contact.household_id == Membership.household_id,
        ),
        Contact.deleted_at.is_(None),
        *_lately(Contact.done_on, day, days),
        *further,
    )


def _lately(column: Text, day: str, days: int) -> tuple[ColumnElement[bool], ...]:
    first = dt.date.fromisoformat(day) - dt.timedelta(days=days)
    return column > first.isoformat(), column <= day


def _attended(day: str) -> ColumnElement[bool]:
    return exists().where(
        Attendance.resident_id == Membership.resident_id,
        Attendance.deleted_at.is_(None),
        Attendance.presence == CAME,
        Session.id == Attendance.session_id,
        Session.deleted_at.is_(None),
        Session.state == HELD,
        *_lately(Session.held_on, day, RECENT),
    )


def _served(day: str) -> ColumnElement[bool]:
    return or_(_contacted(day, RECENT), _attended(day))


def _pairs(day: str) -> Select[str, str, str, str]:
    return members(day).where(_paired(day))


def _in_touch(day: str) -> ColumnElement[bool]:
    return _contacted(day, SILENT, Contact.pairing_id.is_not(None))


def _over_65(day: str) -> Select[str, str, str, str]:
    """Residents of 65 and more; who is known by the year alone counts from its beginning."""
    latest = f"{int(day[:4]) - 65}{day[4:]}"
    return select(
        Resident.area_id,
        literal(ELDERLY).label("group_id"),
        Resident.id.label("subject"),
        Resident.id,
    ).where(
        Resident.deleted_at.is_(None),
        Resident.status.in_(RESIDENT),
        Resident.birth_date <= latest,
    )


def _checked_up(day: str) -> ColumnElement[bool]:
    return exists().where(
        Contact.resident_id == Resident.id,
        Contact.deleted_at.is_(None),
        Contact.kind == CHECKUP,
        *_lately(Contact.done_on, day, 365),
    )


INDICATORS = (
    Indicator(
        "pairing",
        "结对率",
        "已结对",
        "尚无人结对",
        "当日在册的服务对象中，有一名志愿者正在结对帮扶的占多少；已结束的结对不算",
        _paired,
        ("memberships", "pairings"),
    ),
    Indicator(
        "service",
        "服务覆盖率",
        "近 90 天有服务",
        "近 90 天没有服务",
        "当日在册的服务对象中，90 天内有一次已完成的走访、服务或签到的占多少；计划的不算",
        _served,
        ("memberships", "contacts", "attendances", "sessions_held"),
    ),
    Indicator(
        "live_pairing",
        "有效结对率",
        "30 天内有联系",
        "超过 30 天没有联系",
        "当日正有人结对的服务对象中，30 天内有一次结对联系的占多少",
        _in_touch,
        ("memberships", "pairings", "contacts"),
        _pairs,
    ),
    Indicator(
        "checkup",
        "体检覆盖率",
        "12 个月内已体检",
        "12 个月内没有体检",
        "当日 65 周岁及以上的居民中，12 个月内有一次已完成体检的占多少；只知出生年份的按年初算",
        _checked_up,
        ("residents", "contacts"),
        _over_65,
    ),
)
BY_NAME = {indicator.name: indicator for indicator in INDICATORS}
