"""The coverage figures, each declared as data: who counts, who of them is served, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from db.registers.people import RESIDENT, Membership, Resident
from db.registers.places import Household
from db.registers.volunteers import Pairing

Text = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]
Served = Callable[[str], ColumnElement[bool]]


@dataclass(frozen=True)
class Indicator:
    """`served` gives, for a day, the SQL condition on a membership that its subject is served.

    `done` and `undone` are the words for either side; `reads` the registers it is counted from.
    """

    name: str
    label: str
    done: str
    undone: str
    definition: str
    served: Served
    reads: tuple[str, ...]


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


def _paired(day: str) -> ColumnElement[bool]:
    return exists().where(
        or_(
            Pairing.resident_id == Membership.resident_id,
            Pairing.household_id == Membership.household_id,
        ),
        Pairing.deleted_at.is_(None),
        open_on(Pairing.started_on, Pairing.ended_on, day),
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
)
BY_NAME = {indicator.name: indicator for indicator in INDICATORS}
