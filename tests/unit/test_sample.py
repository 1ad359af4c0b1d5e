"""The sample data: the published figures to the person, on whatever day they are made."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
import os
import subprocess
import sys
from collections import Counter

import pytest

from db import sample
from db.permissions import ROLES
from db.sample.accounts import ACCOUNTS
from db.settings import HOME
from tests.sampled import COMMUNITIES, DAY, Rows, age, made, members, still

NAMED = {"宋金城", "徐勇", "张培锋", "张彩虹", "邓秋红", "程桂仙"}  # by the article
DIGEST = """
import datetime, hashlib, json, sys
from db import sample
rows = sample.rows(datetime.date.fromisoformat(sys.argv[1]))
print(hashlib.sha256(json.dumps(rows).encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def rows() -> Rows:
    return made()[0]


def test_areas_lead_from_the_city_to_the_communities(rows: Rows) -> None:
    tree = [(row["id"], row["area_id"], row["name"], row["level"]) for row in rows["areas"]]
    assert tree == [
        ("xianning", "xianning", "咸宁市", "市"),
        ("chibi", "xianning", "赤壁市", "县（市、区）"),
        ("pufang", "chibi", "蒲纺工业园", "乡镇街道"),
        ("guihuashu", "pufang", "桂花树社区", "社区"),
        ("liumiqiao", "pufang", "六米桥社区", "社区"),
        ("taohuaping", "pufang", "桃花坪社区", "社区"),
    ]


def test_communities_are_as_published(rows: Rows) -> None:
    facts = ("secretary", "households", "population", "area_km2")
    assert {row["area_id"]: tuple(row.get(f) for f in facts) for row in rows["communities"]} == {
        "guihuashu": ("宋金城", "2412", "7421", None),
        "liumiqiao": ("徐勇", "3025", "8894", "1.2"),
        "taohuaping": ("张培锋", "4700多", "12500多", None),
    }
    assert {row["as_of"] for row in rows["communities"]} == {"2017-04-20"}
    assert all("咸宁市民政局" in row["source"] for row in rows["communities"])


def test_residents_add_up_to_the_published_figures(rows: Rows) -> None:
    counted = Counter(row["area_id"] for row in rows["residents"])
    assert counted == {"guihuashu": 7421, "liumiqiao": 8894, "taohuaping": 12500}
    assert {row["status"] for row in rows["residents"]} == {"常住", "流入", "外出"}


def test_households_add_up_to_the_published_figures(rows: Rows) -> None:
    counted = Counter(row["area_id"] for row in rows["households"])
    assert counted["guihuashu"] == 2412
    assert counted["liumiqiao"] == 3025
    assert 4700 < counted["taohuaping"] < 4800  # 4700 多


def test_three_in_ten_of_taohuaping_are_over_65(rows: Rows) -> None:
    old = [age(row) for row in rows["residents"] if row["area_id"] == "taohuaping"]
    assert sum(years > 65 for years in old) / 12500 >= 0.300
    assert sum(years >= 65 for years in old) / 12500 < 0.310


@pytest.mark.parametrize("area", ["guihuashu", "liumiqiao"])
def test_elsewhere_the_old_are_fewer(rows: Rows, area: str) -> None:
    ages = [age(row) for row in rows["residents"] if row["area_id"] == area]
    assert 0.10 < sum(years >= 65 for years in ages) / len(ages) < 0.18


def test_guihuashu_has_74_left_behind_children_20_of_them_paired(rows: Rows) -> None:
    children = members(rows, "guihuashu", "left_behind_children")
    now = {row["resident_id"] for row in children if still(row)}
    pairs = [row for row in rows["pairings"] if row["area_id"] == "guihuashu"]
    paired = [row["resident_id"] for row in pairs if still(row)]
    mothers = {
        row["volunteer_id"]
        for row in rows["team_members"]
        if row["team_id"] == "guihuashu_mothers" and still(row)
    }
    assert len(now) == 74
    assert len(paired) == 20
    assert len(set(paired) & now) == 20
    assert {row["volunteer_id"] for row in pairs if still(row)} <= mothers
    assert len(now - set(paired)) == 54


def test_what_has_ended_would_change_the_figure(rows: Rows) -> None:
    """74 and 20 prove something only beside rows that must not count."""
    children = members(rows, "guihuashu", "left_behind_children")
    now = {row["resident_id"] for row in children if still(row)}
    gone = {row["resident_id"] for row in children if not still(row)}
    former = {
        row["resident_id"]
        for row in rows["pairings"]
        if row["area_id"] == "guihuashu" and not still(row)
    }
    assert len(gone - now) == 6 + 4  # grown up, reunited with their parents
    assert len(gone & now) == 1  # left the group and came back
    assert former - now
    assert former & now


def test_liumiqiao_has_over_a_hundred_volunteers(rows: Rows) -> None:
    active = {
        row["id"]
        for row in rows["volunteers"]
        if row["area_id"] == "liumiqiao" and row["status"] == "在册"
    }
    both = {"liumiqiao_service", "liumiqiao_helpers"}
    in_teams = {
        row["volunteer_id"] for row in rows["team_members"] if row["team_id"] in both and still(row)
    }
    assert len(active) == 118
    assert in_teams == active


def test_nothing_invented_is_told_of_those_whom_the_article_names(rows: Rows) -> None:
    told = {row["name"] for register in ("residents", "volunteers") for row in rows[register]}
    told |= {row.get("contact") for row in rows["residents"]}
    assert not told & NAMED
    others = {name: some for name, some in rows.items() if name != "communities"}
    written = json.dumps(others, ensure_ascii=False)
    assert not [name for name in NAMED if f'"{name}"' in written]


def test_the_same_in_every_process(rows: Rows) -> None:
    command = [sys.executable, "-c", DIGEST, DAY.isoformat()]
    environment = os.environ | {"PYTHONHASHSEED": "7"}
    other = subprocess.run(
        command, cwd=HOME, env=environment, capture_output=True, text=True, check=True
    )
    assert other.stdout.strip() == hashlib.sha256(json.dumps(rows).encode()).hexdigest()


# What lies ahead by its nature.
PLANNED = {
    "projects": ("started_on", "ended_on"),
    "calls": ("closes_on",),
    "milestones": ("due_on",),
    "qualifications": ("expires_on",),
    "social_workers": ("expires_on",),
}


def test_what_was_done_lies_before_the_day_and_only_plans_after_it() -> None:
    day = dt.date(2028, 2, 29)
    told = sample.rows(day)
    to_come = [
        (register, name, row)
        for register, some in told.items()
        for row in some
        for name, value in row.items()
        if name.endswith(("_on", "_date", "as_of"))
        and name not in PLANNED.get(register, ())
        and value > day.isoformat()
    ]
    planned = {("contacts", "due_on"), ("stays", "started_on")}
    planned |= {(one, "held_on") for one in ("sessions_held", "shifts")} | {("hours", "served_on")}
    assert {(register, name) for register, name, _ in to_come} == planned
    assert {row.get("state") for _, _, row in to_come} == {None, "计划", "已排班", "已预订"}
    assert not [row for _, _, row in to_come if "done_on" in row]
    assert {row["area_id"] for register, _, row in to_come if register == "contacts"} == {
        *COMMUNITIES
    }
    assert sum(still(row, day) for row in members(told, "guihuashu", "left_behind_children")) == 74


def test_made_in_seconds() -> None:
    _, taken = made()
    print(f"sample data: {taken:.2f} s of processor time")  # noqa: T201
    assert taken < 4


def test_accounts_cover_every_role_and_community() -> None:
    assert {account.role for account in ACCOUNTS} == {role.name for role in ROLES}
    own = {(a.role, a.area_id) for a in ACCOUNTS}
    assert own >= set(itertools.product(("secretary", "clerk"), COMMUNITIES))
    assert len({account.username for account in ACCOUNTS}) == len(ACCOUNTS)
    assert all(account.name.startswith("示例·") for account in ACCOUNTS)
    cleared = [account.username for account in ACCOUNTS if account.clearance]
    assert cleared == ["admin", "guihuashu-shuji"]
