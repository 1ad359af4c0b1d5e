"""What a file holds once it is read: sheets of texts, and what was odd about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_ROWS = 300_000
MOST_COLUMNS = 256
MOST_CELLS = 20_000_000  # of the whole grid, empty ones included: what a reader has to allocate

Place = tuple[int, int]  # row and column, both counted from 0


class Unreadable(Exception):
    """A file that cannot be taken in; the message is one sentence for the clerk."""


@dataclass(frozen=True)
class Merge:
    """A merged range, both ends included, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows[0]` is the file's row 1; every row is as long as the widest.

    `file` is the path inside a zipped folder; `broken` says what is wrong with cells that hold
    no value that could be read; `notes` are sentences on what was met and what was done about it.
    """

    name: str
    rows: list[list[str]]
    file: str = ""
    hidden: bool = False
    merged: tuple[Merge, ...] = ()
    broken: Mapping[Place, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The sheet's name, behind its file's where there are several."""
        return f"{self.file}：{self.name}" if self.file else self.name


@dataclass(frozen=True)
class Book:
    """A file that was read: its sheets, and what was left aside or is worth knowing."""

    name: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()


def column_letter(column: int) -> str:
    """The letter above a column that is counted from 0: A, Z, AA."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def check_extent(rows: int, columns: int, sheet: str) -> None:
    """Refuses a grid that is larger than any roster, before anything allocates it."""
    if rows > MOST_ROWS:
        raise Unreadable(
            f"工作表“{sheet}”有 {rows:,} 行，一次最多导入 {MOST_ROWS:,} 行，请分成几个文件"
        )
    if columns > MOST_COLUMNS:
        raise Unreadable(
            f"工作表“{sheet}”有 {columns:,} 列，最多能读 {MOST_COLUMNS} 列，请删去用不着的列"
        )
    if rows * columns > MOST_CELLS:
        raise Unreadable(f"工作表“{sheet}”有 {rows:,} 行 {columns} 列，太大了，请分成几个文件")
