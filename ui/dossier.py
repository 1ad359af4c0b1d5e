"""All that is known of one project, and of one call, as far as the account may read it."""

from __future__ import annotations

from dataclasses import dataclass, field

from db import dates
from db.actors import Actor
from logic import designs
from ui import data
from ui.data import Condition, Row

# By register: the column that names the project.
OF_PROJECT = {
    "project_needs": "project_id", "budget_lines": "project_id", "reviews": "project_id",
    "calls": "project_id", "programmes": "project_id", "milestones": "project_id",
    "evaluations": "project_id", "satisfactions": "project_id", "funds": "project_id",
}  # fmt: skip
OF_CALL = ("criteria", "bids", "judges", "awards")


@dataclass(frozen=True)
class Project:
    """A project, its rows by register, and the words for what they refer to."""

    row: Row
    rows: dict[str, list[Row]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def award(self) -> Row | None:
        return next(iter(self.rows["awards"]), None)

    @property
    def by(self) -> str:
        """Who carries it out, in words."""
        return self.labels.get(self.award["organisation_id"], "") if self.award else ""

    @property
    def state(self) -> str:
        return designs.state(self.row, self.rows["reviews"])

    @property
    def phase(self) -> str:
        rows = self.rows
        return designs.phase(self.row, rows["reviews"], rows["calls"], self.award, dates.minute())


@dataclass(frozen=True)
class Call:
    """A call with its criteria, bids, files, judges, scores and award."""

    row: Row
    rows: dict[str, list[Row]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def over(self) -> bool:
        return designs.over(self.row, dates.minute())

    @property
    def award(self) -> Row | None:
        return next(iter(self.rows["awards"]), None)

    def files(self, bid: str) -> list[Row]:
        return [one for one in self.rows["bid_files"] if one["bid_id"] == bid]


def _take(
    actor: Actor, area: str | None, register: str, column: str, ids: tuple[str, ...],
    labels: dict[str, str],
) -> list[Row]:  # fmt: skip
    """The rows of a register that name one of the ids; none where it may not be read."""
    if not ids or not data.may(actor, register)["read"]:
        return []
    found = data.listed(actor, register, area, (Condition(column, "in", ids),), (), None)
    labels.update(found.labels)
    return found.rows


def project(actor: Actor, row_id: str) -> Project | None:
    """Everything of a project; None where it is not there or may not be seen."""
    if not data.may(actor, "projects")["read"]:
        return None
    found = data.row(actor, "projects", row_id)
    if not found.rows:
        return None
    made = Project(found.rows[0], {}, dict(found.labels))
    area = made.row["area_id"]
    for register, column in OF_PROJECT.items():
        made.rows[register] = _take(actor, area, register, column, (row_id,), made.labels)
    calls = tuple(one["id"] for one in made.rows["calls"])
    made.rows["awards"] = _take(actor, area, "awards", "call_id", calls, made.labels)
    return made


def call(actor: Actor, row_id: str) -> Call | None:
    """Everything of a call; None where it is not there or may not be seen."""
    if not data.may(actor, "calls")["read"]:
        return None
    found = data.row(actor, "calls", row_id)
    if not found.rows:
        return None
    made = Call(found.rows[0], {}, dict(found.labels))
    area = made.row["area_id"]
    for register in OF_CALL:
        made.rows[register] = _take(actor, area, register, "call_id", (row_id,), made.labels)
    bids = tuple(one["id"] for one in made.rows["bids"])
    for register in ("bid_files", "scores"):
        made.rows[register] = _take(actor, area, register, "bid_id", bids, made.labels)
    made.rows["criteria"].sort(key=lambda one: (-one["weight"], one["id"]))
    return made


def every(actor: Actor, register: str, area: str | None) -> list[Row]:
    """All rows of a register in an area; none where it may not be read."""
    if not data.may(actor, register)["read"]:
        return []
    return data.listed(actor, register, area, (), (), None).rows
