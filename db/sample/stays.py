"""Who has a bed in the sample, who had one, and who waits for one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from db.registers.facilities import APARTMENT, BOOKED, DAY_CARE, STAYING
from db.sample.crowd import Crowd
from db.sample.facilities import Built
from db.sample.maker import Maker
from db.sample.places import TAOHUAPING

Row = dict[str, Any]
# Of each kind of bed: how many are taken, how many booked.
TAKEN = {DAY_CARE: (8, 0), APARTMENT: (48, 3)}
FORMER, WAITED, OLD = 16, 6, 68
REPAIR = "床架维修，暂停使用"
WHY_LEFT = ("子女接回同住", "转往医院", "回家休养", None)
# Kind of bed, days since it was asked for, urgent, what is wished for.
_WAITING = (
    (APARTMENT, 128, False, "希望与老伴同住一间"),
    (APARTMENT, 97, False, "希望住一楼"),
    (APARTMENT, 83, True, "出院后无人照料"),
    (DAY_CARE, 66, False, None),
    (APARTMENT, 49, False, "希望与老伴同住一间"),
    (DAY_CARE, 37, True, "子女白天上班"),
    (APARTMENT, 24, False, None),
    (APARTMENT, 11, True, "独居，近日跌倒过"),
    (DAY_CARE, 5, False, None),
)
_SETTLED = ("本人放弃", "本人放弃", "不符合条件")


@dataclass
class Living:
    """Stays and waitings as rows."""

    stays: list[Row] = field(default_factory=list)
    waitings: list[Row] = field(default_factory=list)


def of(make: Maker, crowd: Crowd, built: Built) -> Living:
    """Nobody has two beds, nobody who has one waits."""
    lonely = crowd.members(TAOHUAPING, "empty_nest_elderly")
    old = [row["resident_id"] for row in lonely if crowd.ages[row["resident_id"]] >= OLD]
    people = iter(make.chance.sample(old, 110))
    made = Living()
    for kind in (DAY_CARE, APARTMENT):
        beds = [bed for bed in built.beds if bed["kind"] == kind]
        _fill(make, made, make.chance.sample(beds, len(beds)), people)
    _empty(make, made, people)
    _queue(make, made, people)
    return made


def _fill(make: Maker, made: Living, beds: list[Row], people: Iterator[str]) -> None:
    taken, booked = TAKEN[beds[0]["kind"]]
    for place, bed in enumerate(beds[: taken + booked]):
        state, back = (STAYING, (12, 520)) if place < taken else (BOOKED, (0, 4))
        away = make.chance.randint(*back)
        started = make.days_ago(away if state == STAYING else -1 - away)
        made.stays.append(_stay(make, bed, next(people), state, started))
    if booked:
        beds[-1] |= {"in_use": False, "remark": REPAIR}


def _empty(make: Maker, made: Living, people: Iterator[str]) -> None:
    """Stays that ended before the present one in the same bed began."""
    for now in made.stays[:FORMER]:
        began = dt.date.fromisoformat(now["started_on"])
        ended = began - dt.timedelta(days=make.chance.randint(2, 40))
        started = ended - dt.timedelta(days=make.chance.randint(40, 260))
        bed = {"id": now["bed_id"], "area_id": now["area_id"], "fee": now["fee"]}
        row = {
            **_stay(make, bed, next(people), STAYING, started),
            "ended_on": ended.isoformat(),
            "remark": make.chance.choice(WHY_LEFT),
        }
        made.stays.append({name: value for name, value in row.items() if value is not None})


def _stay(make: Maker, bed: Row, resident: str, state: str, started: dt.date) -> Row:
    return {
        "id": make.ids.new(),
        "area_id": bed["area_id"],
        "bed_id": bed["id"],
        "resident_id": resident,
        "state": state,
        "started_on": started.isoformat(),
        "fee": bed["fee"],
    }


def _queue(make: Maker, made: Living, people: Iterator[str]) -> None:
    """Those who got their bed, those who no longer ask, then those who still wait."""
    here = [row for row in made.stays if row["state"] == STAYING and "ended_on" not in row]
    for stay in here[-WAITED:]:
        began = dt.date.fromisoformat(stay["started_on"])
        asked = began - dt.timedelta(days=make.chance.randint(10, 70))
        row = _waiting(make, stay["resident_id"], APARTMENT if stay["fee"] else DAY_CARE, asked)
        made.waitings.append({**row, "settled_on": began.isoformat(), "outcome": "已安排"})
    for outcome in _SETTLED:
        asked = make.days_ago(make.chance.randint(150, 400))
        row = _waiting(make, next(people), APARTMENT, asked)
        settled = asked + dt.timedelta(days=make.chance.randint(6, 60))
        made.waitings.append({**row, "settled_on": settled.isoformat(), "outcome": outcome})
    for kind, days, urgent, remark in _WAITING:
        row = _waiting(make, next(people), kind, make.days_ago(days)) | {"urgent": urgent}
        made.waitings.append({**row, "remark": remark} if remark else row)


def _waiting(make: Maker, resident: str, kind: str, asked: dt.date) -> Row:
    return {
        "id": make.ids.new(),
        "area_id": TAOHUAPING,
        "resident_id": resident,
        "kind": kind,
        "asked_on": asked.isoformat(),
    }
