"""Files that nothing is taken from: each says why in one sentence."""

from __future__ import annotations

import io
import re
import struct
import time
import zipfile
import zlib
from collections.abc import Callable

import pytest

from logic.rosters import offering, packages, reading, sheets
from logic.rosters.sheets import Unreadable
from tests.unit.rosters.cases import HEAD, PLAIN, Bad
from tests.unit.rosters.files import (
    cell,
    csv,
    ods,
    ole,
    raw_xlsx,
    xls,
    xlsx,
    xml_rows,
    zipped,
)

QUICK = 4.0  # seconds, in which somebody is told what is wrong with the largest of files
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
WIDE = [[f"列{number}" for number in range(500)], ["值"] * 500]


def locked_zip() -> bytes:
    """A zip whose members say that they are encrypted."""
    made = bytearray(zipped({"a.csv": csv(PLAIN)}))
    made[6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def lying() -> bytes:
    """A workbook whose sheet says it is small, and is not."""
    rows = xml_rows(PLAIN) + " " * 3_000_000
    made = bytearray(raw_xlsx(rows))
    whole = struct.pack("<I", len(zipfile.ZipFile(io.BytesIO(made)).read(SHEET)))
    assert made.count(whole) == 2
    return bytes(made).replace(whole, struct.pack("<I", 2000))


SHEET = "xl/worksheets/sheet1.xml"


def damaged() -> bytes:
    """A workbook with one byte changed inside its sheet."""
    made = bytearray(raw_xlsx(xml_rows(PLAIN)))
    at = made.index(SHEET.encode()) + len(SHEET) + 40
    made[at] ^= 0xFF
    return bytes(made)


def endless() -> bytes:
    """An .xls whose chain of sectors runs in a circle."""
    made = bytearray(xls(PLAIN))
    made[512 + 4 * 3 : 512 + 4 * 4] = struct.pack("<I", 2)
    return bytes(made)


def many_rows() -> bytes:
    row = b'<row r="%d"><c r="A%d"><v>1</v></c></row>'
    return raw_xlsx(b"".join(row % (n, n) for n in range(1, 300_002)).decode())


def million() -> bytes:
    return raw_xlsx("<row><c><v>1</v></c></row>" * 1_000_000, zipfile.ZIP_STORED)


REPEATED = (
    '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
    'office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    "</table:table-row>"
)
HALF = "文件不完整，可能只下载了一半，请重新下载或重新保存后再上传"
BOMB = "文件解压后大得不正常，可能是恶意文件，没有读取"
LOCKED = "文件设了打开密码，请先在 WPS 或 Excel 里去掉密码，再上传"
PICTURE = "这是一张图片，只是名字像表格"
WEB = "这是网页，只是名字像表格：请用 WPS 或 Excel 打开，另存为 .xlsx 再上传"
OTHER = "这不是表格"

FILES = (
    Bad("empty", "a.xlsx", lambda: b"", "文件是空的，里面什么也没有"),
    Bad("blanks only", "a.csv", lambda: b" \r\n\t\n", "文件是空的，里面什么也没有"),
    Bad("commas only", "a.csv", lambda: b",,,\n,,,\n", "文件里没有填写任何内容"),
    Bad("a mark only", "a.csv", lambda: b"\xef\xbb\xbf", "内容是空的，没有读到任何文字"),
    Bad("an empty workbook", "a.xlsx", lambda: xlsx([]), "文件里没有填写任何内容"),
    Bad("a picture renamed .xlsx", "a.xlsx", lambda: PNG, PICTURE),
    Bad("a photo renamed .xls", "a.xls", lambda: b"\xff\xd8\xff\xe0" + b"\0" * 99, PICTURE),
    Bad("a webp", "a.csv", lambda: b"RIFF\x10\0\0\0WEBPVP8 ", PICTURE),
    Bad("a bitmap", "a.xls", lambda: b"BM\x36\x00\x0c\x00\x00\x00" + b"\0" * 60, PICTURE),
    Bad("a pdf", "a.xlsx", lambda: b"%PDF-1.7\n", "这是 PDF 文件，读不出表格"),
    Bad("a rar", "a.zip", lambda: b"Rar!\x1a\x07\x01\x00", "这是 .rar 或 .7z 压缩包，请先解压"),
    Bad("a program", "a.xlsx", lambda: b"MZ\x90\x00\x03\x00", OTHER),
    Bad("noise", "a.csv", lambda: zlib.compress(csv(PLAIN).encode() * 9) * 9, OTHER),
    Bad("zeros", "a.csv", lambda: b"\x00" * 999, OTHER),
    Bad("a web page called .xls", "a.xls",
        lambda: b"<html><table><tr><td>1</td></tr></table></html>", WEB),
    Bad("an XML sheet of 2003", "a.xls", lambda: b'<?xml version="1.0"?><Workbook/>', WEB),
    Bad("a letter", "a.xlsx", lambda: zipped({"word/document.xml": "<w/>"}),
        "这是文档或幻灯片，不是表格"),
    Bad("an old letter", "a.xls", lambda: ole({"WordDocument": b"x"}), "这不是 Excel 表格"),
    Bad("an .xlsb", "a.xlsb", lambda: zipped({"xl/workbook.bin": b"x"}), "这是 .xlsb 表格"),
    Bad("a password on an .xlsx", "a.xlsx",
        lambda: ole({"EncryptionInfo": b"x", "EncryptedPackage": b"y"}), LOCKED),
    Bad("a password on an .xls", "a.xls",
        lambda: xls(PLAIN, first=struct.pack("<HHHHHH", 0x2F, 6, 1, 1, 1, 0)), LOCKED),
    Bad("a password on a zip", "a.zip", locked_zip, LOCKED),
    Bad("a password on an .ods", "a.ods", lambda: zipped(
        {"content.xml": b"\x9c\x01", "META-INF/manifest.xml": "<manifest:encryption-data/>"}
    ), LOCKED),
    Bad("half an .xlsx", "a.xlsx", lambda: xlsx(PLAIN)[:3000], HALF),
    Bad("a tenth of an .xlsx", "a.xlsx", lambda: xlsx(PLAIN)[:500], HALF),
    Bad("half an .xls", "a.xls", lambda: xls(PLAIN)[:2000], HALF),
    Bad("the head of an .xls", "a.xls", lambda: xls(PLAIN)[:60], HALF),
    Bad("half an .ods", "a.ods", lambda: ods(PLAIN)[:300], HALF),
    Bad("half a character", "a.csv", lambda: (csv(PLAIN) + "王").encode()[:-1],
        "文件最后一个字不完整，可能只下载了一半"),
    Bad("half a character of GBK", "a.csv", lambda: (csv(PLAIN) + "王").encode("gbk")[:-1],
        "文件最后一个字不完整，可能只下载了一半"),
    Bad("a strange byte amid UTF-8", "a.csv",
        lambda: csv(PLAIN).encode().replace("李四".encode(), b"\xff\xe6\x9d"),
        "第 3 行有认不出的字，文件可能损坏"),
    Bad("a changed byte", "a.xlsx", damaged, HALF),
    Bad("an .xls that runs in a circle", "a.xls", endless, HALF),
    Bad("an .xls that claims a billion rows", "a.xls", lambda: xls(PLAIN, size=10**9), HALF),
    Bad("a zip bomb", "a.xlsx", lambda: zipped({"xl/workbook.xml": b"0" * 9_000_000}), BOMB),
    Bad("many members that are too large together", "a.zip",
        lambda: zipped({f"{n}.csv": bytes(range(250)) * 32_000 for n in range(40)}), BOMB),
    Bad("a size that lies", "a.xlsx", lying, BOMB),
    Bad("a cell at the end of the world", "a.xlsx",
        lambda: raw_xlsx(xml_rows(PLAIN) + f'<row r="1048576">{cell("XFD1048576", "x")}</row>'),
        "工作表“表一”有 1,048,576 行，一次最多导入 300,000 行，请分成几个文件"),
    Bad("a cell too far right", "a.xlsx",
        lambda: raw_xlsx(xml_rows(PLAIN) + f'<row r="9">{cell("XFD9", "x")}</row>'),
        "工作表“表一”有 16,384 列，最多能读 256 列，请删去用不着的列"),
    Bad("a wide sheet with far rows", "a.xlsx",
        lambda: raw_xlsx(xml_rows(PLAIN) + f'<row r="9">{cell("IV9", "x")}</row>'
                         f'<row r="200000">{cell("A200000", "x")}</row>'),
        "工作表“表一”有 200,000 行 256 列，太大了"),
    Bad("an .ods that repeats a billion cells", "a.ods", lambda: ods(PLAIN, tail=REPEATED),
        "有 1,048,579 行，一次最多导入 300,000 行"),
    Bad("300,001 rows", "a.xlsx", many_rows, "有 300,001 行，一次最多导入 300,000 行"),
    Bad("a million rows of text", "a.csv", lambda: b"1,2\n" * 1_000_000,
        "有 1,000,001 行，一次最多导入 300,000 行"),
    Bad("a million rows of a workbook", "a.xlsx", million,
        "有 1,000,000 行，一次最多导入 300,000 行"),
    Bad("500 columns", "a.csv", lambda: csv(WIDE).encode(), "有 500 列，最多能读 256 列"),
    Bad("500 columns in a workbook", "a.xlsx", lambda: xlsx(WIDE), "有 500 列，最多能读 256 列"),
    Bad("a quote that never ends", "a.csv",
        (csv(PLAIN) + '"王五,男\n赵六,女\n').encode, "第 4 行起双引号没有成对"),
    Bad("no table in a zip", "a.zip", lambda: zipped({"说明.docx": "x", "b.png": PNG}),
        "压缩包里没有表格文件"),
    Bad("nothing in a zip", "a.zip", lambda: zipped({}), "压缩包里没有表格文件"),
    Bad("only bad tables in a zip", "a.zip", lambda: zipped({"一.xlsx": PNG}),
        "压缩包里的表格都读不出来：“一.xlsx”没有读取：这是一张图片"),
    Bad("a zip inside a zip", "a.zip",
        lambda: zipped({"一.xlsx": zipped({"a.csv": csv(PLAIN)})}), "压缩包里的压缩包不读取"),
    Bad("a header alone", "a.csv", lambda: csv([HEAD]).encode(), "只有表头，下面没有一行数据"),
    Bad("no header", "a.csv", lambda: csv(PLAIN[1:]).encode(), "没有找到表头，请在第一行写上"),
    Bad("a letter as text", "a.txt", "各社区：请于周五前报送名册。\n此致".encode,
        "没有找到表头"),
    Bad("two tables", "a.xlsx", lambda: xlsx(PLAIN, PLAIN),
        "文件里有 2 个表（“表1”、“表2”），请选定导入哪一个"),
)  # fmt: skip


@pytest.mark.parametrize("one", FILES, ids=lambda one: one.name)
def test_a_bad_file_is_refused_in_one_sentence(one: Bad) -> None:
    content, begun = one.make(), time.thread_time()
    with pytest.raises(Unreadable) as told:
        offering.single(reading.read(content, one.file))
    assert time.thread_time() - begun < QUICK
    said = str(told.value)
    assert said.startswith(one.sentence) or one.sentence in said
    assert len(said) < 90
    assert not re.search(r"[A-Za-z]{12}", said), "no program's words"


def test_a_file_that_is_too_large_is_not_even_opened() -> None:
    with pytest.raises(Unreadable, match="文件有 65 MB，最大 64 MB"):
        reading.read(b"a" * (65 * 2**20), "a.csv")


@pytest.mark.parametrize("make", [xlsx, xls, ods], ids=["xlsx", "xls", "ods"])
def test_cut_anywhere_it_is_refused_and_nothing_else_happens(make: Callable[..., bytes]) -> None:
    whole = make(PLAIN)
    for end in range(1, len(whole) - 1, max(len(whole) // 60, 1)):
        with pytest.raises(Unreadable):
            offering.single(reading.read(whole[:end], "a"))


def test_limits_allow_what_communities_have() -> None:
    assert packages.MOST_UNPACKED >= 100_000 * 18 * 60
    assert sheets.MOST_ROWS >= 100_000
