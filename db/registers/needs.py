"""What residents ask for: the first stage of the linkage chain."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from db.base import About, Row, living_unique
from db.fields import field
from db.kinds import CHOICE, DATE, PHONE, REFERENCE, TEXT
from db.registers import rules

COUNTER, CALLED, SURVEYED, ALONE, VISITED = WAYS = ("窗口", "电话", "调查", "自助", "走访")
URGENCIES = ("紧急", "较急", "一般")
MET, PARTLY, PASSED_ON, DECLINED = SETTLEMENTS = ("已解决", "部分解决", "转其他部门", "不采纳")


class Need(Row):
    """One need; what has become of it follows from the projects that answer it."""

    __tablename__ = "needs"
    __table_args__ = (living_unique("needs", "number"),)
    about = About(
        "需求",
        ("number", "title"),
        "件",
        checks=(rules.one_raiser, rules.settled_is_told, rules.joins_another),
        guarded=True,
    )

    number: Mapped[str] = field(
        TEXT, "受理编号", required=True, readonly=True, unique=True, search=True, stamp="receipt",
        longest=20, width=140,
    )  # fmt: skip
    title: Mapped[str] = field(TEXT, "需求", required=True, search=True, longest=60, width=220)
    description: Mapped[str | None] = field(
        TEXT, "具体情况", search=True, multiline=True, longest=2000, width=260
    )
    way: Mapped[str] = field(
        CHOICE, "提出方式", required=True, choices=WAYS, default=COUNTER, width=120
    )
    raised_on: Mapped[str] = field(
        DATE, "提出日期", required=True, past=True, default="today", width=120
    )
    resident_id: Mapped[str | None] = field(REFERENCE, "居民", refers="residents", width=120)
    household_id: Mapped[str | None] = field(REFERENCE, "户", refers="households", width=140)
    raised_by: Mapped[str | None] = field(
        TEXT, "提出人", longest=50, help="没有登记的人；居民请从“居民”中选"
    )
    phone: Mapped[str | None] = field(PHONE, "联系电话", sensitive=True, found_by="tail", width=130)
    group_id: Mapped[str | None] = field(REFERENCE, "服务对象类别", refers="groups", width=140)
    place: Mapped[str | None] = field(TEXT, "地点", search=True, longest=100, width=160)
    urgency: Mapped[str] = field(
        CHOICE, "紧急程度", required=True, choices=URGENCIES, default="一般", width=120
    )
    joined_id: Mapped[str | None] = field(
        REFERENCE, "并入", refers="needs", width=200, help="与另一件需求相同，一并办理"
    )
    settled_on: Mapped[str | None] = field(DATE, "反馈日期", past=True)
    settlement: Mapped[str | None] = field(CHOICE, "办理结果", choices=SETTLEMENTS)
    reply: Mapped[str | None] = field(TEXT, "答复", multiline=True, longest=1000, width=240)
