"""The households of the sample as data: who lives in each kind, and how many of each there are."""

from __future__ import annotations

from dataclasses import dataclass

from db.registers.people import AWAY, LIVING_HERE, MOVED_IN
from db.sample.places import GUIHUASHU, LIUMIQIAO, TAOHUAPING

WED, SINGLE, WIDOWED, PARTED = ("已婚",), ("未婚",), ("丧偶",), ("离异",)
CHILD = "子女"  # becomes 子 or 女
OLD = 65


@dataclass(frozen=True)
class Seat:
    """A place in a household: years `younger` than the householder, kept within `ages`.

    The first seat is the householder's: his age is drawn from `ages`, most often `mode`.
    A spouse is of the other sex; `men` is the share of men otherwise.
    """

    relation: str
    ages: tuple[int, int]
    younger: tuple[int, int] = (0, 0)
    mode: int = 0
    men: float = 0.51
    status: str = LIVING_HERE
    marriage: tuple[str, ...] = SINGLE


Shape = tuple[Seat, ...]


def _head(
    low: int,
    high: int,
    mode: int,
    men: float = 0.8,
    status: str = LIVING_HERE,
    marriage: tuple[str, ...] = WED,
) -> Seat:
    return Seat("户主", (low, high), mode=mode, men=men, status=status, marriage=marriage)


def _spouse(
    low: int, high: int, younger: tuple[int, int] = (-2, 5), status: str = LIVING_HERE
) -> Seat:
    return Seat("配偶", (low, high), younger, status=status, marriage=WED)


def _child(younger: tuple[int, int], low: int, high: int, status: str = LIVING_HERE) -> Seat:
    return Seat(CHILD, (low, high), younger, status=status)


def _grandchild(younger: tuple[int, int], low: int = 2, high: int = 12) -> Seat:
    return Seat("孙辈", (low, high), younger)


_FATHER = Seat("父母", (OLD, 96), (-34, -22), men=1, marriage=WED)
_MOTHER = Seat("父母", (OLD, 96), (-30, -21), men=0, marriage=WED)
_WIDOW = Seat("父母", (OLD, 96), (-32, -21), men=0, marriage=WIDOWED)
_YOUNG_FATHER = Seat("父母", (50, 64), (-26, -22), men=1, marriage=WED)
_YOUNG_MOTHER = Seat("父母", (48, 64), (-26, -20), men=0, marriage=WED)
_AWAY_SON = Seat("子", (22, 50), (22, 26), men=1, status=AWAY, marriage=WED)
_AWAY_WIFE = Seat("儿媳", (22, 50), (23, 27), men=0, status=AWAY, marriage=WED)
_GRANDPARENTS = (_head(54, 62, 57, men=1), _spouse(50, 64, (-2, 3)))

