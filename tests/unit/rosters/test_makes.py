"""The same people out of files of every make, encoding and delimiter."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from tests.unit.rosters.cases import HEAD, PEOPLE, PLAIN, TWO, ZHANG, Good, taken
from tests.unit.rosters.files import (
    cell,
    csv,
    gbk_zipped,
    ods,
    raw_xlsx,
    xls,
    xlsx,
    xml_rows,
    zipped,
)

TEXT = csv(PLAIN)
LONG = csv([HEAD, *[["张三", "男", "", "13800000001"]] * 40])
FORTY = [{"name": "张三", "sex": "男", "id_number": None, "phone": "13800000001"}] * 40


def hide(book: Workbook) -> None:
    book.worksheets[0].row_dimensions[3].hidden = True
    book.create_sheet("空表")
    book.worksheets[0].sheet_state = "hidden"


def very_hide(book: Workbook) -> None:
    book.create_sheet("空表")
    book.worksheets[0].sheet_state = "veryHidden"


def with_macros() -> bytes:
    out = io.BytesIO(xlsx(PLAIN))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Auto_Open")
    return out.getvalue()


def formulas() -> bytes:
    """A phone number joined by a formula, with the result that was saved with it."""
    solved = '<c r="D2" t="str"><f>"138"&amp;"00000001"</f><v>13800000001</v></c>'
    return raw_xlsx(xml_rows([HEAD, [*TWO[0][:3], solved], TWO[1]]))


STYLED = '<row r="1048576"><c r="A1048576" s="0"/><c r="XFD1048576" s="0"/></row>'

MAKES = (
    Good("utf-8", "a.csv", TEXT.encode),
    Good("utf-8 with its mark", "a.csv", lambda: TEXT.encode("utf-8-sig")),
    Good("gb18030, as Chinese Excel saves", "a.csv", lambda: TEXT.encode("gb18030")),
    Good("utf-16 LE with its mark", "a.csv", lambda: b"\xff\xfe" + TEXT.encode("utf-16-le")),
    Good("utf-16 BE with its mark", "a.csv", lambda: b"\xfe\xff" + TEXT.encode("utf-16-be")),
    Good("utf-16 LE alone", "a.txt", lambda: LONG.encode("utf-16-le"), FORTY, [*range(2, 42)]),
    Good("utf-16 BE alone", "a.txt", lambda: LONG.encode("utf-16-be"), FORTY, [*range(2, 42)]),
    Good("tabs", "a.tsv", lambda: csv(PLAIN, "\t").encode()),
    Good("tabs in a .csv, utf-16", "a.csv", lambda: csv(PLAIN, "\t").encode("utf-16")),
    Good("semicolons", "a.csv", lambda: csv(PLAIN, ";").encode()),
    Good("bars", "a.txt", lambda: csv(PLAIN, "|").encode()),
    Good("full-width commas", "a.txt", lambda: csv(PLAIN, "，").encode()),
    Good("lines that end in CR LF", "a.csv", lambda: csv(PLAIN, end="\r\n").encode()),
    Good("lines that end in CR", "a.csv", lambda: csv(PLAIN, end="\r").encode()),
    Good("no end of the last line", "a.csv", lambda: TEXT.rstrip().encode()),
    Good("blank lines count as rows", "a.csv", f"\n\n{TEXT}\n\n".encode, numbers=[4, 5]),
    Good("commas behind", "a.csv", lambda: TEXT.replace("\n", ",,,,\n").encode()),
    Good("xlsx", "a.xlsx", lambda: xlsx(PLAIN)),
    Good("xlsx called .csv", "a.csv", lambda: xlsx(PLAIN)),
    Good("csv called .xls", "a.xls", lambda: TEXT.encode("gb18030")),
    Good("no ending at all", "名册", lambda: xlsx(PLAIN)),
    Good("xls", "a.xls", lambda: xls(PLAIN)),
    Good("xls called .xlsx", "a.xlsx", lambda: xls(PLAIN)),
    Good("ods", "a.ods", lambda: ods(PLAIN)),
    Good("inline texts", "a.xlsx", lambda: raw_xlsx(xml_rows(PLAIN))),
    Good("macros", "a.xlsm", with_macros, said=("宏不会运行",)),
    Good("formulas", "a.xlsx", formulas, said=("有 1 个公式，按表里已算好的结果读入",)),
    Good(
        "a hidden row and sheet",
        "a.xlsx",
        lambda: xlsx(PLAIN, change=hide),
        said=("有 1 行是隐藏的（第 3 行），也一并读入了", "工作表“表1”是隐藏的，也一并列出"),
    ),
    Good("a very hidden sheet", "a.xlsx", lambda: xlsx(PLAIN, change=very_hide),
         said=("“表1”是隐藏的",)),
    Good("a hidden row of an xls", "a.xls", lambda: xls(PLAIN, hidden=[2]),
         said=("第 3 行），也一并读入了",)),
    Good("a hidden row of an ods", "a.ods",
         lambda: ods(PLAIN, '<table:table-row table:visibility="collapse">'),
         said=("有 3 行是隐藏的（第 1—3 行）",)),
    Good("styles on a million empty rows", "a.xlsx", lambda: raw_xlsx(xml_rows(PLAIN) + STYLED)),
    Good("an ods that repeats a million empty rows", "a.ods", lambda: ods(
        PLAIN, tail='<table:table-row table:number-rows-repeated="1048573"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>')),
    Good("empty sheets beside it", "a.xlsx", lambda: xlsx([], PLAIN, [])),
    Good("a zipped file", "a.zip", lambda: zipped({"名册/居民.csv": TEXT.encode("gb18030")})),
    Good("a zip with a GBK name", "a.zip", lambda: gbk_zipped("居民名册.csv", TEXT.encode())),
    Good(
        "a zip with litter",
        "a.zip",
        lambda: zipped(
            {
                "__MACOSX/._a.csv": b"\x00",
                "~$a.xlsx": b"\x00",
                ".DS_Store": b"\x00",
                "照片.png": b"\x89PNG\r\n\x1a\n",
                "坏.xlsx": b"PK\x03\x04",
                "a.xls": xls(PLAIN),
            }
        ),
        said=("“照片.png”不是表格，没有读取", "“坏.xlsx”没有读取：文件不完整"),
    ),
    Good("control characters", "a.csv", lambda: TEXT.replace("张三", "张\x07三\x00").encode(),
         said=("1 个单元格里有看不见的控制字符，已清除",)),
    Good("marks nobody sees", "a.csv",
         lambda: TEXT.replace(ZHANG, f"\u202d{ZHANG}\u202c").replace("李四", "\u200b李四").encode(),
         said=("2 个单元格里有看不见的控制字符，已清除",)),
    Good("control characters in a workbook", "a.xlsx",
         lambda: raw_xlsx(xml_rows(PLAIN).replace("张三", "张_x0007_三")),
         said=("1 个单元格里有看不见的控制字符",)),
    Good("a full-width space around", "a.csv", lambda: TEXT.replace("张三", "　张三 ").encode()),
    Good("an empty cell that is one", "a.xlsx", lambda: raw_xlsx(
        xml_rows([HEAD, *TWO]) + f'<row r="5">{cell("A5", " ")}</row>')),
)  # fmt: skip


@pytest.mark.parametrize("one", MAKES, ids=lambda one: one.name)
def test_a_file_of_any_make_gives_its_people(one: Good) -> None:
    checked, notes = taken(one)
    assert checked.rows == one.rows
    assert checked.numbers == one.numbers
    assert checked.problems == ()
    for part in one.said:
        assert any(part in note for note in notes), notes


def test_what_is_said_is_said_only_where_it_is_so() -> None:
    _, notes = taken(MAKES[0])
    assert notes == ("表头在第 1 行",)
    assert PEOPLE[0]["id_number"] == ZHANG
