"""Workbooks of every make as sheets of texts, by calamine; macros are never looked at."""

from __future__ import annotations

import io
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from logic.rosters import biff, odf, xlsx
from logic.rosters.cells import Cleaner
from logic.rosters.oddities import Oddities
from logic.rosters.packages import HALF, LOCKED, Package
from logic.rosters.sheets import Book, Merge, Sheet, Unreadable, check_extent

MACROS = "文件带有宏，只读取表格，宏不会运行"


def from_package(data: bytes, package: Package, name: str) -> Book:
    """The sheets of an .xlsx, .xlsm or .ods."""
    names = package.names
    open_document = "content.xml" in names
    odd = odf.look_through(package) if open_document else xlsx.look_through(package)
    macros = any(one.endswith("vbaProject.bin") or one.startswith("Basic/") for one in names)
    return _book(data, name, odd, (MACROS,) if macros else ())


def from_ole(data: bytes, name: str) -> Book:
    """The sheets of an .xls."""
    odd = biff.look_through(data)
    for one in odd:
        check_extent(one.rows, one.columns, name)
    macros = "_VBA_PROJECT".encode("utf-16-le") in data
    return _book(data, name, odd, (MACROS,) if macros else ())


def _book(
    data: bytes, name: str, odd: dict[str, Oddities] | list[Oddities], notes: tuple[str, ...]
) -> Book:
    if isinstance(odd, dict):
        for title, one in odd.items():
            check_extent(one.rows, one.columns, title)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as opened:
            described = list(enumerate(opened.sheets_metadata))
            by_name = odd if isinstance(odd, dict) else _named(described, odd)
            sheets = [
                _sheet(opened.get_sheet_by_index(index), about, by_name.get(about.name, Oddities()))
                for index, about in described
                if about.typ == SheetTypeEnum.WorkSheet
            ]
    except PasswordError:
        raise Unreadable(LOCKED) from None
    except CalamineError:
        raise Unreadable(HALF) from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # no Exception, and importable from nowhere
            raise Unreadable(HALF) from None
        raise
    return Book(name, tuple(sheets), notes)


def _named(described: list[tuple[int, SheetMetadata]], odd: list[Oddities]) -> dict[str, Oddities]:
    """An .xls lists its sheets in the order of their names."""
    if len(odd) != len(described):
        raise Unreadable(HALF)
    return {about.name: one for (_, about), one in zip(described, odd, strict=True)}


def _sheet(read: CalamineSheet, about: SheetMetadata, odd: Oddities) -> Sheet:
    cleaner = Cleaner()
    rows = [cleaner.row(row) for row in _grid(read)]
    while rows and not any(rows[-1]):
        rows.pop()
    check_extent(len(rows), len(rows[0]) if rows else 0, about.name)
    hidden = about.visible != SheetVisibleEnum.Visible
    merged = tuple(odd.merged) or tuple(
        Merge(*first, *last) for first, last in read.merged_cell_ranges or ()
    )
    notes = [*odd.notes(), *cleaner.notes()]
    if hidden and rows:
        notes.insert(0, f"工作表“{about.name}”是隐藏的，也一并列出")
    return Sheet(about.name, rows, "", hidden, merged, odd.broken, tuple(notes))


def _grid(read: CalamineSheet) -> list[list[Any]]:
    """All cells from A1 on; an empty sheet has none."""
    return read.to_python(skip_empty_area=False) if read.end else []
