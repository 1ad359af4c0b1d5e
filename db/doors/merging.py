"""Two rows of one person: found, made one, and (as any batch) made two again."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine, select

from db import engine, ids, likeness
from db.actors import Actor
from db.base import Register
from db.changes import Change, Values, Written
from db.doors.questions import Forbidden
from db.doors.reading import permitted, register_named, scope
from db.doors.writing import Bound, write
from db.parsers import Refused
from db.registers import REGISTERS
from db.registers.people import MOVED_OUT
from db.registers.twins import Apart, pair

MOST = 200  # pairs told at once
TOLD = ("name", "id_number", "birth_date", "phone", "address", "sex", "status")


@dataclass(frozen=True)
class Double:
    """Two rows that may be of one person, and why."""

    one: str
    other: str
    why: str


def doubles(on: Engine, actor: Actor, register: str, area: str | None) -> list[Double]:
    """Likely double persons in an area and all below it, the surest first.

    Only for who may change and delete here: what is behind masks is compared.
    """
    known = register_named(register)
    if not known.fields.keys() >= set(TOLD):
        raise Forbidden(f"“{known.about.label}”不是居民名单，不能查找重复")
    with engine.reading(on) as conn:
        for verb in ("change", "delete"):
            grant = permitted(conn, actor, verb, known)
        reach = scope(conn, grant, area or actor.area_id)
        table = known.table
        asked = select(table.c.id, table.c.area_id, *(table.c[n] for n in TOLD))
        here = asked.where(grant.rows(), table.c.deleted_at.is_(None))
        rows = conn.execute(here.where(table.c.area_id.in_(reach or ()))).mappings()
        found = _pairs({row["id"]: dict(row) for row in rows})
        apart = _apart(conn)
        open_ = (one for one in found if pair(one.one, one.other) not in apart)
        return sorted(open_, key=_rank)[:MOST]


def _apart(conn: Connection) -> set[str]:
    """The pairs that somebody has told apart, wherever: they are named to nobody."""
    return set(conn.scalars(select(Apart.pair).where(Apart.deleted_at.is_(None))))


def _rank(double: Double) -> tuple[int, str, str]:
    sure = ("身份证号码相同", "姓名、出生日期相同")
    return (
        next((n for n, one in enumerate(sure) if one in double.why), 9),
        double.one,
        double.other,
    )


def _pairs(rows: dict[str, Values]) -> Iterator[Double]:
    """Each pair once: those who sound alike, are born on one day or have one number."""
    met: set[tuple[str, str]] = set()
    for together in _groups(rows):
        for place, one in enumerate(together):
            for other in together[place + 1 :]:
                pair = (one, other) if one < other else (other, one)
                if pair in met:
                    continue
                met.add(pair)
                if _moved(rows[one], rows[other]):
                    continue
                if why := likeness.double(rows[pair[0]], rows[pair[1]]):
                    yield Double(*pair, why)


def _moved(one: Values, other: Values) -> bool:
    """Whether who is in two communities has left one of them: then both rows are right."""
    return bool(
        one["area_id"] != other["area_id"] and MOVED_OUT in (one["status"], other["status"])
    )


def _groups(rows: dict[str, Values]) -> Iterator[list[str]]:
    by: dict[tuple[str, Any], list[str]] = {}
    for row_id, row in rows.items():
        by.setdefault(("sound", likeness.sound(str(row["name"]))), []).append(row_id)
        for name in ("id_number", "birth_date"):
            if row.get(name) and len(str(row[name])) >= len("2026-11-23"):
                by.setdefault((name, row[name]), []).append(row_id)
    yield from (group for group in by.values() if len(group) > 1)


def merge(
    on: Engine, actor: Actor, register: str, keep: str, lose: str, take: Collection[str]
) -> Written:
    """One row of two: `keep` stays and takes the fields `take` from `lose`, which goes; all rows
    that point at `lose` point at `keep` then. Undoing the batch makes two of them again.

    What needs a clearance moves along unseen. Raises Forbidden or Refused; all or nothing.
    """
    known = register_named(register)
    if keep == lose:
        raise Refused("请选两行不同的")
    with engine.reading(on) as conn:
        for verb in ("change", "delete"):
            grant = permitted(conn, actor, verb, known)
        known = grant.register
        table = known.table
        found = conn.execute(
            select(*known.whole()).where(
                table.c.id.in_([keep, lose]), table.c.deleted_at.is_(None), grant.rows()
            )
        ).mappings()
        rows = {row["id"]: dict(row) for row in found}
        if len(rows) < 2:
            raise Forbidden("这一行不存在，或不在您的工作范围内")
        if rows[keep]["area_id"] != rows[lose]["area_id"]:
            raise Refused("两行在不同的社区；请先把其中一个的居住状态改为“迁出”")
        changes = [*_moves(conn, known, keep, lose), *_own(known, rows[keep], rows[lose], take)]
    whole = replace(actor, clearance=True)
    written = write(on, whole, changes, source="merge", bound=Bound.WHOLE, batch=ids.new())
    for one in written.outcomes:
        if one.status != "applied":
            raise Refused(one.reason or "刚刚被别人改过，请重新核对")
    return written


def _moves(conn: Connection, register: Register, keep: str, lose: str) -> Iterator[Change]:
    """All that points at the row that goes, turned to the one that stays; what would then be
    said twice goes."""
    for pointing in REGISTERS:
        for name, one in pointing.fields.items():
            if one.refers != register.name:
                continue
            table = pointing.table
            asked = select(table).where(
                table.c[name].in_([keep, lose]), table.c.deleted_at.is_(None)
            )
            rows = [dict(row) for row in conn.execute(asked).mappings()]
            said = {_key(pointing, row) for row in rows if row[name] == keep}
            for row in rows:
                if row[name] == lose:
                    twice = _key(pointing, {**row, name: keep}) in said
                    yield Change(
                        pointing.name, row["id"], {name: lose}, None if twice else {name: keep}
                    )


def _key(register: Register, row: Values) -> tuple[Any, ...]:
    """What makes two rows of a register say the same: their keys, or else their ids."""
    names = {name for key in register.about.keys for name in key}
    dated = [name for name in ("started_on", "ended_on") if name in register.fields]
    return tuple(row[name] for name in [*sorted(names), *dated]) if names else (row["id"],)


def _own(register: Register, kept: Values, lost: Values, take: Collection[str]) -> Iterator[Change]:
    """The row that goes, then what the other takes from it: a number must be free first."""
    yield Change(register.name, lost["id"], {}, None)
    taken = {name for name in take if name in register.fields and lost[name] != kept[name]}
    if taken:
        yield Change(
            register.name,
            kept["id"],
            {name: kept[name] for name in taken},
            {name: lost[name] for name in taken},
        )
