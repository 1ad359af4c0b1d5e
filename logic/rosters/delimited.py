"""Text with commas, tabs or other delimiters between its cells as a sheet."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import islice

from logic.rosters import cells, encodings
from logic.rosters.sheets import MOST_ROWS, Sheet, Unreadable, check_extent

DELIMITERS = (",", "\t", ";", "|", "，")
LOOKED_AT = 60


def read(data: bytes, name: str) -> Sheet:
    """The one sheet of a .csv or .tsv file."""
    return pasted(encodings.text(data), name)


def pasted(text: str, name: str = "粘贴的内容") -> Sheet:
    """The sheet that a block of text is; row numbers are those a spreadsheet would show."""
    if not text.strip():
        raise Unreadable("内容是空的，没有读到任何文字")
    cleaner = cells.Cleaner()
    text = text.removeprefix("\ufeff")
    rows = [cleaner.row(row) for row in _records(text, delimiter(text), name)]
    while rows and not any(rows[-1]):
        rows.pop()
    width = max(map(len, rows), default=0)
    check_extent(len(rows), width, name)
    whole = [row if len(row) == width else row + [""] * (width - len(row)) for row in rows]
    return Sheet(name, whole, notes=cleaner.notes())


def _records(text: str, mark: str, name: str) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        rows.extend(islice(reader, MOST_ROWS + 1))
    except csv.Error:
        raise Unreadable(
            f"第 {len(rows) + 1} 行起双引号没有成对，分不清哪里是一格的结尾，"
            "请用 WPS 打开后另存为 .xlsx 再上传"
        ) from None
    if len(rows) > MOST_ROWS:
        check_extent(text.count("\n") + 1, len(rows[-1]), name)
    return rows


def delimiter(text: str) -> str:
    """The character that cuts the first lines into rows of one length, the longest there are."""
    lines = [line for line in text[:100_000].splitlines() if line.strip()][:LOOKED_AT]
    return max(DELIMITERS, key=lambda mark: _evenness(lines, mark))


def _evenness(lines: list[str], mark: str) -> float:
    lengths = Counter(line.count(mark) for line in lines)
    return max(marks * count for marks, count in lengths.items()) / len(lines)
