"""What stands in a workbook's sheets beside their values: extents, hidden rows, formulas."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass, field

from logic.rosters.sheets import Merge, Place

UNSOLVED = "这里的公式没有算出结果，请在 WPS 里打开、保存一次，或改成数值"
LISTED = 6


@dataclass
class Oddities:
    """Collected while a sheet's source is looked through; rows and columns count from 0."""

    rows: int = 0
    columns: int = 0
    formulas: int = 0
    hidden_rows: list[int] = field(default_factory=list)
    broken: dict[Place, str] = field(default_factory=dict)
    merged: list[Merge] = field(default_factory=list)

    def reach(self, row: int, column: int) -> None:
        """Takes note of a cell that holds something."""
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)

    def failed(self, place: Place, shown: str) -> None:
        self.broken[place] = f"这里是公式的错误值 {html.unescape(shown)[:20]}，请改正后再导入"

    def notes(self) -> list[str]:
        said = []
        if self.formulas:
            said.append(f"有 {self.formulas} 个公式，按表里已算好的结果读入，不会再计算")
        if self.hidden_rows:
            rows = listed(row + 1 for row in self.hidden_rows)
            said.append(f"有 {len(self.hidden_rows)} 行是隐藏的（第 {rows} 行），也一并读入了")
        return said


def listed(numbers: Iterable[int]) -> str:
    """Row numbers as people write them: 3、5—9、12, the long tail left off."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    words = [str(a) if a == b else f"{a}—{b}" for a, b in runs[:LISTED]]
    return "、".join(words) + ("…" if len(runs) > LISTED else "")
