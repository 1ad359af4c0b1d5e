"""Whose accounts can judge the bids of a call in an area."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, select

from db import engine, places
from db.accounts import Account
from db.actors import Actor
from db.doors.questions import Forbidden
from db.doors.reading import permitted, register_named
from db.registers.calls import JUDGE


@dataclass(frozen=True)
class Juror:
    """An account in use that may score bids; `organisation` where it works for one."""

    username: str
    name: str
    organisation: str | None


def jurors(on: Engine, actor: Actor, area: str) -> list[Juror]:
    """The accounts of judges over a place that holds the area, for who chooses among them."""
    with engine.reading(on) as conn:
        if not permitted(conn, actor, "add", register_named("judges")).covers(area):
            raise Forbidden("没有这个区域，或它不在您的工作范围内")
        above = [one for one, *_ in places.path(conn, area)]
        asked = select(Account.username, Account.name, Account.organisation_id).where(
            Account.active.is_(True), Account.area_id.in_(above), Account.role == JUDGE
        )
        found = conn.execute(asked.order_by(Account.name, Account.username))
        return [Juror(*row) for row in found]
