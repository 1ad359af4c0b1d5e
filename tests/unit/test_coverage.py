"""Coverage: small tables counted by hand, large ones counted slowly, figures that are hidden."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from sqlalchemy import Engine, insert

from db import dates, doors
from db.actors import Actor
from db.changes import Change
from db.doors import Forbidden
from db.registers import BY_NAME
from tests.village import (
    ADMIN,
    CHILDREN,
    CLERK,
    CLOSED,
    EAST,
    NORTH,
    ORGANISATION,
    RESEARCHER,
    SECRETARY,
    STREET,
    WEST,
    add,
    done,
    drop,
)

OLD, WOMEN, POOR = "elderly", "women", "poor_households"

# person  lives        member of OLD from … until …   paired from … until …
PEOPLE = """
p1   常住   2020-01-01 -            2021-01-01 -
p2   流入   2020-01-01 -            2021-01-01 2026-06-30
p3   外出   2020-01-01 -            2021-01-01 2026-07-01
p4   迁出   2020-01-01 -            2021-01-01 -
p5   死亡   2020-01-01 -            2021-01-01 -
p6   常住   2020-01-01 -            2021-01-01 -
p7   常住   2020-01-01 2026-06-30   -          -
p8   常住   2020-01-01 2026-07-01   -          -
p9   常住   2026-06-30 -            2026-06-30 -
p10  常住   2026-07-01 -            -          -
p11  常住   2020-01-01 2022-01-01   2021-01-01 2022-01-01
p11  常住   2023-01-01 -            -          -
p12  常住   2020-01-01 -            2021-01-01 -
p12  常住   2021-01-01 -            2022-01-01 -
p13  常住   2020-01-01 -            2021-01-01 -
p14  常住   2020-01-01 -            -          -
"""
# p6's membership is then deleted; p13 is in WOMEN too; p14 lives in h1, which is paired.
# household   member of POOR from … until …   paired from … until …
HOMES = """
h1   2020-01-01 -            2021-01-01 -
h2   2020-01-01 -            -          -
h3   2020-01-01 2026-06-30   2021-01-01 -
h4   2020-01-01 -            2021-01-01 2026-06-30
"""


def span(start: str, end: str) -> dict[str, str | None]:
    return {"started_on": start, "ended_on": None if end == "-" else end}


@pytest.fixture
def counted(village: Engine) -> Engine:
    """The village with the tables above in its eastern community, and one person in the north."""
    rows = [line.split() for line in PEOPLE.strip().splitlines()]
    homes = [line.split() for line in HOMES.strip().splitlines()]
    lives = {row[0]: row[1] for row in rows}
    people = [
        add("residents", p, EAST, name=p, status=status, household_id="h1" if p == "p14" else None)
        for p, status in lives.items()
    ]
    joins = [
        add("memberships", f"m{n}", EAST, group_id=OLD, resident_id=p, **span(start, end))
        for n, (p, _, start, end, *_) in enumerate(rows)
    ]
    joins += [
        add("memberships", f"m-{home}", EAST, group_id=POOR, household_id=home, **span(start, end))
        for home, start, end, *_ in homes
    ]
    pairs = [
        add("pairings", f"q{n}", EAST, volunteer_id="e-vol", **{of: who}, **span(start, end))
        for n, (of, who, start, end) in enumerate(
            [
                *(("resident_id", row[0], row[4], row[5]) for row in rows),
                *(("household_id", home[0], home[3], home[4]) for home in homes),
            ]
        )
        if start != "-"
    ]
    done(village, ADMIN, *(add("households", home[0], EAST, number=home[0]) for home in homes))
    done(village, ADMIN, *people, *joins, *pairs, drop("memberships", "m5"))
    both = span("2020-01-01", "-")
    done(
        village,
        ADMIN,
        add("memberships", "m-w", EAST, group_id=WOMEN, resident_id="p13", **both),
        add("memberships", "m-n", NORTH, group_id=OLD, resident_id="n-an", **both),
    )
    return village


def figures(on: Engine, actor: Actor, day: str, area: str | None = None) -> dict[Any, Any]:
    found = doors.figures(on, actor, "pairing", day, area)
    return {(one.area_id, one.group_id): (one.n, one.N) for one in found}


@pytest.mark.parametrize(
    ("day", "served", "unserved"),
    [
        # p2's pairing and p7's membership end on the 30th: on its last day neither counts.
        ("2026-06-29", "p1 p12 p13 p2 p3", "p11 p14 p7 p8"),
        ("2026-06-30", "p1 p12 p13 p3 p9", "p11 p14 p2 p8"),
        ("2026-07-01", "p1 p12 p13 p9", "p10 p11 p14 p2 p3"),
        ("2022-06-01", "p1 p12 p13 p2 p3", "p14 p7 p8"),
        ("2021-06-01", "p1 p11 p12 p13 p2 p3", "p14 p7 p8"),
        ("2020-01-01", "", "p1 p11 p12 p13 p14 p2 p3 p7 p8"),
        ("2019-12-31", "", ""),
    ],
)
def test_of_a_group_of_persons(counted: Engine, day: str, served: str, unserved: str) -> None:
    people = doors.people(counted, CLERK, "pairing", OLD, day, EAST)
    assert (people.served, people.unserved) == (tuple(served.split()), tuple(unserved.split()))
    assert people.unit == "人"
    assert people.labels == {p: p for p in (*people.served, *people.unserved)}
    n, total = len(people.served), len(people.served) + len(people.unserved)
    wanted = {(EAST, OLD): (n, total)} if total else {}
    assert {k: v for k, v in figures(counted, CLERK, day).items() if k[1] == OLD} == wanted


@pytest.mark.parametrize(
    ("day", "served", "unserved"),
    [
        ("2026-06-29", "h1 h3 h4", "h2"),
        ("2026-06-30", "h1", "h2 h4"),
        ("2020-06-01", "", "h1 h2 h3 h4"),
    ],
)
def test_of_a_group_of_households(counted: Engine, day: str, served: str, unserved: str) -> None:
    people = doors.people(counted, CLERK, "pairing", "困难家庭", day, EAST)
    assert (people.served, people.unserved) == (tuple(served.split()), tuple(unserved.split()))
    assert people.unit == "户"


def test_figures_of_every_community_in_reach(counted: Engine) -> None:
    day = "2026-06-30"
    east = {
        (EAST, OLD): (5, 9),
        (EAST, WOMEN): (1, 1),
        (EAST, POOR): (1, 3),
        (EAST, CHILDREN): (1, 1),
    }
    west, north = {(WEST, CHILDREN): (1, 1)}, {(NORTH, OLD): (0, 1)}
    closed = {(EAST, CLOSED): (0, 1)}
    assert figures(counted, CLERK, day) == east
    assert figures(counted, SECRETARY, day) == east | closed
    assert figures(counted, RESEARCHER, day) == east | west | north
    assert figures(counted, ADMIN, day) == east | west | north | closed
    assert figures(counted, ADMIN, day, STREET) == east | west | closed
    assert figures(counted, ADMIN, day, NORTH) == north


def test_a_street_adds_up_its_communities_and_nobody_twice(counted: Engine) -> None:
    people = doors.people(counted, ADMIN, "pairing", CHILDREN, "2026-06-30", STREET)
    assert (people.served, people.unserved) == (("e-cu", "w-an"), ())
    assert people.labels == {"e-cu": "崔三", "w-an": "韦一"}


def test_who_comes_back_or_goes_counts_at_once(counted: Engine) -> None:
    done(counted, ADMIN, drop("pairings", "q0"))
    people = doors.people(counted, CLERK, "pairing", OLD, "2026-06-30", EAST)
    assert "p1" in people.unserved
    back = Change("residents", "p4", {"status": "迁出"}, {"status": "常住"})
    done(counted, CLERK, back, Change("residents", "p2", {"status": "流入"}, {"status": "死亡"}))
    people = doors.people(counted, CLERK, "pairing", OLD, "2026-06-30", EAST)
    assert "p4" in people.served
    assert "p2" not in people.served + people.unserved


def test_questions_that_have_no_answer(counted: Engine) -> None:
    for indicator, group, area, sentence in (
        ("nothing", OLD, EAST, "没有名为“nothing”的指标"),
        ("pairing", "没有的", EAST, "没有名为“没有的”的服务对象类别"),
        ("pairing", "x\x00", EAST, "没有名为"),
        ("pairing", OLD, WEST, "不在您的工作范围内"),
    ):
        with pytest.raises(Forbidden, match=sentence):
            doors.people(counted, CLERK, indicator, group, "2026-06-30", area)


def test_two_groups_of_one_name_are_told_apart_by_their_ids(counted: Engine) -> None:
    done(counted, ADMIN, add("groups", "old-2", STREET, name="老年人", subject="人"))
    with pytest.raises(Forbidden, match="有 2 个服务对象类别名为“老年人”，请用编号"):
        doors.people(counted, CLERK, "pairing", "老年人", "2026-06-30", EAST)
    assert doors.people(counted, CLERK, "pairing", "old-2", "2026-06-30", EAST).served == ()
    assert doors.people(counted, CLERK, "pairing", OLD, "2026-06-30", EAST).served


# --- small figures

# group, members, of them paired → what is seen by who may know figures only
VEILED = (
    ("disabled", 10, 5, (5, 10)),
    ("unemployed", 6, 0, (0, 6)),
    ("migrant_workers", 5, 5, (5, 5)),
    ("migrant_children", 9, 5, (None, 9)),
    ("childless_elderly", 9, 4, (None, 9)),
    ("empty_nest_elderly", 6, 1, (None, 6)),
    ("troubled_youth", 4, 0, (None, None)),
    ("children", 4, 4, (None, None)),
    ("women", 1, 1, (None, None)),
)


def test_figures_under_five_are_hidden_from_who_sees_no_names(village: Engine) -> None:
    for group, members, paired, _ in VEILED:
        names = [f"{group[:20]}-{n}" for n in range(members)]
        done(
            village,
            ADMIN,
            *(add("residents", name, WEST, name=name) for name in names),
            *(
                add("memberships", f"{name}-m", WEST, group_id=group, resident_id=name)
                for name in names
            ),
            *(
                add("pairings", f"{name}-p", WEST, volunteer_id="w-vol", resident_id=name)
                for name in names[:paired]
            ),
        )
    day = dates.today().isoformat()  # since when all of them are members
    seen = figures(village, ORGANISATION, day, WEST)
    known = figures(village, ADMIN, day, WEST)
    for group, members, paired, veiled in VEILED:
        assert known[WEST, group] == (paired, members)
        assert seen[WEST, group] == veiled
    with pytest.raises(Forbidden, match="您的角色不能查看"):
        doors.people(village, ORGANISATION, "pairing", "disabled", day, WEST)


# --- the same, counted slowly

DAYS = ("2025-12-31", "2026-01-01", "2026-01-02", "2026-03-01", "2026-06-01")
GROUPS = (OLD, WOMEN, POOR, CLOSED)
STATUSES = ("常住", "流入", "外出", "迁出", "死亡")
THEN = "2026-01-01T00:00:00.000000Z"
Rows = dict[str, list[dict[str, Any]]]


def world(chance: random.Random, area: str) -> Rows:
    """People, households, memberships and pairings of a community, in any state at all."""
    made = {"area_id": area, "created_at": THEN}

    def row(n: int, kind: str, **cells: Any) -> dict[str, Any]:
        gone = chance.choice((None, None, None, THEN))
        return {"id": f"{area}-{kind}{n}", **made, "deleted_at": gone, **cells}

    people = [
        row(n, "p", name="x", status=chance.choice(STATUSES)) for n in range(chance.randint(0, 9))
    ]
    homes = [row(n, "h", number=f"{n}") for n in range(chance.randint(0, 4))]

    def about() -> dict[str, Any]:
        subject = chance.choice([*people, *homes])
        of = "resident_id" if subject in people else "household_id"
        other = "household_id" if subject in people else "resident_id"
        start, end = chance.choice(DAYS), chance.choice((None, None, *DAYS))
        return {of: subject["id"], other: None, "started_on": start, "ended_on": end}

    some = range(chance.randint(0, 40)) if people or homes else range(0)
    joins = [row(n, "m", group_id=chance.choice(GROUPS), **about()) for n in some]
    helper = {**row(0, "v", name="x", status="在册"), "deleted_at": None}
    pairs = [row(n, "q", volunteer_id=helper["id"], **about()) for n in some]
    place = {
        "id": area,
        **made,
        "area_id": STREET,
        "name": area,
        "level": "社区",
        "deleted_at": None,
    }
    return {
        "areas": [place], "residents": people, "households": homes,
        "memberships": joins, "volunteers": [helper], "pairings": pairs,
    }  # fmt: skip


def open_on(row: dict[str, Any], day: str) -> bool:
    if row["deleted_at"]:
        return False
    return row["started_on"] <= day and (row["ended_on"] is None or row["ended_on"] > day)


def subjects(rows: Rows, group: str, day: str) -> Iterator[tuple[str, bool]]:
    """(who belongs to the group, whether somebody is paired with them), each once."""
    there = {
        p["id"] for p in rows["residents"] if not p["deleted_at"] and p["status"] in STATUSES[:3]
    }
    there |= {home["id"] for home in rows["households"] if not home["deleted_at"]}
    who = {
        join["resident_id"] or join["household_id"]
        for join in rows["memberships"]
        if join["group_id"] == group and open_on(join, day)
    }
    helped = {
        pair["resident_id"] or pair["household_id"]
        for pair in rows["pairings"]
        if open_on(pair, day)
    }
    for subject in sorted(who & there):
        yield subject, subject in helped


def test_the_same_as_counting_one_by_one(village: Engine) -> None:
    chance = random.Random(7421)
    worlds = {f"x{n}": world(chance, f"x{n}") for n in range(50)}
    with village.begin() as connection:
        for register in (
            "areas",
            "residents",
            "households",
            "memberships",
            "volunteers",
            "pairings",
        ):
            rows = [row for one in worlds.values() for row in one[register]]
            connection.execute(insert(BY_NAME[register].table), rows)
    told = 0
    for day in DAYS:
        found = figures(village, ADMIN, day)
        for (area, here), group in product(worlds.items(), GROUPS):
            wanted = list(subjects(here, group, day))
            served = tuple(who for who, is_served in wanted if is_served)
            unserved = tuple(who for who, is_served in wanted if not is_served)
            assert found.pop((area, group), (0, 0)) == (len(served), len(wanted)), (
                area,
                group,
                day,
            )
            if wanted and area in ("x1", "x2", "x3"):
                people = doors.people(village, ADMIN, "pairing", group, day, area)
                assert (people.served, people.unserved) == (served, unserved)
            told += bool(served and unserved)
        assert set(found) <= {(EAST, CHILDREN), (EAST, CLOSED), (WEST, CHILDREN)}
    assert told > 60, "the worlds are too empty to show anything"
