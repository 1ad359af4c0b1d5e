"""A file that somebody brought as sheets of texts, whatever its make and its name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from logic.rosters import delimited, folders, signatures, workbooks
from logic.rosters.packages import Package
from logic.rosters.sheets import Book, Sheet, Unreadable

LARGEST = 64 * 2**20
NOTHING = "文件里没有填写任何内容"
WORKBOOKS = ("xl/workbook.xml", "content.xml")


def read(data: bytes, name: str) -> Book:
    """The book; raises Unreadable with one sentence. What it is is seen by its content."""
    if len(data) > LARGEST:
        raise Unreadable(f"文件有 {len(data) / 2**20:.0f} MB，最大 64 MB，请分成几个文件")
    kind = signatures.kind(data)
    if kind == signatures.ZIP:
        return _filled(_package(data, name))
    return _filled(_alone(data, name, kind))


def pasted(text: str) -> Book:
    """The book that a block pasted from a spreadsheet is."""
    if len(text) > LARGEST // 4:
        raise Unreadable("粘贴的内容太多了，请存成文件再上传")
    return _filled(Book("粘贴的内容", (delimited.pasted(text),)))


def _package(data: bytes, name: str) -> Book:
    package = Package(data)
    names = package.names
    if any(one in names for one in WORKBOOKS):
        return workbooks.from_package(data, package, name)
    if "xl/workbook.bin" in names:
        raise Unreadable("这是 .xlsb 表格，请在 Excel 或 WPS 里另存为 .xlsx 再上传")
    if any(one.startswith(("word/", "ppt/")) for one in names):
        raise Unreadable("这是文档或幻灯片，不是表格，请把里面的表格复制到 WPS 表格里再上传")
    return folders.read(package, name, _member)


def _member(data: bytes, name: str) -> Book:
    """A file inside a folder, which is never a folder again."""
    kind = signatures.kind(data)
    if kind != signatures.ZIP:
        return _alone(data, name, kind)
    package = Package(data)
    if any(one in package.names for one in WORKBOOKS):
        return workbooks.from_package(data, package, name)
    raise Unreadable("压缩包里的压缩包不读取，请先解压")


def _alone(data: bytes, name: str, kind: str) -> Book:
    if kind == signatures.OLE:
        return workbooks.from_ole(data, name)
    return Book(name, (delimited.read(data, PurePath(name).stem or name),))


def _filled(book: Book) -> Book:
    """Without the sheets that hold nothing; a file of none but such is refused."""
    sheets: Iterable[Sheet] = (one for one in book.sheets if one.rows)
    kept = tuple(sheets)
    if not kept:
        raise Unreadable(NOTHING)
    return Book(book.name, kept, book.notes)
