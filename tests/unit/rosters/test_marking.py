"""The workbook that comes back: bad cells marked, problems listed, nothing brought to life."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook

from logic.rosters import checking, mapping, marking, offering, reading
from logic.rosters.problems import ERROR, WARNING, Problem
from tests.unit.rosters.cases import HEAD, TWO, ZHANG
from tests.unit.rosters.files import csv, merged, ods, xls, xlsx, zipped

BAD = [["花名册", "", "", ""], HEAD, ["张三", "女", ZHANG, "138"], TWO[1]]
TOLD = "应为11 位手机号，或带区号的座机号，例如 0715-5221234"
CLASH = "与身份证号码不符，号码表示的是“男”，请核对"


def back(name: str, data: bytes, problems: list[Problem] | None = None) -> tuple[str, Workbook]:
    book = reading.read(data, name)
    if problems is None:
        table = offering.single(book)
        problems = list(checking.check(table, mapping.guess(table, "residents")).problems)
    file, made = marking.marked(data, book, problems, "2026-11-23")
    return file, load_workbook(io.BytesIO(made))


@pytest.mark.parametrize(
    ("name", "make"),
    [("名册.xlsx", xlsx), ("名册.xls", xls), ("名册.ods", ods),
     ("名册.csv", lambda rows: csv(rows).encode("gb18030"))],
    ids=["xlsx", "xls", "ods", "csv"],
)  # fmt: skip
def test_bad_cells_are_coloured_and_commented(name: str, make: Callable[..., bytes]) -> None:
    file, made = back(name, make(BAD))
    sheet = made.worksheets[0]
    assert file == "名册（已标出问题）.xlsx"
    noted = {
        cell.coordinate: (cell.comment.text, cell.fill.fgColor.rgb)
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    assert noted == {
        "B3": (f"提醒：{CLASH}", "FFFFEB9C"),
        "D3": (f"错误：{TOLD}", "FFFFC7CE"),
    }
    assert [str(cell.value or "") for cell in sheet[3]] == ["张三", "女", ZHANG, "138"]
    listing = [[cell.value for cell in row] for row in made["问题清单"].iter_rows()]
    title = made.sheetnames[0]
    assert listing[0][0] == "2026-11-23 检查：1 处错误，1 处提醒。改好后请重新上传。"
    assert listing[2:] == [
        [1, WARNING, title, 3, "B", "性别", "女", CLASH],
        [2, ERROR, title, 3, "D", "联系电话", "138", TOLD],
    ]
    assert made["问题清单"].auto_filter.ref == "A2:H4"


def test_the_same_workbook_keeps_its_looks_and_is_read_again() -> None:
    data = xlsx(BAD, change=merged("A1:D1"))
    file, made = back("a.xlsx", data)
    assert [str(one) for one in made.worksheets[0].merged_cells.ranges] == ["A1:D1"]
    out = io.BytesIO()
    made.worksheets[0]["D3"] = "13800000001"
    made.save(out)
    found = offering.offers(reading.read(out.getvalue(), file))
    assert [one.register for one in found if one.title == "表1"] == ["residents"]


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x","y")', "+1", "@SUM(1)", "-1"])
def test_no_text_becomes_a_formula(name: str, text: str) -> None:
    rows = [["姓名", "电话"], [text, text]]
    if name == "a.csv":
        quoted = text.replace('"', '""')
        data = f'姓名,电话\n"{quoted}","{quoted}"\n'.encode()
    else:
        data = xlsx(rows, change=_as_texts)
    _, made = back(name, data)
    cells = [cell for sheet in made for row in sheet.iter_rows() for cell in row if cell.value]
    assert sum(cell.value == text for cell in cells) >= 3
    assert all(cell.data_type != "f" for cell in cells)


def _as_texts(book: Workbook) -> None:
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            cell.data_type = "s"


def test_macros_do_not_come_back() -> None:
    whole = io.BytesIO(xlsx(BAD))
    with zipfile.ZipFile(whole, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    data = whole.getvalue()
    file, made = marking.marked(data, reading.read(data, "a.xlsm"), [], "2026-11-23")
    assert file == "a（已标出问题）.xlsx"
    assert not any("vba" in name for name in zipfile.ZipFile(io.BytesIO(made)).namelist())


def test_a_comment_in_a_merged_cell_stands_at_its_corner() -> None:
    data = xlsx(BAD, change=merged("C3:D3"))
    _, made = back("a.xlsx", data, [Problem("表1", 3, "联系电话", "D", "138", TOLD)])
    assert made.worksheets[0]["C3"].comment.text == f"错误：{TOLD}"


def test_several_problems_of_a_cell_share_its_comment() -> None:
    two = [Problem("a", 2, "姓名", "A", "", "甲", WARNING), Problem("a", 2, "姓名", "A", "", "乙")]
    _, made = back("a.csv", "姓名,电话\n,1\n".encode(), two)
    cell = made.worksheets[0]["A2"]
    assert cell.comment.text == "提醒：甲\n错误：乙"
    assert cell.fill.fgColor.rgb == "FFFFC7CE"


def test_every_file_of_a_folder_has_its_sheet() -> None:
    data = zipped({"一/[名]册.csv": csv(BAD), "二/[名]册.csv": csv(BAD)})
    _, made = back("a.zip", data, [Problem("二/[名]册.csv：[名]册", 3, "电话", "D", "1", "坏")])
    assert made.sheetnames == ["一__名_册.csv：_名_册",
                               "二__名_册.csv：_名_册", "问题清单"]  # fmt: skip
    assert made.worksheets[1]["D3"].comment.text == "错误：坏"
    assert made.worksheets[0]["D3"].comment is None


def test_a_problem_of_a_whole_column_is_only_listed() -> None:
    _, made = back("a.xlsx", xlsx(BAD), [Problem("表1", 0, "姓名", "A", "", "缺少")])
    assert [cell.value for cell in made["问题清单"][3]][3] == "整列"
