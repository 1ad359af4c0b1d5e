"""What the city decides: figures that are not the same everywhere, each with a default."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Mapped

from db.base import About, Row
from db.fields import field
from db.kinds import CHOICE, TEXT
from db.parsers import plain


@dataclass(frozen=True)
class Known:
    """One setting: its name, what holds where nothing is said, how what is said is read.

    `read` gives None for what makes no sense; `expected` says what does.
    """

    name: str
    default: str
    read: Callable[[str], Any]
    expected: str


def _steps(written: str) -> tuple[float, ...] | None:
    """Rising positive numbers, at most nine of them."""
    parts = [part for part in re.split(r"[、,，;；\s]+", plain(written)) if part]
    if not 1 <= len(parts) <= 9 or not all(re.fullmatch(r"\d{1,6}(\.\d)?", p) for p in parts):
        return None
    steps = tuple(float(part) for part in parts)
    return steps if steps[0] > 0 and list(steps) == sorted(set(steps)) else None


def _count(written: str) -> int | None:
    said = plain(written)
    return int(said) if re.fullmatch(r"[1-9]\d?", said) else None


STARS = Known(
    "星级时长", "100、300、600、1000、1500", _steps, "从小到大的小时数，用顿号分开，例如 100、300"
)
PAIR_LIMIT = Known("每名志愿者最多结对", "3", _count, "1 至 99 的整数")
SETTINGS = (STARS, PAIR_LIMIT)
BY_NAME = {one.name: one for one in SETTINGS}


def value(rows: Iterable[dict[str, Any]], known: Known) -> Any:
    """What the last of the register's rows about a setting says, else its default."""
    said = next(
        (row["value"] for row in reversed(list(rows)) if row["item"] == known.name), known.default
    )
    found = known.read(said)
    return known.read(known.default) if found is None else found


def makes_sense(row: dict[str, Any]) -> str | None:
    """What is said can be read."""
    known = BY_NAME.get(str(row.get("item")))
    if known is None or known.read(str(row.get("value") or "")) is not None:
        return None
    return f"“{known.name}”读到“{row.get('value')}”，应为{known.expected}"


class Setting(Row):
    """What the city has decided on one of them."""

    __tablename__ = "settings"
    about = About("设置", ("item",), "项", keys=(("item",),), public=True, checks=(makes_sense,))

    item: Mapped[str] = field(
        CHOICE,
        "设置项",
        required=True,
        choices=tuple(one.name for one in SETTINGS),
        width=180,
    )
    value: Mapped[str] = field(TEXT, "数值", required=True, longest=100, width=260)
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=500, width=240)
