"""12,500 people of 18 columns as one write: what an import costs beyond its file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, insert

from bench.databases import LABELS
from bench.figures import Figure
from bench.timings import seconds
from db import accounts, dates, doors, ids, sample
from db.actors import Actor
from db.changes import Change
from db.engine import open_engine, writing
from db.registers import BY_NAME

RESIDENTS = BY_NAME["residents"]
COLUMNS = [name for name in RESIDENTS.fields if name != "household_id"]  # 18
FILLED = {
    "phone": "15400001234", "lives_alone": False, "education": "初中", "marriage": "已婚",
    "party": "群众", "employer": "蒲纺", "contact": "张伟", "contact_phone": "15400005678",
    "remark": "由名册导入",
}  # fmt: skip
COUNT = 12_500


def figures(backend: str, url: str) -> Iterator[Figure]:
    """Rows a second through the write door, and beside it a bare insert of the same rows."""
    on = open_engine(url)
    try:
        actor = accounts.actor(on, "admin")
        made = people()
        bare = seconds(lambda: _bare(on, _placed(on, actor, made)))
        changes = [
            Change("residents", one.pop("id"), None, one) for one in _placed(on, actor, made)
        ]
        taken = seconds(lambda: _through(on, actor, changes))
        plain = f"裸批量插入 {COUNT / bare:,.0f} 行/s"
        note = f"用时 {taken:.1f} s；{plain}，用时为它的 {taken / bare:.1f} 倍"
        what = f"写门：一次写入 12,500 行 × 18 列（{LABELS[backend]}）"
        yield Figure(f"bulk.{backend}", what, COUNT / taken, "行/s", None, note)
    finally:
        on.dispose()


def people() -> list[dict[str, Any]]:
    """The people of 桃花坪 with a value in every column, but no id and no place yet."""
    made = sample.rows(dates.today())["residents"]
    here = [FILLED | row for row in made if row["area_id"] == "taohuaping"]
    assert len(here) == COUNT
    return [{name: row.get(name) for name in COLUMNS} for row in here]


def _placed(on: Engine, actor: Actor, people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """They, with ids of their own, in a community that is made for them."""
    area = place(on, actor)
    return [{"id": ids.new(), "area_id": area, **one} for one in people]


def place(on: Engine, actor: Actor) -> str:
    """A community made for one import."""
    area = ids.new()
    after = {"name": f"测速社区 {area}", "level": "社区", "area_id": "pufang"}
    doors.write(on, actor, [Change("areas", area, None, after)], source="shell")
    return area


def _bare(on: Engine, rows: list[dict[str, Any]]) -> None:
    """The same cells, sealed the same way, in one statement; no check, no history."""
    made = [{"created_at": ids.now(), **row} for row in rows]
    with writing(on) as conn:
        conn.execute(insert(RESIDENTS.table), made)


def _through(on: Engine, actor: Actor, changes: list[Change]) -> None:
    written = doors.write(on, actor, changes, source="import")
    refused = [one for one in written.outcomes if one.status != "applied"]
    assert not refused, refused[0]
