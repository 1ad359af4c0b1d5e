"""Who takes part in the programmes of the sample, and how often each of them comes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from db.sample.crowd import Crowd
from db.sample.maker import Maker, same_day
from db.sample.programmes import Plan

Row = dict[str, Any]
AT_ONCE, LEAVES = 0.55, 0.08
WHY_LEFT = ("时间冲突", "身体不便", "家人另有安排")
LATER = "9999"


@dataclass(frozen=True)
class Joiner:
    """Somebody enrolled, and how often such a one comes: 0 is never."""

    row: Row
    often: float

    def there(self, day: dt.date) -> bool:
        """Whether they were enrolled on that day."""
        last: str = self.row.get("ended_on", LATER)
        return str(self.row["started_on"]) <= day.isoformat() < last


def of(make: Maker, crowd: Crowd, plan: Plan, course: str | None) -> list[Joiner]:
    """`plan.size` members of its groups, the first few of whom never come."""
    able = [
        row
        for group in plan.groups
        for row in crowd.members(plan.area, group)
        if crowd.ages[row["resident_id"]] >= plan.youngest
    ]
    chosen = make.chance.sample(able, plan.size)
    return [
        Joiner(
            _row(make, crowd, plan, member, course),
            0.0 if place < plan.never else make.chance.uniform(0.5, 0.97),
        )
        for place, member in enumerate(chosen)
    ]


def _row(make: Maker, crowd: Crowd, plan: Plan, member: Row, course: str | None) -> Row:
    """From the first day they could on, or later; a few have left."""
    first = _earliest(make, crowd, plan, member)
    late = not make.chance.happens(AT_ONCE)
    started = make.chance.day(first, max(first, make.days_ago(30))) if late else first
    row = {
        "id": make.ids.new(),
        "area_id": plan.area,
        "programme_id": plan.id,
        **({"course_id": course} if course else {}),
        "resident_id": member["resident_id"],
        "started_on": started.isoformat(),
    }
    if make.chance.happens(LEAVES) and started <= make.days_ago(120):
        ended = make.chance.day(started + dt.timedelta(days=60), make.days_ago(15))
        row |= {"ended_on": ended.isoformat(), "remark": make.chance.choice(WHY_LEFT)}
    return row


def _earliest(make: Maker, crowd: Crowd, plan: Plan, member: Row) -> dt.date:
    """When the programme had begun, and they were of the group and old enough."""
    first = max(min(plan.days(make)), dt.date.fromisoformat(member["started_on"]))
    born = crowd.people[member["resident_id"]]["birth_date"]
    if len(born) < len("YYYY-MM-DD"):  # an old person
        return first
    birthday = dt.date.fromisoformat(born)
    return max(first, same_day(birthday, birthday.year + plan.youngest))
