"""Registers that leave the house: what stands in the files, what is kept of their leaving."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine, select

from db import doors
from db.audit import Write
from db.doors import Condition, Forbidden, Question
from db.exports import Exported
from db.parsers import Refused
from logic.books import cells, exporting
from tests.village import ADMIN, CLERK, EAST, NEIGHBOUR, RESEARCHER, SECRETARY, WEST, done, edit

HEAD = ["姓名", "性别", "出生日期", "身份证号码", "联系电话"]
FIVE = ("name", "sex", "birth_date", "id_number", "phone")


def taken(on: Engine, actor: Any = CLERK, names: tuple[str, ...] = FIVE, **asked: Any) -> Exported:
    return doors.export(on, actor, Question("residents", EAST, **asked), "上报街道", names)


def read_csv(content: bytes, encoding: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(encoding), newline="")))


@pytest.mark.parametrize(("form", "encoding"), [("csv", "utf-8-sig"), ("csv-gb18030", "gb18030")])
def test_csv_has_the_rows_as_seen_and_says_who_took_them(
    village: Engine, form: str, encoding: str
) -> None:
    lines = read_csv(exporting.file(taken(village, sort=("name",)), form), encoding)
    assert lines[0] == HEAD
    assert ["安一", "女", "1956-03-01", "421281********0015", "138****0001"] in lines
    assert ["崔三", "", "2016-06", "", ""] in lines
    assert len(lines) == 1 + 3 + 1
    assert lines[-1][0].startswith(f"导出：{CLERK.name}，")
    assert lines[-1][0].endswith("用途：上报街道，共 3 人")


def test_a_workbook_has_days_as_days_and_texts_as_texts(village: Engine) -> None:
    done(village, SECRETARY, edit("residents", "e-bo", "address", "东街 2 号", "=HYPERLINK(1)"))
    content = exporting.file(taken(village, names=("name", "birth_date", "address")), "xlsx")
    sheet: Any = openpyxl.load_workbook(io.BytesIO(content)).active
    found = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    assert found["安一"][1].value.date() == dt.date(1956, 3, 1)
    assert found["崔三"][1].value == "2016-06"  # a month is no day
    assert (found["卜二"][2].value, found["卜二"][2].data_type) == ("=HYPERLINK(1)", "s")
    assert sheet.freeze_panes == "B2"


@pytest.mark.parametrize("bad", ["=1+1", "+86", "-1", "@here", "\tx", "\rx"])
def test_what_a_spreadsheet_would_run_is_disarmed(bad: str) -> None:
    assert cells.disarmed(bad) == f"'{bad}"


@pytest.mark.parametrize("good", ["", "东街 1 号", "1-2", "a=b", "—"])
def test_other_texts_stand_as_they_are(good: str) -> None:
    assert cells.disarmed(good) == good


def test_the_rows_are_those_of_the_question(village: Engine) -> None:
    women = taken(village, where=(Condition("sex", "eq", "女"),))
    assert [row["name"] for row in women.rows] == ["安一"]
    assert [one.name for one in women.fields] == list(FIVE)
    every = taken(village, names=())
    assert "household_id" in [one.name for one in every.fields]
    assert "东街 1 号" in read_csv(exporting.file(every, "csv"), "utf-8-sig")[1]


def test_hidden_columns_stay_in_the_house(village: Engine) -> None:
    found = taken(village, RESEARCHER, names=("name", "party"))
    assert [one.name for one in found.fields] == ["name"]
    assert all("party" not in row for row in found.rows)


@pytest.mark.parametrize("reason", ["", " ", "看", "\x00\x01坏"])
def test_without_a_purpose_nothing_leaves(village: Engine, reason: str) -> None:
    with pytest.raises(Refused, match="用途"):
        doors.export(village, CLERK, Question("residents", EAST), reason)


def test_an_export_is_kept_and_told_to_who_leads(village: Engine) -> None:
    before = doors.version(village)
    taken(village)
    doors.reveal(village, CLERK, "residents", "e-an", "phone", "电话回访")
    found = [
        (one.who, one.verb, one.row_id, one.reason) for one in doors.looks(village, SECRETARY, EAST)
    ]
    assert found == [
        (CLERK.name, "reveal", "e-an", "电话回访"),
        (CLERK.name, "export", EAST, "上报街道（3 人）"),
    ]
    assert doors.feed(village, CLERK, "residents", EAST, before).rows == []  # nothing was changed
    assert doors.looks(village, ADMIN, WEST) == []


@pytest.mark.parametrize(("actor", "area"), [(CLERK, EAST), (RESEARCHER, EAST), (NEIGHBOUR, EAST)])
def test_the_log_is_for_who_answers_for_the_place(village: Engine, actor: Any, area: str) -> None:
    with pytest.raises(Forbidden):
        doors.looks(village, actor, area)


def test_an_export_cannot_be_undone(village: Engine) -> None:
    taken(village)
    with village.connect() as conn:
        batch = conn.scalars(select(Write.batch_id).where(Write.source == "export")).one()
    with pytest.raises(Forbidden, match="没有找到这批改动"):
        doors.undo(village, CLERK, batch)
    assert len(doors.looks(village, SECRETARY, EAST)) == 1
