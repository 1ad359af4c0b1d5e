"""Who belongs to which target group in the sample, since when, and who has left it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from db.sample.homes import Home
from db.sample.maker import Maker, same_day
from db.sample.places import POPULATED
from db.sample.rules import LEFT_BEHIND, RULES, Rule

CHILD_UNTIL = 16
GROWN = f"年满 {CHILD_UNTIL} 周岁"


@dataclass(frozen=True)
class Candidate:
    """A person, or a household, that may belong; `born` is as precise as it is known."""

    area: str
    target: dict[str, str]
    born: str = ""


def of(make: Maker, homes: list[Home]) -> list[dict[str, Any]]:
    """All memberships, open and ended, group by group."""
    rows: list[dict[str, Any]] = []
    for rule in RULES:
        for area, count in zip(POPULATED, rule.counts, strict=True):
            nearby = [home for home in homes if home.area == area]
            members = _fill(make, rule, nearby, count)
            rows += members
            if rule is LEFT_BEHIND:
                rows += _no_longer_left_behind(make, nearby, members)
    return rows


def _fill(make: Maker, rule: Rule, homes: list[Home], count: int) -> list[dict[str, Any]]:
    """`count` open memberships, and one ended for every 25 where people do leave the group."""
    candidates = _candidates(make, rule, homes)
    rows = [_open(make, rule, each) for each in candidates[:count]]
    if rule.left:
        gone = candidates[count : count + count // 25]
        rows += [_ended(make, rule, each) for each in gone]
    return rows


def _candidates(make: Maker, rule: Rule, homes: list[Home]) -> list[Candidate]:
    fitting = [home for home in homes if not rule.shapes or home.shape in rule.shapes]
    if rule.together or rule.households:
        make.chance.shuffle(fitting)
    if rule.households:
        return [Candidate(home.area, {"household_id": home.household["id"]}) for home in fitting]
    people = [each for home in fitting for each in _people(rule, home)]
    if not rule.together:
        make.chance.shuffle(people)
    return people


def _people(rule: Rule, home: Home) -> Iterator[Candidate]:
    for person, age in zip(home.people, home.ages, strict=True):
        if (
            rule.ages[0] <= age <= rule.ages[1]
            and rule.sex in ("", person["sex"])
            and (not rule.statuses or person["status"] in rule.statuses)
        ):
            yield _person(person)


def _person(person: dict[str, Any]) -> Candidate:
    return Candidate(person["area_id"], {"resident_id": person["id"]}, person["birth_date"])


def _open(make: Maker, rule: Rule, one: Candidate) -> dict[str, Any]:
    started = make.chance.day(_earliest(make, one), make.days_ago(20))
    return _row(make, rule, one, started, remark=rule.remark)


def _ended(make: Maker, rule: Rule, one: Candidate) -> dict[str, Any]:
    ended = make.chance.day(make.days_ago(300), make.days_ago(30))
    return _until(make, rule, one, ended, rule.left)


def _until(make: Maker, rule: Rule, one: Candidate, ended: dt.date, why: str) -> dict[str, Any]:
    """A membership of four months at least that ended on that day."""
    started = make.chance.day(_earliest(make, one), ended - dt.timedelta(days=120))
    return _row(make, rule, one, started, ended_on=ended.isoformat(), remark=why)


def _earliest(make: Maker, one: Candidate) -> dt.date:
    """Three years ago, or two months after birth."""
    first = make.days_ago(1100)
    if len(one.born) < len("YYYY-MM-DD"):  # a household, or an old person
        return first
    return max(first, dt.date.fromisoformat(one.born) + dt.timedelta(days=60))


def _row(
    make: Maker, rule: Rule, one: Candidate, started: dt.date, **more: str | None
) -> dict[str, Any]:
    row = {
        "id": make.ids.new(),
        "area_id": one.area,
        "group_id": rule.group,
        **one.target,
        "started_on": started.isoformat(),
        "basis": rule.basis,
        **more,
    }
    return {name: value for name, value in row.items() if value is not None}


def _no_longer_left_behind(
    make: Maker, homes: list[Home], members: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Children who must not count any more, and one who left the group and came back."""
    grown = [
        _grew_out(make, _person(home.people[-1])) for home in homes if home.shape == "left_teen"
    ]
    reunited = [
        _ended(make, LEFT_BEHIND, _person(home.people[-1]))
        for home in homes
        if home.shape == "family_one" and 5 <= home.ages[-1] <= 11
    ]
    return [*grown, *reunited[:4], _came_back(make, members)]


def _grew_out(make: Maker, child: Candidate) -> dict[str, Any]:
    born = dt.date.fromisoformat(child.born)
    birthday = same_day(born, born.year + CHILD_UNTIL)
    return _until(make, LEFT_BEHIND, child, birthday, GROWN)


def _came_back(make: Maker, members: list[dict[str, Any]]) -> dict[str, Any]:
    """An earlier, ended membership of the child whose open one began last."""
    again = max(members, key=lambda row: str(row["started_on"]))
    child = Candidate(again["area_id"], {"resident_id": again["resident_id"]})
    ended = dt.date.fromisoformat(again["started_on"]) - dt.timedelta(days=90)
    started = ended - dt.timedelta(days=200)
    return _row(
        make, LEFT_BEHIND, child, started, ended_on=ended.isoformat(), remark=LEFT_BEHIND.left
    )
