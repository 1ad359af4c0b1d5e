"""Money for a purpose: what was granted, what of it was paid out, what of that was spent.

Nobody pays more than was granted, nor spends more than was paid: the write door says so in words,
triggers of the database (migrations 13 and 21) hold it against whoever goes round the door. What a
project has is paid by its milestones, once they are reached.
"""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from db.base import About, Extensible, Row
from db.fields import field
from db.kinds import CHOICE, DATE, DECIMAL, REFERENCE, TEXT
from db.registers import rules

PURCHASE, PROJECT, SUBSIDY, CHARITY, OTHER = SOURCES = (
    "政府购买服务", "项目资金", "活动补贴", "慈善捐赠", "其他",
)  # fmt: skip
MOST = 10_000_000_000


class Fund(Extensible, Row):
    """Money granted for a purpose: its budget."""

    __tablename__ = "funds"
    about = About("资金", ("purpose",), "笔", checks=(rules.amount_in_cents,))

    source: Mapped[str] = field(CHOICE, "来源", required=True, choices=SOURCES, width=120)
    purpose: Mapped[str] = field(TEXT, "用途", required=True, search=True, longest=200, width=220)
    project_id: Mapped[str | None] = field(
        REFERENCE, "联动项目", refers="projects", width=200, help="不是为一个项目核定的留空"
    )
    granted_on: Mapped[str] = field(DATE, "核定日期", required=True, past=True, default="today")
    amount: Mapped[float] = field(
        DECIMAL, "预算", required=True, least=0, most=MOST, unit="元", help="核定的总额"
    )
    giver: Mapped[str | None] = field(TEXT, "拨付单位", longest=100, width=160)
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=240)


class Payment(Row):
    """A part of the budget that was paid out (拨付); never more than the budget in all."""

    __tablename__ = "payments"
    about = About(
        "拨付", ("paid_on", "fund_id"), "笔", checks=(rules.amount_in_cents,), guarded=True
    )

    fund_id: Mapped[str] = field(
        REFERENCE, "资金", required=True, readonly=True, refers="funds", width=220
    )
    paid_on: Mapped[str] = field(DATE, "拨付日期", required=True, past=True, default="today")
    amount: Mapped[float] = field(DECIMAL, "金额", required=True, least=0.01, most=MOST, unit="元")
    milestone_id: Mapped[str | None] = field(
        REFERENCE, "里程碑", refers="milestones", width=200,
        help="项目按里程碑拨付：选已经达到的那一个",
    )  # fmt: skip
    payee: Mapped[str | None] = field(TEXT, "收款单位", longest=100, width=160)
    voucher: Mapped[str | None] = field(TEXT, "凭证号", search=True, longest=60, width=140)
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=240)


class Spending(Row):
    """What was spent, with its voucher; never more than is left of what was paid."""

    __tablename__ = "spendings"
    about = About("支出", ("item", "spent_on"), "笔", checks=(rules.amount_in_cents,))

    fund_id: Mapped[str] = field(
        REFERENCE, "资金", required=True, readonly=True, refers="funds", width=220
    )
    spent_on: Mapped[str] = field(DATE, "支出日期", required=True, past=True, default="today")
    item: Mapped[str] = field(TEXT, "买了什么", required=True, search=True, width=200)
    amount: Mapped[float] = field(DECIMAL, "金额", required=True, least=0.01, most=MOST, unit="元")
    voucher: Mapped[str] = field(TEXT, "凭证号", required=True, search=True, longest=60, width=140)
    payee: Mapped[str | None] = field(TEXT, "收款人", longest=100, width=160)
    handler: Mapped[str | None] = field(TEXT, "经手人", longest=50)
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=240)
