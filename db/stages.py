"""The stages of the linkage chain: which of them a need has reached, on which day, by which row."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from db.registers.calls import DRAFT
from db.registers.programmes import HELD
from db.registers.projects import APPROVED

Row = Mapping[str, Any]
Rows = Mapping[str, Iterable[Row]]  # by register
RAISED, DESIGNED, PASSED, CALLED, AWARDED, CARRIED, ANSWERED = STAGES = (
    "提出", "设计", "批准", "征集", "承接", "执行", "反馈",
)  # fmt: skip
# What tells the stages: each register by the column that finds its rows, from a need onwards.
TELLING = (
    ("project_needs", "need_id", "needs"),
    ("projects", "id", "project_needs"),
    ("reviews", "project_id", "projects"),
    ("calls", "project_id", "projects"),
    ("awards", "call_id", "calls"),
    ("programmes", "project_id", "projects"),
    ("sessions_held", "programme_id", "programmes"),
)


@dataclass(frozen=True)
class Step:
    """A stage that is reached: since which day (empty: under way), and the row that tells it."""

    stage: str
    day: str
    register: str
    row_id: str


def of(rows: Rows) -> dict[str, list[Step]]:
    """need → its stages in their order, as far as the rows tell.

    `rows` has the needs, and of what came of them the registers in TELLING.
    A need that joined another goes the way of that one.
    """
    found = _by_project(rows)
    answers = _grouped(rows, "project_needs", "need_id")
    needs = {row["id"]: row for row in rows["needs"]}
    return {
        row["id"]: _way(row, needs.get(row["joined_id"] or ""), answers, found)
        for row in needs.values()
    }


def stage(steps: list[Step]) -> str:
    """Where the need is now."""
    return steps[-1].stage


def since(steps: list[Step]) -> str:
    """The day on which something last happened."""
    return max(step.day for step in steps)


def spans(steps: list[Step]) -> dict[str, int]:
    """stage → the days it took to come there from the stage before; none where no day is known."""
    days = [(step.stage, _number(step.day)) for step in steps if step.day]
    return {name: max(0, day - before) for (_, before), (name, day) in pairwise(days)}


def _number(day: str) -> int:
    return dt.date.fromisoformat(day).toordinal()


def _way(
    need: Row,
    main: Row | None,
    answers: Mapping[str, list[Row]],
    found: Mapping[str, list[Step]],
) -> list[Step]:
    """The first day of each stage, over all projects that answer the need."""
    mine = answers.get(need["id"], []) + (answers.get(main["id"], []) if main else [])
    reached = [Step(RAISED, need["raised_on"], "needs", need["id"])]
    reached += [step for one in mine for step in found.get(one["project_id"], [])]
    for one in (need, main):
        if one and one["settled_on"]:
            reached.append(Step(ANSWERED, one["settled_on"], "needs", one["id"]))
    first: dict[str, Step] = {}
    for step in sorted(reached, key=lambda one: one.day or "9999"):
        first.setdefault(step.stage, step)
    return [first[name] for name in STAGES if name in first]


def _by_project(rows: Rows) -> dict[str, list[Step]]:
    """project → the steps that its rows tell."""
    found: dict[str, list[Step]] = defaultdict(list)
    for project, step in _steps(rows):
        found[project].append(step)
    return found


def _steps(rows: Rows) -> Iterator[tuple[str, Step]]:
    for one in rows["projects"]:
        yield one["id"], Step(DESIGNED, one["submitted_on"] or "", "projects", one["id"])
    last = {one["project_id"]: one for one in sorted(rows["reviews"], key=_order)}
    for project, one in last.items():  # what was approved and then returned is not approved
        if one["decision"] == APPROVED:
            yield project, Step(PASSED, one["reviewed_on"], "reviews", one["id"])
    yield from _called(rows)
    yield from _carried(rows)


def _order(review: Row) -> tuple[str, str]:
    return review["reviewed_on"], review["id"]


def _called(rows: Rows) -> Iterator[tuple[str, Step]]:
    calls = {one["id"]: one for one in rows["calls"]}
    for one in calls.values():
        if one["state"] != DRAFT:
            yield one["project_id"], Step(CALLED, one["opens_on"], "calls", one["id"])
    for one in rows["awards"]:
        if call := calls.get(one["call_id"]):
            yield call["project_id"], Step(AWARDED, one["awarded_on"], "awards", one["id"])


def _carried(rows: Rows) -> Iterator[tuple[str, Step]]:
    programmes = {one["id"]: one["project_id"] for one in rows["programmes"]}
    for one in rows["sessions_held"]:
        project = programmes.get(one["programme_id"])
        if project and one["state"] == HELD:
            yield project, Step(CARRIED, one["held_on"], "sessions_held", one["id"])


def _grouped(rows: Rows, register: str, by: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows[register]:
        found[row[by]].append(row)
    return found
