"""Beds, patrols, hours and honours of the sample, counted by hand from the rows."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter, defaultdict

import pytest

from db import sample
from tests.sampled import DAY, Row, Rows, made, still

TODAY = DAY.isoformat()
YESTERDAY = (DAY - dt.timedelta(days=1)).isoformat()
NAMED = ("张彩虹", "邓秋红", "程桂仙")


@pytest.fixture(scope="module")
def rows() -> Rows:
    return made()[0]


def test_the_centre_is_as_published(rows: Rows) -> None:
    centre = next(row for row in rows["facilities"] if row["area_id"] == "taohuaping")
    assert (centre["land_m2"], centre["built_m2"]) == ("约3000", "1800")
    assert "咸宁市民政局" in centre["source"]
    uses = {row["use"] for row in rows["rooms"] if row["facility_id"] == centre["id"]}
    assert uses == {"食堂", "健身", "娱乐室", "阅览室", "聊天室", "日间照料", "居室"}


def test_ten_free_beds_for_the_day_and_sixty_in_flats(rows: Rows) -> None:
    assert Counter(row["kind"] for row in rows["beds"]) == {"日间照料": 10, "老年公寓": 60}
    assert {row["fee"] for row in rows["beds"] if row["kind"] == "日间照料"} == {0.0}
    assert all(row["fee"] > 0 for row in rows["beds"] if row["kind"] == "老年公寓")
    assert len({(row["room_id"], row["number"]) for row in rows["beds"]}) == 70
    assert sum(not row["in_use"] for row in rows["beds"]) == 1


def test_eight_in_ten_beds_are_taken_and_three_booked(rows: Rows) -> None:
    kinds = {row["id"]: row["kind"] for row in rows["beds"]}
    now = [row for row in rows["stays"] if "ended_on" not in row]
    taken = Counter((kinds[row["bed_id"]], row["state"]) for row in now)
    assert taken == {("日间照料", "在住"): 8, ("老年公寓", "在住"): 48, ("老年公寓", "已预订"): 3}
    assert len(rows["stays"]) - len(now) == 16
    out_of_use = {row["id"] for row in rows["beds"] if not row["in_use"]}
    assert not out_of_use & {row["bed_id"] for row in rows["stays"]}


def test_nobody_is_in_two_beds_and_no_bed_holds_two(rows: Rows) -> None:
    assert len({row["resident_id"] for row in rows["stays"]}) == len(rows["stays"])
    by_bed = defaultdict(list)
    for row in rows["stays"]:
        by_bed[row["bed_id"]].append((row["started_on"], row.get("ended_on", "9999")))
    for stays in by_bed.values():
        for (_, end), (start, _) in itertools.pairwise(sorted(stays)):
            assert end <= start


def test_nine_wait_in_order_and_three_are_urgent(rows: Rows) -> None:
    waiting = [row for row in rows["waitings"] if "settled_on" not in row]
    asked = [row["asked_on"] for row in waiting]
    assert len(asked) == 9
    assert asked == sorted(asked)
    assert sum(row["urgent"] for row in waiting) == 3
    staying = {row["resident_id"] for row in rows["stays"] if "ended_on" not in row}
    assert not staying & {row["resident_id"] for row in waiting}
    given = [row for row in rows["waitings"] if row.get("outcome") == "已安排"]
    began = {row["resident_id"]: row["started_on"] for row in rows["stays"]}
    assert [row["settled_on"] for row in given] == [began[row["resident_id"]] for row in given]
    assert len(given) == 6


def shifts(rows: Rows, activity: str) -> dict[str, Row]:
    key = next(row["id"] for row in rows["activities"] if row["name"] == activity)
    return {
        row["held_on"]: row
        for row in rows["shifts"]
        if row["activity_id"] == key and row["held_on"] <= TODAY
    }


def test_the_patrol_is_on_every_day_and_was_missed_on_the_last(rows: Rows) -> None:
    patrol = shifts(rows, "义务巡逻")
    day = dt.date.fromisoformat(min(patrol))
    assert len(patrol) == (DAY - day).days + 1 == 184  # not one day is left out
    assert patrol[TODAY]["state"] == "已排班"
    assert patrol[YESTERDAY]["state"] == "未开展"
    counted = Counter(row["state"] for row in patrol.values())
    assert 4 <= counted["未开展"] <= 16


def test_the_clean_up_is_once_a_month(rows: Rows) -> None:
    months = [day[:7] for day in shifts(rows, "社区清洁")]
    assert len(set(months)) == len(months) == 18


def test_hours_belong_to_what_was_held_by_those_who_were_in_the_team(rows: Rows) -> None:
    held = {row["id"]: row for row in rows["shifts"]}
    service = defaultdict(list)
    for row in rows["team_members"]:
        service[row["volunteer_id"]].append(row)
    for row in rows["hours"]:
        day = dt.date.fromisoformat(row["served_on"])
        assert any(row["started_on"] <= day.isoformat() for row in service[row["volunteer_id"]])
        if "shift_id" in row:
            shift = held[row["shift_id"]]
            assert shift["held_on"] == row["served_on"]
            assert shift["state"] == ("已排班" if row["state"] == "已排班" else "已开展")
            assert any(still(stay, day) for stay in service[row["volunteer_id"]])
    worked = {row["shift_id"] for row in rows["hours"] if "shift_id" in row}
    assert worked == {row["id"] for row in rows["shifts"] if row["state"] != "未开展"}


def test_times_add_up_to_the_hours(rows: Rows) -> None:
    def clock(time: str) -> float:
        hour, minute = time.split(":")
        return int(hour) + int(minute) / 60

    timed = [row for row in rows["hours"] if "starts_at" in row]
    assert timed
    assert all(clock(r["ends_at"]) - clock(r["starts_at"]) == r["hours"] for r in timed)


def test_some_pass_100_and_300_hours(rows: Rows) -> None:
    lifetime = Counter[str]()
    for row in rows["hours"]:
        if row["state"] == "已认定":
            lifetime[row["volunteer_id"]] += row["hours"]
    assert sum(hours >= 300 for hours in lifetime.values()) == 2
    assert 4 <= sum(100 <= hours < 300 for hours in lifetime.values()) <= 9


def test_the_latest_hours_wait_to_be_approved(rows: Rows) -> None:
    approved = [row["served_on"] for row in rows["hours"] if row["state"] in ("已认定", "退回")]
    waiting = [row["served_on"] for row in rows["hours"] if row["state"] == "待认定"]
    assert max(approved) < min(waiting) <= max(waiting) <= YESTERDAY
    assert len(approved) > 10 * len(waiting) > 0
    groups = {row["group_id"] for row in rows["hours"] if "group_id" in row}
    assert {"poor_households", "disabled", "bereaved_families", "childless_elderly"} <= groups


def test_the_honour_of_2016_and_those_whom_the_article_praises(rows: Rows) -> None:
    first, *praised = rows["honours"]
    assert first["title"] == "全省“家庭、和谐、纠纷人民调解室”试点社区"
    assert (first["level"], first["given_on"], first["area_id"]) == ("省级", "2016", "liumiqiao")
    assert "issuer" not in first  # the report does not name it
    for row, name in zip(praised, NAMED, strict=True):
        assert name in row["title"]
        assert row.keys() == {"id", "area_id", "title", "remark", "source"}


def test_what_is_invented_says_so(rows: Rows) -> None:
    assert all("示例" in row["remark"] for row in rows["funds"] + rows["recognitions"])
    assert Counter(row["area_id"] for row in rows["funds"] if not row.get("project_id")) == {
        "guihuashu": 4,
        "liumiqiao": 3,
        "taohuaping": 4,
    }
    assert rows["cases"] == rows["case_steps"] == []


def test_made_twice_it_is_the_same(rows: Rows) -> None:
    assert sample.rows(DAY) == rows


@pytest.mark.parametrize("day", ["2024-02-29", "2025-07-15", "2026-01-01"])
def test_any_other_day_keeps_the_figures(day: str) -> None:
    then = sample.rows(dt.date.fromisoformat(day))
    assert Counter(row["kind"] for row in then["beds"]) == {"日间照料": 10, "老年公寓": 60}
    overdue = [r for r in then["contacts"] if "done_on" not in r and r["due_on"] < day]
    assert len(overdue) == 6 + 6 + 15
    held = [row for row in then["sessions_held"] + then["shifts"] if row["state"].startswith("已")]
    assert max(row["held_on"] for row in held if row["state"] != "已排班") <= day


def test_who_patrols_in_the_days_to_come_is_known(rows: Rows) -> None:
    to_come = {row["id"]: row for row in rows["shifts"] if row["held_on"] > TODAY}
    assert len(to_come) == 60 + 2
    on = Counter(row["shift_id"] for row in rows["hours"] if row.get("shift_id") in to_come)
    assert Counter(on.values()) == {3: 60, 12: 2}
    assert {row["group_id"] for row in rows["hours"] if "shift_id" in row} == {
        "childless_elderly",
        "poor_households",
    }
