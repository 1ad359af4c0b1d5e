"""Who needs help in the sample, and who gives it: groups, memberships, volunteers, pairings."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter, defaultdict

import pytest

from tests import sampled
from tests.sampled import COMMUNITIES, DAY, Row, Rows, age, made, members, still


@pytest.fixture(scope="module")
def rows() -> Rows:
    return made()[0]


@pytest.fixture(scope="module")
def people(rows: Rows) -> dict[str, Row]:
    return {row["id"]: row for row in rows["residents"]}


@pytest.fixture(scope="module")
def homes(rows: Rows) -> dict[str, list[Row]]:
    return sampled.homes(rows)


GROUPS = """
老年人 妇女 儿童 残疾人 失业人员 农民工 服刑人员未成年子女 困难家庭 严重精神障碍患者
有不良行为青少年 社区矫正人员 留守儿童 流动儿童 失独家庭 孤寡老人 空巢老人
"""


def test_groups_are_the_article_s_in_its_order(rows: Rows) -> None:
    in_order = sorted(rows["groups"], key=lambda row: str(row["rank"]))
    assert [row["name"] for row in in_order] == GROUPS.split()
    by_home = {row["name"] for row in in_order if row["subject"] == "户"}
    assert by_home == {"困难家庭", "失独家庭"}
    closed = {row["name"] for row in in_order if row["needs_clearance"]}
    assert closed == {"严重精神障碍患者", "社区矫正人员", "服刑人员未成年子女"}
    assert all(row["definition"].endswith("。") for row in in_order)


AGES = {
    "elderly": (60, 120),
    "women": (18, 59),
    "children": (0, 15),
    "unemployed": (16, 59),
    "migrant_workers": (16, 60),
    "children_of_prisoners": (0, 17),
    "severe_mental_illness": (18, 120),
    "troubled_youth": (12, 25),
    "community_corrections": (18, 120),
    "left_behind_children": (0, 15),
    "migrant_children": (0, 15),
    "childless_elderly": (60, 120),
    "empty_nest_elderly": (65, 120),
}


@pytest.mark.parametrize("later", [0, 2])
def test_members_are_of_the_group_s_age_and_remain_so(
    rows: Rows, people: dict[str, Row], later: int
) -> None:
    day = DAY.replace(year=DAY.year + later)
    for row in rows["memberships"]:
        if row["group_id"] in AGES and still(row):
            low, high = AGES[row["group_id"]]
            assert low <= age(people[row["resident_id"]], day) <= high, row


def test_memberships_are_of_persons_or_households_as_the_group_says(rows: Rows) -> None:
    subjects = {row["id"]: row["subject"] for row in rows["groups"]}
    for row in rows["memberships"]:
        assert ("household_id" in row) == (subjects[row["group_id"]] == "户")


def test_left_behind_children_have_a_parent_away_and_a_guardian_at_home(
    rows: Rows, people: dict[str, Row], homes: dict[str, list[Row]]
) -> None:
    homes_of = Counter[str]()
    for row in members(rows, "guihuashu", "left_behind_children"):
        if still(row):
            child = people[row["resident_id"]]
            home = homes[child["household_id"]]
            head = next(person for person in home if person["relation"] == "户主")
            assert any(p["status"] == "外出" for p in home if 18 <= age(p) - age(child) <= 40)
            assert head["status"] == "常住"
            homes_of[child["relation"]] += 1
    assert homes_of["孙辈"] == 22 + 2 * 12 + 10  # with grandparents
    assert homes_of.total() == 74


def test_migrant_children_and_those_alone_live_as_their_group_says(
    rows: Rows, people: dict[str, Row], homes: dict[str, list[Row]]
) -> None:
    for row in rows["memberships"]:
        if row["group_id"] == "migrant_children":
            assert people[row["resident_id"]]["status"] == "流入"
        if row["group_id"] == "childless_elderly":
            assert len(homes[people[row["resident_id"]]["household_id"]]) == 1
        if row["group_id"] == "empty_nest_elderly":
            home = homes[people[row["resident_id"]]["household_id"]]
            assert {p["relation"] for p in home} <= {"户主", "配偶"}


def test_some_groups_have_nobody_and_closed_ones_are_marked_as_invented(rows: Rows) -> None:
    counted = {
        (area, group): sum(map(still, members(rows, area, group)))
        for area, group in itertools.product(COMMUNITIES, (row["id"] for row in rows["groups"]))
    }
    assert counted["guihuashu", "bereaved_families"] == 0
    assert counted["taohuaping", "migrant_children"] == 0
    assert counted["taohuaping", "empty_nest_elderly"] == 1400
    closed = {row["id"] for row in rows["groups"] if row["needs_clearance"]}
    remarks = [row.get("remark", "") for row in rows["memberships"] if row["group_id"] in closed]
    assert 0 < len(remarks) < 100
    assert all("虚构" in remark for remark in remarks)


def test_memberships_begin_after_birth_and_end_at_sixteen(
    rows: Rows, people: dict[str, Row]
) -> None:
    grown = 0
    for row in rows["memberships"]:
        born = people[row["resident_id"]]["birth_date"] if "resident_id" in row else ""
        assert row["started_on"] > born
        if row.get("remark") == "年满 16 周岁":
            grown += 1
            assert age({"birth_date": born}, dt.date.fromisoformat(row["ended_on"])) == 16
    assert grown >= 6


def test_volunteers_who_are_residents_are_the_same_persons(
    rows: Rows, people: dict[str, Row]
) -> None:
    local = [row for row in rows["volunteers"] if "resident_id" in row]
    for row in local:
        same = people[row["resident_id"]]
        assert all(row[f] == same[f] for f in ("name", "sex", "phone", "id_number"))
        assert age(same) >= 18
    assert len({row["resident_id"] for row in local}) == len(local)
    assert 0.7 < len(local) / len(rows["volunteers"]) < 0.95


def test_volunteers_join_a_team_when_they_and_it_exist(rows: Rows) -> None:
    known = {row["id"]: row for row in rows["volunteers"]}
    founded = {row["id"]: row.get("founded_on", "") for row in rows["teams"]}
    for row in rows["team_members"]:
        volunteer = known[row["volunteer_id"]]
        assert row["started_on"] >= max(volunteer["registered_on"], founded[row["team_id"]])
        assert still(row) == (volunteer["status"] == "在册")
    captains = Counter(row["team_id"] for row in rows["team_members"] if row["role"] == "队长")
    assert captains == dict.fromkeys(founded, 1)


def test_pairings_lie_within_membership_and_service(rows: Rows) -> None:
    served = defaultdict(list)
    for row in rows["memberships"]:
        served[row.get("resident_id") or row["household_id"]].append(row)
    service = defaultdict(list)
    for row in rows["team_members"]:
        service[row["volunteer_id"]].append(row)
    for pair in rows["pairings"]:
        whom = pair.get("resident_id") or pair["household_id"]
        for stays in (served[whom], service[pair["volunteer_id"]]):
            assert any(
                stay["started_on"] <= pair["started_on"]
                and pair.get("ended_on", "9999") <= stay.get("ended_on", "9999")
                for stay in stays
            ), pair


@pytest.mark.parametrize(
    ("area", "group", "paired"),
    [
        ("liumiqiao", "poor_households", 41),
        ("liumiqiao", "left_behind_children", 12),
        ("liumiqiao", "migrant_children", 9),
        ("taohuaping", "left_behind_children", 0),
    ],
)
def test_pairings_elsewhere(rows: Rows, area: str, group: str, paired: int) -> None:
    now = {
        r.get("resident_id") or r["household_id"] for r in members(rows, area, group) if still(r)
    }
    looked_after = {r.get("resident_id") or r["household_id"] for r in rows["pairings"] if still(r)}
    assert len(now & looked_after) == paired
    assert len(now) > paired
