"""A register as it leaves the house: .xlsx or .csv, with a line that says who took it and why."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from db.dates import BEIJING
from db.exports import Exported
from db.fields import Field
from logic.books import cells

FORMATS = {
    "xlsx": ("xlsx", "Excel 工作簿"),
    "csv": ("csv", "CSV（UTF-8，Excel 可直接打开）"),
    "csv-gb18030": ("csv", "CSV（GB18030，供旧系统）"),
}
MIME = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
PIXELS = 7.0  # of screen to one unit of a spreadsheet's column width


def file(taken: Exported, form: str) -> bytes:
    """The file's content in one of FORMATS."""
    if form == "xlsx":
        return _workbook(taken)
    written = io.StringIO(newline="")
    csv.writer(written).writerows(_lines(taken))
    return written.getvalue().encode("utf-8-sig" if form == "csv" else "gb18030")


def name(taken: Exported, form: str) -> str:
    """居民-2026-11-23.xlsx"""
    day = dt.datetime.fromisoformat(taken.moment).astimezone(BEIJING).date()
    return f"{taken.about.label}-{day}.{FORMATS[form][0]}"


def mark(taken: Exported) -> str:
    """The line at the foot: who took it, when, why, and how much it was."""
    moment = dt.datetime.fromisoformat(taken.moment).astimezone(BEIJING)
    count = f"共 {len(taken.rows):,} {taken.about.unit}"
    return f"导出：{taken.who}，{moment:%Y-%m-%d %H:%M}，用途：{taken.reason}，{count}"


def _lines(taken: Exported) -> Iterator[Sequence[str]]:
    labels = taken.labels
    yield [one.label for one in taken.fields]
    for row in taken.rows:
        yield [_said(one, row[one.name], labels) for one in taken.fields]
    yield [cells.disarmed(mark(taken))]


def _said(field: Field, value: Any, labels: Mapping[str, str]) -> str:
    written = cells.text(field, value, labels)
    return written if cells.is_number(value) else cells.disarmed(written)


def _workbook(taken: Exported) -> bytes:
    """Every text is typed as text: nothing in it can come alive as a formula or a link."""
    whole = io.BytesIO()
    import xlsxwriter  # in memory from the first workbook on

    book = xlsxwriter.Workbook(whole, {"constant_memory": True, "in_memory": True})
    sheet = book.add_worksheet(taken.about.label[:31])
    head = book.add_format({"bold": True, "bg_color": "#F6F5F2", "bottom": 1})
    formats = {one: book.add_format({"num_format": one}) for one in ("@", cells.DAY)}
    quiet = book.add_format({"font_color": "#62666D"})
    sheet.freeze_panes(1, 1)
    for column, one in enumerate(taken.fields):
        sheet.set_column(column, column, one.width / PIXELS, formats.get(one.kind.excel))
        sheet.write_string(0, column, one.label, head)
    for line, row in enumerate(taken.rows, start=1):
        for column, one in enumerate(taken.fields):
            _write(sheet, line, column, one, row[one.name], taken.labels, formats)
    sheet.write_string(len(taken.rows) + 1, 0, mark(taken), quiet)
    sheet.set_footer(f"&L{mark(taken).replace('&', '&&')[:200]}&R&P / &N")
    sheet.repeat_rows(0)
    book.close()
    return whole.getvalue()


def _write(
    sheet: Any,
    line: int,
    column: int,
    field: Field,
    value: Any,
    labels: Mapping[str, str],
    formats: Any,
) -> None:
    if cells.is_number(value):
        sheet.write_number(line, column, value)
    elif (day := cells.day(field, value)) is not None:
        sheet.write_datetime(line, column, day, formats[cells.DAY])
    elif value is not None:
        sheet.write_string(line, column, cells.text(field, value, labels), formats["@"])
