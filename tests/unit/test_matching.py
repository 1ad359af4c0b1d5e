"""Which stored row a roster's line means: each case with the answer worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from db import doors, likeness
from db.changes import Values
from db.matches import Match, Matched
from logic import importing
from logic.books import exporting
from logic.rosters import checking, mapping, offering, reading
from tests.village import (
    AN_ID,
    AN_PHONE,
    BO_ID,
    CLERK,
    EAST,
    NEIGHBOUR,
    RESEARCHER,
    WEST,
    add,
    done,
    edit,
)

AN = {"name": "安一", "id_number": AN_ID}
BO = {"name": "卜二", "id_number": BO_ID}
# AN_ID and BO_ID with one digit other than stored; their check digits don't matter here.
AN_SLIP, BO_SWAP = AN_ID[:10] + "9" + AN_ID[11:], BO_ID[:6] + "91" + BO_ID[8:]


def matched(on: Engine, *rows: Values, register: str = "residents", **more: Any) -> Matched:
    return doors.match(on, CLERK, register, EAST, rows, **more)


def one(on: Engine, row: Values, **more: Any) -> Match:
    (line,) = matched(on, row, **more).lines
    return line


@pytest.mark.parametrize(
    ("row", "status", "row_id", "cells"),
    [
        (AN, "unchanged", "e-an", {}),
        (AN | {"sex": "女", "phone": AN_PHONE}, "unchanged", "e-an", {}),
        (AN | {"sex": None}, "unchanged", "e-an", {}),  # a blank empties nothing
        (AN | {"sex": "男"}, "changed", "e-an", {"sex": "男"}),
        (AN | {"name": "安宜"}, "changed", "e-an", {"name": "安宜"}),  # the number says who it is
        (AN | {"birth_date": "1956-03"}, "unchanged", "e-an", {}),  # less precise, no other
        (AN | {"birth_date": "1956-04"}, "changed", "e-an", {"birth_date": "1956-04"}),
        ({"name": "安一", "birth_date": "1956-03-01"}, "unchanged", "e-an", {}),
        ({"name": "安一", "phone": AN_PHONE, "address": "东街 1 号"}, "unchanged", "e-an", {}),
        (
            {"name": "崔三", "birth_date": "2016-06", "id_number": "1"},
            "changed", "e-cu", {"id_number": "1"},
        ),
        ({"name": "卜二", "address": "东街 2 号"}, "unchanged", "e-bo", {}),  # says it all already
    ],
)  # fmt: skip
def test_a_line_means_a_row(
    village: Engine, row: Values, status: str, row_id: str, cells: Values
) -> None:
    found = one(village, row)
    assert (found.status, found.cells) == (status, cells)
    assert found.id == row_id or not row_id


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"name": "安一", "id_number": AN_SLIP}, "身份证号码只差一位"),
        ({"name": "安一", "birth_date": "1956-01-03"}, "出生月日颠倒"),
        ({"name": "安一", "birth_date": "1956-03-02"}, "出生日期只差一位"),
        ({"name": "安一"}, "同名，没有别的可核对"),
        # Sound numbers never differ by one sign alone: the last follows from the others.
        ({"name": "安一", "id_number": "421281195603010031"}, "身份证号码只差一位"),
        (
            {"name": "安一", "id_number": AN_ID[:6] + AN_ID[8:17]},
            "身份证号码一个 15 位、一个 18 位",
        ),
        (
            {"name": "安一", "id_number": BO_SWAP, "birth_date": "1956-03-01", "phone": AN_PHONE},
            "身份证号码不同，但出生日期相同、电话相同",
        ),
        ({"name": "安一", "phone": AN_PHONE, "sex": "男"}, "同名，电话相同"),
        ({"name": "安伊", "birth_date": "1956-03-01"}, "“安伊”与“安一”同音，出生日期相同"),
    ],
)
def test_what_is_near_is_for_a_person_to_say(village: Engine, row: Values, why: str) -> None:
    found = one(village, row)
    assert (found.status, found.like, found.why) == ("review", ("e-an",), why)


@pytest.mark.parametrize(
    "row",
    [
        {"name": "安一", "id_number": BO_SWAP},  # another number altogether
        {"name": "安一", "birth_date": "1990-12-24"},
        {"name": "安伊", "id_number": "421281195603010031"},  # a twin
        {"name": "安伊"},  # the sound alone is not enough
        {"name": "韦一", "phone": "13700000001"},  # lives in another community
    ],
)
def test_others_are_new(village: Engine, row: Values) -> None:
    found = one(village, row)
    assert (found.status, found.like, found.cells) == ("new", (), row)


def test_one_person_twice_in_a_file(village: Engine) -> None:
    new = {"name": "新人", "birth_date": "1990-12-24"}
    lines = matched(village, AN, AN, new, new, numbers=(3, 4, 7, 9)).lines
    assert [one.status for one in lines] == ["unchanged", "bad", "new", "bad"]
    assert [one.why for one in lines][1::2] == ["与第 3 行是同一人", "与第 7 行重复"]


def test_who_is_stored_but_not_in_the_file(village: Engine) -> None:
    assert matched(village, AN, {"name": "新人"}).absent == ("e-bo", "e-cu")


def test_nobody_misses_who_has_moved_away(village: Engine) -> None:
    done(village, CLERK, edit("residents", "e-bo", "status", "常住", "迁出"))
    assert matched(village, AN).absent == ("e-cu",)


def test_old_values_stay_behind_their_masks(village: Engine) -> None:
    found = one(village, AN | {"phone": "13911112222"})
    assert (found.old, found.cells) == ({"phone": "138****0001"}, {"phone": "13911112222"})


def test_decisions_hold(village: Engine) -> None:
    near = {"name": "安一", "sex": "男"}
    said = {0: "new", 1: "e-an", 2: "out"}
    lines = matched(village, near, near, near, decisions=said).lines
    assert [one.status for one in lines] == ["new", "changed", "bad"]
    assert (lines[1].id, lines[1].cells) == ("e-an", {"sex": "男"})


def test_households_by_number_by_head_or_new(village: Engine) -> None:
    rows = [
        AN | {"relation": "户主", "household_id.number": "E1"},
        {"name": "新甲", "relation": "户主", "household_id.head": "新甲", "address": "东街 7 号"},
        {"name": "新乙", "relation": "子", "household_id.head": "新甲"},
        {"name": "新丙", "household_id.number": "E9"},
        {"name": "新丁", "relation": "户主", "household_id.head": "新甲"},
    ]
    found = matched(village, *rows, homes=(1, 2, 2, 3, 4))
    homes = [line.cells.get("household_id") for line in found.lines]
    assert found.lines[0].cells == {"relation": "户主"}  # lives in E1 already
    assert homes[1] == homes[2]
    assert found.homes[str(homes[1])] == {"number": "新甲户", "address": "东街 7 号"}
    assert found.homes[str(homes[3])] == {"number": "E9"}
    assert found.homes[str(homes[4])] == {"number": "新甲户2"}


def test_references_by_what_is_said_of_them(village: Engine) -> None:
    def pair(**said: str) -> Values:
        return {"volunteer_id.name": "尹志"} | {f"resident_id.{k}": v for k, v in said.items()}

    rows = (pair(name="崔三"), pair(name="安一", id_number=AN_ID), pair(name="无此人"))
    found = matched(village, *rows, register="pairings").lines
    assert [one.status for one in found] == ["unchanged", "new", "bad"]
    assert found[0].id == "e-pair"
    assert found[1].cells == {"volunteer_id": "e-vol", "resident_id": "e-an"}
    assert found[2].why == "“居民”：没有找到“无此人”"


def test_one_of_several_of_a_name_is_for_a_person_to_say(village: Engine) -> None:
    done(village, CLERK, add("residents", "e-twin", EAST, name="安一", birth_date="1990-12-24"))

    def member(**said: str) -> Values:
        return {"group_id.name": "留守儿童"} | {f"resident_id.{k}": v for k, v in said.items()}

    rows = (
        member(name="安一"),
        member(name="安一", birth_date="1956"),
        member(name="安一", birth_date="1990-12-24"),
        member(name="安一", id_number=AN_ID),
        member(name="安一", birth_date="1970"),
    )
    found = matched(village, *rows, register="memberships").lines
    assert [one.status for one in found] == ["review", "new", "new", "bad", "bad"]
    assert (found[0].of, found[0].like) == ("resident_id", ("e-an", "e-twin"))
    assert found[0].why == "“居民”：“安一”不止一个"
    assert [one.cells.get("resident_id") for one in found[1:3]] == ["e-an", "e-twin"]
    assert found[3].why == "与第 2 行重复"
    assert found[4].why == "“居民”：没有找到“安一、1970”"
    said = matched(village, rows[0], register="memberships", decisions={0: "e-twin"}).lines[0]
    assert (said.status, said.cells["resident_id"]) == ("new", "e-twin")
    out = matched(village, rows[0], register="memberships", decisions={0: "out"}).lines[0]
    assert (out.status, out.why) == ("bad", "由您选定不导入")


def test_the_same_roster_again_needs_no_choice_between_namesakes(village: Engine) -> None:
    done(village, CLERK, add("residents", "e-twin", EAST, name="崔三"))
    row = {"group_id.name": "留守儿童", "resident_id.name": "崔三"}
    found = matched(village, row, row, row, register="memberships").lines
    # 崔三 is a member once: the second line may mean the other one, and so may the third.
    assert [one.status for one in found] == ["unchanged", "review", "review"]
    assert (found[0].id, found[0].why) == ("e-child", "类别、居民")
    other = matched(village, row | {"basis": "走访"}, register="memberships").lines[0]
    assert (other.status, other.like) == ("review", ("e-cu", "e-twin"))


def test_a_row_without_the_row_that_it_must_point_at_is_bad(village: Engine) -> None:
    found = matched(village, {"programme_id.name": None, "name": "美术"}, register="courses").lines
    assert (found[0].status, found[0].why) == ("bad", "“服务项目”必须填写")


def test_what_is_known_by_nothing_is_known_by_all_that_it_says(village: Engine) -> None:
    need = {"title": "路灯坏了", "raised_on": "2026-01-02", "way": "走访"}
    done(village, CLERK, add("needs", "e-need", EAST, **need))
    found = matched(village, need, need, need | {"title": "路灯暗"}, register="needs").lines
    # Once it is stored; two people may say the same on one day.
    assert [(one.status, one.id) for one in found[:1]] == [("unchanged", "e-need")]
    assert [one.status for one in found[1:]] == ["new", "new"]


def test_who_is_named_by_others_is_found_by_their_words(village: Engine) -> None:
    row = {"session_id.words": "2026-01-04 快乐星期天", "resident_id.name": "安一"}
    found = matched(village, row, row | {"session_id.words": "2026-01-05 快乐星期天"},
                    register="attendances").lines  # fmt: skip
    assert (found[0].status, found[0].cells["session_id"]) == ("new", "e-session")
    assert found[1].why == "“场次”：没有找到“2026-01-05 快乐星期天”"


def test_who_is_chosen_may_be_a_member_already(village: Engine) -> None:
    done(village, CLERK, add("residents", "e-twin", EAST, name="崔三"))
    row = {"group_id.name": "留守儿童", "resident_id.name": "崔三"}
    said = matched(village, row, register="memberships", decisions={0: "e-cu"}).lines[0]
    assert (said.status, said.id) == ("unchanged", "e-child")


def test_numbers_behind_masks_are_compared_all_the_same(village: Engine) -> None:
    row = {"name": "尹志", "phone": "13500000001"}
    found = matched(village, row, register="volunteers").lines[0]
    assert (found.status, found.id, found.cells) == ("unchanged", "e-vol", {})


def test_a_mask_tells_who_is_meant_and_is_no_change(village: Engine) -> None:
    done(village, CLERK, add("residents", "e-twin", EAST, name="安一", phone="13811110002"))
    masks = {0: {"id_number": "421281********0015", "phone": "138****0001"},
             1: {"phone": "138****0002"}, 2: {"id_number": "421281********0016"}}  # fmt: skip
    rows = [{"name": "安一", "id_number": None, "phone": None}] * 4
    found = matched(village, *rows, covered=masks).lines
    assert [(one.status, one.id) for one in found[:2]] == [
        ("unchanged", "e-an"), ("unchanged", "e-twin"),
    ]  # fmt: skip
    assert found[0].why == "姓名和遮盖后的号码都相符"
    assert [one.status for one in found[2:]] == ["review", "review"]
    born = {"name": "安一", "birth_date": "1956-03-01"}
    other = matched(village, born, covered={0: {"id_number": "421281********9999"}}).lines[0]
    assert other.status != "unchanged"  # the number that can be seen is another's


@pytest.mark.parametrize("register", ["residents", "volunteers", "memberships"])
def test_ones_own_export_brings_nothing_back(village: Engine, register: str) -> None:
    taken = doors.export(village, CLERK, doors.Question(register, EAST), "核对")
    table = offering.single(reading.read(exporting.file(taken, "csv"), "a.csv"))
    checked = checking.check(table, mapping.guess(table, register))
    lines = importing.sound(checked)
    assert len(lines.rows) == len(taken.rows)
    found = doors.match(
        village, CLERK, register, EAST, lines.rows, numbers=lines.numbers, covered=lines.covered
    )
    assert [one for one in found.lines if one.status != "unchanged"] == []


def test_an_address_tells_members_of_one_name_apart(village: Engine) -> None:
    done(village, CLERK, add("residents", "e-twin", EAST, name="安一", address="东街 ９号"))

    def member(name: str, address: str) -> Values:
        return {"group_id.name": "留守儿童", "resident_id.name": name,
                "resident_id.address": address}  # fmt: skip

    rows = member("安一", "东街9号"), member("安一", "西街 3 号"), member("卜二", "哪里也不是")
    found = matched(village, *rows, register="memberships").lines
    assert [one.status for one in found] == ["new", "review", "new"]
    assert [one.cells.get("resident_id") for one in found] == ["e-twin", None, "e-bo"]


@pytest.mark.parametrize("actor", [RESEARCHER, NEIGHBOUR], ids=lambda one: one.role)
def test_only_who_may_write_here_may_match(village: Engine, actor: Any) -> None:
    with pytest.raises(doors.Forbidden):
        doors.match(village, actor, "residents", EAST, [AN])
    assert doors.match(village, NEIGHBOUR, "residents", WEST, [AN]).lines[0].status == "new"


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("123456", "123457", True), ("123456", "124356", True), ("123456", "12345", True),
        ("123456", "123456", False), ("123456", "654321", False), ("12", "21", True),
        ("123456", "143256", False),  # not neighbours
    ],
)  # fmt: skip
def test_one_slip_of_the_pen(one: str, other: str, near: bool) -> None:
    assert likeness.one_off(one, other) is near
    assert likeness.one_off(other, one) is near


def test_rows_that_others_name_are_chosen_by_their_words(village: Engine) -> None:
    def offered(register: str, name: str, q: str = "") -> list[Values]:
        return doors.choices(village, CLERK, register, name, EAST, q)

    pair = {"id": "e-pair", "label": "尹志 崔三"}
    assert offered("contacts", "pairing_id") == [pair]
    assert offered("contacts", "pairing_id", "崔 尹") == [pair]
    assert offered("contacts", "pairing_id", "安一") == []
    session = {"id": "e-session", "label": "2026-01-04 快乐星期天"}
    assert offered("attendances", "session_id") == [session]


def test_what_an_export_says_of_a_household_means_it(village: Engine) -> None:
    line = {"name": "安一", "birth_date": "1956-03-01", "household_id.number": "E1 东街 1 号"}
    assert one(village, line).status == "unchanged"  # and no household is made
    assert matched(village, line).homes == {}
