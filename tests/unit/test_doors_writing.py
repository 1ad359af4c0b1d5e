"""The write door, case by case: order, repetition, ties between rows, what it refuses."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from db import doors, ids
from db.changes import Change
from db.doors import Forbidden, Question
from tests.village import (
    ADMIN,
    AN_ID,
    CHILDREN,
    CLERK,
    EAST,
    FAR,
    NORTH,
    ROOT,
    SECRETARY,
    STREET,
    WEST,
    add,
    cell,
    done,
    drop,
    edit,
    one,
    put,
    seen,
    version,
)

MEGABYTE = "长" * 1_000_000


# --- one after another, once and no more


def test_changes_of_a_batch_are_made_in_their_order(village: Engine) -> None:
    told = put(
        village,
        CLERK,
        Change("residents", "e-bo", {"name": "卜二"}, {"name": "甲", "address": "一"}),
        Change("residents", "e-bo", {"address": "一"}, {"address": "二"}),
        Change(
            "residents", "e-bo", {"name": "甲", "address": "二"}, {"name": "乙", "address": "三"}
        ),
    )
    assert [o.status for o in told] == ["conflict", "conflict", "conflict"]
    done(
        village,
        CLERK,
        Change("residents", "e-cu", {"name": "崔三"}, {"name": "甲", "address": "一"}),
        Change("residents", "e-cu", {"address": "一"}, {"address": "二"}),
        Change(
            "residents", "e-cu", {"name": "甲", "address": "二"}, {"name": "乙", "address": "三"}
        ),
    )
    assert cell(village, "residents", "e-cu", "address") == "三"
    told_of = doors.history(village, CLERK, "residents", "e-cu")[:3]
    assert [entry["after"]["address"] for entry in told_of] == ["三", "二", "一"]


def test_unique_value_passes_from_one_row_to_another_in_a_batch(village: Engine) -> None:
    done(
        village,
        CLERK,
        Change("residents", "e-cu", {"name": "崔三"}, {"name": "崔叁", "phone": "13800000003"}),
        Change("residents", "e-an", {"id_number": "421281********0015"}, {"id_number": None}),
        Change("residents", "e-cu", {}, {"id_number": AN_ID, "address": "东街 3 号"}),
    )
    assert cell(village, "residents", "e-cu", "id_number") == AN_ID
    assert cell(village, "residents", "e-an", "id_number") is None
    told = one(village, CLERK, edit("residents", "e-an", "id_number", None, AN_ID))
    assert (told.status, told.field) == ("refused", "id_number")


def test_unique_is_within_a_community_and_among_the_living(village: Engine) -> None:
    assert one(village, CLERK, add("residents", "r1", EAST, name="甲", id_number=AN_ID)).reason == (
        "“身份证号码”与本区域另一行重复"
    )
    done(village, ADMIN, add("residents", "r1", WEST, name="甲", id_number=AN_ID))
    done(village, CLERK, add("residents", "r2", EAST, name="乙", id_number="422323490512002"))
    done(village, CLERK, drop("residents", "r2"))
    done(village, CLERK, add("residents", "r3", EAST, name="丙", id_number="422323490512002"))
    back = one(village, CLERK, add("residents", "r2", EAST, name="乙", id_number="422323490512002"))
    assert back.status == "refused"
    told = put(
        village,
        CLERK,
        add("teams", "t1", EAST, name="同名队"),
        add("teams", "t2", EAST, name="同名队"),
    )
    assert [o.status for o in told] == ["applied", "refused"]


def test_rows_with_other_cells_filled_are_added_whole(village: Engine) -> None:
    done(
        village,
        CLERK,
        add("residents", "r1", EAST, name="甲", phone="13800000003"),
        add("residents", "r2", EAST, name="乙", address="东街 9 号"),
        add("residents", "r3", EAST, name="丙"),
    )
    rows = doors.by_ids(village, CLERK, "residents", ["r1", "r2", "r3"]).rows
    assert [(row["name"], row["phone"], row["address"], row["status"]) for row in rows] == [
        ("甲", "138****0003", None, "常住"),
        ("乙", None, "东街 9 号", "常住"),
        ("丙", None, None, "常住"),
    ]


def test_what_is_sent_twice_is_done_once_and_answered_the_same(village: Engine) -> None:
    changes = [
        Change("residents", "e-an", {"name": "安一"}, {"name": "安壹"}, op="o-1"),
        Change("residents", "r1", None, {"name": "新人", "area_id": EAST}, op="o-2"),
        Change("teams", "e-team-2", None, {"name": "二队", "area_id": EAST}, op="o-3"),
    ]
    first = doors.write(village, CLERK, changes, source="test")
    again = doors.write(village, CLERK, changes, source="test")
    assert again.outcomes == first.outcomes
    assert again.seq == first.seq
    assert len(doors.history(village, CLERK, "residents", "e-an")) == 2
    gone = [Change("teams", "e-team-2", {}, None, op="o-4")]
    assert [
        doors.write(village, CLERK, gone, source="test").outcomes[0].status for _ in range(2)
    ] == ["applied", "applied"]


def test_one_op_in_two_changes_is_done_once(village: Engine) -> None:
    told = put(
        village,
        CLERK,
        Change("residents", "e-an", {"name": "安一"}, {"name": "安壹"}, op="o-1"),
        Change("residents", "e-bo", {"name": "卜二"}, {"name": "卜贰"}, op="o-1"),
    )
    assert [o.status for o in told] == ["applied", "refused"]
    assert "编号已被用过" in told[1].reason
    other = Change("residents", "e-bo", {"name": "卜二"}, {"name": "卜贰"}, op="o-1")
    assert one(village, CLERK, other).status == "refused"
    assert cell(village, "residents", "e-bo", "name") == "卜二"


def test_nothing_new_is_nothing_written(village: Engine) -> None:
    start = version(village)
    told = put(
        village,
        CLERK,
        edit("residents", "e-an", "name", "安一", " 安一 "),
        edit("residents", "e-an", "birth_date", "1956-03-01", "1956年3月1日"),
        Change("residents", "e-an", {}, {}),
    )
    assert [o.status for o in told] == ["applied"] * 3
    assert told[1].values == {"birth_date": "1956-03-01"}
    assert version(village) == start


# --- conflicts, cell by cell


def test_cells_of_one_row_merge_and_a_stale_cell_does_not_overwrite(village: Engine) -> None:
    done(village, SECRETARY, edit("residents", "e-cu", "address", None, "书记写的"))
    told = put(
        village,
        CLERK,
        edit("residents", "e-cu", "employer", None, "干事写的"),
        edit("residents", "e-cu", "address", None, "干事写的"),
    )
    assert [o.status for o in told] == ["applied", "conflict"]
    assert told[1].theirs == {"address": "书记写的"}
    assert told[1].by["address"]["who"] == "东书记"
    assert told[1].reason == "东书记已先改过，没有覆盖；请选择保留哪一个"
    assert cell(village, "residents", "e-cu", "address") == "书记写的"
    agreed = edit("residents", "e-cu", "address", "书记写的", "干事写的")
    assert one(village, CLERK, agreed).status == "applied"


def test_change_is_made_with_all_its_cells_or_none(village: Engine) -> None:
    done(village, SECRETARY, edit("residents", "e-cu", "address", None, "书记写的"))
    both = {"address": "干事写的", "employer": "干事写的"}
    told = one(village, CLERK, Change("residents", "e-cu", {}, both))
    assert (told.status, told.theirs) == ("conflict", {"address": "书记写的"})
    bad = {"employer": "干事写的", "phone": "123"}
    assert one(village, CLERK, Change("residents", "e-cu", {}, bad)).status == "refused"
    assert cell(village, "residents", "e-cu", "employer") is None


@pytest.mark.parametrize(
    ("name", "seen_as", "new"),
    [
        ("address", "", "东街 3 号"),
        ("address", None, "东街 3 号"),
        ("birth_date", "2016年6月", "2016-07"),
        ("birth_date", "2016-06", "2016-07"),
        ("status", "常住", "外出"),
        ("name", " 崔三", "崔叁"),
        ("lives_alone", "", True),
    ],
)
def test_what_was_seen_may_be_written_as_people_write_it(
    village: Engine, name: str, seen_as: Any, new: Any
) -> None:
    assert one(village, CLERK, edit("residents", "e-cu", name, seen_as, new)).status == "applied"
    assert cell(village, "residents", "e-cu", name) == new


@pytest.mark.parametrize("seen_as", ["", None, "13800000009", "abc", float("nan"), 5, [], {}])
def test_what_was_not_there_conflicts(village: Engine, seen_as: Any) -> None:
    told = one(village, CLERK, edit("residents", "e-an", "phone", seen_as, "13800000002"))
    assert (told.status, told.theirs) == ("conflict", {"phone": "138****0001"})
    told = one(village, CLERK, edit("residents", "e-an", "birth_date", seen_as, "1957"))
    assert (told.status, told.theirs) == ("conflict", {"birth_date": "1956-03-01"})


def test_deletion_over_a_cell_that_moved_is_a_conflict(village: Engine) -> None:
    done(village, CLERK, add("teams", "t1", EAST, name="新队", kind="其他"))
    told = one(village, CLERK, drop("teams", "t1", name="新队", kind="爱心妈妈"))
    assert (told.status, told.theirs) == ("conflict", {"kind": "其他"})
    assert one(village, CLERK, drop("teams", "t1", name="新队", kind="其他")).status == "applied"
    told = one(village, CLERK, drop("teams", "t1"))
    assert (told.status, "已不存在" in told.reason) == ("refused", True)
    told = one(village, CLERK, edit("teams", "t1", "name", "新队", "旧队"))
    assert (told.status, told.theirs) == ("refused", {})


# --- ties between rows


def test_row_that_others_point_at_stays(village: Engine) -> None:
    told = one(village, SECRETARY, drop("residents", "e-cu"))
    assert told.reason == (
        "还有1 条服务对象、1 条结对记录与它相连，请先处理；"
        "人已迁出或去世的，请改“居住状态”而不要删除"
    )
    told = one(village, SECRETARY, drop("households", "e-home"))
    assert told.reason == "还有1 条居民记录与它相连，请先处理"


def test_a_batch_may_delete_a_row_after_what_points_at_it(village: Engine) -> None:
    told = put(
        village,
        SECRETARY,
        drop("residents", "e-cu"),
        drop("pairings", "e-pair"),
        edit("memberships", "e-child", "resident_id", "e-cu", "e-an"),
        drop("residents", "e-cu"),
    )
    assert [o.status for o in told] == ["refused", "applied", "applied", "applied"]


def test_a_batch_may_not_delete_a_row_that_it_made_others_point_at(village: Engine) -> None:
    done(village, CLERK, add("residents", "r1", EAST, name="甲"))
    told = put(
        village,
        CLERK,
        add("memberships", "m1", EAST, group_id=CHILDREN, resident_id="r1"),
        drop("residents", "r1"),
        drop("memberships", "m1"),
        drop("residents", "r1"),
        add("memberships", "m2", EAST, group_id=CHILDREN, resident_id="r1"),
    )
    assert [o.status for o in told] == ["applied", "refused", "applied", "applied", "refused"]


def test_undo_takes_an_import_back_last_row_first_and_redo_brings_it_again(village: Engine) -> None:
    batch = done(
        village,
        CLERK,
        add("households", "h1", EAST, number="H1"),
        add("residents", "r1", EAST, name="甲", household_id="h1", phone="13800000003"),
        add("memberships", "m1", EAST, group_id=CHILDREN, resident_id="r1"),
    )
    back = doors.undo(village, CLERK, batch)
    assert [(o.id, o.status) for o in back.outcomes] == [
        ("m1", "applied"),
        ("r1", "applied"),
        ("h1", "applied"),
    ]
    assert not {"h1", "r1", "m1"} & {*seen(village, CLERK, "residents")}
    with pytest.raises(Forbidden, match="已经撤销过"):
        doors.undo(village, CLERK, batch)
    again = doors.undo(village, CLERK, back.batch)
    assert [o.status for o in again.outcomes] == ["applied"] * 3
    assert cell(village, "residents", "r1", "phone") == "13800000003"
    assert cell(village, "residents", "r1", "household_id") == "h1"
    once_more = doors.undo(village, CLERK, batch)
    assert [o.status for o in once_more.outcomes] == ["applied"] * 3


def test_undo_sent_twice_is_done_once(village: Engine) -> None:
    batch = done(village, CLERK, edit("residents", "e-an", "name", "安一", "安壹"))
    op = ids.new()
    first = doors.undo(village, CLERK, batch, op=op)
    again = doors.undo(village, CLERK, batch, op=op)
    assert (again.batch, again.outcomes, again.seq) == (first.batch, first.outcomes, first.seq)
    assert cell(village, "residents", "e-an", "name") == "安一"


def test_undo_leaves_what_others_have_changed_since(village: Engine) -> None:
    batch = done(
        village,
        CLERK,
        edit("residents", "e-an", "name", "安一", "安壹"),
        edit("residents", "e-bo", "name", "卜二", "卜贰"),
    )
    done(village, SECRETARY, edit("residents", "e-an", "name", "安壹", "安娘"))
    told = {o.id: o for o in doors.undo(village, CLERK, batch).outcomes}
    assert (told["e-an"].status, told["e-an"].theirs) == ("conflict", {"name": "安娘"})
    assert told["e-an"].by["name"]["who"] == "东书记"
    assert told["e-bo"].status == "applied"
    assert cell(village, "residents", "e-an", "name") == "安娘"


# --- areas


@pytest.mark.parametrize("area", [ROOT, STREET, EAST, NORTH, FAR])
def test_area_with_anything_in_it_stays(village: Engine, area: str) -> None:
    told = one(village, ADMIN, drop("areas", area))
    assert (told.status, "与它相连" in told.reason) == ("refused", True)
    assert "n-an" in seen(village, ADMIN, "residents")


def test_root_stays_even_when_it_is_all_there_is(village: Engine) -> None:
    told = one(village, ADMIN, drop("areas", ROOT, name="咸宁市"))
    assert told.status == "refused"
    assert ROOT in seen(village, ADMIN, "areas")


def test_empty_area_is_deleted_and_its_undo_brings_it_back(village: Engine) -> None:
    done(village, ADMIN, add("areas", "south", FAR, name="南社区", level="社区"))
    assert [area["id"] for area in doors.areas(village, ADMIN)].count("south") == 1
    batch = done(village, ADMIN, drop("areas", "south"))
    told = one(village, ADMIN, add("residents", "r1", "south", name="甲"))
    assert told.reason == "没有这个区域，或它不在您的工作范围内"
    back = doors.undo(village, ADMIN, batch)
    assert [o.status for o in back.outcomes] == ["applied"]
    done(village, ADMIN, add("residents", "r1", "south", name="甲"))
    after = put(
        village,
        ADMIN,
        drop("residents", "r1"),
        add("residents", "r2", "south", name="乙"),
        drop("areas", "south"),
    )
    assert [o.status for o in after] == ["applied", "applied", "refused"]


def test_group_that_people_belong_to_stays(village: Engine) -> None:
    told = one(village, ADMIN, drop("groups", CHILDREN))
    assert told.reason == "还有2 条服务对象记录与它相连，请先处理"
    assert one(village, ADMIN, drop("groups", "migrant_children")).status == "applied"


# --- what people type


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "'; DROP TABLE residents; --",
        '=HYPERLINK("http://x","y")',
        "👩‍👩‍👧 𠮷 ﷽ Ω",
        "{{7*7}} ${7*7} %s \\x00",
        "١٢٣",
        "null",
        "NaN",
    ],
)
def test_text_is_stored_as_it_was_typed(village: Engine, text: str) -> None:
    told = one(village, CLERK, edit("residents", "e-cu", "remark", None, text))
    assert (told.status, told.values) == ("applied", {"remark": text})
    assert cell(village, "residents", "e-cu", "remark") == text
    assert doors.history(village, CLERK, "residents", "e-cu")[0]["after"] == {"remark": text}
    found = doors.read(
        village, CLERK, Question("residents", where=(doors.Condition("remark", "eq", text),))
    )
    assert [row["id"] for row in found.rows] == ["e-cu"]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("remark", MEGABYTE),
        ("remark", "零\x00字节"),
        ("remark", "半个\ud800字"),
        ("remark", ["列表"]),
        ("remark", {"a": 1}),
        ("remark", True),
        ("remark", float("nan")),
        ("remark", float("inf")),
        ("name", "  "),
        ("name", None),
        ("name", MEGABYTE),
        ("status", "住着"),
        ("status", ""),
        ("birth_date", "2000-02-30"),
        ("birth_date", "2999-01-01"),
        ("birth_date", float("inf")),
        ("birth_date", float("nan")),
        ("birth_date", True),
        ("birth_date", "9" * 5000),
        ("birth_date", MEGABYTE),
        ("birth_date", []),
        ("id_number", "42128119560301001"),
        ("id_number", 4.21281e17),
        ("id_number", float("inf")),
        ("id_number", MEGABYTE),
        ("phone", "abc"),
        ("phone", float("inf")),
        ("phone", float("-inf")),
        ("phone", 1.5),
        ("lives_alone", "也许"),
        ("lives_alone", 2),
        ("household_id", "x" * 37),
        ("household_id", "e-home\x00"),
        ("household_id", 5),
        ("household_id", "nope"),
        ("nope", "x"),
        ("x\x00\ud800", "x"),
        (MEGABYTE, "x"),
    ],
    ids=lambda value: str(value)[:20].encode("ascii", "replace").decode(),
)
def test_what_cannot_be_stored_is_refused_with_a_short_sentence(
    village: Engine, name: str, raw: Any
) -> None:
    start = version(village)
    for change in (
        Change("residents", "e-cu", {}, {name: raw}),
        Change("residents", "r1", None, {"area_id": EAST, "name": "新人", name: raw}),
    ):
        if (name, raw) == ("status", "") and change.before is None:
            continue  # an empty cell of a new row gets its default
        told = one(village, CLERK, change)
        assert told.status == "refused"
        assert 5 < len(told.reason) < 200
        told.reason.encode()
        assert not set("\x00\ud800") & set(told.reason)
        assert "Error" not in told.reason
        assert "convert" not in told.reason
    assert version(village) == start


@pytest.mark.parametrize("row_id", ["", "x" * 37, "a b", "a\x00", "\ud800", "汉字", "a/b", "a.b"])
def test_no_row_gets_an_id_that_is_none(village: Engine, row_id: str) -> None:
    told = one(village, CLERK, Change("residents", row_id, None, {"name": "甲", "area_id": EAST}))
    if row_id:
        assert (told.status, "没有这样的台账或编号" in told.reason) == ("refused", True)
    else:
        assert told.status == "applied"  # whoever sends no id gets one
        assert ids.sound(told.id)


@pytest.mark.parametrize("area", [5, True, ["east"], {"a": 1}, "x" * 37, "a b", "e\x00"])
def test_no_row_is_added_in_an_area_that_is_none(village: Engine, area: Any) -> None:
    told = one(village, ADMIN, Change("residents", "r1", None, {"name": "甲", "area_id": area}))
    assert told.status == "refused"


@pytest.mark.parametrize("op", ["", "x" * 65, "a b", "a\x00", "\ud800", "汉字"])
def test_no_op_that_is_none(village: Engine, op: str) -> None:
    told = one(village, CLERK, Change("residents", "e-an", {"name": "安一"}, {"name": "x"}, op=op))
    assert told.status == "refused"
    assert cell(village, "residents", "e-an", "name") == "安一"


def test_change_without_an_id_changes_nothing(village: Engine) -> None:
    done(village, CLERK, add("residents", "None", EAST, name="无"))
    for change in (
        Change("residents", None, {"name": "无"}, {"name": "有"}),
        Change("residents", None, {}, None),
    ):
        assert one(village, CLERK, change).status == "refused"
    assert cell(village, "residents", "None", "name") == "无"


def test_rules_across_a_row(village: Engine) -> None:
    for cells, sentence in (
        ({"resident_id": "e-an", "household_id": "e-home"}, "必须填一项，且只填一项"),
        ({}, "必须填一项，且只填一项"),
        (
            {"resident_id": "e-an", "started_on": "2026-02-01", "ended_on": "2026-01-31"},
            "结束日期 2026-01-31 早于开始日期 2026-02-01",
        ),
    ):
        told = one(village, CLERK, add("memberships", "m1", EAST, group_id=CHILDREN, **cells))
        assert (told.status, sentence in told.reason) == ("refused", True)
    ended = edit("memberships", "e-child", "ended_on", None, "2019-12-31")
    assert "早于" in one(village, CLERK, ended).reason
    ended = edit("memberships", "e-child", "ended_on", None, "2020-01-01")
    assert one(village, CLERK, ended).status == "applied"


def test_empty_write_is_no_write(village: Engine) -> None:
    start = version(village)
    written = doors.write(village, CLERK, [], source="test")
    assert (written.outcomes, written.seq) == ((), start)


def test_what_is_sent_again_is_answered_as_it_was_stored_then(village: Engine) -> None:
    mine = Change("residents", "e-an", {"name": "安一"}, {"name": " 安壹"}, op="o-1")
    born = Change("residents", "r1", None, {"name": "新人", "area_id": EAST}, op="o-2")
    first = doors.write(village, CLERK, [mine, born], source="test")
    one(village, SECRETARY, Change("residents", "e-an", {"name": "安壹"}, {"name": "安三"}))
    again = doors.write(village, CLERK, [mine, born], source="test")
    assert again.outcomes[0].values == {"name": "安壹"}  # the author has not seen 安三
    assert again.outcomes[0].seq == first.seq
    assert again.outcomes == first.outcomes
    late = Change("residents", "e-an", again.outcomes[0].values, {"name": "安四"})
    assert one(village, CLERK, late).theirs == {"name": "安三"}


def test_the_answer_to_an_addition_tells_what_was_filled_in(village: Engine) -> None:
    born = Change("residents", "r1", None, {"name": "新人", "area_id": EAST})
    filled = one(village, CLERK, born).values
    assert filled["name"] == "新人"
    assert filled["status"] == "常住"
    assert None not in filled.values()
