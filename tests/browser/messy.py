"""A roster as a clerk has kept it for years: nothing in it is as a database wants it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook, load_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDE = "序号 户主姓名 姓名 性别 出生日期 身份证号码 联系方式 与户主关系 住址 低保"
MERGED = ("A1:J1", "A2:J2", "A3:A4", "B3:B4", "C3:G3", "H3:H4", "I3:I4", "J3:J4")
CUT_ID = "421281197904050000"  # as Excel leaves a number of more than 15 places


@dataclass(frozen=True)
class Stored:
    """Somebody who is in the register already, born before the 29th of a month."""

    name: str
    birth: str


def lines(near: Stored, known: Stored) -> list[list[Any]]:
    """The data rows: six who are new, one of them with a damaged number and one with a doubtful
    month; one who is nearly somebody stored, and one who is stored and has moved."""
    slip = near.birth[:9] + ("8" if near.birth[9] == "7" else "7")
    return [
        [1, "钱大山", "钱大山", "男", "1956年3月", "", "１３８００００１２３４", "户主",
         "丹桂苑9栋1单元101", "√"],
        [2, "", "孙桂兰", "女", "1958.04.12", "", "", "妻", "", "否"],
        [3, "", "钱小山", "男", "19790405", CUT_ID, "", "儿子", "", ""],
        [4, "周木生", "周木生", "男", "1949", "", "0715-5333456", "户主",
         "银桂苑8栋2单元202", "是"],
        [5, "", "周水清", "女", "1975/11/2", "", "", "女儿", "", ""],
        [6, "", "周一一", "女", "2001.1", "", "", "孙女", "", ""],
        [7, near.name, near.name, "", slip, "", "", "户主", "", ""],
        [8, known.name, known.name, "", known.birth, "", "", "户主", "金桂苑7栋3单元303", ""],
    ]  # fmt: skip


def roster(near: Stored, known: Stored) -> bytes:
    """The whole workbook."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "花名册"
    sheet.append(["桂花树社区居民花名册"])
    sheet.append(["填报单位：桂花树社区　　　　　填报日期：2026年11月"])
    labels = WIDE.split()
    sheet.append([*labels[:2], "家庭成员情况", "", "", "", "", *labels[7:]])
    sheet.append(["", "", *labels[2:7], "", "", ""])
    for one in lines(near, known):
        sheet.append(one)
    sheet.append(["合计", "", "8 人"])
    sheet.append(["制表人：李会计", "", "", "审核：", "", "", "2026年11月2日"])
    for place in MERGED:
        sheet.merge_cells(place)
    return _saved(book)


def corrected(marked: bytes, month: str = "2001年1月") -> bytes:
    """The workbook that the screen gave back, mended in its coloured cells as a clerk would."""
    book = load_workbook(io.BytesIO(marked))
    sheet = book["花名册"]
    coloured = {
        cell.coordinate for row in sheet.iter_rows() for cell in row
        if cell.comment and cell.fill.fill_type == "solid"
    }  # fmt: skip
    assert {"F7", "E10"} <= coloured, coloured
    sheet["F7"] = None
    sheet["E10"] = month
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
