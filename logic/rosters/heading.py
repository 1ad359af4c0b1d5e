"""Where a sheet's header is: found below titles, in one or two rows, merged or not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from logic.rosters import labels
from logic.rosters.sheets import Sheet, Unreadable, column_letter

LOOKED_AT = 30
LONGEST_LABEL = 20
NAMELESS = "（{} 列没有名称）"
NUMBERS = re.compile(r"\d{4}|^[\d.,%/-]+$")
SAYING = re.compile(r"[:：][^)）\]】]")
NO_HEADER = (
    "工作表“{}”里没有找到表头，请在第一行写上每一列的名称（如 姓名、身份证号码、联系电话）再上传"
)


@dataclass(frozen=True)
class Column:
    """A column as headed; `index` is counted from 0."""

    index: int
    label: str

    @property
    def letter(self) -> str:
        return column_letter(self.index)


@dataclass(frozen=True)
class Heading:
    """The header's rows, both ends included, counted from 0, and its columns from the left."""

    top: int
    bottom: int
    columns: tuple[Column, ...]
    notes: tuple[str, ...] = ()


def find(sheet: Sheet) -> Heading:
    """The header; raises Unreadable where no row of the first thirty looks like one."""
    alone = max((sum(map(bool, line)) for line in sheet.rows[:200]), default=0) == 1
    looked_at = range(min(LOOKED_AT, len(sheet.rows)))
    scores = [(_score(sheet, row, alone), -row) for row in looked_at]
    score, row = max(scores, default=(0.0, 0))
    if score <= 0:
        raise Unreadable(NO_HEADER.format(sheet.title))
    top = bottom = -row
    if _is_above(sheet, top - 1):
        top -= 1
    elif _is_below(sheet, bottom + 1):
        bottom += 1
    return chosen(sheet, top, bottom)


def chosen(sheet: Sheet, top: int, bottom: int) -> Heading:
    """The header that stands in these rows, as found or as somebody pointed at it."""
    levels = [_spread(sheet, row, row == bottom) for row in range(top, bottom + 1)]
    columns = []
    for index in range(len(sheet.rows[top])):
        said = list(dict.fromkeys(level[index] for level in levels if level[index]))
        if said or any(row[index] for row in sheet.rows[bottom + 1 :]):
            label = labels.JOINT.join(said) or NAMELESS.format(column_letter(index))
            columns.append(Column(index, label))
    notes = [f"表头在第 {top + 1}{f'—{bottom + 1}' if bottom > top else ''} 行"]
    if above := [text for row in sheet.rows[:top] for text in row if text]:
        notes.append(f"表头以上的内容不导入：{'；'.join(dict.fromkeys(above))[:80]}")
    return Heading(top, bottom, tuple(columns), (*notes, *_doubles(columns)))


def is_label(text: str) -> bool:
    """Whether a text may head a column: short, no sentence, no number, no value."""
    return (
        len(text) <= LONGEST_LABEL
        and text not in labels.choices()
        and not SAYING.search(text)
        and not NUMBERS.search(text)
    )


def _score(sheet: Sheet, row: int, alone: bool) -> float:
    """Above 0 for what may be a header; known labels weigh most, values speak against it.
    `alone`: there is one column."""
    texts = [text.strip() for text in sheet.rows[row] if text.strip()]
    known = {labels.key(text) for text in texts} & labels.known()
    values = sum(1 for text in texts if not is_label(text))
    if len(texts) < 2 and not (alone and known):
        return 0
    if known:
        return 3 * len(known) + 0.5 * (len(set(texts)) - len(known)) - 3 * values
    if values or len(set(texts)) < len(texts):
        return 0
    return 0.1 * len(texts) if _contrasts(sheet, row) else 0


def _contrasts(sheet: Sheet, row: int) -> bool:
    """Whether rows below hold numbers and values where this one has words."""
    below = sheet.rows[row + 1 : row + 6]
    counted = [sum(1 for text in line if text and not is_label(text)) for line in below]
    return bool(counted) and min(counted) > 0


def _spread(sheet: Sheet, row: int, lowest: bool) -> list[str]:
    """A header row with merged texts in each of their columns. Where merges are not known (text
    files have none), an upper text reaches as far as the row below names what is under it."""
    texts = [" ".join(text.split()) for text in sheet.rows[row]]
    for merge in sheet.merged:
        if merge.top <= row <= merge.bottom:
            for index in range(merge.left, min(merge.right + 1, len(texts))):
                texts[index] = " ".join(sheet.rows[merge.top][merge.left].split())
    if sheet.merged or lowest:
        return texts
    for index in range(1, len(texts)):
        if not texts[index] and sheet.rows[row + 1][index] and sheet.rows[row + 1][index - 1]:
            texts[index] = texts[index - 1]
    return texts


def _is_above(sheet: Sheet, row: int) -> bool:
    """Whether `row` groups the columns named in the row below it."""
    if row < 0:
        return False
    texts = [text for text in sheet.rows[row] if text]
    if all(upper for upper, lower in zip(*sheet.rows[row : row + 2], strict=True) if lower):
        return False  # a group reaches over blanks
    groups = [one for one in sheet.merged if one.top == one.bottom == row and one.right > one.left]
    partial = any(one.right - one.left + 1 < len(sheet.rows[row]) - 1 for one in groups)
    return (len(texts) > 1 or (partial and len(texts) == 1)) and all(map(is_label, texts))


def _is_below(sheet: Sheet, row: int) -> bool:
    """Whether `row` names what the row above it groups: only under its blanks and merges, and
    leaving free what is named above already."""
    if row >= len(sheet.rows):
        return False
    upper, lower = sheet.rows[row - 1], sheet.rows[row]
    named = [index for index, text in enumerate(lower) if text]
    if len(named) < 2 or not all(is_label(lower[index]) for index in named):
        return False
    free = [index for index, text in enumerate(upper) if text and not lower[index]]
    grouped = {
        index
        for one in sheet.merged
        if one.bottom == row - 1 and one.right > one.left
        for index in range(one.left, one.right + 1)
    }
    if grouped:
        return set(named) <= grouped
    continued = {index for index in named if not upper[index]}
    starts = {index - 1 for index in continued}
    return bool(free) and bool(continued) and set(named) <= continued | starts


def _doubles(columns: list[Column]) -> list[str]:
    """A sentence for each name that several columns bear."""
    letters: dict[str, list[str]] = {}
    for column in columns:
        letters.setdefault(labels.key(column.label), []).append(column.letter)
    names = {labels.key(column.label): column.label for column in reversed(columns)}
    return [
        f"有 {len(several)} 列都叫“{names[name]}”（{'、'.join(several)} 列），请看清各自对应哪一列"
        for name, several in letters.items()
        if len(several) > 1
    ]
