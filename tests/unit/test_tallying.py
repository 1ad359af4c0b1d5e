"""Sums in SQL, outcomes of cases without their cases, a case that goes to another account."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from db import accounts, doors
from db.doors import Condition, Forbidden, Question
from db.parsers import Refused
from db.registers import settings
from tests.village import ADMIN, CLERK, EAST, ORGANISATION, SECRETARY, WORKER, add, done, one


def given(hours: float | None, day: str, **cells: object) -> object:
    return add("hours", None, EAST, volunteer_id="e-vol", hours=hours, served_on=day, **cells)


def test_hours_are_summed_by_volunteer(village: Engine) -> None:
    done(
        village,
        CLERK,
        given(2, "2026-01-05", state="已认定"),  # type: ignore[arg-type]
        given(1.5, "2026-03-05", state="已认定", group_id="elderly"),  # type: ignore[arg-type]
        given(9, "2026-02-05"),  # type: ignore[arg-type]
        given(None, "2026-04-05", state="已排班"),  # type: ignore[arg-type]
    )
    approved = Question("hours", EAST, (Condition("state", "eq", "已认定"),))
    found = doors.tally(village, CLERK, approved, ("volunteer_id",), "hours", "served_on")
    assert found.rows == [
        {
            "volunteer_id": "e-vol",
            "count": 2,
            "sum": 3.5,
            "first": "2026-01-05",
            "last": "2026-03-05",
        }
    ]
    assert found.labels["e-vol"] == "尹志"
    whole = doors.tally(village, CLERK, Question("hours", EAST), (), "hours").rows
    assert whole == [{"count": 4, "sum": 12.5}]
    none = doors.tally(village, CLERK, Question("hours", EAST, (Condition("id", "eq", "x"),)), ())
    assert none.rows == [{"count": 0}]


def test_a_sum_asks_no_more_than_may_be_read(village: Engine) -> None:
    with pytest.raises(Forbidden):
        doors.tally(village, ORGANISATION, Question("hours"), (), "hours")
    with pytest.raises(Forbidden, match="遮盖"):
        doors.tally(village, CLERK, Question("residents"), ("phone",))
    with pytest.raises(Forbidden):
        doors.tally(village, WORKER, Question("residents"), ("party",))
    with pytest.raises(Refused, match="不能合计"):
        doors.tally(village, CLERK, Question("residents"), (), "name")


def case(number: int, outcome: str) -> object:
    closed = {} if outcome == "调解中" else {"closed_on": "2026-02-01"}
    cells = {"number": f"{number}", "kind": "邻里", "received_on": "2026-01-05"}
    return add("cases", f"case-{number}", EAST, outcome=outcome, **cells, **closed)


def test_outcomes_are_counted_and_few_are_not_told(village: Engine) -> None:
    some = [case(n, "调解成功") for n in range(6)] + [case(n, "调解不成") for n in range(10, 18)]
    done(village, CLERK, *some)  # type: ignore[arg-type]
    told = {"调解中": 0, "调解成功": 6, "调解不成": 8, "转交": 0}
    for who in (SECRETARY, ORGANISATION, CLERK):
        assert doors.outcomes(village, who, "cases", EAST) == told
    done(village, SECRETARY, case(20, "转交"))  # type: ignore[arg-type]
    # One alone would follow from the number of all: the smallest other goes with it.
    assert doors.outcomes(village, ORGANISATION, "cases") == told | {"转交": None, "调解成功": None}
    with pytest.raises(Forbidden):
        doors.outcomes(village, CLERK, "contacts", EAST)


@pytest.fixture
def staffed(village: Engine) -> tuple[Engine, str]:
    """The village with accounts: another clerk of the east, an organisation; the clerk's case."""
    heir = accounts.add(village, "heir", "新调解员", None, "clerk", EAST)
    accounts.add(village, "org", "组织", None, "organisation", EAST)
    accounts.add(village, "far", "西边", None, "clerk", "west")
    done(village, CLERK, case(1, "调解中"))  # type: ignore[arg-type]
    talk = add("case_steps", "talk", EAST, case_id="case-1", what="谈", taken_on="2026-01-06")
    done(village, CLERK, talk)
    return village, heir


def test_a_case_goes_to_another_handler_with_its_steps(staffed: tuple[Engine, str]) -> None:
    on, heir = staffed
    assert [one.name for one in doors.handlers(on, CLERK, "cases", EAST)] == ["新调解员"]
    doors.hand_over(on, CLERK, "cases", "case-1", heir)
    assert doors.read(on, CLERK, Question("cases")).rows == []
    assert doors.read(on, CLERK, Question("case_steps")).rows == []
    new = accounts.actor(on, "heir")
    (row,) = doors.read(on, new, Question("cases")).rows
    assert (row["handler"], row["handler_id"]) == ("新调解员", heir)
    assert [step["id"] for step in doors.read(on, new, Question("case_steps")).rows] == ["talk"]
    last, first = doors.history(on, new, "cases", "case-1")
    assert (last["who"], last["before"]["handler"], last["after"]["handler"]) == (
        CLERK.name,
        CLERK.name,
        "新调解员",
    )
    assert first["verb"] == "add"


def test_only_the_handler_gives_and_only_to_who_may_handle(staffed: tuple[Engine, str]) -> None:
    on, heir = staffed
    for who in (ADMIN, SECRETARY, ORGANISATION):
        with pytest.raises(Forbidden):
            doors.hand_over(on, who, "cases", "case-1", heir)
    for to in (CLERK.id, "nobody", "", accounts.actor(on, "org").id, accounts.actor(on, "far").id):
        with pytest.raises(Forbidden):
            doors.hand_over(on, CLERK, "cases", "case-1", to)
    with pytest.raises(Forbidden, match="不用移交"):
        doors.hand_over(on, CLERK, "contacts", "case-1", heir)


def test_what_others_did_is_told_without_what_is_secret(village: Engine) -> None:
    done(village, SECRETARY, given(2, "2026-01-05"), given(1, "2026-01-06"))  # type: ignore[arg-type]
    done(village, SECRETARY, case(1, "调解中"))  # type: ignore[arg-type]
    done(village, CLERK, given(3, "2026-01-05"))  # type: ignore[arg-type]
    since = "2026-01-01T00:00:00.000000Z"
    told = doors.others(village, CLERK, EAST, since)
    assert [(one.who, one.register, one.rows) for one in told] == [(SECRETARY.name, "hours", 2)]
    assert doors.others(village, CLERK, EAST, "2999") == []
    assert doors.others(village, ORGANISATION, EAST, since) == []


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_setting_is_checked_and_has_a_default(village: Engine) -> None:
    def said() -> object:
        rows = doors.read(village, ORGANISATION, Question("settings")).rows
        return settings.value(rows, settings.STARS)

    assert said() == (100, 300, 600, 1000, 1500)
    cells = {"item": "星级时长", "value": "300、100"}
    refused = one(village, ADMIN, add("settings", "s", "xianning", **cells))
    assert "从小到大的小时数" in refused.reason
    done(village, ADMIN, add("settings", "s", "xianning", **cells | {"value": "50，150.5"}))
    assert said() == (50, 150.5)
    assert "角色不能" in one(village, SECRETARY, add("settings", "t", EAST, **cells)).reason
