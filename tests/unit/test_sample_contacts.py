"""What was done for one at a time in the sample: pairings, visits, check-ups, screenings."""

from __future__ import annotations

import datetime as dt

import pytest

from db import scales
from tests.sampled import DAY, Row, Rows, age, made, members, still

TODAY = DAY.isoformat()


@pytest.fixture(scope="module")
def rows() -> Rows:
    return made()[0]


@pytest.fixture(scope="module")
def people(rows: Rows) -> dict[str, Row]:
    return {row["id"]: row for row in rows["residents"]}


def ago(day: str) -> int:
    """Days from then to the sample's day."""
    return (DAY - dt.date.fromisoformat(day)).days


def last_contacts(rows: Rows) -> dict[str, str]:
    last: dict[str, str] = {}
    for row in rows["contacts"]:
        if "pairing_id" in row:
            last[row["pairing_id"]] = max(row["done_on"], last.get(row["pairing_id"], ""))
    return last


def test_five_of_the_20_pairs_are_silent(rows: Rows) -> None:
    last = last_contacts(rows)
    pairs = [r["id"] for r in rows["pairings"] if r["area_id"] == "guihuashu" and still(r)]
    assert len(pairs) == 20
    assert sum(ago(last[pair]) > 30 for pair in pairs) == 5
    assert sum(ago(last[pair]) < 30 for pair in pairs) == 15


@pytest.mark.parametrize("area", ["liumiqiao", "taohuaping"])
def test_elsewhere_one_pair_in_five_is_silent(rows: Rows, area: str) -> None:
    last = last_contacts(rows)
    pairs = [row["id"] for row in rows["pairings"] if row["area_id"] == area and still(row)]
    silent = sum(ago(last[pair]) > 30 for pair in pairs)
    assert 0.15 < silent / len(pairs) < 0.25


def test_contacts_of_a_pairing_are_its_own(rows: Rows) -> None:
    pairs = {row["id"]: row for row in rows["pairings"]}
    aid = 0.0
    for row in rows["contacts"]:
        if "pairing_id" in row:
            pair = pairs[row["pairing_id"]]
            whom = ("volunteer_id", "resident_id", "household_id")
            assert [row.get(f) for f in whom] == [pair.get(f) for f in whom]
            assert pair["started_on"] <= row["done_on"] <= pair.get("ended_on", TODAY)
            aid += row.get("aid_value", 0)
            assert "aid_value" not in row or "物质" in pair["help"]
    assert aid > 10_000


@pytest.mark.parametrize(
    ("area", "overdue", "today"), [("guihuashu", 6, 1), ("liumiqiao", 6, 1), ("taohuaping", 15, 5)]
)
def test_visits_that_are_overdue(rows: Rows, area: str, overdue: int, today: int) -> None:
    visits = [r for r in rows["contacts"] if r["area_id"] == area and "due_on" in r]
    waiting = [row["due_on"] for row in visits if "done_on" not in row]
    assert sum(day < TODAY for day in waiting) == overdue
    assert waiting.count(TODAY) == today
    late = [row for row in visits if row.get("done_on", "") > row["due_on"]]
    assert 0.05 < len(late) / len(visits) < 0.2


def test_visited_are_those_of_a_group_since_they_belonged_to_it(rows: Rows) -> None:
    since: dict[tuple[str, str], str] = {}
    for row in rows["memberships"]:
        key = (row["area_id"], row.get("resident_id") or row["household_id"])
        since[key] = min(row["started_on"], since.get(key, "9999"))
    for row in rows["contacts"]:
        if "due_on" in row:
            key = (row["area_id"], row.get("resident_id") or row["household_id"])
            assert since[key] <= (row.get("done_on") or row["due_on"])


def test_some_of_those_over_65_had_a_check_up_within_a_year(
    rows: Rows, people: dict[str, Row]
) -> None:
    ups = [r for r in rows["contacts"] if r["kind"] == "体检" and r["area_id"] == "taohuaping"]
    assert all(age(people[row["resident_id"]]) >= 65 for row in ups)
    assert {row["worker"] for row in ups} == {"蒲纺医院"}
    recent = {row["resident_id"] for row in ups if ago(row["done_on"]) < 365}
    assert len(recent) == 1500
    assert {row["resident_id"] for row in ups} - recent  # longer ago


def test_screenings_are_scored_and_some_are_positive(rows: Rows) -> None:
    lonely = {r["resident_id"] for r in members(rows, "taohuaping", "empty_nest_elderly")}
    positive = 0
    for row in rows["screenings"]:
        assert row["resident_id"] in lonely
        assert row["score"] == scales.score(row["answers"])
        positive += row["score"] >= 5
    assert 0.1 < positive / len(rows["screenings"]) < 0.3
    assert {row["score"] for row in rows["screenings"]} >= set(range(8))
