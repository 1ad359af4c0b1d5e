"""Columns that a community or a city makes for itself, beside those that every register has."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Mapped

from db.base import About, Row
from db.fields import field
from db.kinds import (
    CHOICE,
    CHOICES,
    DECIMAL,
    ID_NUMBER,
    NUMBER,
    PARTIAL_DATE,
    PHONE,
    TEXT,
    YES_NO,
    Kind,
)
from db.registers.awards import Honour
from db.registers.contacts import Contact
from db.registers.duties import Activity, Hours, Recognition, Shift
from db.registers.facilities import Bed, Facility, Room, Stay, Waiting
from db.registers.money import Fund
from db.registers.people import Membership, Resident
from db.registers.places import Household
from db.registers.programmes import (
    Attendance,
    Course,
    Enrolment,
    Programme,
    Session,
    SessionStaff,
)
from db.registers.volunteers import Pairing, Team, TeamMember, Volunteer

# All that communities keep. What the city publishes (areas, figures, groups), what is a handler's
# secret (mediation, screenings) and what is about cells and rows has no columns of anybody's own.
EXTENSIBLE = {
    one.about.label: one.__tablename__
    for one in (
        Resident, Volunteer, Household, Membership, Team, TeamMember, Pairing, Contact, Programme,
        Course, Enrolment, Session, SessionStaff, Attendance, Activity, Shift, Hours, Recognition,
        Facility, Room, Bed, Stay, Waiting, Honour, Fund,
    )
}  # fmt: skip
ROLES = (
    "社区干事",
    "街道干部",
    "县级干部",
    "社工",
    "调研员",
)  # besides those who answer for a place
KINDS: dict[str, Kind] = {
    "文本": TEXT,
    "整数": NUMBER,
    "小数": DECIMAL,
    "日期": PARTIAL_DATE,
    "是否": YES_NO,
    "单选": CHOICE,
    "多选": CHOICES,
    "电话": PHONE,
    "身份证号码": ID_NUMBER,
}
CHOSEN = ("单选", "多选")
NUMBERS = ("电话", "身份证号码")  # masked whoever makes them
# What a heading of a file may hold without being read as a formula, or as markup on a page.
NAME = re.compile(r"\w[\w（）()、·/：-]*( [\w（）()、·/：-]+)*")
LONGEST = 20  # signs of a name
APART = re.compile(r"[、,，;；/\s]+")


def options(text: str | None) -> tuple[str, ...]:
    """What may be chosen, in the order written, each once."""
    return tuple(dict.fromkeys(part for part in APART.split(text or "") if part))


def meant_for(row: dict[str, Any]) -> tuple[str, ...]:
    """The roles that alone see the column, beside those who lead; none: everybody."""
    return tuple(filter(None, (row.get("roles") or "").split("、")))


def is_masked(row: dict[str, Any]) -> bool:
    """Whether the cells of the column are sealed and masked."""
    return bool(row.get("sensitive")) or row.get("kind") in NUMBERS


def named_plainly(row: dict[str, Any]) -> str | None:
    """A name is letters, digits and a few marks."""
    if NAME.fullmatch(row.get("name") or ""):
        return None
    return "列名请用汉字、字母、数字，可以有括号、顿号和短横，不要用别的符号"


def chosen_from_some(row: dict[str, Any]) -> str | None:
    """Who chooses needs something to choose from; nobody else does."""
    known, chosen = options(row.get("options")), row.get("kind") in CHOSEN
    if chosen and len(known) < 2:
        return "“单选”“多选”的列要写出至少两项可选内容，用顿号分开"
    return "只有“单选”“多选”的列才填可选内容" if known and not chosen else None


def masked_as_text(row: dict[str, Any]) -> str | None:
    """What is sealed can be neither reckoned nor compared with."""
    if not row.get("sensitive") or row.get("kind") in ("文本", *NUMBERS):
        return None
    return "只有“文本”“电话”“身份证号码”的列能遮盖"


class CustomField(Row):
    """A column for the rows of `area_id` and of all below it; what it is cannot change later."""

    __tablename__ = "custom_fields"
    about = About(
        "自定义列",
        ("name",),
        "列",
        keys=(("subject", "name"),),
        checks=(named_plainly, chosen_from_some, masked_as_text),
    )

    subject: Mapped[str] = field(
        CHOICE, "用在哪个台账", required=True, readonly=True, choices=tuple(EXTENSIBLE), width=140
    )
    name: Mapped[str] = field(TEXT, "列名", required=True, longest=LONGEST, width=160)
    kind: Mapped[str] = field(
        CHOICE, "种类", required=True, readonly=True, choices=tuple(KINDS), default="文本"
    )
    options: Mapped[str | None] = field(
        TEXT, "可选内容", longest=500, width=240, help="单选、多选的列才填，用顿号分开"
    )
    sensitive: Mapped[bool | None] = field(
        YES_NO, "遮盖", readonly=True, width=80, help="加密保存，平时只显示 ***；以后不能再改"
    )
    roles: Mapped[str | None] = field(
        CHOICES, "只给谁看", choices=ROLES, width=180,
        help="不选：能看这个台账的人都能看；选了：只有选中的角色能看，书记和市级管理员总能看",
    )  # fmt: skip
    help: Mapped[str | None] = field(TEXT, "填写说明", longest=100, width=240)
