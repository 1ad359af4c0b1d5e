"""A report as .xlsx: its figures with n, N, day and definition, a chart, and every list whole."""

from __future__ import annotations

import io
from typing import Any

from logic.books.cells import disarmed
from logic.reports.saying import Figure, Listing, Report

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = ("部分", "指标", "对象", "n", "N", "比例", "单位", "截至", "口径")
WIDTHS = (16, 18, 18, 12, 12, 10, 8, 12, 60)
CHARTED = 30  # figures in one chart
FORBIDDEN = str.maketrans("", "", "[]:*?/\\'")  # in the name of a sheet


def file(report: Report) -> bytes:
    """The workbook."""
    import xlsxwriter  # in memory from the first workbook on

    whole = io.BytesIO()
    book = xlsxwriter.Workbook(whole, {"in_memory": True})
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#F6F5F2", "bottom": 1}),
        "share": book.add_format({"num_format": "0.0%"}),
        "quiet": book.add_format({"font_color": "#62666D"}),
    }
    _figures(book, report, formats)
    taken: set[str] = {"指标"}
    for section in report.sections:
        for one in section.listings:
            _listing(book, one, _name(one.title, taken), report, formats)
    book.close()
    return whole.getvalue()


def _figures(book: Any, report: Report, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet("指标")
    sheet.freeze_panes(1, 0)
    for column, (words, width) in enumerate(zip(HEAD, WIDTHS, strict=True)):
        sheet.write_string(0, column, words, formats["head"])
        sheet.set_column(column, column, width)
    line, charted = 0, []
    for section in report.sections:
        for one in section.figures:
            line += 1
            _figure(sheet, line, section.heading, one, formats)
            if one.share is not None:
                charted.append(line)
    sheet.write_string(line + 2, 0, _mark(report), formats["quiet"])
    if charted:
        _chart(book, sheet, charted[0], min(charted[-1], charted[0] + CHARTED), line)


def _figure(sheet: Any, line: int, part: str, one: Figure, formats: dict[str, Any]) -> None:
    for column, words in ((0, part), (1, one.label), (2, one.of), (6, one.unit), (7, one.day),
                          (8, one.definition)):  # fmt: skip
        if words:
            sheet.write_string(line, column, words)
    if one.n is not None:
        sheet.write_number(line, 3, one.n)
    if one.N is not None:
        sheet.write_number(line, 4, one.N)
    if one.share is not None:
        sheet.write_formula(line, 5, f"=D{line + 1}/E{line + 1}", formats["share"], one.share)


def _chart(book: Any, sheet: Any, first: int, last: int, below: int) -> None:
    """The shares as bars, drawn by the spreadsheet itself."""
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "比例",
            "categories": ["指标", first, 1, last, 2],
            "values": ["指标", first, 5, last, 5],
            "fill": {"color": "#1F5F8B"},
            "data_labels": {"value": True},
        }
    )
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": "0%", "min": 0, "max": 1})
    chart.set_legend({"none": True})
    chart.set_title({"name": "各项指标的比例"})
    chart.set_size({"width": 900, "height": 160 + 22 * (last - first + 1)})
    sheet.insert_chart(below + 4, 0, chart)


def _listing(book: Any, one: Listing, name: str, report: Report, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for column, words in enumerate(one.columns):
        sheet.write_string(0, column, words, formats["head"])
        widest = max((len(row[column]) for row in one.rows), default=0)
        sheet.set_column(column, column, min(50, 4 + 2 * max(widest, len(words))))
    for line, row in enumerate(one.rows, start=1):
        for column, words in enumerate(row):
            sheet.write_string(line, column, words)
    sheet.write_string(len(one.rows) + 2, 0, _mark(report), formats["quiet"])


def _mark(report: Report) -> str:
    return disarmed(report.made + ("　示例数据" if report.sample else ""))


def _name(title: str, taken: set[str]) -> str:
    """A sheet's name: at most 31 signs, none twice."""
    name = title.translate(FORBIDDEN)[:28] or "名单"
    number = 1
    while (made := name if number == 1 else f"{name}{number}") in taken:
        number += 1
    taken.add(made)
    return made
