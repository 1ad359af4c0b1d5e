"""The story of one need: what happened at each stage, by whom, how long it took."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from db.stages import (
    ANSWERED,
    AWARDED,
    CALLED,
    CARRIED,
    DESIGNED,
    PASSED,
    RAISED,
    STAGES,
    Step,
    spans,
)
from logic import needs

Row = Mapping[str, Any]
Rows = Mapping[str, Iterable[Row]]
Labels = Mapping[str, str]
Telling = Callable[[Row, Labels], tuple[str, str]]


@dataclass(frozen=True)
class Line:
    """One stage: when (empty: under way or not yet), who, what, the days since the one before."""

    stage: str
    day: str
    who: str
    what: str
    days: int | None
    reached: bool


def lines(steps: list[Step], rows: Rows, labels: Labels) -> list[Line]:
    """A line for every stage; those not reached yet say only their names."""
    found = {name: {row["id"]: row for row in some} for name, some in rows.items()}
    days, at = spans(steps), {step.stage: step for step in steps}
    told = []
    for stage in STAGES:
        step = at.get(stage)
        if step is None:
            told.append(Line(stage, "", "", "", None, reached=False))
            continue
        row = found[step.register].get(step.row_id, {})
        who, what = TELLERS[stage](row, labels) if row else ("", "")
        told.append(Line(stage, step.day, who, what, days.get(stage), reached=True))
    return told


def total(steps: list[Step]) -> int:
    """The days from the first stage to the last."""
    return sum(spans(steps).values())


def _raised(row: Row, labels: Labels) -> tuple[str, str]:
    return needs.raiser(row, labels), f"{row['way']}提出"


def _designed(row: Row, labels: Labels) -> tuple[str, str]:
    under_way = "" if row["submitted_on"] else "，还没有送审"
    return "", f"{row['name']}{under_way}"


def _passed(row: Row, labels: Labels) -> tuple[str, str]:
    return row["reviewer"], row["opinion"] or ""


def _called(row: Row, labels: Labels) -> tuple[str, str]:
    return "", f"{row['title']}，{row['closes_on']} {row['closes_at']} 截止"


def _awarded(row: Row, labels: Labels) -> tuple[str, str]:
    return labels.get(row["organisation_id"], ""), f"{row['decided_by']}决定：{row['reason']}"


def _carried(row: Row, labels: Labels) -> tuple[str, str]:
    return "", f"第一场：{labels.get(row['programme_id'], '')}"


def _answered(row: Row, labels: Labels) -> tuple[str, str]:
    return "", "：".join(part for part in (row["settlement"], row["reply"]) if part)


TELLERS: dict[str, Telling] = {
    RAISED: _raised,
    DESIGNED: _designed,
    PASSED: _passed,
    CALLED: _called,
    AWARDED: _awarded,
    CARRIED: _carried,
    ANSWERED: _answered,
}
