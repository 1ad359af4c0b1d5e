"""Who helps: volunteers, their teams, and whom each is paired with."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from db.base import About, Extensible, Row, living_unique
from db.fields import field
from db.kinds import CHOICE, CHOICES, DATE, ID_NUMBER, PHONE, REFERENCE, TEXT
from db.registers import rules
from db.registers.people import SEXES

ACTIVE, PAUSED, LEFT = STATUSES = ("在册", "暂停", "退出")
SKILLS = (
    "心理辅导", "课业辅导", "文艺", "体育", "医护", "维修", "法律", "理发", "巡逻", "保洁", "助老",
)  # fmt: skip
HELP = ("生活", "心灵", "物质")


class Volunteer(Extensible, Row):
    """A registered volunteer, who may be a resident or come from elsewhere."""

    __tablename__ = "volunteers"
    __table_args__ = (living_unique("volunteers", "id_number"),)
    about = About("志愿者", ("name",), "人", keys=(("id_number",), ("name", "phone")))

    name: Mapped[str] = field(
        TEXT, "姓名", required=True, search=True, found_by="person", longest=50, width=100
    )
    sex: Mapped[str | None] = field(CHOICE, "性别", choices=SEXES, width=70)
    phone: Mapped[str | None] = field(PHONE, "联系电话", sensitive=True, found_by="tail", width=130)
    id_number: Mapped[str | None] = field(
        ID_NUMBER, "身份证号码", sensitive=True, unique=True, found_by="tail", width=180
    )
    resident_id: Mapped[str | None] = field(
        REFERENCE, "本社区居民", refers="residents", width=140, help="不是本社区居民的留空"
    )
    registered_on: Mapped[str | None] = field(DATE, "登记日期", past=True, width=120)
    skills: Mapped[str | None] = field(CHOICES, "特长", choices=SKILLS, width=180)
    status: Mapped[str] = field(
        CHOICE, "状态", required=True, choices=STATUSES, default=ACTIVE, width=80
    )
    employer: Mapped[str | None] = field(TEXT, "工作单位", search=True, width=160)
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=200)


class Team(Extensible, Row):
    """A volunteer team or a mutual-help group of a community."""

    __tablename__ = "teams"
    __table_args__ = (living_unique("teams", "name"),)
    about = About("志愿服务队", ("name",), "支", keys=(("name",),))

    name: Mapped[str] = field(
        TEXT,
        "名称",
        required=True,
        unique=True,
        search=True,
        found_by="pinyin",
        longest=60,
        width=200,
    )
    kind: Mapped[str | None] = field(
        CHOICE, "类型", choices=("志愿者服务队", "义工组织", "爱心妈妈", "文体队伍", "其他")
    )
    founded_on: Mapped[str | None] = field(DATE, "成立日期", past=True)
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=260)


class TeamMember(Extensible, Row):
    """That a volunteer belonged to a team from a day until a day."""

    __tablename__ = "team_members"
    about = About(
        "队员",
        ("team_id", "volunteer_id"),
        "人",
        keys=(("team_id", "volunteer_id"),),
        checks=(rules.ends_after_start,),
    )

    team_id: Mapped[str] = field(REFERENCE, "服务队", required=True, refers="teams", width=180)
    volunteer_id: Mapped[str] = field(
        REFERENCE, "志愿者", required=True, refers="volunteers", width=140
    )
    role: Mapped[str | None] = field(CHOICE, "职责", choices=("队长", "副队长", "队员"))
    started_on: Mapped[str] = field(DATE, "入队日期", required=True, past=True, default="today")
    ended_on: Mapped[str | None] = field(DATE, "离队日期")


class Pairing(Extensible, Row):
    """That a volunteer looks after a person or a household (结对帮扶)."""

    __tablename__ = "pairings"
    about = About(
        "结对",
        ("volunteer_id", "resident_id", "household_id"),
        "对",
        keys=(("volunteer_id", "resident_id"), ("volunteer_id", "household_id")),
        checks=(rules.ends_after_start, rules.person_or_household),
    )

    volunteer_id: Mapped[str] = field(
        REFERENCE, "志愿者", required=True, refers="volunteers", width=140
    )
    resident_id: Mapped[str | None] = field(REFERENCE, "居民", refers="residents", width=140)
    household_id: Mapped[str | None] = field(REFERENCE, "户", refers="households", width=140)
    help: Mapped[str | None] = field(CHOICES, "帮扶内容", choices=HELP, width=140)
    started_on: Mapped[str] = field(DATE, "结对日期", required=True, past=True, default="today")
    ended_on: Mapped[str | None] = field(DATE, "结束日期")
    end_reason: Mapped[str | None] = field(TEXT, "结束原因", width=160)
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=200)
