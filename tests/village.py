"""A small place for tests: two communities under a street, one under another, a few people each.

Every row is written out here, so that a test can say what it expects without looking it up.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Engine, text

from db import doors, founding
from db.actors import Actor
from db.changes import Change, Outcome
from db.engine import open_engine
from db.tables import METADATA
from tests import databases

ROOT, STREET, EAST, WEST, FAR, NORTH = "xianning", "street", "east", "west", "far", "north"
CHILDREN, CLOSED = "left_behind_children", "severe_mental_illness"  # CLOSED needs a clearance
AN_ID, BO_ID = "421281195603010015", "422323194905120023"  # of 安一 and 卜二
AN_PHONE = "13800000001"

AREAS = (
    {"id": STREET, "area_id": ROOT, "name": "近街", "level": "乡镇街道"},
    {"id": FAR, "area_id": ROOT, "name": "远街", "level": "乡镇街道"},
    {"id": EAST, "area_id": STREET, "name": "东社区", "level": "社区"},
    {"id": WEST, "area_id": STREET, "name": "西社区", "level": "社区"},
    {"id": NORTH, "area_id": FAR, "name": "北社区", "level": "社区"},
)
RESIDENTS = (
    {
        "id": "e-an", "area_id": EAST, "name": "安一", "sex": "女", "birth_date": "1956-03-01",
        "id_number": AN_ID, "phone": AN_PHONE, "household_id": "e-home", "party": "中共党员",
        "contact": "安家亲戚", "contact_phone": "13900000001", "address": "东街 1 号",
        "employer": "蒲纺医院",
    },
    {"id": "e-bo", "area_id": EAST, "name": "卜二", "id_number": BO_ID, "address": "东街 2 号"},
    {"id": "e-cu", "area_id": EAST, "name": "崔三", "birth_date": "2016-06"},
    {"id": "w-an", "area_id": WEST, "name": "韦一", "phone": "13700000001", "employer": "西厂"},
    {"id": "w-bo", "area_id": WEST, "name": "魏二"},
    {"id": "n-an", "area_id": NORTH, "name": "倪一", "phone": "13600000001"},
)  # fmt: skip
ROWS: dict[str, list[dict[str, Any]]] = {
    "areas": [*AREAS],
    "communities": [{"id": one, "area_id": one, "population": "约100"} for one in (EAST, WEST)],
    "households": [
        {"id": "e-home", "area_id": EAST, "number": "E1", "address": "东街 1 号"},
        {"id": "w-home", "area_id": WEST, "number": "W1"},
    ],
    "residents": [*RESIDENTS],
    "memberships": [
        {"id": "e-child", "area_id": EAST, "group_id": CHILDREN, "resident_id": "e-cu",
         "started_on": "2020-01-01"},
        {"id": "e-ill", "area_id": EAST, "group_id": CLOSED, "resident_id": "e-bo",
         "started_on": "2020-01-01", "basis": "医院诊断"},
        {"id": "w-child", "area_id": WEST, "group_id": CHILDREN, "resident_id": "w-an",
         "started_on": "2020-01-01"},
    ],
    "organisations": [
        {"id": "e-org", "area_id": EAST, "name": "东风社工中心", "registration": "登记",
         "phone": "13800000061"},
        {"id": "w-org", "area_id": WEST, "name": "西苑互助会", "registration": "备案"},
    ],
    "volunteers": [
        {"id": "e-vol", "area_id": EAST, "name": "尹志", "phone": "13500000001"},
        {"id": "w-vol", "area_id": WEST, "name": "吴志", "phone": "13500000002"},
    ],
    "teams": [
        {"id": "e-team", "area_id": EAST, "name": "东队"},
        {"id": "w-team", "area_id": WEST, "name": "西队"},
    ],
    "team_members": [
        {"id": "e-in", "area_id": EAST, "team_id": "e-team", "volunteer_id": "e-vol",
         "started_on": "2021-01-01"},
        {"id": "w-in", "area_id": WEST, "team_id": "w-team", "volunteer_id": "w-vol",
         "started_on": "2021-01-01"},
    ],
    "pairings": [
        {"id": "e-pair", "area_id": EAST, "volunteer_id": "e-vol", "resident_id": "e-cu",
         "started_on": "2021-01-01"},
        {"id": "w-pair", "area_id": WEST, "volunteer_id": "w-vol", "resident_id": "w-an",
         "started_on": "2021-01-01"},
    ],
}  # fmt: skip


def places_of(area: str) -> dict[str, list[dict[str, Any]]]:
    """What the services of a community stand on: a house with a bed, a programme, a duty."""
    at = area[0]
    rows: dict[str, dict[str, Any]] = {
        "facilities": {"id": f"{at}-house", "name": "老年之家"},
        "rooms": {"id": f"{at}-room", "facility_id": f"{at}-house", "name": "一号房"},
        "beds": {"id": f"{at}-bed", "room_id": f"{at}-room", "number": "1", "kind": "老年公寓"},
        "programmes": {"id": f"{at}-programme", "name": "快乐星期天", "kind": "课外课堂"},
        "sessions_held": {"id": f"{at}-session", "programme_id": f"{at}-programme",
                          "held_on": "2026-01-04", "state": "已举办"},
        "activities": {"id": f"{at}-patrol", "name": "巡逻", "rhythm": "每天"},
        "funds": {"id": f"{at}-fund", "source": "项目资金", "purpose": "图书",
                  "granted_on": "2026-01-04", "amount": 1000.0},
        "payments": {"id": f"{at}-paid", "fund_id": f"{at}-fund", "paid_on": "2026-01-05",
                     "amount": 600.0},
        "admissions": {"id": f"{at}-asked", "department": "统计局", "item": "人口抽样",
                       "asked_on": "2026-01-04"},
    }  # fmt: skip
    return {name: [{"area_id": area, **row}] for name, row in rows.items()}


for name in (here := places_of(EAST)):
    ROWS[name] = [*here[name], *places_of(WEST)[name]]

ADMIN = Actor("a-admin", "市管", "city_admin", ROOT, clearance=True)
BOSS = Actor("a-boss", "市管无授权", "city_admin", ROOT)
RESEARCHER = Actor("a-research", "调研", "researcher", ROOT)
OFFICER = Actor("a-officer", "街道", "street_officer", STREET)
SECRETARY = Actor("a-secretary", "东书记", "secretary", EAST, clearance=True)
CLERK = Actor("a-clerk", "东干事", "clerk", EAST)
NEIGHBOUR = Actor("a-neighbour", "西干事", "clerk", WEST)
ORGANISATION = Actor("a-organisation", "组织", "organisation", STREET)
WORKER = Actor("a-worker", "社工", "social_worker", EAST)
NOBODY = Actor("a-nobody", "无角色", "king", ROOT, clearance=True)
PLACELESS = Actor("a-placeless", "无区域", "clerk", "nowhere")


TABLES = (*METADATA.tables, "alembic_version")


def _make(url: str) -> None:
    engine = open_engine(url)
    founding.found(engine)
    founding.fill(engine, ROWS)
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text("CREATE SCHEMA kept"))
            for table in TABLES:
                connection.execute(text(f"CREATE TABLE kept.{table} AS TABLE {table}"))
    engine.dispose()


databases.ORIGINALS["village"] = _make


@contextmanager
def opened(backend: str) -> Iterator[Engine]:
    """An engine on a village in which nobody has been; one at a time in a process."""
    with _place(backend) as url:
        engine = open_engine(url)
        try:
            yield engine
        finally:
            engine.dispose()


@contextmanager
def _place(backend: str) -> Iterator[str]:
    """PostgreSQL takes half a second to copy a database, and milliseconds to put rows back."""
    if backend == "sqlite":
        with databases.copy(backend, "village") as url:
            yield url
    else:
        _put_back(_own())
        yield _own()


@cache
def _own() -> str:
    """The address of this process's village on PostgreSQL."""
    name = f"village_{os.getpid()}"
    databases.COPIERS["postgresql"](databases._original("postgresql", "village"), name)
    return databases._url("postgresql", name)


