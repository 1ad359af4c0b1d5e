"""The first rows of a new database: its root area, the target groups, the proof of its key."""

from __future__ import annotations

import base64
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from sqlalchemy import Engine, inspect, select

from db import engine, facts, ids, migrate, secrecy, standard
from db.actors import Actor
from db.changes import Change, Outcome, Values
from db.doors import storing
from db.doors.storing import Deed, Occasion
from db.doors.writing import write
from db.parsers import Refused
from db.registers.places import CITY, Area
from db.roles import FOUNDER

SYSTEM = Actor("system", "系统", FOUNDER.name, "xianning", clearance=True)
KEY = "key"
PORTION = 5000  # changes in one transaction while sample data are written


def exists(on: Engine) -> bool:
    """Whether the database has been founded."""
    return inspect(on).has_table("areas") and _root(on) is not None


def _root(on: Engine) -> str | None:
    with engine.reading(on) as conn:
        return conn.scalar(select(Area.id).where(Area.id == Area.area_id))


def found(on: Engine, name: str = "咸宁市") -> None:
    """Tables, the root area and the key's proof; does nothing where they are there."""
    migrate.upgrade(on)
    if _root(on) is not None:
        return
    facts.put(on, KEY, base64.b64encode(secrecy.seal("三社联动", KEY)).decode())
    with engine.writing(on) as conn:
        after = {"name": name, "level": CITY}
        root = Deed(ids.new(), "add", "areas", SYSTEM.area_id, SYSTEM.area_id, None, after)
        storing.store(conn, Occasion(SYSTEM, "init", ids.new()), [root])
    fill(on, {"groups": standard.groups(SYSTEM.area_id)})


def check_key(on: Engine) -> None:
    """Raises Refused where the data were encrypted with another key than the present one."""
    prove_key(facts.get(on, KEY))


def prove_key(proof: str | None) -> None:
    """Raises Refused unless the present key opens what the database's key once sealed."""
    try:
        secrecy.unseal(base64.b64decode(proof or ""), KEY)
    except (InvalidTag, ValueError):
        raise Refused("密钥与这个数据库不符，请用原来的密钥文件或 SANSHE_KEY") from None


def fill(on: Engine, rows: dict[str, list[Values]]) -> None:
    """Writes rows of any registers through the write door, as one batch.

    Meanwhile the database's guards keep still: what was long ago may be written now.
    """
    batch, before = ids.new(), facts.get(on, facts.FILLING)
    facts.put(on, facts.FILLING, "1")
    for register, some in rows.items():
        added = [_addition(register, row) for row in some if row["id"] != SYSTEM.area_id]
        # A place has to be there before anything can lie in it.
        portion = 1 if register == Area.__tablename__ else PORTION
        for start in range(0, len(added), portion):
            part = added[start : start + portion]
            _all_applied(write(on, SYSTEM, part, source="init", batch=batch).outcomes)
    facts.put(on, facts.FILLING, before or "")
    with engine.writing(on) as conn:
        conn.exec_driver_sql("ANALYZE")  # else the first questions are planned as for empty tables


def _addition(register: str, row: Values) -> Change:
    return Change(register, row["id"], None, {n: v for n, v in row.items() if n != "id"})


def _all_applied(outcomes: Iterable[Outcome]) -> None:
    for one in outcomes:
        if one.status != "applied":
            raise Refused(f"初始数据没有写入：{one.reason}")
