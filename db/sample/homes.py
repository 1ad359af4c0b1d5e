"""The households of a community with everybody in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from db.registers.people import MOVED_IN
from db.sample import places, residents
from db.sample.chance import Chance, Lots, lots
from db.sample.maker import Maker
from db.sample.shapes import MIX, SHAPES

HOUSING = {
    places.GUIHUASHU: lots({"自有": 78, "租住": 6, "单位房": 14, "其他": 2}),
    places.LIUMIQIAO: lots({"自有": 80, "租住": 7, "单位房": 12, "其他": 1}),
    places.TAOHUAPING: lots({"自有": 66, "租住": 4, "单位房": 29, "其他": 1}),
}
RENTED: Lots = lots({"租住": 1})


@dataclass(frozen=True)
class Home:
    """A household of one of the `SHAPES`; `ages` are those of `people`, in the same order."""

    area: str
    shape: str
    household: dict[str, Any]
    people: list[dict[str, Any]]
    ages: list[int]


def of(make: Maker, area: str) -> list[Home]:
    """All homes of a community, the kinds mixed, in the order of their numbers."""
    shapes = [shape for shape, count in MIX[area].items() for _ in range(count)]
    make.chance.shuffle(shapes)
    return [_home(make, area, place, shape) for place, shape in enumerate(shapes)]


def _home(make: Maker, area: str, place: int, shape: str) -> Home:
    household = {
        "id": make.ids.new(),
        "area_id": area,
        "number": places.number(area, place),
        "address": places.address(area, place),
        "housing": _housing(make.chance, area, shape),
    }
    people, ages = residents.of(make, household, SHAPES[shape])
    return Home(area, shape, household, people, ages)


def _housing(chance: Chance, area: str, shape: str) -> str:
    moved_in = SHAPES[shape][0].status == MOVED_IN
    return chance.draw(RENTED if moved_in else HOUSING[area])
