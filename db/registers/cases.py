"""Mediation: cases and their steps, seen by their handlers alone."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from db.base import About, Row
from db.fields import field
from db.kinds import CHOICE, DATE, REFERENCE, TEXT
from db.registers import rules

OPEN, SETTLED, UNSETTLED, REFERRED = OUTCOMES = ("调解中", "调解成功", "调解不成", "转交")


class Case(Row):
    """A quarrel that was brought to the mediation room; whoever takes it in handles it."""

    __tablename__ = "cases"
    about = About(
        "调解案件",
        ("number",),
        "件",
        checks=(rules.closed_has_day,),
        kept_by="handler_id",
        outcome="outcome",
    )

    number: Mapped[str] = field(TEXT, "编号", required=True, longest=40, width=120)
    kind: Mapped[str] = field(
        CHOICE,
        "纠纷类型",
        required=True,
        choices=("婚姻家庭", "邻里", "赡养", "财产", "劳资", "其他"),
        width=120,
    )
    received_on: Mapped[str] = field(DATE, "受理日期", required=True, past=True, default="today")
    parties: Mapped[str | None] = field(TEXT, "当事人", multiline=True, longest=500, width=200)
    facts: Mapped[str | None] = field(TEXT, "纠纷情况", multiline=True, longest=4000, width=260)
    outcome: Mapped[str] = field(
        CHOICE, "结果", required=True, choices=OUTCOMES, default=OPEN, width=100
    )
    closed_on: Mapped[str | None] = field(DATE, "结案日期", past=True)
    agreement: Mapped[str | None] = field(TEXT, "协议内容", multiline=True, longest=4000, width=260)
    handler: Mapped[str] = field(TEXT, "调解员", required=True, readonly=True, stamp="name")
    handler_id: Mapped[str] = field(
        TEXT, "账号编号", required=True, readonly=True, stamp="id", longest=36
    )


class CaseStep(Row):
    """One talk or step in a case."""

    __tablename__ = "case_steps"
    about = About("调解经过", ("taken_on", "case_id"), "次", kept_by="handler_id")

    case_id: Mapped[str] = field(REFERENCE, "案件", required=True, refers="cases", width=140)
    taken_on: Mapped[str] = field(DATE, "日期", required=True, past=True, default="today")
    what: Mapped[str] = field(TEXT, "经过", required=True, multiline=True, longest=4000, width=320)
    handler_id: Mapped[str] = field(
        TEXT, "账号编号", required=True, readonly=True, stamp="id", longest=36
    )
