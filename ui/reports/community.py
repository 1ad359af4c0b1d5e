"""A community's monthly or yearly report."""

from __future__ import annotations

from db.registers.people import RESIDENT
from logic.reports.saying import Figure, Section
from ui import data, papers, standing
from ui.data import Condition
from ui.reports import parts
from ui.reports.asking import Asked

BASIC = "基本情况"
SHARE = "在册志愿者占登记居民的多少"


def sections(asked: Asked) -> tuple[Section, ...]:
    """What the report says, in its order."""
    found = standing.found(asked.actor, asked.area, asked.day)
    return (
        _basic(asked),
        parts.coverage(asked),
        parts.services(asked),
        parts.serving(asked, found),
        parts.funds(asked),
        parts.admissions(asked),
    )


def _basic(asked: Asked) -> Section:
    here = next((one for one in data.communities(asked.actor) if one["id"] == asked.area), {})
    said = [parts.published(here)]
    people = papers.counted(
        asked.actor, "residents", asked.area, (Condition("status", "in", RESIDENT),)
    )
    if not people:
        return Section(BASIC, tuple(filter(None, said)) or ("还没有登记居民。",))
    residents = sum(people.values())
    helpers = asked.count("volunteers", Condition("status", "eq", "在册"))
    said.append(f"本系统登记居民 {residents:,} 人，在册志愿者 {helpers:,} 人（导出时的人数）。")
    share = Figure("志愿者占比", helpers, residents, "", "人", asked.day, SHARE)
    return Section(BASIC, tuple(filter(None, said)), (), (share,))
