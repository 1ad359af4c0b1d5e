"""Two rows of one person made one, with all that hangs on them, and made two again."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from db import doors
from db.actors import Actor
from db.doors import Forbidden, Question
from db.parsers import Refused
from tests.village import (
    ADMIN,
    AN_PHONE,
    CHILDREN,
    CLERK,
    CLOSED,
    EAST,
    RESEARCHER,
    SECRETARY,
    WEST,
    add,
    cell,
    done,
    edit,
)

TWIN = {"name": "安一", "birth_date": "1956-03-01", "phone": "13800000099", "remark": "从旧册来"}


@pytest.fixture
def twin(village: Engine) -> Engine:
    """安一 twice, the second in a group, paired, and in a group that needs a clearance."""
    done(
        village,
        ADMIN,
        add("residents", "e-twin", EAST, **TWIN),
        add("memberships", "t-child", EAST, group_id=CHILDREN, resident_id="e-twin",
            started_on="2021-01-01"),
        add("memberships", "t-ill", EAST, group_id=CLOSED, resident_id="e-twin",
            started_on="2021-01-01"),
        add("pairings", "t-pair", EAST, volunteer_id="e-vol", resident_id="e-twin",
            started_on="2022-01-01"),
    )  # fmt: skip
    return village


def people(on: Engine) -> set[str]:
    return {row["id"] for row in doors.read(on, CLERK, Question("residents", EAST)).rows}


def test_doubles_are_found_with_the_reason(twin: Engine) -> None:
    found = [(one.one, one.other, one.why) for one in doors.doubles(twin, CLERK, "residents", EAST)]
    assert found == [("e-an", "e-twin", "姓名、出生日期相同")]
    assert doors.doubles(twin, ADMIN, "residents", WEST) == []
    for register in ("volunteers", "pairings"):
        with pytest.raises(Forbidden, match="不是居民名单，不能查找重复"):
            doors.doubles(twin, CLERK, register, EAST)


def test_who_lives_in_two_communities_is_found_until_one_of_them_is_left(twin: Engine) -> None:
    done(twin, ADMIN, add("residents", "w-twin", WEST, **TWIN))

    def across() -> list[tuple[str, str]]:
        found = doors.doubles(twin, ADMIN, "residents", None)
        return [(one.one, one.other) for one in found if "w-twin" in (one.one, one.other)]

    assert across() == [("e-an", "w-twin"), ("e-twin", "w-twin")]
    assert doors.doubles(twin, CLERK, "residents", None) == doors.doubles(
        twin, CLERK, "residents", EAST
    )
    done(twin, ADMIN, edit("residents", "w-twin", "status", "常住", "迁出"))
    assert across() == []


def test_what_hangs_on_the_one_that_goes_moves_along(twin: Engine) -> None:
    written = doors.merge(twin, CLERK, "residents", "e-an", "e-twin", ("phone", "remark"))
    assert people(twin) == {"e-an", "e-bo", "e-cu"}
    assert cell(twin, "residents", "e-an", "phone") == "13800000099"
    assert cell(twin, "residents", "e-an", "remark") == "从旧册来"
    assert cell(twin, "residents", "e-an", "address") == "东街 1 号"  # its own, not asked for
    for register, row_id in (("memberships", "t-child"), ("memberships", "t-ill"),
                             ("pairings", "t-pair")):  # fmt: skip
        assert cell(twin, register, row_id, "resident_id") == "e-an"
    assert doors.doubles(twin, CLERK, "residents", EAST) == []
    doors.undo(twin, SECRETARY, written.batch)
    assert people(twin) == {"e-an", "e-bo", "e-cu", "e-twin"}
    assert cell(twin, "residents", "e-an", "phone") == AN_PHONE
    assert cell(twin, "residents", "e-twin", "phone") == "13800000099"
    for register, row_id in (("memberships", "t-child"), ("memberships", "t-ill"),
                             ("pairings", "t-pair")):  # fmt: skip
        assert cell(twin, register, row_id, "resident_id") == "e-twin"


@pytest.mark.parametrize("who", [SECRETARY, CLERK], ids=["cleared", "not cleared"])
def test_what_needs_a_clearance_moves_back_unseen(twin: Engine, who: Actor) -> None:
    merged = doors.merge(twin, CLERK, "residents", "e-an", "e-twin", ()).batch
    back = doors.undo(twin, who, merged)
    assert cell(twin, "memberships", "t-ill", "resident_id") == "e-twin"
    assert ("t-ill" in {one.id for one in back.outcomes}) is who.clearance
    doors.undo(twin, who, back.batch)  # the merge done again
    assert cell(twin, "memberships", "t-ill", "resident_id") == "e-an"


def test_what_somebody_changed_meanwhile_stays_and_its_secret_with_it(twin: Engine) -> None:
    merged = doors.merge(twin, CLERK, "residents", "e-an", "e-twin", ()).batch
    done(twin, SECRETARY, edit("memberships", "t-ill", "resident_id", "e-an", "e-cu"))
    told = [one for one in doors.undo(twin, CLERK, merged).outcomes if one.status != "applied"]
    assert [(one.id, one.theirs, one.by) for one in told] == [(None, {}, {})]
    assert told[0].reason == "一条须专门授权才能看的记录后来又改过"
    assert cell(twin, "memberships", "t-ill", "resident_id") == "e-cu"


def test_what_would_be_said_twice_is_said_once(twin: Engine) -> None:
    done(
        twin,
        ADMIN,
        add("memberships", "a-child", EAST, group_id=CHILDREN, resident_id="e-an",
            started_on="2021-01-01"),
    )  # fmt: skip
    doors.merge(twin, CLERK, "residents", "e-an", "e-twin", ())
    found = doors.read(twin, CLERK, Question("memberships", EAST)).rows
    mine = [row["id"] for row in found if row["resident_id"] == "e-an"]
    assert mine == ["a-child"]


def test_who_was_told_apart_is_proposed_to_nobody_until_it_is_taken_back(twin: Engine) -> None:
    batch = done(twin, CLERK, add("aparts", "two", EAST, pair="e-an/e-twin"))
    for who in (CLERK, SECRETARY, ADMIN):
        assert doors.doubles(twin, who, "residents", EAST) == []
    told = doors.row(twin, SECRETARY, "aparts", "two")
    assert told is not None
    assert told["who"] == CLERK.name
    doors.undo(twin, SECRETARY, batch)
    assert [one.one for one in doors.doubles(twin, ADMIN, "residents", EAST)] == ["e-an"]


@pytest.mark.parametrize(
    ("actor", "lose", "error"),
    [
        (RESEARCHER, "e-twin", Forbidden), (CLERK, "w-an", Forbidden), (CLERK, "gone", Forbidden),
        (CLERK, "e-an", Refused), (ADMIN, "w-an", Refused),
    ],
    ids=["role", "elsewhere", "nobody", "itself", "two places"],
)  # fmt: skip
def test_what_may_not_be_merged(twin: Engine, actor: Any, lose: str, error: type) -> None:
    before = doors.version(twin)
    with pytest.raises(error):
        doors.merge(twin, actor, "residents", "e-an", lose, ())
    assert doors.version(twin) == before
