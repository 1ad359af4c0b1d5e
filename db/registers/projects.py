"""What a community designs to answer needs: projects, their budget, and who approved them."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from db.base import About, Row, living_unique
from db.fields import field
from db.kinds import CHOICE, CHOICES, DATE, DECIMAL, NUMBER, REFERENCE, TEXT
from db.registers import rules

AIMS = ("结对率", "服务覆盖率", "有效结对率", "体检覆盖率", "其他")
APPROVED, RETURNED = DECISIONS = ("批准", "退回")


class Project(Row):
    """A design for many needs; its state follows from reviews, calls, awards and deliveries."""

    __tablename__ = "projects"
    __table_args__ = (living_unique("projects", "name"),)
    about = About(
        "联动项目",
        ("name",),
        "个",
        keys=(("name",),),
        checks=(rules.ends_after_start, rules.closed_after_start),
        guarded=True,
    )

    name: Mapped[str] = field(
        TEXT, "项目名称", required=True, unique=True, search=True, longest=60, width=220
    )
    designed_on: Mapped[str] = field(
        DATE, "设计日期", required=True, past=True, default="today", width=120
    )
    goal: Mapped[str | None] = field(
        TEXT, "目标", search=True, multiline=True, longest=1000, width=260
    )
    group_id: Mapped[str | None] = field(REFERENCE, "服务对象类别", refers="groups", width=140)
    place: Mapped[str | None] = field(TEXT, "服务地点", longest=100, width=160)
    expected: Mapped[int | None] = field(
        NUMBER, "计划服务人数", least=0, most=1_000_000, unit="人", width=130
    )
    activities: Mapped[str | None] = field(
        TEXT, "活动安排", multiline=True, longest=4000, width=280
    )
    aims: Mapped[str | None] = field(CHOICES, "预期改善的指标", choices=AIMS, width=180)
    started_on: Mapped[str | None] = field(DATE, "计划开始日期", width=130)
    ended_on: Mapped[str | None] = field(DATE, "计划结束日期", width=130)
    submitted_on: Mapped[str | None] = field(
        DATE, "送审日期", past=True, help="填上即送街道评审；退回后修改完，填新的日期再送"
    )
    reworked: Mapped[int | None] = field(
        NUMBER, "重送次数", least=0, most=99, unit="次", help="在项目的页面上重新送审时自动填"
    )
    closed_on: Mapped[str | None] = field(DATE, "结项日期", past=True)
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=200)


class ProjectNeed(Row):
    """That a project answers a need."""

    __tablename__ = "project_needs"
    __table_args__ = (living_unique("project_needs", "project_id", "need_id"),)
    about = About(
        "项目对应需求", ("project_id", "need_id"), keys=(("project_id", "need_id"),), guarded=True
    )

    project_id: Mapped[str] = field(
        REFERENCE, "联动项目", required=True, refers="projects", width=220
    )
    need_id: Mapped[str] = field(REFERENCE, "需求", required=True, refers="needs", width=220)
    remark: Mapped[str | None] = field(TEXT, "说明", longest=200, width=200)


class BudgetLine(Row):
    """What one part of a project may cost."""

    __tablename__ = "budget_lines"
    about = About("项目预算", ("item",), "项", guarded=True)

    project_id: Mapped[str] = field(
        REFERENCE, "联动项目", required=True, refers="projects", width=220
    )
    item: Mapped[str] = field(TEXT, "用途", required=True, longest=100, width=200)
    amount: Mapped[float] = field(
        DECIMAL, "金额", required=True, least=0, most=100_000_000, unit="元"
    )
    remark: Mapped[str | None] = field(TEXT, "测算依据", longest=200, width=220)


class Review(Row):
    """What the street, the county or the city decided on a design."""

    __tablename__ = "reviews"
    about = About(
        "项目评审",
        ("decision", "reviewed_on"),
        "次",
        checks=(rules.returned_has_reason,),
        signed="reviewer_id",
        guarded=True,
    )

    project_id: Mapped[str] = field(
        REFERENCE, "联动项目", required=True, refers="projects", width=220
    )
    decision: Mapped[str] = field(CHOICE, "评审结果", required=True, choices=DECISIONS, width=116)
    reviewed_on: Mapped[str] = field(
        DATE, "评审日期", required=True, past=True, default="today", width=120
    )
    opinion: Mapped[str | None] = field(
        TEXT, "评审意见", multiline=True, longest=1000, width=260, help="退回的要写明理由"
    )
    reviewer: Mapped[str] = field(TEXT, "评审人", required=True, readonly=True, stamp="name")
    reviewer_id: Mapped[str] = field(
        TEXT, "账号编号", required=True, readonly=True, stamp="id", longest=36
    )
