"""The stages that a need of the linkage chain goes through, and the days of each."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass

from db.registers.needs import DECLINED, PASSED_ON

RAISED, DESIGNED, PASSED, CALLED, AWARDED, DELIVERED, CLOSED, ANSWERED = STAGES = (
    "提出", "设计", "批准", "征集", "承接", "执行", "结项", "反馈",
)  # fmt: skip
ENDED = (DECLINED, PASSED_ON)  # with these a need ends where it stands
Days = dict[str, str]


@dataclass(frozen=True)
class Story:
    """A need and the day (YYYY-MM-DD) of each stage that it has reached.

    Of several projects that answer it, `project` is the one that has come furthest;
    `organisation` carries it out. `settlement` is how the need ended, where it has.
    """

    need: str
    number: str
    title: str
    area_id: str
    group_id: str | None
    project: str | None
    organisation: str | None
    settlement: str | None
    days: Days

    @property
    def reached(self) -> str:
        """The last stage that was reached."""
        return next(stage for stage in reversed(STAGES) if stage in self.days)

    @property
    def waits_for(self) -> str | None:
        """The stage that comes next; None where the need has come to its end."""
        if ANSWERED in self.days or self.settlement in ENDED:
            return None
        return next(s for s in STAGES[STAGES.index(self.reached) + 1 :] if s not in self.days)

    def spans(self) -> dict[str, int]:
        """stage → days since the last stage before it that was reached; none where it was late.

        Who joins a need whose project runs already has not waited for it.
        """
        there = [(s, dt.date.fromisoformat(self.days[s])) for s in STAGES if s in self.days]
        since = itertools.pairwise(there)
        return {stage: max((day - before).days, 0) for (_, before), (stage, day) in since}
