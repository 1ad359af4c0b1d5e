"""What a city wants its figures to reach: settings, each with a default until it is set."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Mapped

from db.base import About, Row, living_unique
from db.fields import field
from db.kinds import CHOICE, DECIMAL, TEXT
from db.registers import rules


@dataclass(frozen=True)
class Goal:
    """What may have a target, its unit, and the target that holds where nobody has set one."""

    what: str
    unit: str
    least: float
    most: float | None = None


GOALS = VOLUNTEERS, BEDS, URBAN, RURAL, WORKERS = (
    Goal("志愿者占比", "%", 13),
    Goal("每千名老人床位", "张", 35, 40),
    Goal("社会组织数（城市社区）", "个", 10),
    Goal("社会组织数（农村社区）", "个", 5),
    Goal("持证社工数", "人", 1),
)


class Target(Row):
    """The target for one figure, of the place and all below it."""

    __tablename__ = "targets"
    __table_args__ = (living_unique("targets", "what"),)
    about = About(
        "指标目标",
        ("what",),
        "项",
        keys=(("what",),),
        checks=(rules.least_before_most,),
        public=True,
    )

    what: Mapped[str] = field(
        CHOICE,
        "指标",
        required=True,
        unique=True,
        choices=tuple(goal.what for goal in GOALS),
        width=200,
    )
    least: Mapped[float] = field(
        DECIMAL,
        "至少",
        required=True,
        least=0,
        most=100_000,
        width=100,
        help="占比填百分数，例如 13",
    )
    most: Mapped[float | None] = field(DECIMAL, "至多", least=0, most=100_000, width=100)
    basis: Mapped[str | None] = field(TEXT, "依据", longest=200, width=260)
