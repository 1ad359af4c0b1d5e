"""What volunteers do again and again, the hours they gave, and what they were honoured with."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from db.base import About, Extensible, Row, living_unique
from db.fields import field
from db.kinds import CHOICE, DATE, DECIMAL, REFERENCE, TEXT, TIME
from db.registers import rules

DAILY, WEEKLY, MONTHLY = RHYTHMS = ("每天", "每周", "每月")
DUE, HELD, MISSED = SHIFT_STATES = ("已排班", "已开展", "未开展")
ROSTERED, WAITING, APPROVED, RETURNED = HOUR_STATES = ("已排班", "待认定", "已认定", "退回")
LEVELS = ("国家级", "省级", "市级", "县级", "街道", "社区")


class Activity(Extensible, Row):
    """A recurring duty of a team, such as the daily patrol."""

    __tablename__ = "activities"
    __table_args__ = (living_unique("activities", "name"),)
    about = About("例行活动", ("name",), "项", keys=(("name",),), checks=(rules.ends_after_start,))

    name: Mapped[str] = field(
        TEXT, "名称", required=True, unique=True, search=True, longest=60, width=160
    )
    rhythm: Mapped[str] = field(CHOICE, "频次", required=True, choices=RHYTHMS, width=80)
    team_id: Mapped[str | None] = field(REFERENCE, "服务队", refers="teams", width=180)
    started_on: Mapped[str] = field(DATE, "开始日期", required=True, default="today")
    ended_on: Mapped[str | None] = field(DATE, "结束日期")
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=240)


class Shift(Extensible, Row):
    """One time of a recurring duty: due, held or missed."""

    __tablename__ = "shifts"
    about = About(
        "班次",
        ("held_on", "activity_id"),
        "班",
        keys=(("activity_id", "held_on"),),
        checks=(rules.held_is_past,),
    )

    activity_id: Mapped[str] = field(
        REFERENCE, "例行活动", required=True, refers="activities", width=160
    )
    held_on: Mapped[str] = field(DATE, "日期", required=True, default="today")
    state: Mapped[str] = field(
        CHOICE, "状态", required=True, choices=SHIFT_STATES, default=DUE, width=90
    )
    remark: Mapped[str | None] = field(TEXT, "情况", multiline=True, longest=2000, width=260)


class Hours(Extensible, Row):
    """The time of one volunteer on one day: rostered, signed in and out, approved."""

    __tablename__ = "hours"
    about = About(
        "志愿服务时长",
        ("volunteer_id", "served_on"),
        "条",
        checks=(rules.times_in_order, rules.approved_has_hours),
    )

    volunteer_id: Mapped[str] = field(
        REFERENCE, "志愿者", required=True, refers="volunteers", width=120
    )
    served_on: Mapped[str] = field(DATE, "日期", required=True, default="today")
    shift_id: Mapped[str | None] = field(REFERENCE, "班次", refers="shifts", width=180)
    session_id: Mapped[str | None] = field(REFERENCE, "场次", refers="sessions_held", width=200)
    group_id: Mapped[str | None] = field(REFERENCE, "服务对象类别", refers="groups", width=130)
    starts_at: Mapped[str | None] = field(TIME, "签到时间", width=110)
    ends_at: Mapped[str | None] = field(TIME, "签退时间", width=110)
    hours: Mapped[float | None] = field(DECIMAL, "时长", least=0, most=24, unit="小时", width=80)
    state: Mapped[str] = field(
        CHOICE, "状态", required=True, choices=HOUR_STATES, default=WAITING, width=90
    )
    content: Mapped[str | None] = field(TEXT, "服务内容", longest=200, width=200)


class Recognition(Extensible, Row):
    """A commendation of a volunteer or a team."""

    __tablename__ = "recognitions"
    about = About("表彰", ("title",), "项", checks=(rules.volunteer_or_team,))

    volunteer_id: Mapped[str | None] = field(REFERENCE, "志愿者", refers="volunteers", width=120)
    team_id: Mapped[str | None] = field(REFERENCE, "服务队", refers="teams", width=160)
    title: Mapped[str] = field(TEXT, "称号", required=True, longest=100, width=200)
    level: Mapped[str | None] = field(CHOICE, "级别", choices=LEVELS, width=80)
    issuer: Mapped[str | None] = field(TEXT, "颁发单位", longest=100, width=160)
    given_on: Mapped[str | None] = field(DATE, "日期", past=True)
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=240)
