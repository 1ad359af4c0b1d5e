"""Workbooks that go into the field and come back: what was changed in them, and nothing else."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine

from db import doors
from db.doors import Question
from db.exports import Exported
from db.registers import BY_NAME
from logic.books import carrying, returning
from tests.village import CLERK, EAST, SECRETARY, cell, done, edit

FIELDS = {name: register.fields for name, register in BY_NAME.items()}
Sheet = Any


def taken(on: Engine, register: str = "residents") -> Exported:
    return doors.export(on, CLERK, Question(register, EAST, sort=("name",)), "入户核对")


def carried(on: Engine, change: Callable[[Sheet], None], register: str = "residents") -> bytes:
    """The workbook after somebody worked in it."""
    homes = {"household_id": {"e-home": "E1 东街 1 号"}}
    book = openpyxl.load_workbook(io.BytesIO(carrying.workbook(taken(on, register), homes)))
    change(book.worksheets[0])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def at(sheet: Sheet, name: str, label: str) -> Any:
    """The cell of a person (or the first empty row where nobody is named) in a column."""
    head = [str(one.value).rstrip("*") for one in sheet[1]]
    rows = (row for row in sheet.iter_rows(min_row=2) if (row[1].value or "") == name)
    return next(rows)[head.index(label)]


def back(on: Engine, content: bytes) -> list[str]:
    """What becomes of each edit at the write door."""
    edits = returning.read(content, FIELDS.__getitem__).edits
    written = doors.write(on, CLERK, [one.change for one in edits], source="import")
    return [one.status for one in written.outcomes]


def nothing(_: Sheet) -> None:
    pass


def test_unchanged_it_brings_nothing_back(village: Engine) -> None:
    found = returning.read(carried(village, nothing), FIELDS.__getitem__)
    assert (found.edits, found.problems) == ([], [])
    assert (found.register, found.area) == ("residents", EAST)


def test_only_what_was_changed_comes_back(village: Engine) -> None:
    def work(sheet: Sheet) -> None:
        at(sheet, "卜二", "现住址").value = "东街 9 号"
        at(sheet, "安一", "独居").value = "是"

    content = carried(village, work)
    done(village, SECRETARY, edit("residents", "e-bo", "sex", None, "男"))  # meanwhile, elsewhere
    assert back(village, content) == ["applied", "applied"]
    assert cell(village, "residents", "e-bo", "address") == "东街 9 号"
    assert cell(village, "residents", "e-bo", "sex") == "男"
    assert cell(village, "residents", "e-an", "lives_alone") == 1
    assert cell(village, "residents", "e-an", "phone") is not None  # masked, and left alone


def test_twice_is_once_also_after_somebody_changed_it_again(village: Engine) -> None:
    def work(sheet: Sheet) -> None:
        at(sheet, "卜二", "现住址").value = "东街 9 号"
        at(sheet, "", "姓名").value = "新来"

    content = carried(village, work)
    assert back(village, content) == ["applied", "applied"]
    done(village, SECRETARY, edit("residents", "e-bo", "address", "东街 9 号", "东街 10 号"))
    version, people = doors.version(village), len(taken(village).rows)
    assert back(village, content) == ["applied", "applied"]
    assert cell(village, "residents", "e-bo", "address") == "东街 10 号"
    assert len(taken(village).rows) == people == 4
    assert version < doors.version(village)  # only the export in between


def test_both_changed_is_a_conflict_and_nothing_is_lost(village: Engine) -> None:
    content = carried(village, lambda sheet: setattr(at(sheet, "卜二", "现住址"), "value", "我的"))
    done(village, SECRETARY, edit("residents", "e-bo", "address", "东街 2 号", "他们的"))
    (found,) = returning.read(content, FIELDS.__getitem__).edits
    (outcome,) = doors.write(village, CLERK, [found.change], source="import").outcomes
    assert (outcome.status, outcome.theirs) == ("conflict", {"address": "他们的"})
    assert cell(village, "residents", "e-bo", "address") == "他们的"


def test_a_deleted_line_deletes_and_conflicts_when_it_was_edited(village: Engine) -> None:
    def work(sheet: Sheet) -> None:
        sheet.delete_rows(at(sheet, "卜二", "姓名").row)

    content = carried(village, work, "residents")
    (found,) = returning.read(content, FIELDS.__getitem__).edits
    assert (found.said, found.change.after) == ("卜二", None)
    done(village, SECRETARY, edit("residents", "e-bo", "sex", None, "男"))
    (outcome,) = doors.write(village, CLERK, [found.change], source="import").outcomes
    assert outcome.status == "conflict"


def test_a_reference_comes_back_by_its_words(village: Engine) -> None:
    def work(sheet: Sheet) -> None:
        at(sheet, "卜二", "所在户").value = "E1 东街 1 号"
        at(sheet, "崔三", "所在户").value = "没有这户"

    content = carried(village, work)
    found = returning.read(content, FIELDS.__getitem__)
    assert [(label, said) for _, label, said in found.problems] == [
        ("所在户", "读到“没有这户”，没有找到，请从下拉列表中选")
    ]
    assert back(village, content) == ["applied"]
    assert cell(village, "residents", "e-bo", "household_id") == "e-home"


def test_lines_and_columns_may_be_moved(village: Engine) -> None:
    def work(sheet: Sheet) -> None:
        at(sheet, "卜二", "性别").value = "男"
        rows = [[one.value for one in row] for row in sheet.iter_rows()]
        for place, row in enumerate([rows[0], *reversed(rows[1:4]), *rows[4:]], start=1):
            for column, value in enumerate([row[0], *reversed(row[1:])], start=1):
                sheet.cell(place, column).value = value

    (found,) = returning.read(carried(village, work), FIELDS.__getitem__).edits
    assert (found.change.id, found.change.after) == ("e-bo", {"sex": "男"})


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x89PNG", "姓名\n甲".encode()])
def test_other_files_are_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(returning.NotCarried, match="不是从这里取出的离线工作簿"):
        returning.read(content, FIELDS.__getitem__)


def test_a_lost_column_is_named(village: Engine) -> None:
    def work(sheet: Sheet) -> None:
        sheet.delete_cols(3)

    with pytest.raises(returning.NotCarried, match="没有找到这些列：性别"):
        returning.read(carried(village, work), FIELDS.__getitem__)


def test_masked_cells_and_the_row_identity_are_locked(village: Engine) -> None:
    book = openpyxl.load_workbook(io.BytesIO(carrying.workbook(taken(village), {})))
    sheet = book.worksheets[0]
    assert sheet.protection.sheet
    assert at(sheet, "安一", "联系电话").protection.locked
    assert not at(sheet, "崔三", "联系电话").protection.locked  # empty: to be filled in
    assert not at(sheet, "安一", "现住址").protection.locked
    assert sheet.column_dimensions["A"].hidden
    assert [one.sheet_state for one in book.worksheets] == ["visible"] * 2 + ["veryHidden"] * 2
    told = {rule.sqref: rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert '"男,女"' in told.values()
