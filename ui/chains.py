"""Needs with the stages that they have come to, and the rows behind the stages of one."""

from __future__ import annotations

from dataclasses import dataclass, field

from db import dates
from db.actors import Actor
from db.stages import Story
from logic import linkage
from ui import data
from ui.data import Condition

YEARS = 2  # what was raised before is history
LIMITS = "linkage-limits"  # what the account settled
# What happened to a project, by the column that names it.
COURSE = (
    ("projects", "id"), ("reviews", "project_id"), ("calls", "project_id"),
    ("programmes", "project_id"), ("evaluations", "project_id"), ("budget_lines", "project_id"),
)  # fmt: skip


@dataclass(frozen=True)
class Course:
    """The rows of a project by register, and the words for what they refer to."""

    rows: dict[str, list[data.Row]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)


def readable(actor: Actor, area: str | None = None) -> bool:
    """Whether the account may read needs, there or anywhere."""
    return data.may(actor, "needs", area)["read"]


def needs(actor: Actor, area: str) -> data.Found:
    """Those of the last years in an area and all below it, the latest first."""
    start = (Condition("raised_on", "from", _start()),)
    return data.listed(actor, "needs", area, start, ("-raised_on",), None)


def stories(actor: Actor, area: str) -> dict[str, Story]:
    """need → its stages, of the same needs."""
    return {one.need: one for one in data.stories(actor, area, _start())}


def _start() -> str:
    return dates.in_days(-365 * YEARS)


def limits(actor: Actor) -> dict[str, int]:
    """stage → after how many days the account calls it late."""
    said = data.remembered(actor, LIMITS)
    good = {name: n for name, n in said.items() if isinstance(n, int) and 1 <= n <= linkage.MOST}
    return {name: good.get(name, days) for name, days in linkage.USUAL.items()}


def places(actor: Actor, told: dict[str, Story]) -> dict[str, linkage.Place]:
    """need → where it is today."""
    known, today = limits(actor), dates.today()
    return {need: linkage.place(one, today, known) for need, one in told.items()}


def course(actor: Actor, area: str, project: str | None) -> Course:
    """What is known of a project, as far as the account may read it; nothing without one."""
    made = Course()
    if project is None:
        return made
    for register, by in COURSE:
        _take(actor, area, made, register, (Condition(by, "eq", project),))
    calls = tuple(row["id"] for row in made.rows.get("calls", ()))
    if calls:
        _take(actor, area, made, "awards", (Condition("call_id", "in", calls),))
        _take(actor, area, made, "bids", (Condition("call_id", "in", calls),))
    return made


def _take(
    actor: Actor, area: str, made: Course, register: str, where: tuple[Condition, ...]
) -> None:
    if data.may(actor, register, area)["read"]:
        found = data.listed(actor, register, area, where)
        made.rows[register] = found.rows
        made.labels.update(found.labels)
