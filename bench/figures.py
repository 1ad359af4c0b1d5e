"""A measured figure beside its goal, and the table that people read."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from bench import machine

HEADS = ("项目", "测得", "目标", "结果", "负载", "附注")
WIDTHS = (46, 13, 10, 6, 6, 0)


@dataclass(frozen=True)
class Figure:
    """`name` stays the same from run to run; `goal` is the most that `value` may be, or the
    least."""

    name: str
    what: str
    value: float
    unit: str
    goal: float | None = None
    note: str = ""
    least: bool = False
    load: float = field(default_factory=machine.load)

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if self.goal is None:
            return None
        return self.value >= self.goal if self.least else self.value <= self.goal


def head() -> str:
    """The first line of the table."""
    return _line(HEADS)


def line(figure: Figure) -> str:
    """One figure as a line of the table."""
    goal = "" if figure.goal is None else f"{'≥' if figure.least else '≤'} {number(figure.goal)}"
    verdict = {True: "达到", False: "未达", None: ""}[figure.met]
    value = f"{number(figure.value)} {figure.unit}"
    return _line((figure.what, value, goal, verdict, f"{figure.load:.1f}", figure.note))


def number(value: float) -> str:
    """Three digits that mean something: 0.85, 8.52, 46.1, 12,500."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _line(cells: tuple[str, ...]) -> str:
    return "  ".join(map(_padded, cells, WIDTHS)).rstrip()


def _padded(text: str, width: int) -> str:
    """Chinese signs take two places of a terminal."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return text + " " * (width - len(text) - wide)
