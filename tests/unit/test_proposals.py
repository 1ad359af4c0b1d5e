"""Who is proposed for a target group: worked out by hand, never more than is sure."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from db import doors
from db.doors import Forbidden
from tests.village import ADMIN, CLERK, EAST, ORGANISATION, WEST, add, done, edit

DAY = "2026-05-31"
# 安一 (1956-03-01) is 70; of 卜二 and 崔三 no birth date is written here.
BORN = {
    "is-65": "1961-05-31",
    "is-64": "1961-06-01",
    "year-sure": "1960",
    "year-unsure": "1961",
    "month-sure": "1961-04",
    "is-15": "2010-06-01",
    "is-16": "2010-05-31",
    "child-unsure": "2010",
    "child-sure": "2011",
}


@pytest.fixture
def aged(village: Engine) -> Engine:
    people = [add("residents", one, EAST, name=one, birth_date=born) for one, born in BORN.items()]
    gone = add("residents", "left", EAST, name="走", birth_date="1950-01-01", status="迁出")
    alone = add("residents", "alone", EAST, name="独", birth_date="1950-01-01", lives_alone=True)
    done(village, ADMIN, *people, gone, alone)
    return village


def proposed(on: Engine, group: str) -> set[str]:
    return {one.resident for one in doors.joining(on, CLERK, EAST, group, DAY)}


def test_only_who_surely_fits_is_proposed(aged: Engine) -> None:
    assert proposed(aged, "elderly") == {"e-an", "is-65", "year-sure", "month-sure", "alone"}
    assert proposed(aged, "empty_nest_elderly") == {"alone"}
    assert {"is-15", "child-sure"} <= proposed(aged, "children")
    assert not {"is-16", "child-unsure"} & proposed(aged, "children")
    counts = doors.proposals(aged, CLERK, EAST, DAY)
    assert counts.joining["elderly"] == 5
    assert counts.labels["elderly"] == "老年人"
    assert counts.leaving == 0


def test_who_belongs_or_was_declined_is_not_proposed_again(aged: Engine) -> None:
    joined = {"group_id": "elderly", "started_on": "2026-01-01"}
    done(
        aged,
        CLERK,
        add("memberships", "m-65", EAST, resident_id="is-65", **joined),
        add("memberships", "m-ended", EAST, resident_id="alone", ended_on="2026-02-01", **joined),
        add("declined", "no", EAST, resident_id="e-an", group_id="elderly", way="纳入"),
        add("declined", "other", EAST, resident_id="year-sure", group_id="elderly", way="退出"),
    )
    assert proposed(aged, "elderly") == {"year-sure", "month-sure", "alone"}


def test_who_has_grown_left_or_died_is_proposed_to_leave(aged: Engine) -> None:
    since = {"started_on": "2026-01-01"}
    child = {"group_id": "children", **since}
    done(
        aged,
        CLERK,
        add("memberships", "grown", EAST, resident_id="is-16", **child),
        add("memberships", "still", EAST, resident_id="is-15", **child),
        add("memberships", "unsure", EAST, resident_id="child-unsure", **child),
        add("memberships", "away", EAST, group_id="disabled", resident_id="left", **since),
        add("memberships", "over", EAST, group_id="elderly", resident_id="left",
            ended_on="2026-05-01", **since),
    )  # fmt: skip
    found = doors.leaving(aged, CLERK, EAST, DAY)
    assert {(one.membership, one.why) for one in found} == {
        ("grown", "已满 16 周岁"),
        ("away", "已迁出"),
    }
    assert doors.proposals(aged, CLERK, EAST, DAY).leaving == 2
    stays = {"resident_id": "is-16", "group_id": "children", "way": "退出"}
    done(aged, CLERK, add("declined", None, EAST, **stays))
    done(aged, CLERK, edit("residents", "left", "status", "迁出", "死亡"))
    assert [one.why for one in doors.leaving(aged, CLERK, EAST, DAY)] == ["已去世"]


def test_proposals_stay_in_reach_and_below_clearances(aged: Engine) -> None:
    kid = {"group_id": "children_of_prisoners", "resident_id": "is-65", "started_on": "2020-01-01"}
    done(aged, ADMIN, add("memberships", "closed", EAST, **kid))
    assert [one.membership for one in doors.leaving(aged, ADMIN, EAST, DAY)] == ["closed"]
    assert doors.leaving(aged, CLERK, EAST, DAY) == []
    with pytest.raises(Forbidden):
        doors.proposals(aged, CLERK, WEST, DAY)
    with pytest.raises(Forbidden):
        doors.joining(aged, ORGANISATION, EAST, "elderly", DAY)
    with pytest.raises(Forbidden, match="推出来"):
        doors.joining(aged, CLERK, EAST, "disabled", DAY)
