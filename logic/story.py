"""The story of one need: what happened at each stage, by whom, how long it took."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.stages import (
    ANSWERED,
    AWARDED,
    CALLED,
    CLOSED,
    DELIVERED,
    DESIGNED,
    PASSED,
    RAISED,
    STAGES,
    Story,
)
from logic import needs

Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]  # by register, of the need's project
Labels = Mapping[str, str]
Said = tuple[str, str]  # who, what


@dataclass(frozen=True)
class Line:
    """One stage: when (empty: not yet), who, what, the days since the one before."""

    stage: str
    day: str
    who: str = ""
    what: str = ""
    days: int | None = None


def lines(told: Story, need: Row, rows: Rows, labels: Labels) -> list[Line]:
    """A line for every stage; those not reached yet say only their names."""
    spans = told.spans()
    every = {"needs": [need], **rows}
    return [
        Line(stage, told.days[stage], *_said(stage, told, every, labels), spans.get(stage))
        if stage in told.days
        else Line(stage, "")
        for stage in STAGES
    ]


def _said(stage: str, told: Story, rows: Rows, labels: Labels) -> Said:
    """Who and what, of the row that the stage's day is told by; nothing where it is not seen."""
    register, column, tell = TELLERS[stage]
    some = rows.get(register, ())
    row = next((one for one in some if not column or one[column] == told.days[stage]), None)
    return tell(row, rows, labels) if row else ("", "")


def _raised(row: Row, rows: Rows, labels: Labels) -> Said:
    return needs.raiser(row, labels), f"{row['way']}提出"


def _designed(row: Row, rows: Rows, labels: Labels) -> Said:
    sum_ = sum(one["amount"] for one in rows.get("budget_lines", ()))
    return "", row["name"] + (f"，预算 {sum_:,.0f} 元" if sum_ else "")


def _passed(row: Row, rows: Rows, labels: Labels) -> Said:
    return row["reviewer"], row["opinion"] or ""


def _called(row: Row, rows: Rows, labels: Labels) -> Said:
    return "", f"{row['title']}，{row['closes_on']} {row['closes_at']} 截止"


def _awarded(row: Row, rows: Rows, labels: Labels) -> Said:
    bids = rows.get("bids", ())
    won = [one for one in bids if one["organisation_id"] == row["organisation_id"]]
    price = f"，报价 {won[0]['price']:,.0f} 元" if won else ""
    several = f"（共 {len(bids):,} 份申请）" if bids else ""
    who = labels.get(row["organisation_id"], "")
    return who, f"{row['decided_by']}决定：{row['reason']}{price}{several}"


def _delivered(row: Row, rows: Rows, labels: Labels) -> Said:
    return "", "、".join(one["name"] for one in rows["programmes"])


def _closed(row: Row, rows: Rows, labels: Labels) -> Said:
    marks = [f"{one['kind']}评估 {one['score']:g} 分" for one in rows.get("evaluations", ())]
    return "", "，".join(marks)


def _answered(row: Row, rows: Rows, labels: Labels) -> Said:
    return "", "：".join(part for part in (row["settlement"], row["reply"]) if part)


Teller = Callable[[Row, Rows, Labels], Said]
# stage → the register that tells it, the column with its day (empty: the only row), in what words
TELLERS: dict[str, tuple[str, str, Teller]] = {
    RAISED: ("needs", "", _raised),
    DESIGNED: ("projects", "", _designed),
    PASSED: ("reviews", "reviewed_on", _passed),
    CALLED: ("calls", "opens_on", _called),
    AWARDED: ("awards", "awarded_on", _awarded),
    DELIVERED: ("programmes", "", _delivered),
    CLOSED: ("projects", "", _closed),
    ANSWERED: ("needs", "", _answered),
}
