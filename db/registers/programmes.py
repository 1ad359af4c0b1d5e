"""What is held for many at once: programmes, their courses, sessions, and who came."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from db.base import About, Extensible, Row, living_unique
from db.fields import field
from db.kinds import CHOICE, DATE, NUMBER, REFERENCE, TEXT, TIME
from db.registers import rules

KINDS = (
    "留守儿童关爱", "课外课堂", "五点半学校", "养老服务", "健康讲座", "政策宣讲",
    "文化活动", "体育活动", "其他",
)  # fmt: skip
PLANNED, HELD, CANCELLED = SESSION_STATES = ("计划", "已举办", "未举办")
ROLES = ("心理辅导老师", "社工", "志愿者", "授课老师", "医护人员", "其他")
CAME, EXCUSED, ABSENT = PRESENCES = ("到", "请假", "缺席")


class Programme(Extensible, Row):
    """Something offered again and again, such as 快乐星期天."""

    __tablename__ = "programmes"
    __table_args__ = (living_unique("programmes", "name"),)
    about = About(
        "服务项目",
        ("name",),
        "项",
        keys=(("name",),),
        checks=(rules.ends_after_start,),
        guarded=True,
    )

    name: Mapped[str] = field(
        TEXT,
        "名称",
        required=True,
        unique=True,
        search=True,
        found_by="pinyin",
        longest=60,
        width=180,
    )
    kind: Mapped[str] = field(CHOICE, "类型", required=True, choices=KINDS, width=120)
    group_id: Mapped[str | None] = field(
        REFERENCE, "面向", refers="groups", width=140, help="主要为哪一类服务对象"
    )
    place: Mapped[str | None] = field(TEXT, "地点", longest=60, width=140)
    project_id: Mapped[str | None] = field(
        REFERENCE, "属于联动项目", refers="projects", width=200, help="承接的联动项目由它落实"
    )
    started_on: Mapped[str | None] = field(DATE, "开始日期")
    ended_on: Mapped[str | None] = field(DATE, "结束日期")
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=240)


class Course(Extensible, Row):
    """A part of a programme with a subject of its own."""

    __tablename__ = "courses"
    about = About("课程", ("name",), "门", keys=(("programme_id", "name"),))

    programme_id: Mapped[str] = field(
        REFERENCE, "服务项目", required=True, refers="programmes", width=180
    )
    name: Mapped[str] = field(TEXT, "课程", required=True, search=True, longest=60, width=140)
    teacher: Mapped[str | None] = field(TEXT, "授课老师", longest=50)
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=240)


class Enrolment(Extensible, Row):
    """That a resident takes part in a programme, or in one course of it, from a day until a day."""

    __tablename__ = "enrolments"
    about = About(
        "参加人员",
        ("programme_id", "resident_id"),
        "人",
        keys=(("programme_id", "course_id", "resident_id"),),
        checks=(rules.ends_after_start,),
    )

    programme_id: Mapped[str] = field(
        REFERENCE, "服务项目", required=True, refers="programmes", width=180
    )
    course_id: Mapped[str | None] = field(
        REFERENCE, "课程", refers="courses", width=120, help="参加整个项目的留空"
    )
    resident_id: Mapped[str] = field(
        REFERENCE, "居民", required=True, refers="residents", width=120
    )
    started_on: Mapped[str] = field(DATE, "参加日期", required=True, default="today")
    ended_on: Mapped[str | None] = field(DATE, "退出日期")
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=200)


class Session(Extensible, Row):
    """One time that a programme or a course is held."""

    __tablename__ = "sessions_held"
    about = About(
        "场次",
        ("held_on", "programme_id", "course_id"),
        "场",
        keys=(("programme_id", "course_id", "held_on"),),
        checks=(rules.held_is_past, rules.times_in_order),
    )

    programme_id: Mapped[str] = field(
        REFERENCE, "服务项目", required=True, refers="programmes", width=180
    )
    course_id: Mapped[str | None] = field(REFERENCE, "课程", refers="courses", width=120)
    held_on: Mapped[str] = field(DATE, "日期", required=True, default="today")
    starts_at: Mapped[str | None] = field(TIME, "开始时间", width=110)
    ends_at: Mapped[str | None] = field(TIME, "结束时间", width=110)
    state: Mapped[str] = field(
        CHOICE, "状态", required=True, choices=SESSION_STATES, default=PLANNED, width=90
    )
    room_id: Mapped[str | None] = field(REFERENCE, "房间", refers="rooms", width=120)
    others: Mapped[int | None] = field(
        NUMBER, "未登记人数", least=0, most=100_000, help="到场但没有逐人登记的人数"
    )
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=200)


class SessionStaff(Extensible, Row):
    """Who did what at a session."""

    __tablename__ = "session_staff"
    about = About("到场工作人员", ("name", "role"), "人")

    session_id: Mapped[str] = field(
        REFERENCE, "场次", required=True, refers="sessions_held", width=240
    )
    role: Mapped[str] = field(CHOICE, "角色", required=True, choices=ROLES)
    name: Mapped[str] = field(TEXT, "姓名", required=True, longest=50)
    volunteer_id: Mapped[str | None] = field(REFERENCE, "志愿者", refers="volunteers", width=120)


class Attendance(Extensible, Row):
    """Whether a resident came to a session."""

    __tablename__ = "attendances"
    about = About(
        "签到", ("session_id", "resident_id"), "人次", keys=(("session_id", "resident_id"),)
    )

    session_id: Mapped[str] = field(
        REFERENCE, "场次", required=True, refers="sessions_held", width=240
    )
    resident_id: Mapped[str] = field(
        REFERENCE, "居民", required=True, refers="residents", width=120
    )
    presence: Mapped[str] = field(
        CHOICE, "到场", required=True, choices=PRESENCES, default=CAME, width=80
    )
    remark: Mapped[str | None] = field(TEXT, "备注", longest=200, width=200)
