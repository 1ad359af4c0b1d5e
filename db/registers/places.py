"""Where people live: areas, the published facts of a community, households."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from db.base import About, Extensible, Row, living_unique
from db.fields import field
from db.kinds import CHOICE, DATE, FIGURE, PHONE, TEXT

CITY, COUNTY, STREET, COMMUNITY = LEVELS = ("市", "县（市、区）", "乡镇街道", "社区")


class Area(Row):
    """A place in the tree city → county → street → community; `area_id` is its parent."""

    __tablename__ = "areas"
    about = About("区域", ("name",), "个", keys=(("name",),), scope="id", public=True)

    name: Mapped[str] = field(
        TEXT, "名称", required=True, search=True, found_by="pinyin", width=160
    )
    level: Mapped[str] = field(CHOICE, "层级", required=True, choices=LEVELS)


class Community(Row):
    """What is published about a community: figures keep their 约, 余, 多 or 至少."""

    __tablename__ = "communities"
    about = About("社区概况", ("secretary",), "个", public=True)

    secretary: Mapped[str | None] = field(TEXT, "党委书记", longest=30)
    households: Mapped[str | None] = field(FIGURE, "户数", unit="户")
    population: Mapped[str | None] = field(FIGURE, "人口", unit="人")
    area_km2: Mapped[str | None] = field(FIGURE, "面积", unit="平方公里")
    as_of: Mapped[str | None] = field(DATE, "数据日期", past=True)
    source: Mapped[str | None] = field(TEXT, "数据来源", width=200)
    address: Mapped[str | None] = field(TEXT, "办公地址", width=200)
    phone: Mapped[str | None] = field(PHONE, "办公电话", width=130)
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=200)


class Household(Extensible, Row):
    """People who live together under one number."""

    __tablename__ = "households"
    __table_args__ = (living_unique("households", "number"),)
    about = About("户", ("number", "address"), "户", keys=(("number",),))

    number: Mapped[str] = field(TEXT, "户号", required=True, unique=True, search=True, longest=30)
    address: Mapped[str | None] = field(TEXT, "住址", search=True, width=220)
    housing: Mapped[str | None] = field(CHOICE, "住房", choices=("自有", "租住", "单位房", "其他"))
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=200)
