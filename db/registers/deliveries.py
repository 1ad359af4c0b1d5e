"""How a project is carried out, beside its programmes: milestones, evaluations, satisfaction."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from db.base import About, Row
from db.fields import field
from db.kinds import CHOICE, DATE, DECIMAL, NUMBER, REFERENCE, TEXT

MIDTERM, FINAL = EVALUATIONS = ("中期", "末期")


class Milestone(Row):
    """What is to be reached by a day, and the money that is due when it is."""

    __tablename__ = "milestones"
    about = About("里程碑", ("name",), "个", keys=(("project_id", "name"),), guarded=True)

    project_id: Mapped[str] = field(
        REFERENCE, "联动项目", required=True, refers="projects", width=220
    )
    name: Mapped[str] = field(TEXT, "里程碑", required=True, longest=100, width=220)
    due_on: Mapped[str] = field(DATE, "应达日期", required=True, width=120)
    done_on: Mapped[str | None] = field(DATE, "达到日期", past=True)
    amount: Mapped[float | None] = field(
        DECIMAL, "应付金额", least=0, most=100_000_000, unit="元", help="达到之后才能拨付"
    )
    remark: Mapped[str | None] = field(TEXT, "完成情况", multiline=True, longest=2000, width=240)


class Evaluation(Row):
    """A mid-term or final judgement of a project."""

    __tablename__ = "evaluations"
    about = About(
        "项目评估", ("kind", "done_on"), "次", keys=(("project_id", "kind"),), guarded=True
    )

    project_id: Mapped[str] = field(
        REFERENCE, "联动项目", required=True, refers="projects", width=220
    )
    kind: Mapped[str] = field(CHOICE, "评估阶段", required=True, choices=EVALUATIONS, width=120)
    done_on: Mapped[str] = field(
        DATE, "评估日期", required=True, past=True, default="today", width=120
    )
    score: Mapped[float] = field(DECIMAL, "评估得分", required=True, least=0, most=100, width=120)
    opinion: Mapped[str | None] = field(TEXT, "评估意见", multiline=True, longest=2000, width=280)
    evaluator: Mapped[str | None] = field(TEXT, "评估人", longest=50)


class Satisfaction(Row):
    """What somebody whom a project served says of it."""

    __tablename__ = "satisfactions"
    about = About("满意度回访", ("said_on", "score"), "条", guarded=True)

    project_id: Mapped[str] = field(
        REFERENCE, "联动项目", required=True, refers="projects", width=220
    )
    resident_id: Mapped[str | None] = field(REFERENCE, "居民", refers="residents", width=120)
    said_on: Mapped[str] = field(
        DATE, "回访日期", required=True, past=True, default="today", width=120
    )
    score: Mapped[int] = field(
        NUMBER, "满意度", required=True, least=1, most=5, help="1 很不满意 — 5 很满意"
    )
    words: Mapped[str | None] = field(TEXT, "原话", multiline=True, longest=1000, width=260)
    worker: Mapped[str | None] = field(TEXT, "回访人", longest=50)
