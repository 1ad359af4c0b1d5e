"""Columns that users make: through both doors like any other, and never more than they promise."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine, text

from db import backup, doors, founding, permissions
from db import engine as engines
from db.doors import Condition, Forbidden, Question
from db.parsers import Refused
from db.registers import REGISTERS
from db.registers.columns import EXTENSIBLE, ROLES
from logic.books import carrying, returning
from tests.village import (
    ADMIN,
    CLERK,
    EAST,
    NEIGHBOUR,
    OFFICER,
    ROOT,
    SECRETARY,
    WEST,
    WORKER,
    add,
    done,
    drop,
    edit,
    one,
)

HOBBY, AGE, SECRET, PLAN = "x_hobby", "x_age", "x_secret", "x_plan"


def column(row_id: str, area: str, name: str, kind: str = "文本", **more: Any) -> Any:
    return add("custom_fields", row_id, area, subject="居民", name=name, kind=kind, **more)


@pytest.fixture
def made(village: Engine) -> Engine:
    """东社区 has three columns of its own, the city one for everybody."""
    done(
        village,
        SECRETARY,
        column("hobby", EAST, "爱好"),
        column("age", EAST, "工龄", "整数"),
        column("secret", EAST, "病史", sensitive="是"),
    )
    done(village, ADMIN, column("plan", ROOT, "意向", "单选", options="愿意、不愿意"))
    return village


def labels(on: Engine, actor: Any, area: str | None = None) -> list[str]:
    return [one.label for one in doors.columns(on, actor, "residents", area)[1] if one.within]


def value(on: Engine, actor: Any, row_id: str, name: str) -> Any:
    row = doors.row(on, actor, "residents", row_id)
    assert row is not None
    return row[name]


def test_who_has_which_column(made: Engine) -> None:
    assert labels(made, CLERK) == ["工龄", "爱好", "病史", "意向"]
    assert labels(made, NEIGHBOUR) == ["意向"]  # another community's names are told to nobody
    assert labels(made, ADMIN, WEST) == ["意向"]
    assert labels(made, OFFICER, EAST) == ["工龄", "爱好", "病史", "意向"]


def test_a_cell_is_checked_kept_masked_and_conflicts_alone(made: Engine) -> None:
    done(made, CLERK, edit("residents", "e-an", HOBBY, None, " 钓鱼 "))
    done(
        made,
        CLERK,
        edit("residents", "e-an", AGE, None, "３１"),
        edit("residents", "e-an", SECRET, None, "高血压"),
        edit("residents", "e-an", PLAN, None, "愿意"),
    )
    row = doors.row(made, CLERK, "residents", "e-an")
    assert row is not None
    assert [row[name] for name in (HOBBY, AGE, SECRET, PLAN)] == ["钓鱼", 31, "***", "愿意"]
    assert "extra" not in row
    stale = one(made, SECRETARY, edit("residents", "e-an", HOBBY, None, "下棋"))
    assert (stale.status, stale.theirs) == ("conflict", {HOBBY: "钓鱼"})
    bad = one(made, CLERK, edit("residents", "e-bo", AGE, None, "很久"))
    assert (bad.status, bad.field) == ("refused", AGE)
    assert "工龄" in bad.reason
    mask = one(made, CLERK, edit("residents", "e-an", SECRET, "***", "***"))
    assert mask.status == "applied"
    assert doors.reveal(made, CLERK, "residents", "e-an", SECRET, "核对") == "高血压"
    part = one(made, CLERK, edit("residents", "e-an", SECRET, "***", "***轻"))
    assert part.status == "refused"


def test_two_cells_of_one_write_do_not_lose_each_other(made: Engine) -> None:
    done(
        made,
        CLERK,
        add("residents", "e-new", EAST, name="新人", x_hobby="唱歌"),
        edit("residents", "e-new", AGE, None, 2),
        edit("residents", "e-new", HOBBY, "唱歌", None),
        edit("residents", "e-new", PLAN, None, "不愿意"),
    )
    found = [value(made, CLERK, "e-new", name) for name in (HOBBY, AGE, PLAN)]
    assert found == [None, 2, "不愿意"]


def test_what_is_masked_is_sealed_everywhere(made: Engine) -> None:
    done(made, CLERK, edit("residents", "e-an", SECRET, None, "高血压"))
    with engines.reading(made) as conn:
        kept = str(conn.execute(text("SELECT extra FROM residents WHERE id = 'e-an'")).scalar())
        told = str(conn.execute(text("SELECT after FROM history WHERE row_id = 'e-an'")).all())
    assert "secret" in kept
    assert "高血压" not in kept
    assert "\\u9ad8" not in kept
    assert "x_secret" in told
    assert "高血压" not in told
    latest = doors.history(made, CLERK, "residents", "e-an")[0]
    assert latest["after"] == {SECRET: "***"}
    for asked in (
        Question("residents", where=(Condition(SECRET, "eq", "高血压"),)),
        Question("residents", sort=(SECRET,)),
    ):
        with pytest.raises(Forbidden):
            doors.read(made, CLERK, asked)
    with pytest.raises(Forbidden):
        doors.distinct(made, CLERK, Question("residents"), SECRET)


def test_it_filters_sorts_and_lists_its_values(made: Engine) -> None:
    done(
        made,
        CLERK,
        edit("residents", "e-an", AGE, None, 9),
        edit("residents", "e-bo", AGE, None, 31),
        edit("residents", "e-bo", HOBBY, None, "下棋"),
    )

    def ids(**asked: Any) -> list[str]:
        return [row["id"] for row in doors.read(made, CLERK, Question("residents", **asked)).rows]

    assert ids(sort=("-" + AGE,)) == ["e-bo", "e-an", "e-cu"]
    assert ids(where=(Condition(AGE, "from", 10),)) == ["e-bo"]
    assert ids(where=(Condition(HOBBY, "contains", "棋"),)) == ["e-bo"]
    assert ids(where=(Condition(HOBBY, "empty"),)) == ["e-an", "e-cu"]
    listed = doors.distinct(made, CLERK, Question("residents"), HOBBY).values
    assert listed == [
        {"value": None, "label": "", "count": 2}, {"value": "下棋", "label": "下棋", "count": 1},
    ]  # fmt: skip


def test_another_communitys_rows_have_no_such_cell(made: Engine) -> None:
    told = one(made, ADMIN, edit("residents", "w-an", HOBBY, None, "钓鱼"))
    assert (told.status, told.field) == ("refused", HOBBY)
    unknown = one(made, NEIGHBOUR, edit("residents", "w-an", HOBBY, None, "钓鱼"))
    assert unknown.status == "refused"
    assert "爱好" not in unknown.reason
    with pytest.raises(Forbidden):
        doors.read(made, NEIGHBOUR, Question("residents", sort=(HOBBY,)))


def test_a_deleted_column_takes_its_cells_out_of_sight_and_back(made: Engine) -> None:
    done(made, CLERK, edit("residents", "e-an", HOBBY, None, "钓鱼"))
    gone = done(made, SECRETARY, drop("custom_fields", "hobby"))
    assert labels(made, CLERK) == ["工龄", "病史", "意向"]
    assert HOBBY not in doors.history(made, CLERK, "residents", "e-an")[0]["after"]
    done(made, SECRETARY, column("hobby2", EAST, "爱好"))
    assert value(made, CLERK, "e-an", "x_hobby2") is None  # made again, it inherits nothing
    done(made, CLERK, edit("residents", "e-an", "x_hobby2", None, "下棋"))
    back = doors.undo(made, SECRETARY, gone)
    assert back.outcomes[0].status == "refused"  # there is one of this name now
    done(made, SECRETARY, drop("custom_fields", "hobby2"))
    assert [told.status for told in doors.undo(made, SECRETARY, gone).outcomes] == ["applied"]
    assert value(made, CLERK, "e-an", HOBBY) == "钓鱼"


def test_undo_gives_cells_back_whatever_became_of_the_columns(made: Engine) -> None:
    first = done(made, CLERK, edit("residents", "e-an", HOBBY, None, "钓鱼"))
    done(made, CLERK, edit("residents", "e-an", AGE, None, 5))
    doors.undo(made, CLERK, first)
    assert [value(made, CLERK, "e-an", name) for name in (HOBBY, AGE)] == [None, 5]
    done(made, CLERK, add("residents", "e-x", EAST, name="某某", x_hobby="钓鱼", x_age=3))
    away = done(made, CLERK, drop("residents", "e-x"))
    done(made, SECRETARY, drop("custom_fields", "hobby"))
    assert doors.undo(made, CLERK, away).outcomes[0].status == "applied"
    assert value(made, CLERK, "e-x", AGE) == 3


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"name": "姓名"}, "本来就有"), ({"name": " 爱 好"}, "已有名为"),
        ({"name": "=1+1"}, "列名请用"), ({"name": "**粗**"}, "列名请用"),
        ({"name": "级别", "kind": "单选"}, "至少两项"),
        ({"name": "级别", "options": "甲、乙"}, "才填"),
        ({"name": "级别", "kind": "整数", "sensitive": "是"}, "能遮盖"),
    ],
    ids=["declared", "taken", "formula", "markup", "no options", "options", "masked number"],
)  # fmt: skip
def test_what_a_column_may_not_be(made: Engine, cells: dict[str, Any], why: str) -> None:
    asked = {"subject": "居民", "kind": "文本", **cells}
    told = one(made, SECRETARY, add("custom_fields", "another", EAST, **asked))
    assert told.status == "refused"
    assert why in told.reason


def test_names_are_one_above_and_below_and_free_beside(made: Engine) -> None:
    above = one(made, ADMIN, column("all", ROOT, "爱好"))
    assert above.status == "refused"
    done(made, ADMIN, column("west", WEST, "爱好"))
    twice = [column("p", EAST, "同名"), column("q", EAST, "同名")]
    told = doors.write(made, SECRETARY, twice, source="test").outcomes
    assert [each.status for each in told] == ["applied", "refused"]


def test_who_may_make_one_and_what_stays(made: Engine) -> None:
    assert one(made, CLERK, column("no", EAST, "新列")).status == "refused"
    assert one(made, SECRETARY, column("no", WEST, "新列")).status == "refused"
    for name, seen, new in (("kind", "文本", "整数"), ("sensitive", True, "否")):
        told = one(made, SECRETARY, edit("custom_fields", "secret", name, seen, new))
        assert told.status == "refused"
    renamed = edit("custom_fields", "hobby", "name", "爱好", "兴趣")
    done(made, SECRETARY, renamed)
    assert labels(made, CLERK)[1] == "兴趣"


def test_numbers_are_masked_without_being_asked(made: Engine) -> None:
    done(made, SECRETARY, column("spouse", EAST, "配偶身份证", "身份证号码"))
    done(made, CLERK, edit("residents", "e-an", "x_spouse", None, "11010519491231002X"))
    assert value(made, CLERK, "e-an", "x_spouse") == "110105********002X"


def test_a_merge_takes_over_what_is_chosen(made: Engine) -> None:
    done(
        made, CLERK,
        add("residents", "e-twin", EAST, name="安一", birth_date="1956-03-01", x_hobby="钓鱼",
            x_secret="糖尿病"),
        edit("residents", "e-an", AGE, None, 7),
    )  # fmt: skip
    written = doors.merge(made, CLERK, "residents", "e-an", "e-twin", (HOBBY, SECRET))
    found = [value(made, CLERK, "e-an", name) for name in (HOBBY, AGE, SECRET)]
    assert found == ["钓鱼", 7, "***"]
    doors.undo(made, SECRETARY, written.batch)
    assert value(made, CLERK, "e-an", HOBBY) is None
    assert value(made, CLERK, "e-twin", HOBBY) == "钓鱼"


def test_a_backup_brings_columns_and_cells(made: Engine, tmp_path: Path) -> None:
    done(made, CLERK, edit("residents", "e-an", SECRET, None, "高血压"))
    backup.save(made, tmp_path / "all.zip")
    done(made, CLERK, edit("residents", "e-an", SECRET, "***", None))
    backup.load(made, tmp_path / "all.zip", replace=True)
    seen = doors.reveal(made, founding.SYSTEM, "residents", "e-an", SECRET, "核对")
    assert seen == "高血压"


def test_a_roster_is_matched_against_them(made: Engine) -> None:
    done(made, CLERK, edit("residents", "e-an", HOBBY, None, "钓鱼"))
    line = {"name": "安一", "birth_date": "1956-03-01", HOBBY: "下棋"}
    found = doors.match(made, CLERK, "residents", EAST, [line]).lines[0]
    assert (found.status, found.cells, found.old) == (
        "changed", {HOBBY: "下棋"}, {HOBBY: "钓鱼"},
    )  # fmt: skip


def test_a_workbook_carries_them_and_says_what_was_deleted_since(made: Engine) -> None:
    done(made, CLERK, edit("residents", "e-an", HOBBY, None, "钓鱼"))
    taken = doors.export(made, CLERK, Question("residents", EAST, sort=("name",)), "入户")
    assert [one.label for one in taken.fields if one.within] == ["工龄", "爱好", "病史", "意向"]
    book = openpyxl.load_workbook(io.BytesIO(carrying.workbook(taken, {})))
    sheet = book.worksheets[0]
    head = [str(one.value) for one in sheet[1]]
    line = next(row for row in sheet.iter_rows(min_row=2) if row[1].value == "安一")
    assert line[head.index("爱好")].value == "钓鱼"
    line[head.index("爱好")].value, line[head.index("工龄")].value = "下棋", 12
    content = io.BytesIO()
    book.save(content)
    done(made, SECRETARY, edit("custom_fields", "age", "name", "工龄", "年限"))
    found = returning.read(content.getvalue(), lambda name: known(made, name))
    assert [one.change.after for one in found.edits] == [{AGE: "12"}, {HOBBY: "下棋"}]
    done(made, SECRETARY, drop("custom_fields", "hobby"))
    found = returning.read(content.getvalue(), lambda name: known(made, name))
    assert [one.change.after for one in found.edits] == [{AGE: "12"}]
    ((_, label, why),) = found.problems
    assert (label, why) == ("爱好", "这一列已被删除，其中的修改没有带回；原文件请留着")


def known(on: Engine, register: str) -> dict[str, Any]:
    return {one.name: one for one in doors.columns(on, CLERK, register)[1]}


def test_an_unknown_reason_is_no_reason(made: Engine) -> None:
    with pytest.raises(Refused):
        doors.reveal(made, CLERK, "residents", "e-an", SECRET, "")


def test_a_column_for_some_roles_is_hidden_from_the_others(made: Engine) -> None:
    row = {"subject": "居民", "name": "帮困情况", "kind": "文本", "roles": "社工"}
    done(made, SECRETARY, add("custom_fields", "aid", EAST, **row))
    for who, sees in ((SECRETARY, True), (ADMIN, True), (WORKER, True), (CLERK, False)):
        assert ("帮困情况" in labels(made, who, EAST)) is sees, who.role
    done(made, SECRETARY, edit("residents", "e-bo", "x_aid", None, "低保边缘"))
    assert value(made, WORKER, "e-bo", "x_aid") == "低保边缘"
    mine = doors.row(made, CLERK, "residents", "e-bo")
    assert mine is not None
    assert "x_aid" not in mine
    with pytest.raises(Forbidden):
        doors.read(made, CLERK, Question("residents", EAST, where=(Condition("x_aid", "eq", "1"),)))
    told = doors.history(made, CLERK, "residents", "e-bo")
    assert all("x_aid" not in (entry[side] or {}) for entry in told for side in ("before", "after"))
    assert "帮困情况" not in {one.label for one in doors.export(
        made, CLERK, Question("residents", EAST), "核对").fields}  # fmt: skip
    assert one(made, CLERK, edit("residents", "e-bo", "x_aid", None, "改")).status == "refused"


def test_what_somebody_does_not_see_comes_back_as_it_was(made: Engine) -> None:
    row = {"subject": "志愿者", "name": "考察", "kind": "文本", "roles": "社工"}
    done(made, SECRETARY, add("custom_fields", "test", EAST, **row))
    done(made, CLERK, add("volunteers", "e-new", EAST, name="新志"))
    done(made, SECRETARY, edit("volunteers", "e-new", "x_test", None, "可靠"))
    taken = done(made, CLERK, drop("volunteers", "e-new"))
    doors.undo(made, CLERK, taken)
    back = doors.row(made, SECRETARY, "volunteers", "e-new")
    assert back is not None
    assert (back["name"], back["x_test"]) == ("新志", "可靠")


@pytest.mark.parametrize("label", ["户", "结对", "床位", "走访与服务记录"])
def test_other_registers_have_columns_too(village: Engine, label: str) -> None:
    register = EXTENSIBLE[label]
    said = {"subject": label, "name": "自查", "kind": "是否"}
    done(village, SECRETARY, add("custom_fields", "own", EAST, **said))
    found = doors.columns(village, CLERK, register, EAST)[1]
    assert [one.label for one in found if one.within] == ["自查"]
    (row, *_) = doors.read(village, CLERK, Question(register, EAST)).rows or ({"id": None},)
    if row["id"]:
        done(village, CLERK, edit(register, row["id"], "x_own", None, "是"))
        kept = doors.row(village, CLERK, register, row["id"])
        assert kept is not None
        assert kept["x_own"] is True


def test_every_register_says_whether_users_may_widen_it() -> None:
    """What has room is offered, and what is offered has room; the labels tell them apart."""
    roomy = {one.name for one in REGISTERS if one.extensible}
    assert set(EXTENSIBLE.values()) == roomy
    assert len(EXTENSIBLE) == len(roomy)
    assert set(ROLES) == {
        role.label
        for role in permissions.ROLES
        if not role.leads and role.name not in ("organisation", "judge")  # see no such columns
    }
