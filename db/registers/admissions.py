"""减负增效: what departments ask of a community, who let it in, and whose job is what."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from db.base import About, Row
from db.fields import field
from db.kinds import CHOICE, DATE, DECIMAL, REFERENCE, TEXT, YES_NO
from db.registers import rules
from db.registers.places import LEVELS

ADMITTED, DECLINED = DECISIONS = ("同意进入", "不同意")
# What a community may cite when it refuses what is not on the municipal list.
RULE = "民发〔2015〕136号：权随责走、费随事转"
RULES = (RULE, "市级社区工作准入清单", "其他规定（写在审批意见里）")


class Admission(Row):
    """An item that a department wants a community to take on, or that is there already."""

    __tablename__ = "admissions"
    about = About(
        "准入事项",
        ("department", "item"),
        "项",
        keys=(("department", "item"),),
        checks=(rules.ends_after_start,),
    )

    department: Mapped[str] = field(
        TEXT, "申请部门", required=True, search=True, found_by="pinyin", longest=60, width=160
    )
    item: Mapped[str] = field(TEXT, "事项", required=True, search=True, longest=200, width=240)
    listed: Mapped[bool | None] = field(
        YES_NO, "在市级清单内", width=130, help="市级社区工作准入清单里有这一项"
    )
    basis: Mapped[str | None] = field(
        TEXT, "法律法规依据", longest=200, width=220, help="法律、法规或文件的名称和文号"
    )
    asked_on: Mapped[str] = field(DATE, "申请日期", required=True, past=True, default="today")
    started_on: Mapped[str | None] = field(
        DATE, "开始日期", help="实际在社区开展的第一天；还没有开展的填计划的日期"
    )
    ended_on: Mapped[str | None] = field(DATE, "结束日期")
    hours: Mapped[float | None] = field(
        DECIMAL, "每月工作量", least=0, most=10_000, unit="小时", width=120
    )
    funding: Mapped[float | None] = field(
        DECIMAL, "配套经费", least=0, most=10_000_000_000, unit="元"
    )
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=240)


class AdmissionDecision(Row):
    """Whether an item may come in, by who is entitled to decide; of several the last one holds."""

    __tablename__ = "admission_decisions"
    about = About(
        "准入审批",
        ("decision", "admission_id"),
        "项",
        checks=(rules.refusal_has_reason,),
    )

    admission_id: Mapped[str] = field(
        REFERENCE, "准入事项", required=True, readonly=True, refers="admissions",
        width=260,
    )  # fmt: skip
    decision: Mapped[str] = field(CHOICE, "审批", required=True, choices=DECISIONS, width=100)
    decided_on: Mapped[str] = field(DATE, "审批日期", required=True, past=True, default="today")
    rule: Mapped[str | None] = field(CHOICE, "引用规定", choices=RULES, width=300)
    opinion: Mapped[str | None] = field(TEXT, "审批意见", longest=500, width=260)
    decider: Mapped[str] = field(TEXT, "审批人", required=True, readonly=True, stamp="name")


class Duty(Row):
    """Whose job an item is (事权清单): what is the county's, the township's, the community's."""

    __tablename__ = "duties"
    about = About("事权清单", ("item",), "项", keys=(("item",),), public=True)

    item: Mapped[str] = field(
        TEXT, "事项", required=True, search=True, found_by="pinyin", longest=200, width=260
    )
    level: Mapped[str] = field(CHOICE, "归哪一级", required=True, choices=LEVELS, width=120)
    responsible: Mapped[str] = field(
        TEXT, "责任单位", required=True, search=True, longest=100, width=180
    )
    helps: Mapped[str | None] = field(TEXT, "社区协助什么", search=True, longest=200, width=220)
    basis: Mapped[str | None] = field(TEXT, "依据", search=True, longest=200, width=220)
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=200)
