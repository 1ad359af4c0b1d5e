"""A cell of any reader as the text that a person sees in it."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

TEXTS = {str}
EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number
UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069"
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)
SPACES = re.compile("[\u00a0\u2007\u202f]")
BREAKS = re.compile("\r\n?|\u2028|\u2029|\x85")


class Cleaner:
    """Makes texts of cells and counts those that held characters nobody can see."""

    def __init__(self) -> None:
        self.cleaned = 0

    def row(self, cells: list[Any]) -> list[str]:
        if set(map(type, cells)) == TEXTS and "".join(cells).isprintable():
            return cells  # nearly every row, and told at once
        return [
            cell if type(cell) is str and cell.isprintable() else self.text(cell) for cell in cells
        ]

    def text(self, raw: Any) -> str:
        if not isinstance(raw, str):
            return written(raw)
        clean = UNSEEN.sub("", raw)
        self.cleaned += clean != raw
        return SPACES.sub(" ", BREAKS.sub("\n", clean))

    def notes(self) -> tuple[str, ...]:
        if not self.cleaned:
            return ()
        return (f"{self.cleaned} 个单元格里有看不见的控制字符，已清除",)


def written(raw: Any) -> str:
    """A typed cell's text: 13800000001.0 → 13800000001, a day → 2020-01-02, true → 是."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, int | float):
        return number(raw)
    if isinstance(raw, dt.datetime):
        midnight = raw.time() == dt.time()
        return raw.date().isoformat() if midnight else raw.isoformat(" ", "seconds")
    if isinstance(raw, dt.date | dt.time):
        return raw.isoformat()
    return str(raw)


def number(raw: float) -> str:
    """As the spreadsheet shows it. Beyond fifteen digits it stays in scientific notation: to
    write it out would make up the digits that are lost."""
    if abs(raw) >= EXACT or raw != raw:  # the one float that differs from itself
        return f"{raw:.15g}".upper()
    if float(raw).is_integer():
        return str(int(raw))
    return f"{Decimal(f'{raw:.15g}'):f}"
