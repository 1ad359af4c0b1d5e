"""What is wrong with a roster, cell by cell, in the words that a clerk corrects it by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from db.parsers import short

ERROR, WARNING = "错误", "提醒"
READ = re.compile(r"^(?:“[^”]*”)?(?:读到“.*?”(?:（共 \d+ 字）)?，)?", re.S)


@dataclass(frozen=True)
class Problem:
    """`row` is the file's (from 1), `letter` the column's in it; row 0 is about the whole column.

    An error keeps its row from being written, a warning asks somebody to look.
    """

    sheet: str
    row: int
    column: str
    letter: str
    read: str
    expected: str
    level: str = ERROR

    @property
    def sentence(self) -> str:
        where = f"“{self.sheet}”第 {self.row} 行“{self.column}”（{self.letter}{self.row}）"
        if not self.row:
            where = f"“{self.sheet}”的“{self.column}”"
        return f"{where}：{f'读到{short(self.read)}，' if self.read else ''}{self.expected}"

    def said(self) -> dict[str, Any]:
        """What the shell prints of it."""
        where = {"sheet": self.sheet, "row": self.row, "column": self.column}
        return {**where, "value": self.read, "reason": self.expected}


def expected(refusal: str) -> str:
    """A parser's sentence without its column and what was read, which stand beside it."""
    return READ.sub("", refusal, count=1)
