"""What was done within the pairings of the sample: who was seen when, and who has gone silent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from db.registers.contacts import CALL, VISIT
from db.sample.crowd import target
from db.sample.days import LONG_AGO
from db.sample.maker import Maker
from db.sample.places import GUIHUASHU, LIUMIQIAO, TAOHUAPING

Row = dict[str, Any]
RECENT, SETTLED_IN = 25, 120  # days: of the last contact, and before a pairing can go silent


@dataclass(frozen=True)
class Rhythm:
    """How many days lie between contacts in a community, and how many pairings are silent."""

    area: str
    between: tuple[int, int]
    silent: int


RHYTHMS = (
    Rhythm(GUIHUASHU, (16, 38), 5),
    Rhythm(LIUMIQIAO, (40, 80), 23),
    Rhythm(TAOHUAPING, (45, 85), 31),
)
# By what the pairing helps with: the kind of contact and what came of it.
_DONE: dict[str, tuple[tuple[str, str], ...]] = {
    "生活": (
        (VISIT, "一同做了家务，家中情况正常"),
        ("上门服务", "代买生活用品并送到家中"),
        (VISIT, "入户查看用电用气，未见隐患"),
    ),
    "心灵": (
        (CALL, "通话聊了近况，情绪平稳"),
        ("心理辅导", "谈心半小时，愿意多说话了"),
        (VISIT, "陪同散步聊天，精神不错"),
    ),
    "物质": (("探望慰问", "送去生活物资"), ("探望慰问", "节日慰问，送去米油和日用品")),
}
AID = (60, 80, 100, 120, 150, 200, 300)


def of(make: Maker, pairs: list[Row]) -> list[Row]:
    """Contacts of all pairings, in the last year and a half."""
    rows: list[Row] = []
    for rhythm in RHYTHMS:
        here = [pair for pair in pairs if pair["area_id"] == rhythm.area]
        silent = _silent(make, here, rhythm.silent)
        for pair in here:
            days = _days(make, pair, rhythm, pair["id"] in silent)
            rows += [_row(make, pair, day) for day in days]
    return rows


def _silent(make: Maker, pairs: list[Row], count: int) -> set[str]:
    """Some of the open ones that have been there for a while."""
    since = make.days_ago(SETTLED_IN).isoformat()
    able = [row["id"] for row in pairs if "ended_on" not in row and row["started_on"] <= since]
    return set(make.chance.sample(able, count))


def _days(make: Maker, pair: Row, rhythm: Rhythm, silent: bool) -> list[dt.date]:
    """An open pairing that is not silent had its last contact within `RECENT` days."""
    started = dt.date.fromisoformat(pair["started_on"])
    last = make.days_ago(make.chance.randint(34, 85) if silent else 1)
    if "ended_on" in pair:
        last = dt.date.fromisoformat(pair["ended_on"])
    first = max(started, make.days_ago(LONG_AGO))
    days = list(_between(make, first, last, rhythm.between))
    fresh = make.days_ago(RECENT)
    if not silent and "ended_on" not in pair and (not days or days[-1] < fresh):
        days.append(make.chance.day(max(started, fresh), last))
    return days


def _between(
    make: Maker, first: dt.date, last: dt.date, between: tuple[int, int]
) -> Iterator[dt.date]:
    day = first + dt.timedelta(days=make.chance.randint(1, 15))
    while day <= last:
        yield day
        day += dt.timedelta(days=make.chance.randint(*between))


def _row(make: Maker, pair: Row, day: dt.date) -> Row:
    help_with = make.chance.choice(pair["help"].split("、"))
    kind, result = make.chance.choice(_DONE[help_with])
    row = {
        "id": make.ids.new(),
        "area_id": pair["area_id"],
        "kind": kind,
        **target(pair),
        "done_on": day.isoformat(),
        "volunteer_id": pair["volunteer_id"],
        "pairing_id": pair["id"],
        "result": result,
    }
    given = help_with == "物质" and make.chance.happens(0.8)
    return {**row, "aid_value": float(make.chance.choice(AID))} if given else row
