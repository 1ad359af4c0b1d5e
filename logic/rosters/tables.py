"""A sheet below its header: the rows that hold data, without feet, totals and repeated headers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from logic.rosters.heading import Column, Heading
from logic.rosters.oddities import listed
from logic.rosters.sheets import Place, Sheet, Unreadable

TOTAL = re.compile(
    r"^(本页)?(合\s*计|总\s*计|小\s*计|共\s*计|汇总)\s*[:：]?$|^共\s*\d+\s*[户人名条]"
)
FOOT = re.compile(
    r"^(备\s*注|注|说\s*明|附注|填表说明)\s*\d*\s*[:：]"
    r"|^(制表|填表|填报|审核|复核|经办|统计|负责|联系|单位|社区|村|分管|主管|导出)\S{0,8}\s*[:：（(]"
    r"|(盖章|签字|签名|签章)|^(日期|时间|填表日期|填报日期|制表日期)\s*[:：]"
    r"|^\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*$"
)
FOOT_ROWS = 12  # at most so many rows from the foot are looked at
NO_ROWS = "工作表“{}”只有表头，下面没有一行数据"


@dataclass(frozen=True)
class Table:
    """Rows of data: `numbers[i]` is the row of the file (from 1) that `rows[i]` stands in; a
    row's texts are in the order of `columns`."""

    sheet: Sheet
    heading: Heading
    columns: tuple[Column, ...]
    rows: list[list[str]]
    numbers: list[int]
    notes: tuple[str, ...]

    def broken(self, row: int, column: int) -> str | None:
        """What is wrong with a cell that held no value to read."""
        place: Place = (self.numbers[row] - 1, self.columns[column].index)
        return self.sheet.broken.get(place)


def table(sheet: Sheet, heading: Heading) -> Table:
    """The data below a header; raises Unreadable where there is none."""
    texts, spread = _spread(sheet, heading)
    kept, cut = _kept(sheet, heading, texts)
    if not kept:
        raise Unreadable(NO_ROWS.format(sheet.title))
    whole = [column.index for column in heading.columns] == list(range(len(texts[0])))
    indexes = [column.index for column in heading.columns]
    rows = [texts[row] if whole else [texts[row][index] for index in indexes] for row in kept]
    notes = (*sheet.notes, *heading.notes, *spread, *cut)
    return Table(sheet, heading, heading.columns, rows, [row + 1 for row in kept], notes)


def _spread(sheet: Sheet, heading: Heading) -> tuple[list[list[str]], list[str]]:
    """The rows with what is merged downwards written into each row that it covers."""
    rows, notes = sheet.rows, []
    covered: list[int] = []
    beside: list[int] = []
    for merge in sheet.merged:
        if merge.top <= heading.bottom or merge.top >= len(rows):
            continue
        if merge.right > merge.left:
            beside.append(merge.top + 1)
        last = min(merge.bottom, len(rows) - 1)
        if last > merge.top and rows[merge.top][merge.left]:
            rows = rows if rows is not sheet.rows else [*rows]
            for row in range(merge.top + 1, last + 1):
                rows[row] = [*rows[row]]
                rows[row][merge.left] = rows[merge.top][merge.left]
            covered += range(merge.top + 2, last + 2)
    if covered:
        notes.append(f"第 {listed(set(covered))} 行有上下合并的单元格，内容已填到每一行")
    if beside:
        notes.append(f"第 {listed(set(beside))} 行有左右合并的单元格，内容只算在最左一列")
    return rows, notes


def _kept(sheet: Sheet, heading: Heading, rows: list[list[str]]) -> tuple[list[int], list[str]]:
    """Which rows hold data, and sentences on those that don't."""
    header = sheet.rows[heading.bottom]
    filled = [row for row in range(heading.bottom + 1, len(rows)) if any(rows[row])]
    foot = _foot(sheet, filled)
    body = filled[: len(filled) - len(foot)]
    totals = [row for row in body if _is_total(sheet.rows[row])]
    repeated = [row for row in body if sheet.rows[row] == header]
    cut = {*foot, *totals, *repeated}
    notes = []
    if repeated:
        notes.append(f"第 {listed(row + 1 for row in repeated)} 行是重复的表头，不导入")
    if totals:
        notes.append(f"第 {listed(row + 1 for row in totals)} 行是合计，不导入")
    if foot:
        said = "；".join(text for row in foot for text in sheet.rows[row] if text)[:80]
        notes.append(f"表尾第 {listed(row + 1 for row in foot)} 行不导入：{said}")
    return [row for row in filled if row not in cut], notes


def _foot(sheet: Sheet, filled: list[int]) -> list[int]:
    """The rows at the end that say something about the table instead of being part of it. A
    remark may run on for some lines: everything below the first such row belongs to it."""
    for row in filled[-FOOT_ROWS:]:
        texts = [text for text in sheet.rows[row] if text]
        if FOOT.search(texts[0]) or (_is_total(texts) and row >= filled[-1] - FOOT_ROWS):
            tail = [one for one in filled if one >= row]
            if all(_is_loose(sheet.rows[one]) for one in tail):
                return tail
    return []


def _is_loose(row: list[str]) -> bool:
    """Whether a row is too empty, or too plainly a foot's, to be data."""
    texts = [text for text in row if text]
    return _is_total(texts) or len(texts) <= max(1, len(row) // 3) or bool(FOOT.search(texts[0]))


def _is_total(row: list[str]) -> bool:
    said = islice((text.strip() for text in row if text), 2)
    return any(map(TOTAL.match, said))
