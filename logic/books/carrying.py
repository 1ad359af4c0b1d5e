"""A register as a workbook to fill in without a network, which knows what it was taken from.

The sheet that people see has the rows with their ids in a hidden column, and empty rows below
that have ids already: what is typed in one is the same new row however often it is brought back.
Two hidden sheets hold the rows as they were taken and the words for what they refer to: so the
workbook itself can say what was changed in it, and against what.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from db import ids
from db.dates import BEIJING
from db.exports import Exported
from db.fields import Field
from logic.books import cells, rules

BASE, WORDS, GUIDE = "_taken", "_words", "填写说明"
SPARE = 200  # empty rows that have an id already
PIXELS = 7.0
LISTED = 255  # signs that Excel allows in a drop-down that is no range
ALLOWED = dict.fromkeys(
    (
        "format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort",
        "autofilter", "select_locked_cells", "select_unlocked_cells",
    ),
    True,
)  # fmt: skip
Options = Mapping[str, Mapping[str, str]]  # field → id → words, what a reference may point at


def workbook(taken: Exported, options: Options, *, rows: bool = True) -> bytes:
    """The workbook; without `rows` it is an empty form for rows to add."""
    whole = io.BytesIO()
    import xlsxwriter  # in memory from the first workbook on

    book = xlsxwriter.Workbook(whole, {"in_memory": True})
    sheet = book.add_worksheet(taken.about.label[:31])
    guide, base, words = (book.add_worksheet(name) for name in (GUIDE, BASE, WORDS))
    shown = taken.rows if rows else []
    _head(book, sheet, taken)
    _body(book, sheet, taken, shown)
    listed = _words(words, taken, options)
    _drop_downs(sheet, taken, listed, len(shown) + SPARE)
    _base(base, taken, shown)
    _guide(book, guide, taken)
    for hidden in (base, words):
        hidden.very_hidden()
    sheet.protect("", ALLOWED)
    book.close()
    return whole.getvalue()


def _head(book: Any, sheet: Any, taken: Exported) -> None:
    style = book.add_format({"bold": True, "bg_color": "#F6F5F2", "bottom": 1, "locked": True})
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, 0, 4, None, {"hidden": True})
    sheet.write_string(0, 0, "编号", style)
    for column, one in enumerate(taken.fields, start=1):
        sheet.write_string(0, column, one.label + ("*" if one.required else ""), style)
        told = rules.note(one, masked=one.name in taken.masked)
        sheet.write_comment(0, column, told, {"x_scale": 2, "y_scale": 1.2})
        sheet.set_column(column, column, one.width / PIXELS)


def _body(book: Any, sheet: Any, taken: Exported, rows: Sequence[Mapping[str, Any]]) -> None:
    formats = {
        (form, locked): book.add_format({"num_format": form, "locked": locked})
        for form in ("@", "0", "0.##", cells.DAY)
        for locked in (True, False)
    }
    for line, row in enumerate(rows, start=1):
        sheet.write_string(line, 0, row["id"], formats["@", True])
        for column, one in enumerate(taken.fields, start=1):
            locked = one.readonly or (one.name in taken.masked and row[one.name] is not None)
            _write(sheet, line, column, one, row[one.name], taken.labels, formats, locked)
    for line in range(len(rows) + 1, len(rows) + 1 + SPARE):
        sheet.write_string(line, 0, ids.new(), formats["@", True])
        for column, one in enumerate(taken.fields, start=1):
            sheet.write_blank(line, column, None, formats[_form(one), False])


def _form(one: Field) -> str:
    # A day is typed in many forms, and as text it is kept as it was typed.
    return "@" if one.kind.editor == "date" else one.kind.excel


def _write(
    sheet: Any, line: int, column: int, one: Field, value: Any,
    labels: Mapping[str, str], formats: Any, locked: bool,
) -> None:  # fmt: skip
    if value is None:
        sheet.write_blank(line, column, None, formats[_form(one), locked])
    elif cells.is_number(value):
        sheet.write_number(line, column, value, formats[_form(one), locked])
    elif (day := cells.day(one, value)) is not None:
        sheet.write_datetime(line, column, day, formats[cells.DAY, locked])
    else:
        sheet.write_string(line, column, cells.text(one, value, labels), formats["@", locked])


def _words(sheet: Any, taken: Exported, options: Options) -> dict[str, str]:
    """Field, id and words of all that may be referred to; the range of each field's words."""
    ranges, line = {}, 0
    for one in taken.fields:
        if not one.refers:
            continue
        known = {row[one.name]: taken.labels.get(row[one.name], "") for row in taken.rows}
        known = {**{k: v for k, v in known.items() if k and v}, **options.get(one.name, {})}
        first = line
        for row_id, label in sorted(known.items(), key=lambda pair: pair[1]):
            for column, text in enumerate((one.name, row_id, label)):
                sheet.write_string(line, column, text)
            line += 1
        if line > first:
            ranges[one.name] = f"={WORDS}!$C${first + 1}:$C${line}"
    return ranges


def _drop_downs(sheet: Any, taken: Exported, listed: Mapping[str, str], last: int) -> None:
    for column, one in enumerate(taken.fields, start=1):
        source: Any = list(rules.offered(one)) or listed.get(one.name)
        if not source or (isinstance(source, list) and len(",".join(source)) > LISTED):
            continue
        told = {
            "validate": "list", "source": source, "ignore_blank": True, "error_type": "warning",
            "error_title": "请核对", "error_message": f"“{one.label}”不在可选的内容里",
        }  # fmt: skip
        sheet.data_validation(1, column, last, column, told)


def _base(sheet: Any, taken: Exported, rows: Sequence[Mapping[str, Any]]) -> None:
    """The rows as they were taken, as JSON a cell: what is seen now is set against it."""
    names = [one.name for one in taken.fields]
    about = {
        "form": 1, "book": ids.new(), "register": taken.register, "area": taken.area,
        "seq": taken.seq, "moment": taken.moment, "who": taken.who, "fields": names,
        "labels": [one.label for one in taken.fields],
    }  # fmt: skip
    sheet.write_string(0, 0, json.dumps(about, ensure_ascii=False))
    for line, row in enumerate(rows, start=1):
        sheet.write_string(line, 0, row["id"])
        sheet.write_string(line, 1, json.dumps([row[n] for n in names], ensure_ascii=False))


def _guide(book: Any, sheet: Any, taken: Exported) -> None:
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    moment = dt.datetime.fromisoformat(taken.moment).astimezone(BEIJING)
    lines = [
        f"{taken.about.label}，{moment:%Y-%m-%d %H:%M} 由 {taken.who} 取出，用途：{taken.reason}",
        "直接在表里修改；新的行写在末尾的空行里；不要的行整行删除。",
        "带 * 的列必须填写。列名上的批注写明了每一列怎么填。",
        "不要改列名，不要把一行的内容复制到另一行的编号上；排序和筛选可以。",
        "改完后在网页上“带回”这个文件：别人同时改过的地方会并排列出，由您选择，谁的都不会丢。",
        "同一个文件带回两次，第二次什么也不会改。",
    ]
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 90, wrapped)
    sheet.write_string(0, 0, "怎么用", bold)
    for line, text in enumerate(lines):
        sheet.write_string(line, 1, text)
    for line, one in enumerate(taken.fields, start=len(lines) + 1):
        told = rules.note(one, masked=one.name in taken.masked).split("\n")
        sheet.write_string(line, 0, one.label, bold)
        sheet.write_string(line, 1, "；".join([told[0].partition("：")[2], *told[1:]]))
