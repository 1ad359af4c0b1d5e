"""Two figures of the linkage chain: needs that reached delivery, awards that had a competition."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median

from sqlalchemy import Engine, case, func, select

from db import engine
from db.actors import Actor
from db.doors.questions import Forbidden
from db.doors.reading import permitted, register_named, scope
from db.doors.staging import stories
from db.registers.calls import Award, Bid
from db.stages import DELIVERED, STAGES


@dataclass(frozen=True)
class Linked:
    """area → (n, N): of N needs raised in the period n have reached delivery by now.

    `days` is stage → median days since the stage before, None where no need has reached it.
    """

    areas: dict[str, tuple[int, int]]
    days: dict[str, float | None]

    @property
    def n(self) -> int:
        return sum(n for n, _ in self.areas.values())

    @property
    def N(self) -> int:  # noqa: N802  # as figures are written
        return sum(total for _, total in self.areas.values())


def linked(on: Engine, actor: Actor, first: str, last: str, area: str | None = None) -> Linked:
    """联动办结率 of the needs raised from `first` to `last`; raises Forbidden."""
    found = stories(on, actor, area, first=first, last=last)
    total = Counter(one.area_id for one in found)
    done = Counter(one.area_id for one in found if DELIVERED in one.days)
    spans = [one.spans() for one in found]
    days = {stage: [span[stage] for span in spans if stage in span] for stage in STAGES[1:]}
    return Linked(
        {place: (done[place], count) for place, count in total.items()},
        {stage: median(some) if some else None for stage, some in days.items()},
    )


def competed(
    on: Engine, actor: Actor, first: str, last: str, area: str | None = None
) -> dict[str, tuple[int, int]]:
    """竞争率: area → (awards with two or more bids, awards) decided from `first` to `last`.

    Raises Forbidden for whoever does not see all the bids.
    """
    with engine.reading(on) as conn:
        awards = permitted(conn, actor, "read", register_named("awards"))
        if permitted(conn, actor, "read", register_named("bids")).bound:
            raise Forbidden("您的账号看不到别的组织的申请书，不能统计竞争率")
        reach = scope(conn, awards, area)
        offered = select(func.count()).where(Bid.call_id == Award.call_id, Bid.deleted_at.is_(None))
        several = func.sum(case((offered.scalar_subquery() >= 2, 1), else_=0))
        asked = select(Award.area_id, several, func.count()).where(
            awards.rows(), Award.deleted_at.is_(None),
            Award.awarded_on >= first, Award.awarded_on <= last,
        )  # fmt: skip
        if reach is not None:
            asked = asked.where(Award.area_id.in_(reach))
        found = conn.execute(asked.group_by(Award.area_id)).all()
        return {place: (n, total) for place, n, total in found}
