"""Social organisations: what each is, what it is qualified for, which communities it serves."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from db.base import About, Row, living_unique
from db.fields import field
from db.kinds import CHOICE, DATE, NUMBER, PARTIAL_DATE, PHONE, REFERENCE, TEXT
from db.registers import rules

REGISTERED, FILED = REGISTRATIONS = ("登记", "备案")
KINDS = ("社会服务机构", "社会团体", "基金会", "社区社会组织", "其他")
ACTIVE, PAUSED, DISSOLVED = STATUSES = ("活动", "暂停", "注销")


class Organisation(Row):
    """A social organisation, in the area where it is registered or filed."""

    __tablename__ = "organisations"
    __table_args__ = (living_unique("organisations", "name"),)
    about = About("社会组织", ("name",), "家", keys=(("name",),), public=True)

    name: Mapped[str] = field(
        TEXT,
        "名称",
        required=True,
        unique=True,
        search=True,
        found_by="pinyin",
        longest=60,
        width=220,
    )
    registration: Mapped[str] = field(
        CHOICE, "登记或备案", required=True, choices=REGISTRATIONS, width=120,
        help="在民政部门登记，或在街道、社区备案",
    )  # fmt: skip
    kind: Mapped[str | None] = field(CHOICE, "类别", choices=KINDS, width=130)
    code: Mapped[str | None] = field(TEXT, "统一信用代码", search=True, longest=30, width=190)
    founded_on: Mapped[str | None] = field(PARTIAL_DATE, "成立日期", past=True)
    members: Mapped[int | None] = field(NUMBER, "成员数", least=0, most=1_000_000, unit="人")
    premises: Mapped[str | None] = field(TEXT, "场所", longest=100, width=200)
    scope: Mapped[str | None] = field(TEXT, "业务范围", multiline=True, longest=500, width=240)
    contact: Mapped[str | None] = field(TEXT, "联系人", longest=50)
    phone: Mapped[str | None] = field(PHONE, "联系电话", sensitive=True, found_by="tail", width=130)
    status: Mapped[str] = field(
        CHOICE, "状态", required=True, choices=STATUSES, default=ACTIVE, width=90
    )
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=200)


class Qualification(Row):
    """What an organisation was certified for, and until when."""

    __tablename__ = "qualifications"
    about = About(
        "社会组织资质", ("name", "number"), "项", public=True, checks=(rules.expires_after_issue,)
    )

    organisation_id: Mapped[str] = field(
        REFERENCE, "社会组织", required=True, refers="organisations", width=220
    )
    name: Mapped[str] = field(TEXT, "资质名称", required=True, search=True, longest=100, width=200)
    number: Mapped[str | None] = field(TEXT, "证书编号", longest=60, width=160)
    issuer: Mapped[str | None] = field(TEXT, "发证单位", longest=100, width=160)
    issued_on: Mapped[str | None] = field(DATE, "发证日期", past=True)
    expires_on: Mapped[str | None] = field(DATE, "有效期至")
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=200)


class OrganisationArea(Row):
    """That an organisation served a community (the row's area) from a day until a day."""

    __tablename__ = "organisation_areas"
    about = About(
        "服务社区",
        ("organisation_id", "started_on"),
        keys=(("organisation_id", "started_on"),),
        public=True,
        checks=(rules.ends_after_start,),
    )

    organisation_id: Mapped[str] = field(
        REFERENCE, "社会组织", required=True, refers="organisations", width=220
    )
    started_on: Mapped[str] = field(DATE, "进驻日期", required=True, default="today")
    ended_on: Mapped[str | None] = field(DATE, "撤出日期")
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=200)
