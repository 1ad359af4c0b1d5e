"""The facilities of the sample: what the report tells of, with rooms and beds numbered by us."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from db.registers.facilities import APARTMENT, DAY_CARE
from db.sample.maker import Maker
from db.sample.places import GUIHUASHU, LIUMIQIAO, REPORT, TAOHUAPING

Row = dict[str, Any]
CENTRE, CHILDREN, MEDIATION = ("taohuaping_centre", "guihuashu_children", "liumiqiao_mediation")
DAY_BEDS, FLAT_BEDS, BEDS_A_FLAT, FLATS_A_FLOOR = 10, 60, 2, 10
LOW_FEE = 600.0  # invented: the report only says that it is low

_FACILITIES: tuple[Row, ...] = (
    {
        "id": CHILDREN,
        "area_id": GUIHUASHU,
        "name": "桂花树关爱留守儿童服务社",
        "kind": "儿童服务",
        "source": REPORT,
        "remark": "开办“五点半学校”，阅览室、教室、娱乐室等设施一应俱全（据报道）；座位数为示例",
    },
    {
        "id": MEDIATION,
        "area_id": LIUMIQIAO,
        "name": "六米桥社区婚姻家庭调解室",
        "kind": "综合服务",
        "source": REPORT,
    },
    {
        "id": CENTRE,
        "area_id": TAOHUAPING,
        "name": "桃花坪社区居家养老服务中心",
        "kind": "养老服务",
        "land_m2": "约3000",
        "built_m2": "1800",
        "source": REPORT,
        "remark": (
            "报道原文：总占地面积约3000多平米，建筑面积达1800平米；日间照料室床位10个，"
            "免费供老年人休息；老年公寓设计床位60多个，低价有偿服务。"
            "公寓按 60 张床登记，房号、床号和收费标准为示例"
        ),
    },
)
# Facility, room, use, seats.
_ROOMS = (
    (CHILDREN, "阅览室", "阅览室", 24),
    (CHILDREN, "教室", "教室", 36),
    (CHILDREN, "娱乐室", "娱乐室", 30),
    (MEDIATION, "调解室", "调解室", 12),
    (CENTRE, "食堂", "食堂", 80),
    (CENTRE, "健身室", "健身", 20),
    (CENTRE, "娱乐室", "娱乐室", 40),
    (CENTRE, "图书室", "阅览室", 30),
    (CENTRE, "聊天室", "聊天室", 16),
    (CENTRE, "日间照料室", "日间照料", None),
)


@dataclass(frozen=True)
class Built:
    """Facilities, rooms and beds as rows."""

    facilities: list[Row]
    rooms: list[Row]
    beds: list[Row]

    def room(self, facility: str, name: str) -> str:
        """The id of a room."""
        return next(
            str(row["id"])
            for row in self.rooms
            if (row["facility_id"], row["name"]) == (facility, name)
        )


def of(make: Maker) -> Built:
    built = Built([dict(row) for row in _FACILITIES], [], [])
    areas = {row["id"]: row["area_id"] for row in _FACILITIES}
    for facility, name, use, seats in (*_ROOMS, *_flats()):
        room = {
            "id": make.ids.new(),
            "area_id": areas[facility],
            "facility_id": facility,
            "name": name,
            "use": use,
        }
        built.rooms.append(room if seats is None else {**room, "seats": seats})
        built.beds.extend(_beds(make, room))
    return built


def _flats() -> Iterator[tuple[str, str, str, None]]:
    for place in range(FLAT_BEDS // BEDS_A_FLAT):
        floor, door = divmod(place, FLATS_A_FLOOR)
        yield CENTRE, f"公寓{floor + 1}{door + 1:02d}", "居室", None


def _beds(make: Maker, room: Row) -> Iterator[Row]:
    kind, count, fee = {
        "日间照料": (DAY_CARE, DAY_BEDS, 0.0),
        "居室": (APARTMENT, BEDS_A_FLAT, LOW_FEE),
    }.get(room["use"], ("", 0, 0.0))
    flat = room["name"].removeprefix("公寓") if kind == APARTMENT else "日照"
    for number in range(1, count + 1):
        yield {
            "id": make.ids.new(),
            "area_id": room["area_id"],
            "room_id": room["id"],
            "number": f"{flat}-{number}",
            "kind": kind,
            "fee": fee,
            "in_use": True,
        }
