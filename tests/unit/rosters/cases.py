"""What a file is taken for, and how the tests take it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from logic.rosters import checking, mapping, offering, reading
from logic.rosters.checking import Checked

ZHANG = "421281195603010015"  # 男, 1956-03-01
LI = "11010519491231002X"  # 女, 1949-12-31
HEAD = ["姓名", "性别", "身份证号码", "联系电话"]
TWO = [["张三", "男", ZHANG, "13800000001"], ["李四", "女", LI, "0715-5221234"]]
PLAIN = [HEAD, *TWO]
PEOPLE: list[dict[str, Any]] = [
    {"name": "张三", "sex": "男", "id_number": ZHANG, "phone": "13800000001"},
    {"name": "李四", "sex": "女", "id_number": LI, "phone": "0715-5221234"},
]
NUMBERS = [2, 3]


@dataclass(frozen=True)
class Good:
    """A file that is taken in: `rows` are exactly what it gives, `numbers` the rows of the file
    that they stand in; each of `said` is part of a note, each problem (row, letter, part of the
    sentence)."""

    name: str
    file: str
    make: Callable[[], bytes]
    rows: list[dict[str, Any]] = field(default_factory=lambda: PEOPLE)
    numbers: list[int] = field(default_factory=lambda: NUMBERS)
    said: tuple[str, ...] = ()
    problems: tuple[tuple[int, str, str], ...] = ()
    register: str = "residents"
    chosen: Mapping[int, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Bad:
    """A file of which nothing is taken in, and the sentence that says why."""

    name: str
    file: str
    make: Callable[[], bytes]
    sentence: str


def taken(one: Good) -> tuple[Checked, tuple[str, ...]]:
    """What a file gives, and all that was said on the way."""
    book = reading.read(one.make(), one.file)
    table = offering.single(book)
    guessed = mapping.guess(table, one.register)
    checked = checking.check(table, mapping.corrected(guessed, one.chosen))
    return checked, (*book.notes, *checked.notes)