SHAPES: dict[str, Shape] = {
    "alone_old": (_head(OLD, 94, 78, men=0.38, marriage=WIDOWED * 6 + PARTED),),
    "childless_old": (_head(66, 90, 75, men=0.75, marriage=SINGLE),),
    "couple_old": (_head(OLD, 92, 73), _spouse(OLD, 94, (-2, 6))),
    "old_with_child": (
        _head(OLD, 88, 73),
        _spouse(OLD, 93),
        Seat(CHILD, (31, 60), (24, 34), marriage=SINGLE + PARTED),
    ),
    "alone_adult": (_head(22, 63, 40, men=0.58, marriage=SINGLE * 2 + PARTED),),
    "couple_adult": (_head(25, 50, 34), _spouse(22, 52, (-2, 3))),
    "couple_late": (_head(50, 64, 62), _spouse(46, 64, (-2, 4))),
    "bereaved": (_head(53, 62, 57), _spouse(50, 64, (-2, 3))),
    "family_one": (_head(26, 46, 36), _spouse(22, 64), _child((23, 34), 0, 17)),
    "family_two": (
        _head(29, 44, 36),
        _spouse(24, 64),
        _child((23, 27), 2, 17),
        _child((29, 33), 0, 15),
    ),
    "family_grown": (_head(46, 64, 56), _spouse(41, 64), _child((23, 30), 18, 41)),
    "family_grown_away": (_head(46, 64, 52), _spouse(41, 64), _child((23, 30), 18, 41, AWAY)),
    "one_parent": (
        _head(28, 48, 38, men=0.3, marriage=PARTED * 3 + WIDOWED),
        _child((22, 32), 1, 17),
    ),
    "three_young": (
        _head(28, 38, 33, men=1),
        _spouse(22, 64),
        _child((23, 32), 0, 12),
        _YOUNG_FATHER,
        _YOUNG_MOTHER,
    ),
    "three_old": (
        _head(43, 60, 49, men=1),
        _spouse(38, 64),
        _child((24, 34), 8, 34),
        _FATHER,
        _MOTHER,
    ),
    "with_widow": (_head(44, 60, 50, men=1), _spouse(39, 64), _child((24, 34), 9, 34), _WIDOW),
    "migrants": (
        _head(28, 44, 35, status=MOVED_IN),
        _spouse(24, 50, status=MOVED_IN),
        _child((24, 32), 1, 12, MOVED_IN),
    ),
    "migrant_pair": (_head(22, 50, 33, status=MOVED_IN), _spouse(21, 52, status=MOVED_IN)),
    "left_one": (*_GRANDPARENTS, _AWAY_SON, _AWAY_WIFE, _grandchild((46, 58))),
    "left_two": (
        *_GRANDPARENTS,
        _AWAY_SON,
        _AWAY_WIFE,
        _grandchild((46, 50)),
        _grandchild((52, 58)),
    ),
    "left_granny": (
        _head(52, 64, 58, men=0, marriage=WIDOWED),
        _AWAY_SON,
        _grandchild((46, 58)),
    ),
    "left_mother": (
        _head(28, 40, 34, men=0),
        _spouse(26, 50, (-4, 2), AWAY),
        _child((22, 30), 2, 12),
    ),
    # Grew out of the left-behind children: no longer under 16.
    "left_teen": (
        _head(62, 64, 63, men=1),
        _spouse(58, 64, (-1, 3)),
        _AWAY_SON,
        _AWAY_WIFE,
        _grandchild((45, 48), 16, 17),
    ),
}
LEFT = ("left_one", "left_two", "left_granny", "left_mother")

# How many of each: they add up to the published households and residents, to 74 left-behind
# children in 桂花树 (22 + 2 × 12 + 10 + 18) and to 3,820 of 12,500 aged 65 and over in 桃花坪.
MIX: dict[str, dict[str, int]] = {
    GUIHUASHU: {
        "alone_old": 100, "childless_old": 14, "couple_old": 190, "old_with_child": 50,
        "alone_adult": 80, "couple_adult": 90, "couple_late": 130, "family_one": 560,
        "family_two": 399, "family_grown": 213, "family_grown_away": 100, "one_parent": 50,
        "three_young": 130, "three_old": 110, "with_widow": 80, "migrants": 30, "migrant_pair": 18,
        "left_one": 22, "left_two": 12, "left_granny": 10, "left_mother": 18, "left_teen": 6,
    },
    LIUMIQIAO: {
        "alone_old": 150, "childless_old": 26, "couple_old": 300, "old_with_child": 80,
        "alone_adult": 120, "couple_adult": 120, "couple_late": 180, "bereaved": 19,
        "family_one": 640, "family_two": 397, "family_grown": 302, "family_grown_away": 100,
        "one_parent": 75, "three_young": 140, "three_old": 150, "with_widow": 120, "migrants": 47,
        "migrant_pair": 30,
        "left_one": 11, "left_two": 4, "left_granny": 5, "left_mother": 7, "left_teen": 2,
    },
    TAOHUAPING: {
        "alone_old": 560, "childless_old": 38, "couple_old": 1130, "old_with_child": 150,
        "alone_adult": 150, "couple_adult": 130, "couple_late": 220, "bereaved": 26,
        "family_one": 800, "family_two": 604, "family_grown": 232, "family_grown_away": 60,
        "one_parent": 80, "three_young": 60, "three_old": 200, "with_widow": 262,
        "migrant_pair": 24, "left_one": 6, "left_granny": 4,
    },
}  # fmt: skip
