"""Who a report is made for, of which area and period; the few questions that its parts share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from db.actors import Actor
from logic.reports.periods import Period
from logic.reports.saying import Section
from ui import data, papers
from ui.data import Condition

Row = data.Row
FORBIDDEN = "您的角色不能查看这一部分，没有写入。"


@dataclass(frozen=True)
class Asked:
    """The account, the area (with all below it) and the period; whether all lists are wanted."""

    actor: Actor
    area: str
    period: Period
    whole: bool = False

    @property
    def day(self) -> str:
        """The last day that the report speaks of."""
        return self.period.last

    @property
    def place(self) -> str | None:
        """The area where it is a community; None for all that are in reach."""
        communities = (one["id"] for one in data.communities(self.actor))
        return self.area if self.area in communities else None

    def may(self, *registers: str) -> bool:
        """Whether all of them may be read."""
        return all(self._rights[one]["read"] for one in registers)

    @cached_property
    def _rights(self) -> dict[str, dict[str, bool]]:
        return data.rights(self.actor, None)

    def rows(self, register: str, *where: Condition) -> list[Row]:
        """The rows of a register in the area that fit."""
        return data.listed(self.actor, register, self.area, where, (), None).rows

    def count(self, register: str, *where: Condition) -> int:
        """How many rows of a register fit, in the area and all below it."""
        return sum(papers.counted(self.actor, register, self.area, where).values())

    def within(self, field: str) -> tuple[Condition, Condition]:
        """That a day falls into the period."""
        return Condition(field, "from", self.period.first), Condition(field, "to", self.day)

    def until(self, field: str) -> Condition:
        """That a day is not after the period."""
        return Condition(field, "to", self.day)


def hidden(heading: str) -> Section:
    """What stands in place of a part that the account may not see."""
    return Section(heading, (FORBIDDEN,))
