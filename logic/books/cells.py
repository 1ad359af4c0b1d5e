"""How a stored value stands in a file's cell."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from db.fields import Field

DAY = "yyyy-mm-dd"
EARLIEST = "1900-03-01"  # Excel believes in a 29th of February before it
LIVE = re.compile(r"[=+\-@\t\r]")  # what a spreadsheet takes for the beginning of a formula


def text(field: Field, value: Any, labels: Mapping[str, str]) -> str:
    """The words of a cell, as the grid shows them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.refers:
        return labels.get(value, "（不可见）")
    return str(value)


def day(field: Field, value: Any) -> dt.date | None:
    """The day, where a whole one is stored and a spreadsheet can reckon with it."""
    if field.kind.editor != "date" or not isinstance(value, str) or len(value) != 10:
        return None
    return dt.date.fromisoformat(value) if value >= EARLIEST else None


def is_number(value: Any) -> bool:
    """Whether the value is one to reckon with, and not only digits."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def disarmed(written: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it as a formula."""
    return f"'{written}" if LIVE.match(written) else written
