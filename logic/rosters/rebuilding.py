"""A workbook made from texts alone: every cell is a text, so that nothing in it is ever run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter

from logic.rosters.problems import ERROR, WARNING, Problem
from logic.rosters.sheets import Book, Sheet, column_letter

AUTHOR = "导入检查"
FILLS = {ERROR: "FFFFC7CE", WARNING: "FFFFEB9C"}
LONGEST = 32_000  # characters that a cell may hold
UNFIT = re.compile(r"[\\/*?:\[\]]")
MOST_MARKED = 20_000


def workbook(book: Book, problems: Sequence[Problem]) -> Workbook:
    """Every sheet of a book with its bad cells coloured and commented."""
    made = Workbook(write_only=True)
    for sheet in book.sheets:
        own = [one for one in problems[:MOST_MARKED] if one.sheet == sheet.title and one.row]
        _add(made, sheet, own)
    return made


def _add(made: Workbook, sheet: Sheet, problems: list[Problem]) -> None:
    page = made.create_sheet(_title(made, sheet.title))
    widths(page, [16] * (len(sheet.rows[0]) if sheet.rows else 0))
    marks: dict[tuple[int, str], list[Problem]] = {}
    for one in problems:
        marks.setdefault((one.row, one.letter), []).append(one)
    marked_rows = {row for row, _ in marks}
    for number, texts in enumerate(sheet.rows, 1):
        cells: list[Any] = [text(page, one) if one else None for one in texts]
        for at in range(len(texts)) if number in marked_rows else ():
            if said := marks.get((number, column_letter(at))):
                cells[at] = _marked(cells[at] or text(page, ""), said)
        page.append(cells)


def _marked(cell: Any, problems: list[Problem]) -> Any:
    worst = ERROR if any(one.level == ERROR for one in problems) else WARNING
    cell.fill = PatternFill("solid", fgColor=FILLS[worst])
    said = "\n".join(f"{one.level}：{one.expected}" for one in problems)
    cell.comment = Comment(said, AUTHOR, height=110, width=260)
    return cell


def text(sheet: Any, value: Any) -> Any:
    """A cell that shows its value and is never taken for a formula; numbers stay numbers."""
    if isinstance(value, int):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST]
    cell.data_type = "s"
    cell.number_format = "@"
    return cell


def widths(sheet: Any, wide: Sequence[int]) -> None:
    for at, width in enumerate(wide, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width


def _title(made: Workbook, title: str) -> str:
    """A name that spreadsheets accept, and that no other sheet bears."""
    plain = UNFIT.sub("_", title)[-28:].strip("'") or "表"
    taken = {name.lower() for name in made.sheetnames}
    names = (plain, *(f"{plain}{number}" for number in range(2, 1000)))
    return next(name for name in names if name.lower() not in taken)
