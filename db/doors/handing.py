"""A case goes from its handler to another account, with all that was written about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select

from db import engine, ids, permissions, places
from db.accounts import Account
from db.actors import Actor
from db.base import Register
from db.changes import Change, Outcome, Values, Written
from db.doors import gathering, storing
from db.doors.questions import Forbidden
from db.doors.reading import permitted, register_named
from db.doors.storing import Deed, Occasion
from db.permissions import ROLE_BY_NAME
from db.registers import REGISTERS


@dataclass(frozen=True)
class Handler:
    """An account that may handle a case."""

    id: str
    name: str
    role: str


def handlers(on: Engine, actor: Actor, register: str, area: str) -> list[Handler]:
    """The other accounts to whom a row of a register in an area can be handed, by name."""
    with engine.reading(on) as conn:
        known = register_named(register)
        if not permitted(conn, actor, "change", known).covers(area):
            raise Forbidden("没有这个区域，或它不在您的工作范围内")
        return _able(conn, actor, known, area)


def _able(conn: Connection, actor: Actor, register: Register, area: str) -> list[Handler]:
    """In use, of a role that changes such rows, over a place that holds the area."""
    above = [one for one, *_ in places.path(conn, area)]
    roles = [name for name, role in ROLE_BY_NAME.items() if _may(name, register)]
    asked = select(Account.id, Account.name, Account.role).where(
        Account.active.is_(True),
        Account.area_id.in_(above),
        Account.role.in_(roles),
        Account.id != actor.id,
    )
    found = conn.execute(asked.order_by(Account.name, Account.id))
    return [Handler(row.id, row.name, ROLE_BY_NAME[row.role].label) for row in found]


def _may(role: str, register: Register) -> bool:
    of = ROLE_BY_NAME[role]
    return all(permissions.has(of, verb, register.name) for verb in ("read", "change"))


def hand_over(on: Engine, actor: Actor, register: str, row_id: str, to: str) -> Written:
    """The row and those that belong to it are the other account's from now on, with all history.

    Only its handler can; it is kept in the history and sees it no more. Raises Forbidden.
    """
    known = register_named(register)
    if not known.about.kept_by:
        raise Forbidden(f"“{known.about.label}”不归某一个人办理，不用移交")
    with engine.writing(on) as conn:
        gathering.lock(conn, [Change(register, row_id, {}, {})] if ids.sound(row_id) else [])
        stored = _own(conn, actor, known, row_id)
        able = {one.id: one for one in _able(conn, actor, known, stored["area_id"])}
        if to not in able:
            raise Forbidden("这个账号不能办理这里的案件，请从名单里选")
        deeds = list(_deeds(conn, known, stored, able[to]))
        occasion = Occasion(actor, "handover", ids.new())
        seq = storing.store(conn, occasion, deeds)
        return Written(occasion.batch, seq, (Outcome(deeds[0].op, "applied", row_id, seq=seq),))


def _own(conn: Connection, actor: Actor, register: Register, row_id: str) -> Values:
    grant = permitted(conn, actor, "change", register)
    table = register.table
    here = select(table).where(table.c.id == row_id, table.c.deleted_at.is_(None), grant.rows())
    found = conn.execute(here).mappings().one_or_none() if ids.sound(row_id) else None
    if found is None:
        raise Forbidden("这一行不存在，或不在您的工作范围内")
    return dict(found)


def _deeds(conn: Connection, register: Register, row: Values, to: Handler) -> Iterator[Deed]:
    yield _handed(register, row, to)
    for other in REGISTERS:
        links = [name for name, one in other.fields.items() if one.refers == register.name]
        for name in links if other.about.kept_by else ():
            # What was deleted goes along: it can come back.
            belonging = select(other.table).where(other.table.c[name] == row["id"])
            for found in conn.execute(belonging).mappings():
                yield _handed(other, dict(found), to)


def _handed(register: Register, row: Values, to: Handler) -> Deed:
    stamps = {"id": to.id, "name": to.name}
    after = {n: stamps[one.stamp] for n, one in register.fields.items() if one.stamp in stamps}
    before = {name: row[name] for name in after}
    return Deed(ids.new(), "change", register.name, row["id"], row["area_id"], before, after)
