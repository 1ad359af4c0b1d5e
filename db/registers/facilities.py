"""Where people are looked after: facilities, rooms, beds, who stays in them and who waits."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from db.base import About, Extensible, Row, living_unique
from db.fields import field
from db.kinds import CHOICE, DATE, DECIMAL, FIGURE, NUMBER, REFERENCE, TEXT, TIME, YES_NO
from db.registers import rules

BED_KINDS = DAY_CARE, APARTMENT = ("日间照料", "老年公寓")
BOOKED, STAYING = STAY_STATES = ("已预订", "在住")


class Facility(Extensible, Row):
    """A house or centre of the community."""

    __tablename__ = "facilities"
    __table_args__ = (living_unique("facilities", "name"),)
    about = About("设施", ("name",), "处", keys=(("name",),))

    name: Mapped[str] = field(
        TEXT, "名称", required=True, unique=True, search=True, longest=60, width=200
    )
    kind: Mapped[str | None] = field(
        CHOICE, "类型", choices=("养老服务", "儿童服务", "文化体育", "综合服务", "其他"), width=100
    )
    land_m2: Mapped[str | None] = field(FIGURE, "占地面积", unit="平方米")
    built_m2: Mapped[str | None] = field(FIGURE, "建筑面积", unit="平方米")
    address: Mapped[str | None] = field(TEXT, "地址", width=200)
    source: Mapped[str | None] = field(TEXT, "数据来源", width=160)
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=240)


class Room(Extensible, Row):
    """A room of a facility."""

    __tablename__ = "rooms"
    about = About("房间", ("name",), "间", keys=(("facility_id", "name"),))

    facility_id: Mapped[str] = field(
        REFERENCE, "设施", required=True, refers="facilities", width=200
    )
    name: Mapped[str] = field(TEXT, "名称", required=True, search=True, longest=40, width=140)
    use: Mapped[str | None] = field(
        CHOICE,
        "用途",
        choices=(
            "教室",
            "阅览室",
            "娱乐室",
            "聊天室",
            "健身",
            "食堂",
            "日间照料",
            "居室",
            "调解室",
            "其他",
        ),
    )
    seats: Mapped[int | None] = field(NUMBER, "座位", least=0, most=10_000, width=80)
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=240)


class Bed(Extensible, Row):
    """A bed that may be taken."""

    __tablename__ = "beds"
    about = About("床位", ("kind", "number"), "张", keys=(("room_id", "number"),))

    room_id: Mapped[str] = field(REFERENCE, "房间", required=True, refers="rooms", width=140)
    number: Mapped[str] = field(TEXT, "床号", required=True, search=True, longest=20, width=90)
    kind: Mapped[str] = field(CHOICE, "类型", required=True, choices=BED_KINDS, width=100)
    fee: Mapped[float | None] = field(
        DECIMAL, "收费", least=0, most=100_000, unit="元/月", help="免费的填 0"
    )
    in_use: Mapped[bool | None] = field(YES_NO, "可用", width=70, help="停用的床填“否”")
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=240)


class Stay(Extensible, Row):
    """That a resident has a bed, or has it booked, from a day until a day."""

    __tablename__ = "stays"
    about = About("入住", ("bed_id", "resident_id"), "人次", checks=(rules.ends_after_start,))

    bed_id: Mapped[str] = field(REFERENCE, "床位", required=True, refers="beds", width=140)
    resident_id: Mapped[str] = field(
        REFERENCE, "居民", required=True, refers="residents", width=120
    )
    state: Mapped[str] = field(
        CHOICE, "状态", required=True, choices=STAY_STATES, default=STAYING, width=90
    )
    started_on: Mapped[str] = field(DATE, "入住日期", required=True, default="today")
    ended_on: Mapped[str | None] = field(DATE, "退住日期")
    fee: Mapped[float | None] = field(DECIMAL, "月收费", least=0, most=100_000, unit="元")
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=240)


class Waiting(Extensible, Row):
    """Somebody who asked for a bed; first come, first served unless urgent."""

    __tablename__ = "waitings"
    about = About("床位轮候", ("resident_id", "kind"), "人", checks=(rules.settled_after_asked,))

    resident_id: Mapped[str] = field(
        REFERENCE, "居民", required=True, refers="residents", width=120
    )
    kind: Mapped[str] = field(CHOICE, "想要的床位", required=True, choices=BED_KINDS, width=140)
    asked_on: Mapped[str] = field(DATE, "申请日期", required=True, past=True, default="today")
    urgent: Mapped[bool | None] = field(YES_NO, "优先", width=70)
    settled_on: Mapped[str | None] = field(DATE, "了结日期", past=True)
    outcome: Mapped[str | None] = field(
        CHOICE, "结果", choices=("已安排", "本人放弃", "不符合条件"), width=100
    )
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=240)


class RoomBooking(Row):
    """That a room is taken for something that is no session of a programme."""

    __tablename__ = "room_bookings"
    about = About("房间预订", ("used_on", "purpose"), "次", checks=(rules.times_in_order,))

    room_id: Mapped[str] = field(REFERENCE, "房间", required=True, refers="rooms", width=140)
    used_on: Mapped[str] = field(DATE, "日期", required=True, default="today")
    starts_at: Mapped[str] = field(TIME, "开始时间", required=True, width=110)
    ends_at: Mapped[str] = field(TIME, "结束时间", required=True, width=110)
    purpose: Mapped[str] = field(TEXT, "用途", required=True, longest=100, width=200)
    booked_by: Mapped[str | None] = field(TEXT, "预订人", longest=50)
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=240)
