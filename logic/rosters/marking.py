"""The same workbook back with its bad cells coloured and commented, and the problems listed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from logic.rosters import rebuilding
from logic.rosters.problems import ERROR, Problem
from logic.rosters.rebuilding import AUTHOR, FILLS
from logic.rosters.sheets import Book

LISTING = "问题清单"
TITLES = ("序号", "级别", "工作表", "行", "列", "列名", "读到的内容", "应当怎样")
WIDTHS = (6, 8, 16, 8, 6, 16, 28, 60)
MOST_LISTED = 20_000
MOST_KEPT = 300_000  # cells of a workbook that is loaded whole, with all its styles
KEEPS = (".xlsx", ".xlsm")


def marked(data: bytes, book: Book, problems: Sequence[Problem], day: str) -> tuple[str, bytes]:
    """A file name and an .xlsx: what was uploaded with its problems shown in it. What is no .xlsx,
    or too large to be kept with its looks, is made anew from its texts."""
    path = PurePath(book.name)
    cells = sum(len(sheet.rows) * len(sheet.rows[0]) for sheet in book.sheets)
    made = None
    if path.suffix.lower() in KEEPS and data.startswith(b"PK") and cells <= MOST_KEPT:
        made = _kept(data, problems)
    if made is None:
        made = rebuilding.workbook(book, problems)
    _list(made, problems, day)
    out = io.BytesIO()
    made.save(out)
    return f"{path.stem}（已标出问题）.xlsx", out.getvalue()


def _kept(data: bytes, problems: Sequence[Problem]) -> Workbook | None:
    """The workbook with its looks; macros and links to other files are left behind."""
    try:
        opened = load_workbook(io.BytesIO(data), keep_vba=False, keep_links=False)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, zipfile.BadZipFile):
        return None  # workbooks by other makers can be readable and yet break its rules
    for problem in problems[:MOST_LISTED]:
        if problem.row and problem.sheet in opened.sheetnames:
            _mark(opened[problem.sheet], problem)
    return opened


def _mark(sheet: Worksheet, problem: Problem) -> None:
    cell: Any = sheet[f"{problem.letter}{problem.row}"]
    if isinstance(cell, MergedCell):
        whole = next(one for one in sheet.merged_cells.ranges if cell.coordinate in one)
        cell = sheet.cell(whole.min_row, whole.min_col)
    cell.fill = PatternFill("solid", fgColor=FILLS[problem.level])
    said = [cell.comment.text] if cell.comment else []
    comment = Comment("\n".join([*said, f"{problem.level}：{problem.expected}"]), AUTHOR)
    comment.width, comment.height = 260, 110
    cell.comment = comment


def _list(book: Workbook, problems: Sequence[Problem], day: str) -> None:
    """The problems as a sheet of texts, sortable and filterable, behind all others."""
    sheet = book.create_sheet(LISTING)
    wrong = sum(1 for one in problems if one.level == ERROR)
    cut = f"，只列出前 {MOST_LISTED} 处" if len(problems) > MOST_LISTED else ""
    rows: list[Sequence[Any]] = [
        (f"{day} 检查：{wrong} 处错误，{len(problems) - wrong} 处提醒{cut}。改好后请重新上传。",),
        TITLES,
    ]
    for number, one in enumerate(problems[:MOST_LISTED], 1):
        said = (one.sheet, one.row or "整列", one.letter, one.column, one.read, one.expected)
        rows.append((number, one.level, *said))
    for row in rows:
        sheet.append([rebuilding.text(sheet, value) for value in row])
    rebuilding.widths(sheet, WIDTHS)
    sheet.auto_filter.ref = f"A2:H{max(len(rows), 2)}"
