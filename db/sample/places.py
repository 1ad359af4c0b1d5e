"""Where the sample lies: the areas, the communities as published, and invented addresses."""

from __future__ import annotations

from typing import Any

from db.registers.places import CITY, COMMUNITY, COUNTY, STREET

POPULATED = GUIHUASHU, LIUMIQIAO, TAOHUAPING = ("guihuashu", "liumiqiao", "taohuaping")
ROOT = "xianning"
LOCAL_CODE, LOCAL_NAME = "421281", "湖北省赤壁市"
OLD_CODES = ("422323", "422302")  # 蒲圻 as a county, then as a city, until 1998
ELSEWHERE = (
    ("421202", "湖北省咸宁市咸安区"),
    ("421221", "湖北省嘉鱼县"),
    ("421222", "湖北省通城县"),
    ("421223", "湖北省崇阳县"),
    ("421224", "湖北省通山县"),
    ("421083", "湖北省洪湖市"),
    ("430682", "湖南省临湘市"),
    ("411525", "河南省固始县"),
)

_TREE = (
    (ROOT, ROOT, "咸宁市", CITY),
    ("chibi", ROOT, "赤壁市", COUNTY),
    ("pufang", "chibi", "蒲纺工业园", STREET),
    (GUIHUASHU, "pufang", "桂花树社区", COMMUNITY),
    (LIUMIQIAO, "pufang", "六米桥社区", COMMUNITY),
    (TAOHUAPING, "pufang", "桃花坪社区", COMMUNITY),
)
NAMES = {area: name for area, _, name, _ in _TREE}
_PUBLISHED: dict[str, dict[str, Any]] = {
    GUIHUASHU: {"secretary": "宋金城", "households": "2412", "population": "7421"},
    LIUMIQIAO: {
        "secretary": "徐勇",
        "households": "3025",
        "population": "8894",
        "area_km2": "1.2",
    },
    TAOHUAPING: {"secretary": "张培锋", "households": "4700多", "population": "12500多"},
}
# The report is dated 20 April; of the year it only says that 2016 was over.
REPORT = "咸宁市民政局“三社联动”调研，4 月 20 日走访报道"
_SOURCE = {"as_of": "2017-04-20", "source": REPORT}

# Invented compounds: no street or building of the real place is used.
_COMPOUNDS = {
    GUIHUASHU: ("丹桂苑", "金桂苑", "银桂苑", "月桂苑"),
    LIUMIQIAO: ("石桥苑", "柳荫苑", "清溪苑", "望桥苑"),
    TAOHUAPING: ("春桃苑", "碧桃苑", "夭桃苑", "山桃苑", "红桃苑", "白桃苑"),
}
_INITIALS = {GUIHUASHU: "GHS", LIUMIQIAO: "LMQ", TAOHUAPING: "THP"}


def areas() -> list[dict[str, Any]]:
    """From the city down; the city stands in itself."""
    return [
        {"id": area, "area_id": parent, "name": name, "level": level}
        for area, parent, name, level in _TREE
    ]


def communities() -> list[dict[str, Any]]:
    return [{"id": area, "area_id": area, **_PUBLISHED[area], **_SOURCE} for area in POPULATED]


def number(area: str, place: int) -> str:
    """The household number of the `place`-th home of a community, from 0."""
    return f"{_INITIALS[area]}{place + 1:05d}"


def address(area: str, place: int) -> str:
    """The `place`-th flat: six floors of two doors, three entrances a house."""
    rest, door = divmod(place, 2)
    rest, floor = divmod(rest, 6)
    rest, entrance = divmod(rest, 3)
    house, compound = divmod(rest, len(_COMPOUNDS[area]))
    where = f"{NAMES[area]}{_COMPOUNDS[area][compound]}{house + 1}栋"
    return f"{where}{entrance + 1}单元{floor + 1}0{door + 1}"
