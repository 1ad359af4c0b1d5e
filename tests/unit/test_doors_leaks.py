"""No way round the one authorisation function: every leak known from tools of this kind, tried."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine

from db import doors
from db.actors import Actor
from db.changes import Change
from db.doors import Condition, Forbidden, Question, remembering
from db.parsers import Refused
from tests.village import (
    ADMIN,
    AN_ID,
    AN_PHONE,
    BOSS,
    CHILDREN,
    CLERK,
    CLOSED,
    EAST,
    NEIGHBOUR,
    NOBODY,
    NORTH,
    OFFICER,
    ORGANISATION,
    PLACELESS,
    RESEARCHER,
    ROOT,
    SECRETARY,
    STREET,
    WEST,
    WORKER,
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

MASKED_ID, MASKED_PHONE = "421281********0015", "138****0001"
UNSEEN = "这一行不存在，或不在您的工作范围内"


def asked(on: Engine, actor: Actor, **question: Any) -> list[str]:
    return [row["id"] for row in doors.read(on, actor, Question("residents", **question)).rows]


# --- a search, a filter, an order or an aggregate over a masked or a hidden column


@pytest.mark.parametrize("actor", [ADMIN, CLERK, RESEARCHER], ids=lambda one: one.role)
@pytest.mark.parametrize(
    "q", [AN_PHONE, "13800", AN_ID, "50015", "80000001", MASKED_PHONE, "13900000001"]
)
def test_search_does_not_find_what_is_masked(village: Engine, actor: Actor, q: str) -> None:
    assert asked(village, actor, q=q) == []


def test_search_does_not_find_what_is_hidden_or_not_searched(village: Engine) -> None:
    for q in ("中共党员", "安家亲戚", "e-home", "e-an"):
        assert asked(village, RESEARCHER, q=q) == []
    assert asked(village, RESEARCHER, q="蒲纺 安") == ["e-an"]


@pytest.mark.parametrize("op", ["eq", "in", "contains", "empty", "filled", "from", "to"])
@pytest.mark.parametrize("name", ["phone", "id_number", "contact_phone"])
def test_no_filter_works_on_a_masked_column(village: Engine, name: str, op: str) -> None:
    for value in (AN_PHONE, [AN_PHONE], "138", MASKED_PHONE, None):
        with pytest.raises(Forbidden, match="已遮盖，不能按它查找"):
            asked(village, ADMIN, where=(Condition(name, op, value),))


@pytest.mark.parametrize("op", ["eq", "in", "contains", "empty", "filled", "from", "to"])
def test_no_filter_works_on_a_hidden_column(village: Engine, op: str) -> None:
    with pytest.raises(Forbidden, match="没有“party”这一列，或您不能查看它"):
        asked(village, RESEARCHER, where=(Condition("party", op, "中共党员"),))


@pytest.mark.parametrize("sort", ["phone", "-phone", "id_number"])
def test_no_order_by_a_masked_column(village: Engine, sort: str) -> None:
    with pytest.raises(Forbidden, match="已遮盖"):
        asked(village, ADMIN, sort=(sort,))


@pytest.mark.parametrize("sort", ["party", "-contact", "deleted_at", "created_at", "nope", ""])
def test_no_order_by_a_column_that_is_hidden_or_none(village: Engine, sort: str) -> None:
    with pytest.raises(Forbidden, match="没有"):
        asked(village, RESEARCHER, sort=(sort,))


def test_no_aggregate_over_a_masked_or_hidden_column(village: Engine) -> None:
    for actor, name in ((ADMIN, "phone"), (RESEARCHER, "party"), (RESEARCHER, "contact_phone")):
        with pytest.raises(Forbidden):
            doors.distinct(village, actor, Question("residents"), name)
        with pytest.raises(Forbidden):
            doors.totals(village, actor, Question("residents", where=(Condition(name, "filled"),)))


def test_counts_cannot_be_narrowed_down_to_a_person(village: Engine) -> None:
    assert doors.totals(village, ORGANISATION, Question("residents")) == {EAST: 3, WEST: 2}
    for narrow in (
        Question("residents", where=(Condition("name", "eq", "安一"),)),
        Question("residents", where=(Condition("id", "eq", "e-an"),)),
        Question("residents", q="安一"),
    ):
        assert doors.totals(village, ORGANISATION, narrow) == {}  # it serves nobody
        with pytest.raises(Forbidden, match="不能查看“户”"):
            doors.totals(village, ORGANISATION, replace(narrow, register="households"))
    assert doors.distinct(village, ORGANISATION, Question("residents"), "name").values == []


# --- what stands in the cells


def test_masked_cells_leave_by_no_way_in_plain(village: Engine) -> None:
    done(village, SECRETARY, edit("residents", "e-an", "phone", MASKED_PHONE, "13800000009"))
    phone, number = "138****0009", MASKED_ID
    row = doors.row(village, SECRETARY, "residents", "e-an")
    assert row is not None
    assert (row["phone"], row["id_number"]) == (phone, number)
    news = doors.feed(village, SECRETARY, "residents", EAST, version(village) - 1)
    assert [(one["phone"], one["id_number"]) for one in news.rows] == [(phone, number)]
    entries = doors.history(village, SECRETARY, "residents", "e-an")
    assert (entries[0]["before"], entries[0]["after"]) == (
        {"phone": MASKED_PHONE},
        {"phone": phone},
    )
    assert entries[-1]["after"]["id_number"] == number


def test_masked_cells_stay_masked_in_the_answers_to_a_write(village: Engine) -> None:
    late = edit("residents", "e-an", "phone", "137****0000", "13800000009")
    told = one(village, CLERK, late)
    assert (told.status, told.theirs) == ("conflict", {"phone": MASKED_PHONE})
    told = one(village, CLERK, edit("residents", "e-an", "phone", MASKED_PHONE, "13800000009"))
    assert (told.status, told.values) == ("applied", {"phone": "138****0009"})
    stale = one(village, CLERK, drop("residents", "e-bo", id_number="421281********0000"))
    assert (stale.status, stale.theirs) == ("conflict", {"id_number": "422323********0023"})


def test_undo_answers_with_masks(village: Engine) -> None:
    batch = done(village, CLERK, edit("residents", "e-an", "phone", MASKED_PHONE, "13800000009"))
    told = doors.undo(village, CLERK, batch).outcomes[0]
    assert (told.status, told.values) == ("applied", {"phone": MASKED_PHONE})
    assert cell(village, "residents", "e-an", "phone") == AN_PHONE


def test_hidden_columns_are_in_no_answer(village: Engine) -> None:
    hidden = {"party", "contact", "contact_phone"}
    done(village, SECRETARY, edit("residents", "e-an", "party", "中共党员", "群众"))
    row = doors.row(village, RESEARCHER, "residents", "e-an")
    assert row is not None
    assert not hidden & set(row)
    assert not hidden & {field.name for field in doors.columns(village, RESEARCHER, "residents")[1]}
    news = doors.feed(village, RESEARCHER, "residents", None, version(village) - 1)
    assert not hidden & set(news.rows[0])
    for entry in doors.history(village, RESEARCHER, "residents", "e-an"):
        assert not hidden & {*(entry["before"] or {}), *(entry["after"] or {})}


# --- masked text written back


@pytest.mark.parametrize("text", [MASKED_PHONE, "138****0002", "***", "1380000*001"])
def test_masked_text_is_never_written(village: Engine, text: str) -> None:
    changed = Change("residents", "e-an", {"phone": "138****9999"}, {"phone": text})
    added = add("residents", "e-new", EAST, name="新人", phone=text)
    for change in (changed, added):
        told = one(village, SECRETARY, change)
        assert (told.status, told.field) == ("refused", "phone")
        assert "遮盖后的" in told.reason
    assert cell(village, "residents", "e-an", "phone") == AN_PHONE
    assert "e-new" not in seen(village, SECRETARY, "residents")


def test_mask_sent_along_unchanged_is_no_edit(village: Engine) -> None:
    before = {"phone": MASKED_PHONE, "id_number": MASKED_ID, "name": "安一"}
    told = one(village, CLERK, Change("residents", "e-an", before, {**before, "name": "安壹"}))
    assert told.status == "applied"
    assert cell(village, "residents", "e-an", "phone") == AN_PHONE
    assert cell(village, "residents", "e-an", "id_number") == AN_ID
    assert cell(village, "residents", "e-an", "name") == "安壹"


def test_another_number_behind_the_same_mask_is_not_overwritten(village: Engine) -> None:
    read_at = version(village)
    done(village, SECRETARY, edit("residents", "e-an", "phone", MASKED_PHONE, "13899990001"))
    told = one(
        village, CLERK, edit("residents", "e-an", "phone", MASKED_PHONE, "13811111111", read_at)
    )
    assert (told.status, told.theirs) == ("conflict", {"phone": MASKED_PHONE})
    assert told.by["phone"]["who"] == "东书记"
    assert cell(village, "residents", "e-an", "phone") == "13899990001"
    again = edit("residents", "e-an", "phone", MASKED_PHONE, "13811111111", version(village))
    assert one(village, CLERK, again).status == "applied"


def test_each_change_of_a_batch_is_held_to_what_its_own_author_saw(village: Engine) -> None:
    read_at = version(village)
    done(village, SECRETARY, edit("residents", "e-an", "phone", MASKED_PHONE, "13899990001"))
    told = put(
        village,
        CLERK,
        edit("residents", "e-an", "phone", MASKED_PHONE, "13811111111", read_at),
        edit("residents", "e-an", "contact_phone", "139****0001", "13911111111", version(village)),
    )
    assert [outcome.status for outcome in told] == ["conflict", "applied"]


def test_what_others_wrote_beside_the_masked_cell_is_no_conflict(village: Engine) -> None:
    read_at = version(village)
    done(village, SECRETARY, edit("residents", "e-an", "name", "安一", "安壹"))
    done(village, SECRETARY, edit("residents", "e-an", "name", "安壹", "安一"))
    both = Change(
        "residents",
        "e-an",
        {"phone": MASKED_PHONE, "name": "安一"},
        {"phone": "13811111111", "name": "安二"},
        seen=read_at,
    )
    assert one(village, CLERK, both).status == "applied"


# --- choices, labels and values of another community


def test_filter_values_are_of_ones_own_community(village: Engine) -> None:
    question = Question("residents")
    for actor, counts in (
        (CLERK, {None: 2, "蒲纺医院": 1}),
        (NEIGHBOUR, {None: 1, "西厂": 1}),
        (ADMIN, {None: 4, "蒲纺医院": 1, "西厂": 1}),
    ):
        listed = doors.distinct(village, actor, question, "employer").values
        assert {one["value"]: one["count"] for one in listed} == counts
    for search in ("西", "西厂", "厂"):  # not by asking for them either
        assert doors.distinct(village, CLERK, question, "employer", search).values == []
    houses = doors.distinct(village, CLERK, question, "household_id").values
    assert [one["label"] for one in houses] == ["", "E1 东街 1 号"]
    assert doors.distinct(village, CLERK, question, "household_id", "W1").values == []


def test_choices_are_of_the_area_asked_for_and_that_must_be_ones_own(village: Engine) -> None:
    own = doors.choices(village, CLERK, "pairings", "resident_id", EAST)
    assert [choice["label"] for choice in own] == ["安一", "卜二", "崔三"]
    for area in (WEST, STREET, ROOT, "nowhere", "x\x00"):
        with pytest.raises(Forbidden):
            doors.choices(village, CLERK, "pairings", "resident_id", area)
    found = doors.choices(village, OFFICER, "pairings", "resident_id", WEST, "韦")
    assert found == [{"id": "w-an", "label": "韦一"}]


def test_choices_of_closed_groups_are_for_who_is_cleared(village: Engine) -> None:
    for actor, there in ((SECRETARY, True), (CLERK, False), (BOSS, False), (ADMIN, True)):
        found = doors.choices(village, actor, "memberships", "group_id", EAST, "精神")
        assert [choice["id"] for choice in found] == ([CLOSED] if there else [])


def test_choices_need_both_registers(village: Engine) -> None:
    for register, name in (("pairings", "resident_id"), ("team_members", "team_id")):
        with pytest.raises(Forbidden, match="您的角色不能查看"):
            doors.choices(village, ORGANISATION, register, name, EAST)
    for name in ("name", "id", "area_id", "nope"):
        with pytest.raises(Forbidden, match="不是从别的台账中选的"):
            doors.choices(village, CLERK, "residents", name, EAST)


def test_labels_are_only_of_rows_that_may_be_read(village: Engine) -> None:
    here = doors.read(village, CLERK, Question("pairings"))
    assert here.labels == {"e-vol": "尹志", "e-cu": "崔三"}
    written = doors.write(
        village, SECRETARY, [edit("memberships", "e-ill", "remark", None, "复诊")], source="test"
    )
    assert doors.named(village, SECRETARY, written) == {}
    assert CLOSED not in doors.read(village, CLERK, Question("memberships")).labels


# --- other communities, by every way


@pytest.mark.parametrize("area", [WEST, STREET, NORTH, ROOT, "nowhere", "", "x\x00", "\ud800"])
def test_asking_for_another_area_is_refused(village: Engine, area: str) -> None:
    for ask in (
        lambda: doors.read(village, CLERK, Question("residents", area)),
        lambda: doors.totals(village, CLERK, Question("residents", area)),
        lambda: doors.distinct(village, CLERK, Question("residents", area), "name"),
        lambda: doors.feed(village, CLERK, "residents", area, 0),
        lambda: doors.figures(village, CLERK, "pairing", "2026-01-01", area),
        lambda: doors.people(village, CLERK, "pairing", CHILDREN, "2026-01-01", area),
    ):
        with pytest.raises(Forbidden, match="没有这个区域，或它不在您的工作范围内"):
            ask()


def test_without_an_area_one_gets_ones_own(village: Engine) -> None:
    assert seen(village, CLERK, "residents") == ["e-an", "e-bo", "e-cu"]
    assert seen(village, OFFICER, "residents") == ["e-an", "e-bo", "e-cu", "w-an", "w-bo"]
    assert "n-an" in seen(village, RESEARCHER, "residents")
    assert seen(village, PLACELESS, "residents") == []
    assert asked(village, CLERK, where=(Condition("area_id", "eq", WEST),)) == []
    assert doors.totals(village, CLERK, Question("residents")) == {EAST: 3}
    assert {f.area_id for f in doors.figures(village, CLERK, "pairing", "2026-01-01")} == {EAST}


def test_rows_of_others_are_not_there_by_their_ids(village: Engine) -> None:
    wanted = ["w-an", "e-an", "n-an", "nope", "e-an\x00", "e-bo"]
    assert [row["id"] for row in doors.by_ids(village, CLERK, "residents", wanted).rows] == [
        "e-an",
        "e-bo",
    ]
    assert doors.row(village, CLERK, "residents", "w-an") is None
    assert asked(village, CLERK, where=(Condition("id", "in", wanted),)) == ["e-an", "e-bo"]


@pytest.mark.parametrize("row_id", ["w-an", "n-an", "nope", "e-pair", "x\x00", "\ud800", ""])
def test_history_and_reveal_know_no_rows_of_others(village: Engine, row_id: str) -> None:
    with pytest.raises(Forbidden, match=UNSEEN):
        doors.history(village, CLERK, "residents", row_id)
    with pytest.raises(Forbidden, match=UNSEEN):
        doors.reveal(village, CLERK, "residents", row_id, "phone", "核对电话")


def test_an_unknown_row_and_a_strangers_row_get_the_same_answer(village: Engine) -> None:
    words = {
        (told.status, told.reason, told.theirs == {}, told.values == {})
        for row_id in ("w-an", "n-an")
        for told in put(
            village,
            CLERK,
            edit("residents", row_id, "name", "x", "y"),
            drop("residents", row_id),
            Change("residents", row_id, {}, {"phone": "13800000002"}),
        )
    }
    assert words == {("refused", UNSEEN, True, True)}
    unknown = one(village, CLERK, edit("residents", "nope", "name", "x", "y"))
    assert (unknown.status, unknown.theirs) == ("refused", {})


def test_feed_tells_of_ones_own_community_only(village: Engine) -> None:
    since = version(village)
    done(village, NEIGHBOUR, edit("residents", "w-an", "name", "韦一", "韦壹"))
    done(village, NEIGHBOUR, drop("pairings", "w-pair"), drop("memberships", "w-child"))
    for register in ("residents", "pairings", "memberships"):
        news = doors.feed(village, CLERK, register, None, since)
        assert (news.rows, news.gone, news.by, news.labels) == ([], [], {}, {})
    theirs = doors.feed(village, OFFICER, "residents", WEST, since)
    assert [(row["id"], row["name"]) for row in theirs.rows] == [("w-an", "韦壹")]
    assert theirs.by["w-an"]["who"] == "西干事"
    assert doors.feed(village, OFFICER, "pairings", WEST, since).gone == ["w-pair"]


def test_feed_never_forgets_a_row_however_often_another_changed(
    village: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembering, "MANY", 2)
    since = version(village)
    for n in range(10):
        done(village, CLERK, edit("residents", "e-cu", "employer", None, f"第{n}家"))
        done(village, CLERK, edit("residents", "e-cu", "employer", f"第{n}家", None))
    done(village, CLERK, edit("residents", "e-bo", "employer", None, "新单位"))
    news = doors.feed(village, CLERK, "residents", EAST, since)
    assert news.reset or {row["id"] for row in news.rows} == {"e-cu", "e-bo"}
    quiet = doors.feed(village, CLERK, "residents", EAST, news.seq - 1)
    assert ([row["id"] for row in quiet.rows], quiet.reset) == (["e-bo"], False)


# --- a parent checked and its child's id not


def test_reference_to_a_row_of_another_community_is_refused(village: Engine) -> None:
    for actor in (CLERK, ADMIN):
        for change in (
            add("memberships", "m1", EAST, group_id=CHILDREN, resident_id="w-an"),
            add("pairings", "p1", EAST, volunteer_id="w-vol", resident_id="e-an"),
            add("team_members", "t1", EAST, team_id="w-team", volunteer_id="e-vol"),
            edit("residents", "e-bo", "household_id", None, "w-home"),
            edit("pairings", "e-pair", "resident_id", "e-cu", "w-an"),
        ):
            told = one(village, actor, change)
            assert told.status == "refused"
            assert "在本区域没有找到" in told.reason
    assert cell(village, "residents", "e-bo", "household_id") is None


def test_reference_to_another_register_or_a_deleted_row_is_refused(village: Engine) -> None:
    done(village, CLERK, add("teams", "gone", EAST, name="旧队"))
    done(village, CLERK, drop("teams", "gone"))
    for team in ("gone", "e-vol", "e-an", "nope"):
        told = one(
            village, CLERK, add("team_members", "t1", EAST, team_id=team, volunteer_id="e-vol")
        )
        assert (told.status, told.field) == ("refused", "team_id")


def test_undo_of_a_batch_reaches_no_rows_of_others(village: Engine) -> None:
    both = done(
        village,
        ADMIN,
        edit("residents", "e-an", "name", "安一", "安壹"),
        edit("residents", "w-an", "name", "韦一", "韦壹"),
    )
    told = doors.undo(village, SECRETARY, both).outcomes
    assert [(o.id, o.status, o.reason) for o in told] == [("e-an", "applied", "")]
    assert cell(village, "residents", "w-an", "name") == "韦壹"


def test_undo_needs_the_rights_of_its_own_changes(village: Engine) -> None:
    batch = done(village, CLERK, add("residents", "e-new", EAST, name="新人"))
    for actor in (RESEARCHER, OFFICER, ORGANISATION, WORKER, NOBODY, PLACELESS):
        with pytest.raises(Forbidden, match="没有找到这批改动"):
            doors.undo(village, actor, batch)
    assert "e-new" in seen(village, CLERK, "residents")


@pytest.mark.parametrize("batch", ["nope", "", "x\x00", "\ud800", "x" * 200])
def test_undo_of_no_batch(village: Engine, batch: str) -> None:
    with pytest.raises(Forbidden, match="没有找到这批改动"):
        doors.undo(village, CLERK, batch)


def test_rows_are_added_in_ones_own_area_only(village: Engine) -> None:
    for area in (WEST, STREET, ROOT, "nowhere"):
        told = one(village, CLERK, add("residents", "r1", area, name="新人"))
        assert (told.status, told.reason) == ("refused", "没有这个区域，或它不在您的工作范围内")
    assert one(village, CLERK, add("residents", "r1", None, name="新人")).status == "applied"
    assert cell(village, "residents", "r1", "area_id") == EAST
    told = one(village, ADMIN, add("residents", "r2", None, name="新人"))
    assert "没有说明属于哪个区域" in told.reason
    told = one(village, ADMIN, Change("residents", "r2", None, {"area_id": None, "name": "新人"}))
    assert "没有说明属于哪个区域" in told.reason


def test_row_cannot_be_moved_to_another_area_or_id(village: Engine) -> None:
    for name, new in (("area_id", WEST), ("id", "w-an"), ("deleted_at", "x"), ("created_at", "x")):
        told = one(village, ADMIN, Change("residents", "e-an", {}, {name: new}))
        assert (told.status, told.reason[:3]) == ("refused", "没有“")
    assert cell(village, "residents", "e-an", "area_id") == EAST


# --- closed groups


def test_closed_memberships_are_in_no_answer_to_the_uncleared(village: Engine) -> None:
    done(village, SECRETARY, edit("memberships", "e-ill", "remark", None, "按月随访"))
    for actor in (CLERK, BOSS, WORKER, OFFICER, RESEARCHER):
        assert "e-ill" not in seen(village, actor, "memberships")
        assert CLOSED not in seen(village, actor, "groups")
        assert doors.row(village, actor, "memberships", "e-ill") is None
        assert doors.feed(village, actor, "memberships", None, 0).rows
        assert "e-ill" not in str(doors.feed(village, actor, "memberships", None, 0))
        with pytest.raises(Forbidden, match=UNSEEN):
            doors.history(village, actor, "memberships", "e-ill")
        figures = doors.figures(village, actor, "pairing", "2026-01-01")
        assert {figure.group_id for figure in figures} == {CHILDREN}
        for group in (CLOSED, "严重精神障碍患者"):
            with pytest.raises(Forbidden, match="没有名为"):
                doors.people(village, actor, "pairing", group, "2026-01-01", actor.area_id)
    assert doors.totals(village, BOSS, Question("memberships")) == {EAST: 1, WEST: 1}
    assert "e-ill" in seen(village, SECRETARY, "memberships")


def test_closed_memberships_cannot_be_written_by_the_uncleared(village: Engine) -> None:
    for change, sentence in (
        (edit("memberships", "e-ill", "ended_on", None, "2026-01-01"), UNSEEN),
        (drop("memberships", "e-ill"), UNSEEN),
        (
            add("memberships", "e-ill", EAST, group_id=CHILDREN, resident_id="e-bo"),
            "这个编号已被用过",
        ),
        (add("memberships", "m1", EAST, group_id=CLOSED, resident_id="e-an"), "没有找到"),
        (edit("memberships", "e-child", "group_id", CHILDREN, CLOSED), "没有找到"),
    ):
        told = one(village, CLERK, change)
        assert told.status == "refused"
        assert sentence in told.reason
        assert "e-bo" not in str(told.theirs) + str(told.values)


def test_undo_by_the_uncleared_leaves_the_closed_alone(village: Engine) -> None:
    batch = done(
        village,
        SECRETARY,
        edit("memberships", "e-ill", "remark", None, "按月随访"),
        edit("memberships", "e-child", "remark", None, "已走访"),
    )
    told = {o.id: (o.status, o.values) for o in doors.undo(village, BOSS, batch).outcomes}
    assert told == {"e-child": ("applied", {"remark": None})}
    assert cell(village, "memberships", "e-ill", "remark") == "按月随访"


def test_history_before_a_row_was_opened_is_not_told_to_the_uncleared(village: Engine) -> None:
    done(village, SECRETARY, edit("memberships", "e-ill", "remark", None, "按月随访"))
    done(village, SECRETARY, edit("memberships", "e-ill", "group_id", CLOSED, "disabled"))
    done(village, CLERK, edit("memberships", "e-ill", "basis", "医院诊断", "残疾证"))
    told = doors.history(village, CLERK, "memberships", "e-ill")
    assert [(e["before"], e["after"]) for e in told] == [
        ({"basis": "医院诊断"}, {"basis": "残疾证"}),
        ({}, {"group_id": "disabled"}),
    ]
    assert CLOSED not in str(told)
    assert "按月随访" not in str(told)
    assert len(doors.history(village, SECRETARY, "memberships", "e-ill")) == 4


def test_why_a_row_must_stay_does_not_tell_of_closed_memberships(village: Engine) -> None:
    told = one(village, SECRETARY, drop("residents", "e-bo"))
    assert "1 条服务对象" in told.reason
    told = one(village, CLERK, drop("residents", "e-bo"))
    assert (told.status, told.reason) == ("applied", "")  # as for anybody in no group


# --- rights that are not inherited


def test_readded_row_gives_no_sight_of_the_row_it_replaces(village: Engine) -> None:
    done(village, CLERK, drop("pairings", "e-pair"), drop("memberships", "e-child"))
    done(village, CLERK, drop("residents", "e-cu", name="崔三"))
    for actor in (NEIGHBOUR, ADMIN):
        told = one(village, actor, add("residents", "e-cu", WEST, name="借用编号"))
        assert told.status == "refused"
        assert (told.theirs, told.values) == ({}, {})
    assert doors.row(village, NEIGHBOUR, "residents", "e-cu") is None
    with pytest.raises(Forbidden, match=UNSEEN):
        doors.history(village, NEIGHBOUR, "residents", "e-cu")


def test_row_readded_as_open_does_not_open_its_past(village: Engine) -> None:
    done(village, SECRETARY, drop("memberships", "e-ill"))
    again = add("memberships", "e-ill", EAST, group_id="disabled", resident_id="e-bo")
    assert one(village, CLERK, again).status == "refused"
    assert one(village, SECRETARY, again).status == "applied"
    told = doors.history(village, CLERK, "memberships", "e-ill")
    assert told[0]["after"]["group_id"] == "disabled"
    assert CLOSED not in str(told)
    assert "医院诊断" not in str(told)


def test_row_comes_back_where_it_was_or_not_at_all(village: Engine) -> None:
    done(village, CLERK, add("teams", "t1", EAST, name="旧队"))
    done(village, CLERK, drop("teams", "t1"))
    told = one(village, ADMIN, add("teams", "t1", WEST, name="新队"))
    assert (told.status, "已被用过" in told.reason) == ("refused", True)
    assert one(village, ADMIN, add("teams", "t1", EAST, name="新队")).status == "applied"


def test_lost_role_or_area_or_clearance_is_lost_at_once(village: Engine) -> None:
    change = edit("residents", "e-an", "name", "安一", "安壹")
    assert one(village, SECRETARY, change).status == "applied"
    demoted = Actor(SECRETARY.id, SECRETARY.name, "researcher", EAST)
    moved = Actor(SECRETARY.id, SECRETARY.name, "secretary", WEST, clearance=True)
    assert "party" not in (doors.row(village, demoted, "residents", "e-an") or {})
    assert doors.row(village, demoted, "memberships", "e-ill") is None
    assert doors.row(village, moved, "residents", "e-an") is None
    for late in (demoted, moved):
        again = one(village, late, change)  # the same op as before: done is done, but not shown
        assert not again.values or late is demoted
        fresh = edit("residents", "e-an", "name", "安壹", "安一")
        assert one(village, late, fresh).status == "refused"


def test_op_of_another_account_is_no_key_to_its_answer(village: Engine) -> None:
    change = Change("residents", "e-an", {"name": "安一"}, {"name": "安壹"}, op="mine")
    assert one(village, CLERK, change).values == {"name": "安壹"}
    for actor in (NEIGHBOUR, ADMIN, ORGANISATION):
        told = one(village, actor, change)
        assert (told.status, told.values, told.theirs) == ("refused", {}, {})


# --- reveal


def test_reveal_needs_the_right_a_reason_and_a_masked_cell(village: Engine) -> None:
    start = version(village)
    for actor in (RESEARCHER, ORGANISATION, WORKER, NOBODY):
        with pytest.raises(Forbidden, match="您的角色不能查看完整的"):
            doors.reveal(village, actor, "residents", "e-an", "phone", "核对电话")
    for reason in ("", " ", "x", "长" * 101, "坏\x00字符"):
        with pytest.raises(Refused):
            doors.reveal(village, CLERK, "residents", "e-an", "phone", reason)
    for name in ("name", "nope", "id", "deleted_at"):
        with pytest.raises(Forbidden, match="没有遮盖的内容"):
            doors.reveal(village, CLERK, "residents", "e-an", name, "核对电话")
    done(village, CLERK, add("residents", "e-new", EAST, name="新人", phone="13800000002"))
    done(village, CLERK, drop("residents", "e-new"))
    with pytest.raises(Forbidden, match=UNSEEN):
        doors.reveal(village, CLERK, "residents", "e-new", "phone", "核对电话")
    assert version(village) == start + 2, "a look that was refused is no look"


def test_reveal_gives_the_value_and_stays_in_the_history(village: Engine) -> None:
    assert doors.reveal(village, OFFICER, "residents", "e-an", "phone", "  核对电话 ") == AN_PHONE
    latest = doors.history(village, CLERK, "residents", "e-an")[0]
    assert (latest["verb"], latest["who"], latest["reason"]) == ("reveal", "街道", "核对电话")
    assert (latest["before"], latest["after"]) == ({"phone": None}, None)
    with pytest.raises(Forbidden, match="没有找到这批改动"):
        doors.undo(village, CLERK, latest["batch"])


# --- nobody, and registers that do not exist


@pytest.mark.parametrize(
    ("actor", "of", "row", "name"),
    [(NOBODY, "residents", "e-an", "name"), (ORGANISATION, "households", "e-home", "number")],
    ids=lambda one: getattr(one, "role", one),
)
def test_role_without_the_right_gets_nothing_by_any_door(
    village: Engine, actor: Actor, of: str, row: str, name: str
) -> None:
    asking = (
        lambda: doors.read(village, actor, Question(of)),
        lambda: doors.by_ids(village, actor, of, [row]),
        lambda: doors.columns(village, actor, of),
        lambda: doors.distinct(village, actor, Question(of), name),
        lambda: doors.feed(village, actor, of, None, 0),
        lambda: doors.history(village, actor, of, row),
        lambda: doors.people(village, actor, "pairing", CHILDREN, "2026-01-01", STREET),
    )
    for ask in asking:
        with pytest.raises(Forbidden, match="您的角色不能"):
            ask()
    told = one(village, actor, edit(of, row, name, "安一", "安壹"))
    assert (told.status, told.values, told.theirs) == ("refused", {}, {})


@pytest.mark.parametrize("register", ["accounts", "sessions", "history", "writes", "x\x00", ""])
def test_only_registers_come_out_of_the_doors(village: Engine, register: str) -> None:
    for ask in (
        lambda: doors.read(village, ADMIN, Question(register)),
        lambda: doors.feed(village, ADMIN, register, None, 0),
        lambda: doors.history(village, ADMIN, register, "a-admin"),
    ):
        with pytest.raises(Forbidden, match="没有名为"):
            ask()
    told = one(village, ADMIN, Change(register, "x", None, {"area_id": EAST, "name": "x"}))
    assert (told.status, "没有这样的台账" in told.reason) == ("refused", True)
