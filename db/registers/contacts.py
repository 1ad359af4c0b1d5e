"""What is done for one person or household: visits, check-ups, talks, scored scales."""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped

from db.base import About, Extensible, Row
from db.fields import field
from db.kinds import CHOICE, DATE, DECIMAL, NUMBER, REFERENCE, TEXT
from db.registers import rules
from db.scales import GDS_15

VISIT, CALL, CHECKUP = "走访", "电话", "体检"
KINDS = (VISIT, CALL, "上门服务", CHECKUP, "健康咨询", "心理辅导", "探望慰问", "学习辅导", "其他")
INSTRUMENTS = (GDS_15, "其他量表（别处得分）")


def _kept(name: str, by: str, *before: str) -> Index:
    """What figures are counted from, without fetching the rows."""
    there = text(f"{by} IS NOT NULL AND deleted_at IS NULL")
    columns = [*before, by, "done_on", "id"]
    return Index(f"ix_contacts_{name}", *columns, sqlite_where=there, postgresql_where=there)


class Contact(Extensible, Row):
    """One contact, planned for a day, done on a day, or both."""

    __tablename__ = "contacts"
    __table_args__ = (_kept("due", "due_on", "area_id"), _kept("paired", "pairing_id"))
    about = About(
        "走访与服务记录",
        ("kind", "resident_id", "household_id", "due_on", "done_on"),
        "次",
        checks=(rules.person_or_household, rules.due_or_done),
    )

    kind: Mapped[str] = field(CHOICE, "方式", required=True, choices=KINDS, width=100)
    resident_id: Mapped[str | None] = field(REFERENCE, "居民", refers="residents", width=120)
    household_id: Mapped[str | None] = field(REFERENCE, "户", refers="households", width=140)
    due_on: Mapped[str | None] = field(DATE, "应办日期")
    done_on: Mapped[str | None] = field(DATE, "完成日期", past=True)
    worker: Mapped[str | None] = field(TEXT, "办理人", longest=50)
    volunteer_id: Mapped[str | None] = field(REFERENCE, "志愿者", refers="volunteers", width=120)
    pairing_id: Mapped[str | None] = field(
        REFERENCE, "属于结对", refers="pairings", width=180, help="结对帮扶中的一次联系"
    )
    programme_id: Mapped[str | None] = field(
        REFERENCE, "属于服务项目", refers="programmes", width=180, help="服务项目中的一次服务"
    )
    aid_value: Mapped[float | None] = field(
        DECIMAL, "物资价值", least=0, most=100_000_000, unit="元"
    )
    result: Mapped[str | None] = field(TEXT, "情况", multiline=True, longest=2000, width=260)


class Screening(Row):
    """A scale that somebody was scored on: it screens, it does not diagnose."""

    __tablename__ = "screenings"
    about = About(
        "量表筛查", ("instrument", "resident_id", "done_on"), "次", checks=(rules.gds_15_adds_up,)
    )

    resident_id: Mapped[str] = field(
        REFERENCE, "居民", required=True, refers="residents", width=120
    )
    instrument: Mapped[str] = field(
        CHOICE, "量表", required=True, choices=INSTRUMENTS, default=GDS_15, width=160
    )
    done_on: Mapped[str] = field(DATE, "日期", required=True, past=True, default="today")
    answers: Mapped[str | None] = field(
        TEXT, "各题回答", sensitive=True, longest=15, help="GDS-15 依次 15 题的“是”“否”"
    )
    score: Mapped[int | None] = field(NUMBER, "得分", least=0, most=1000, width=80)
    worker: Mapped[str | None] = field(TEXT, "评估人", longest=50)
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=240)
