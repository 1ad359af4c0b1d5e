"""Social workers: who serves in which community, for whom, with what certificate."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from db.base import About, Row
from db.fields import field
from db.kinds import CHOICE, DATE, PHONE, REFERENCE, TEXT
from db.registers import rules
from db.registers.volunteers import STATUSES

NONE = "无证"
GRADES = ("助理社工师", "社工师", "高级社工师", NONE)


class SocialWorker(Row):
    """That somebody works as a social worker in a community, from a day until a day.

    Who serves in several communities stands in each of them, with one certificate.
    """

    __tablename__ = "social_workers"
    about = About(
        "社工",
        ("name",),
        "人",
        keys=(("certificate",), ("name", "phone")),
        checks=(rules.ends_after_start, rules.grade_has_certificate),
    )

    name: Mapped[str] = field(
        TEXT, "姓名", required=True, search=True, found_by="person", longest=50, width=100
    )
    grade: Mapped[str] = field(
        CHOICE, "职业水平", required=True, choices=GRADES, default=NONE, width=110
    )
    certificate: Mapped[str | None] = field(TEXT, "证书编号", search=True, longest=40, width=140)
    expires_on: Mapped[str | None] = field(
        DATE, "证书有效期至", width=130, help="到期前 90 天会在“三社”页提醒"
    )
    phone: Mapped[str | None] = field(PHONE, "联系电话", sensitive=True, found_by="tail", width=130)
    organisation_id: Mapped[str | None] = field(
        REFERENCE, "所属社会组织", refers="organisations", width=200, help="社区自己聘用的留空"
    )
    started_on: Mapped[str] = field(
        DATE, "到岗日期", required=True, past=True, default="today", width=120
    )
    ended_on: Mapped[str | None] = field(DATE, "离岗日期", width=110)
    status: Mapped[str] = field(
        CHOICE, "状态", required=True, choices=STATUSES, default=STATUSES[0], width=90
    )
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=200)
