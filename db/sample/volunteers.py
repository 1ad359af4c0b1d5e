"""The volunteers of the sample and the teams each is or was in; most are residents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from db.registers.people import LIVING_HERE
from db.registers.volunteers import ACTIVE, LEFT, PAUSED, SKILLS
from db.sample import names, numbers, places, residents
from db.sample.homes import Home
from db.sample.maker import Maker
from db.sample.teams import COHORTS, Cohort

FROM_ELSEWHERE = 0.16
RANKS = ("队长", "副队长", "副队长")  # of the first in a team; everybody else is a 队员


@dataclass(frozen=True)
class Stay:
    """That a volunteer is, or was until `left`, in a team."""

    volunteer: str
    joined: str
    left: str | None


@dataclass
class Helpers:
    """What was made so far: volunteers and team members, as rows."""

    volunteers: list[dict[str, Any]] = field(default_factory=list)
    members: list[dict[str, Any]] = field(default_factory=list)

    def of_team(self, team: str) -> list[Stay]:
        """Everybody who is or was in the team."""
        return [
            Stay(row["volunteer_id"], row["started_on"], row.get("ended_on"))
            for row in self.members
            if row["team_id"] == team
        ]


def of(make: Maker, homes: list[Home], belonging: list[dict[str, Any]]) -> Helpers:
    """Volunteers and team members; nobody helps who is being helped."""
    helped = {row.get("resident_id") for row in belonging}
    free = [
        (person, age)
        for home in homes
        for person, age in zip(home.people, home.ages, strict=True)
        if person["id"] not in helped
        and person["status"] == LIVING_HERE
        and "id_number" in person
        and "phone" in person
    ]
    make.chance.shuffle(free)
    made = Helpers()
    taken: set[str] = set()
    for cohort in COHORTS:
        for status in _statuses(cohort):
            _join(make, made, cohort, status, _who(make, cohort, free, taken))
    return made


def _statuses(cohort: Cohort) -> Iterator[str]:
    """The active first, so that they lead the team."""
    yield from (ACTIVE for _ in range(cohort.active))
    yield from (PAUSED for _ in range(cohort.paused))
    yield from (LEFT for _ in range(cohort.left))


def _who(
    make: Maker, cohort: Cohort, free: list[tuple[dict[str, Any], int]], taken: set[str]
) -> dict[str, Any]:
    if make.chance.happens(FROM_ELSEWHERE):
        return _outsider(make, cohort)
    low, high = cohort.ages
    person = next(
        person
        for person, age in free
        if person["area_id"] == cohort.area
        and low <= age <= high
        and cohort.sex in ("", person["sex"])
        and person["id"] not in taken
    )
    taken.add(person["id"])
    same = {name: person[name] for name in ("name", "sex", "phone", "id_number")}
    return {**same, "resident_id": person["id"], "employer": person.get("employer")}


def _outsider(make: Maker, cohort: Cohort) -> dict[str, Any]:
    """Somebody of another community of the same county."""
    sex = cohort.sex or make.chance.choice(("男", "女"))
    age = make.chance.randint(24, 58)
    family = names.surname(make.chance)
    _, id_number = residents.identity(make, places.LOCAL_CODE, age, sex)
    return {
        "name": names.full(make.chance, family, sex, make.day.year - age),
        "sex": sex,
        "phone": numbers.phone(make.chance),
        "id_number": id_number,
        "employer": make.chance.choice(("学校", "医院", "园区纺织企业", None)),
        "remark": "住在其他社区",
    }


def _join(make: Maker, made: Helpers, cohort: Cohort, status: str, who: dict[str, Any]) -> None:
    chance = make.chance
    registered = chance.day(make.days_ago(1250), make.days_ago(400))
    ended = None if status == ACTIVE else chance.day(make.days_ago(200), make.days_ago(30))
    volunteer = {
        "id": make.ids.new(),
        "area_id": cohort.area,
        **who,
        "registered_on": registered.isoformat(),
        "skills": _skills(make, cohort),
        "status": status,
    }
    made.volunteers.append({name: value for name, value in volunteer.items() if value is not None})
    for team in cohort.teams:
        joined = registered + dt.timedelta(days=chance.randint(0, 30))
        made.members.append(_member(make, made, team, volunteer, joined, ended))


def _skills(make: Maker, cohort: Cohort) -> str:
    """One or two, in the order of the declaration."""
    chosen = make.chance.sample(cohort.skills, min(make.chance.randint(1, 2), len(cohort.skills)))
    return "、".join(skill for skill in SKILLS if skill in chosen)


def _member(
    make: Maker,
    made: Helpers,
    team: str,
    volunteer: dict[str, Any],
    joined: dt.date,
    ended: dt.date | None,
) -> dict[str, Any]:
    before = len(made.of_team(team))
    row = {
        "id": make.ids.new(),
        "area_id": volunteer["area_id"],
        "team_id": team,
        "volunteer_id": volunteer["id"],
        "role": RANKS[before] if before < len(RANKS) else "队员",
        "started_on": joined.isoformat(),
    }
    return {**row, "ended_on": ended.isoformat()} if ended else row
