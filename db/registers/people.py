"""Who lives there: residents, the groups they belong to and since when."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.orm import Mapped

from db.base import About, Extensible, Row, living_unique
from db.fields import field
from db.kinds import CHOICE, DATE, ID_NUMBER, PARTIAL_DATE, PHONE, REFERENCE, TEXT, YES_NO
from db.registers import rules

SEXES = ("男", "女")
STATUSES = LIVING_HERE, MOVED_IN, AWAY, MOVED_OUT, DEAD = ("常住", "流入", "外出", "迁出", "死亡")
RESIDENT = (LIVING_HERE, MOVED_IN, AWAY)  # still counted as a resident
HEAD = "户主"
RELATIONS = (HEAD, "配偶", "子", "女", "父母", "孙辈", "祖辈", "兄弟姐妹", "儿媳", "女婿", "其他")
PERSON, HOUSEHOLD = SUBJECTS = ("人", "户")


class Resident(Extensible, Row):
    """A person of the community."""

    __tablename__ = "residents"
    __table_args__ = (living_unique("residents", "id_number"),)
    about = About(
        "居民",
        ("name",),
        "人",
        keys=(("id_number",), ("name", "birth_date"), ("name", "phone", "address")),
    )

    name: Mapped[str] = field(
        TEXT, "姓名", required=True, search=True, found_by="person", longest=50, width=100
    )
    sex: Mapped[str | None] = field(CHOICE, "性别", choices=SEXES, width=70)
    birth_date: Mapped[str | None] = field(PARTIAL_DATE, "出生日期", past=True, width=120)
    id_number: Mapped[str | None] = field(
        ID_NUMBER, "身份证号码", sensitive=True, unique=True, found_by="tail", width=180
    )
    phone: Mapped[str | None] = field(PHONE, "联系电话", sensitive=True, found_by="tail", width=130)
    household_id: Mapped[str | None] = field(REFERENCE, "所在户", refers="households", width=150)
    relation: Mapped[str | None] = field(CHOICE, "与户主关系", choices=RELATIONS)
    address: Mapped[str | None] = field(TEXT, "现住址", search=True, width=220)
    status: Mapped[str] = field(
        CHOICE, "居住状态", required=True, choices=STATUSES, default=LIVING_HERE, width=116
    )
    lives_alone: Mapped[bool | None] = field(YES_NO, "独居", width=70)
    registered_at: Mapped[str | None] = field(TEXT, "户籍地", search=True, width=160)
    ethnicity: Mapped[str | None] = field(TEXT, "民族", longest=20, width=80)
    education: Mapped[str | None] = field(
        CHOICE,
        "文化程度",
        choices=("未上学", "小学", "初中", "高中", "中专", "大专", "本科", "研究生"),
    )
    marriage: Mapped[str | None] = field(CHOICE, "婚姻", choices=("未婚", "已婚", "离异", "丧偶"))
    party: Mapped[str | None] = field(
        CHOICE, "政治面貌", choices=("群众", "共青团员", "中共党员", "民主党派")
    )
    employer: Mapped[str | None] = field(TEXT, "工作单位", search=True, width=160)
    contact: Mapped[str | None] = field(TEXT, "紧急联系人", longest=50)
    contact_phone: Mapped[str | None] = field(PHONE, "联系人电话", sensitive=True, width=130)
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=200)


class Group(Row):
    """A target group (服务对象类别); any number of them, made from rows."""

    __tablename__ = "groups"
    __table_args__ = (living_unique("groups", "name"),)
    about = About(
        "服务对象类别",
        ("name",),
        "类",
        keys=(("name",),),
        public=True,
        open_rows=lambda table: table.c.needs_clearance.is_not(True),
    )

    name: Mapped[str] = field(TEXT, "名称", required=True, unique=True, longest=40, width=180)
    subject: Mapped[str] = field(CHOICE, "按人或户", required=True, choices=SUBJECTS)
    rank: Mapped[str | None] = field(TEXT, "排序", longest=10, width=70)
    needs_clearance: Mapped[bool | None] = field(YES_NO, "须专门授权")
    definition: Mapped[str | None] = field(TEXT, "口径", multiline=True, longest=500, width=300)


def open_groups(table: Table) -> ColumnElement[bool]:
    """The rows of a table about groups that need no clearance."""
    closed = select(Group.id).where(Group.needs_clearance.is_(True))
    return table.c.group_id.not_in(closed)


class Membership(Extensible, Row):
    """That a person or a household belonged to a group from a day until a day."""

    __tablename__ = "memberships"
    about = About(
        "服务对象",
        ("group_id", "resident_id", "household_id"),
        keys=(("group_id", "resident_id"), ("group_id", "household_id")),
        checks=(rules.ends_after_start, rules.person_or_household),
        open_rows=open_groups,
    )

    group_id: Mapped[str] = field(REFERENCE, "类别", required=True, refers="groups", width=140)
    resident_id: Mapped[str | None] = field(REFERENCE, "居民", refers="residents", width=140)
    household_id: Mapped[str | None] = field(REFERENCE, "户", refers="households", width=140)
    started_on: Mapped[str] = field(DATE, "纳入日期", required=True, past=True, default="today")
    ended_on: Mapped[str | None] = field(DATE, "退出日期")
    basis: Mapped[str | None] = field(TEXT, "认定依据", width=160)
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=200)
