"""What a community received and earned: funds with what was spent of them, honours."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from db.base import About, Row
from db.fields import field
from db.kinds import CHOICE, DATE, DECIMAL, PARTIAL_DATE, TEXT
from db.registers import rules
from db.registers.duties import LEVELS

SOURCES = ("政府购买服务", "项目资金", "活动补贴", "慈善捐赠", "其他")


class Honour(Row):
    """A title that the community holds."""

    __tablename__ = "honours"
    about = About("荣誉", ("title",), "项", public=True)

    title: Mapped[str] = field(TEXT, "名称", required=True, longest=100, width=320)
    level: Mapped[str | None] = field(CHOICE, "级别", choices=LEVELS, width=80)
    issuer: Mapped[str | None] = field(TEXT, "颁发单位", longest=100, width=160)
    given_on: Mapped[str | None] = field(PARTIAL_DATE, "时间", past=True)
    source: Mapped[str | None] = field(TEXT, "数据来源", width=160)
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=240)


class Fund(Row):
    """Money received for a purpose, and how much of it is spent."""

    __tablename__ = "funds"
    about = About("资金", ("purpose",), "笔", checks=(rules.spent_within_received,))

    source: Mapped[str] = field(CHOICE, "来源", required=True, choices=SOURCES, width=120)
    purpose: Mapped[str] = field(TEXT, "用途", required=True, longest=200, width=220)
    received_on: Mapped[str] = field(DATE, "到账日期", required=True, past=True)
    amount: Mapped[float] = field(
        DECIMAL, "金额", required=True, least=0, most=10_000_000_000, unit="元"
    )
    spent: Mapped[float | None] = field(DECIMAL, "已支出", least=0, most=10_000_000_000, unit="元")
    giver: Mapped[str | None] = field(TEXT, "拨付单位", longest=100, width=160)
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=240)
