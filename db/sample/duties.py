"""The daily patrol and the monthly clean-up of the sample: who was on which shift, what failed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from db.registers.duties import APPROVED, DAILY, DUE, HELD, MISSED, MONTHLY, RETURNED, ROSTERED
from db.registers.duties import WAITING as TO_APPROVE
from db.sample import days
from db.sample.maker import Maker
from db.sample.places import LIUMIQIAO
from db.sample.volunteers import Helpers

Row = dict[str, Any]
PATROL, CLEANING = "liumiqiao_patrol", "liumiqiao_cleaning"
SERVICE, HELPERS = "liumiqiao_service", "liumiqiao_helpers"
HALF_A_YEAR, SKIPPED, APPROVED_AFTER, SENT_BACK = 183, 0.055, 9, 0.012
CLEANING_DAY = 15
FOR = {PATROL: "childless_elderly", CLEANING: "poor_households"}  # whom it is done for
# How often the keenest patrol; two of them pass 300 hours so, and the next seven 100.
KEEN = (0.7, 0.66, *(0.27,) * 7)
WHY_NOT = ("大雨", "值班人员临时有事", "未安排到人")
SEEN = (
    "未见异常",
    "未见异常",
    "提醒两户关好单元门",
    "发现路灯损坏，已报修",
    "劝离楼道内充电的电动车",
)
_ACTIVITIES = (
    (PATROL, "义务巡逻", DAILY, SERVICE, HALF_A_YEAR, "成员每天参加（据 4 月 20 日报道）"),
    (CLEANING, "社区清洁", MONTHLY, HELPERS, days.LONG_AGO,
     "与志愿者服务队每月一同开展（据 4 月 20 日报道）"),
)  # fmt: skip


@dataclass
class Served:
    """Activities, shifts and the hours given, as rows."""

    activities: list[Row] = field(default_factory=list)
    shifts: list[Row] = field(default_factory=list)
    hours: list[Row] = field(default_factory=list)


def of(make: Maker, helpers: Helpers) -> Served:
    served = Served([_activity(make, *each) for each in _ACTIVITIES])
    members = team(make, helpers, SERVICE, HALF_A_YEAR)
    keen, others = members[: len(KEEN)], members[len(KEEN) :]
    for day in days.daily(make, HALF_A_YEAR):
        crew = [who for who, often in zip(keen, KEEN, strict=True) if make.chance.happens(often)]
        crew += make.chance.sample(others, 1 if crew else 2)
        missed = day == make.days_ago(1) or (day < make.day and make.chance.happens(SKIPPED))
        _shift(make, served, PATROL, day, missed, [(who, ("18:30", "21:30", 3.0)) for who in crew])
    cleaners = sorted(
        {who for one in (SERVICE, HELPERS) for who in team(make, helpers, one, days.LONG_AGO)}
    )
    for day in days.monthly(make, CLEANING_DAY):
        crew = make.chance.sample(cleaners, min(len(cleaners), make.chance.randint(14, 24)))
        missed = make.chance.happens(SKIPPED)
        times = [(who, ("08:30", "10:30", 2.0)) for who in crew]
        _shift(make, served, CLEANING, day, missed, times)
    return served


def _activity(
    make: Maker, key: str, name: str, rhythm: str, team: str, back: int, remark: str
) -> Row:
    return {
        "id": key,
        "area_id": LIUMIQIAO,
        "name": name,
        "rhythm": rhythm,
        "team_id": team,
        "started_on": make.days_ago(back).isoformat(),
        "remark": f"{remark}；开始日期为示例台账的起始日，班次和人员为示例",
    }


def team(make: Maker, helpers: Helpers, name: str, back: int) -> list[str]:
    """Volunteers who have been in a team all that time."""
    first = make.days_ago(back).isoformat()
    stays = [stay for stay in helpers.of_team(name) if stay.left is None and stay.joined <= first]
    return [stay.volunteer for stay in stays]


def roster(make: Maker, served: Served, activity: str, day: dt.date, crew: list[str]) -> None:
    """A shift to come, with who is on."""
    _shift(make, served, activity, day, False, [(who, ("", "", 0.0)) for who in crew])


def _shift(
    make: Maker,
    served: Served,
    activity: str,
    day: dt.date,
    missed: bool,
    crew: list[tuple[str, tuple[str, str, float]]],
) -> None:
    """Rostered from the sample's day on, held or missed before."""
    state = DUE if day >= make.day else MISSED if missed else HELD
    row = {
        "id": make.ids.new(),
        "area_id": LIUMIQIAO,
        "activity_id": activity,
        "held_on": day.isoformat(),
        "state": state,
    }
    if state == HELD and activity == PATROL:
        row["remark"] = make.chance.choice(SEEN)
    if state == MISSED:
        row["remark"] = make.chance.choice(WHY_NOT)
    served.shifts.append(row)
    if state != MISSED:
        served.hours += _hours(make, row, day, crew)


def _hours(
    make: Maker, shift: Row, day: dt.date, crew: list[tuple[str, tuple[str, str, float]]]
) -> Iterator[Row]:
    content = "义务巡逻" if shift["activity_id"] == PATROL else "社区清洁"
    for volunteer, (begun, ended, length) in crew:
        row = {
            "id": make.ids.new(),
            "area_id": shift["area_id"],
            "volunteer_id": volunteer,
            "served_on": shift["held_on"],
            "shift_id": shift["id"],
            "group_id": FOR[shift["activity_id"]],
            "content": content,
        }
        if day >= make.day:
            yield row | {"state": ROSTERED}
        else:
            times = {"starts_at": begun, "ends_at": ended, "hours": length}
            yield row | times | {"state": state(make, day)}


def state(make: Maker, day: dt.date) -> str:
    """The latest wait to be approved; a few were sent back."""
    if day > make.days_ago(APPROVED_AFTER):
        return TO_APPROVE
    return RETURNED if make.chance.happens(SENT_BACK) else APPROVED