LEFT_BEHIND = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def _put_back(url: str) -> None:
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text(LEFT_BEHIND))
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # no foreign keys
        for table in TABLES:
            connection.execute(text(f"DELETE FROM {table}"))
            connection.execute(text(f"INSERT INTO {table} SELECT * FROM kept.{table}"))
    engine.dispose()


def add(register: str, row_id: str | None, area: str | None, **cells: Any) -> Change:
    """A new row."""
    return Change(register, row_id, None, {**({"area_id": area} if area else {}), **cells})


def edit(
    register: str, row_id: str, name: str, seen: Any, new: Any, at: int | None = None
) -> Change:
    """One cell, as its author saw it and as it shall be."""
    return Change(register, row_id, {name: seen}, {name: new}, seen=at)


def drop(register: str, row_id: str, **seen: Any) -> Change:
    """A row's deletion, by somebody who saw these cells."""
    return Change(register, row_id, seen, None)


def put(on: Engine, actor: Actor, *changes: Change) -> list[Outcome]:
    """The outcomes of changes that are sent together."""
    return list(doors.write(on, actor, changes, source="test").outcomes)


def one(on: Engine, actor: Actor, change: Change) -> Outcome:
    """The outcome of a change sent alone."""
    return put(on, actor, change)[0]


def done(on: Engine, actor: Actor, *changes: Change) -> str:
    """The batch of changes that must all be applied."""
    written = doors.write(on, actor, changes, source="test")
    assert [told.status for told in written.outcomes] == ["applied"] * len(changes), written
    return written.batch


def cell(on: Engine, register: str, row_id: str, name: str) -> Any:
    """A cell as it is stored; nothing is hidden from tests."""
    table = doors.reading.register_named(register).table
    with on.connect() as connection:
        return connection.execute(table.select().where(table.c.id == row_id)).mappings().one()[name]


def seen(on: Engine, actor: Actor, register: str, area: str | None = None) -> list[str]:
    """The ids of all rows that the actor reads."""
    return [row["id"] for row in doors.read(on, actor, doors.Question(register, area)).rows]


def version(on: Engine) -> int:
    """The version of all data."""
    return doors.version(on)
