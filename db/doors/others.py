"""What others changed lately in an area: by whom, in which register, how many rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, select

from db import engine, permissions
from db.actors import Actor
from db.audit import LOOKS, Entry, Write
from db.doors.reading import scope
from db.registers import REGISTERS

LATEST = 3000  # writes looked through: the clock's order is the order of time


@dataclass(frozen=True)
class Changed:
    """`rows` of a register that somebody changed, the last time at `when`."""

    who: str
    register: str
    rows: int
    when: str


def others(on: Engine, actor: Actor, area: str, since: str) -> list[Changed]:
    """What other accounts did in an area since a moment, the latest first.

    Only of registers all of whose rows there the actor reads: a number would tell of the rest.
    """
    with engine.reading(on) as conn:
        registers = sorted(_open(conn, actor, area))
        lately = select(Write.id, Write.at, Write.actor_name).where(
            Write.actor_id != actor.id, Write.source != "init"
        )
        lately = lately.order_by(Write.seq.desc()).limit(LATEST)
        last = lately.subquery()
        rows = func.count(Entry.row_id.distinct())
        asked = (
            select(last.c.actor_name, Entry.register, rows, func.max(last.c.at))
            .join(Entry, Entry.write_id == last.c.id)
            .where(last.c.at >= since, Entry.area_id == area)
            .where(Entry.register.in_(registers), Entry.verb.not_in(LOOKS))
            .group_by(last.c.actor_name, Entry.register)
            .order_by(func.max(last.c.at).desc(), Entry.register)
        )
        return [Changed(*row) for row in conn.execute(asked)]


def _open(conn: Connection, actor: Actor, area: str) -> Iterator[str]:
    for register in REGISTERS:
        about = register.about
        if about.kept_by or about.attached or (about.open_rows and not actor.clearance):
            continue
        grant = permissions.grant(conn, actor, "read", register)
        if grant and scope(conn, grant, area):
            yield register.name
