"""What was held for many in the sample: programmes, sessions, who worked there and who came."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

import pytest

from tests.sampled import DAY, Row, Rows, age, made, still

TODAY = DAY.isoformat()
COURSES = ["心理关爱", "手工辅导", "美术", "体育", "国学知识"]
MODEL = {"心理辅导老师", "社工", "志愿者"}


@pytest.fixture(scope="module")
def rows() -> Rows:
    return made()[0]


@pytest.fixture(scope="module")
def people(rows: Rows) -> dict[str, Row]:
    return {row["id"]: row for row in rows["residents"]}


def sessions(rows: Rows, programme: str) -> list[Row]:
    key = next(row["id"] for row in rows["programmes"] if row["name"] == programme)
    return [row for row in rows["sessions_held"] if row["programme_id"] == key]


def test_programmes_are_the_article_s(rows: Rows) -> None:
    here = [row["name"] for row in rows["programmes"] if row["area_id"] == "guihuashu"]
    assert here[:3] == ["关爱留守儿童服务社", "快乐星期天", "五点半学校"]
    assert all(name.startswith("示例·") for name in here[3:])  # of the chains, all invented
    assert [row["name"] for row in rows["courses"]] == COURSES
    told = [row for row in rows["programmes"] if "project_id" not in row]
    assert all("据 4 月 20 日报道" in row["remark"] for row in told)
    assert all("示例" in row["remark"] for row in rows["programmes"])


def test_nothing_is_held_on_a_day_to_come(rows: Rows) -> None:
    some = [row for name in ("sessions_held", "shifts") for row in rows[name]]
    assert {row["state"] for row in some if row["held_on"] > TODAY} == {"计划", "已排班"}
    assert min(row["held_on"] for row in some) < DAY.replace(year=DAY.year - 1).isoformat()
    states = {row["state"] for row in rows["sessions_held"] if row["held_on"] == TODAY}
    assert states == {"计划"}
    assert not [r for r in rows["sessions_held"] if r["state"] == "计划" and r["held_on"] < TODAY]


def test_each_programme_keeps_to_its_days(rows: Rows) -> None:
    def weekdays(programme: str) -> set[int]:
        held = sessions(rows, programme)
        return {dt.date.fromisoformat(row["held_on"]).weekday() for row in held}

    assert weekdays("关爱留守儿童服务社") == {5}
    assert weekdays("快乐星期天") == {6}
    assert weekdays("五点半学校") == {0, 1, 2, 3, 4}
    school = sessions(rows, "五点半学校")
    assert not [row for row in school if row["held_on"][5:7] in ("07", "08")]
    names = {row["id"]: row["name"] for row in rows["rooms"]}
    assert {names[row["room_id"]] for row in school} == {"阅览室", "教室", "娱乐室"}


def test_every_course_is_held_again_and_again(rows: Rows) -> None:
    held = Counter(row["course_id"] for row in sessions(rows, "快乐星期天"))
    assert set(held) == {row["id"] for row in rows["courses"]}
    assert min(held.values()) > 20


def test_some_sessions_lack_one_of_the_three_roles(rows: Rows) -> None:
    held = {r["id"] for r in sessions(rows, "关爱留守儿童服务社") if r["state"] == "已举办"}
    there = defaultdict(set)
    for row in rows["session_staff"]:
        if row["session_id"] in held:
            there[row["session_id"]].add(row["role"])
    full = sum(there[session] == MODEL for session in held)
    assert 0.4 < full / len(held) < 0.9


def test_only_those_enrolled_on_the_day_are_called_and_only_where_it_was_held(rows: Rows) -> None:
    enrolled = defaultdict(list)
    for row in rows["enrolments"]:
        kinds = (row["programme_id"], row.get("course_id"), row["resident_id"])
        enrolled[kinds].append(row)
    held = {row["id"]: row for row in rows["sessions_held"]}
    called = Counter((row["session_id"], row["resident_id"]) for row in rows["attendances"])
    assert set(called.values()) == {1}
    for session_id, resident in called:
        session = held[session_id]
        assert session["state"] == "已举办"
        whom = (session["programme_id"], session.get("course_id"), resident)
        assert any(still(row, dt.date.fromisoformat(session["held_on"])) for row in enrolled[whom])


def test_some_who_are_enrolled_never_come(rows: Rows) -> None:
    programme = {row["id"]: row["programme_id"] for row in rows["sessions_held"]}
    called, came = set(), set()
    for row in rows["attendances"]:
        whom = (programme[row["session_id"]], row["resident_id"])
        called.add(whom)
        if row["presence"] == "到":
            came.add(whom)
    never = Counter(key for key, _ in called - came)
    assert set(never) == {row["id"] for row in rows["programmes"]}
    assert max(never.values()) <= 6


def test_children_are_old_enough_on_the_day_they_enrol(rows: Rows, people: dict[str, Row]) -> None:
    for row in rows["enrolments"]:
        if row["area_id"] == "guihuashu":
            then = age(people[row["resident_id"]], dt.date.fromisoformat(row["started_on"]))
            assert 5 <= then <= 12


def test_services_are_for_those_who_live_there(rows: Rows, people: dict[str, Row]) -> None:
    """References stay in the community; here: nobody is called who is away or gone."""
    for name in ("enrolments", "attendances", "stays", "waitings", "screenings"):
        assert {people[row["resident_id"]]["status"] for row in rows[name]} <= {"常住", "流入"}
    visited = {r["resident_id"] for r in rows["contacts"] if "due_on" in r and "resident_id" in r}
    assert {people[each]["status"] for each in visited} <= {"常住", "流入"}


def test_few_enough_to_be_written_in_seconds(rows: Rows) -> None:
    new = list(rows)[list(rows).index("facilities") :]
    assert 14_000 < sum(len(rows[name]) for name in new) < 20_000
