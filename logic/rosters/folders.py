"""A zipped folder of files as one book: each table in it, and what was left aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath

from logic.rosters.packages import Package
from logic.rosters.sheets import MOST_CELLS, Book, Sheet, Unreadable

TABLES = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv", ".txt"})
MOST_FILES = 200


def read(package: Package, name: str, read_one: Callable[[bytes, str], Book]) -> Book:
    """Every table of the folder; a file that cannot be read is named with its reason."""
    paths = [path for path in package.names if not _litter(path)]
    tables = [path for path in paths if PurePosixPath(path).suffix.lower() in TABLES]
    if not tables:
        raise Unreadable("压缩包里没有表格文件（.xlsx、.xls、.ods、.csv）")
    if len(tables) > MOST_FILES:
        raise Unreadable(f"压缩包里有 {len(tables)} 个表格，一次最多 {MOST_FILES} 个，请分几次上传")
    notes = [f"“{path}”不是表格，没有读取" for path in paths if path not in tables]
    sheets: list[Sheet] = []
    for path in sorted(tables):
        try:
            book = read_one(package.read(path), PurePosixPath(path).name)
        except Unreadable as reason:
            notes.append(f"“{path}”没有读取：{reason}")
            continue
        notes += [f"“{path}”{note}" for note in book.notes]
        sheets += [replace(sheet, file=path) for sheet in book.sheets]
        if sum(len(one.rows) * len(one.rows[0]) for one in sheets if one.rows) > MOST_CELLS:
            raise Unreadable("压缩包里的表格加起来太大了，请分几次上传")
    if not sheets:
        raise Unreadable("压缩包里的表格都读不出来：" + notes[0])
    return Book(name, tuple(sheets), tuple(notes))


def _litter(path: str) -> bool:
    """What systems and open programs leave in folders."""
    parts = PurePosixPath(path).parts
    return "__MACOSX" in parts or parts[-1].startswith((".", "~$")) or parts[-1] == "Thumbs.db"
