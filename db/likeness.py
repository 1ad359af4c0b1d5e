"""When two records may be of one person: what is alike in them, in words."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from db import pinyin

Cells = dict[str, Any]


@lru_cache(maxsize=100_000)
def sound(name: str) -> str:
    """How a name is spoken, without tones: 李明 and 黎鸣 are alike."""
    return " ".join(pinyin.syllable(sign).rstrip("12345") for sign in name if sign.isalnum())


def one_off(one: str, other: str) -> bool:
    """Whether one sign is wrong, missing, or two neighbours changed places."""
    if one == other:
        return False
    if len(one) == len(other):
        wrong = [at for at, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
        if len(wrong) == 1:
            return True
        first, last = wrong[0], wrong[-1]
        return len(wrong) == 2 and last == first + 1 and (
            (one[first], one[last]) == (other[last], other[first])
        )  # fmt: skip
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(
        long[:at] + long[at + 1 :] == short for at in range(len(long))
    )


def near(one: str, other: str) -> bool:
    """Whether two citizens' numbers differ by one slip: their last sign follows from the others,
    so that of two sound numbers it is never the only one that differs. Or whether they are one
    number of the time before and after 1999."""
    short, long = sorted((one, other), key=len)
    if len(short) == 15 and len(long) == 18:
        return f"{long[:6]}{long[8:17]}" == short
    return one_off(one[:17], other[:17])


def swapped(one: str, other: str) -> bool:
    """Whether two whole days differ by month and day standing in each other's place."""
    return (
        len(one) == len(other) == 10
        and one != other
        and (one[:4], one[5:7], one[8:]) == (other[:4], other[8:], other[5:7])
    )


def agree(one: str | None, other: str | None) -> bool:
    """Whether two dates may be the same day: the one may be told less precisely."""
    return bool(one and other) and (
        str(one).startswith(str(other)) or str(other).startswith(str(one))
    )


def contradicts(one: Cells, other: Cells) -> bool:
    """Whether something in them cannot be of one person, slips of the pen aside."""
    mine, theirs = one.get("id_number"), other.get("id_number")
    if mine and theirs:
        return mine != theirs and not near(mine, theirs)
    born, birth = one.get("birth_date"), other.get("birth_date")
    if not born or not birth or agree(born, birth):
        return False
    return not (swapped(born, birth) or one_off(born, birth))


def likeness(one: Cells, other: Cells) -> str | None:
    """Why the two may be one person though nothing proves it, or None where nothing speaks for it.

    Both are cells of a person (name, id_number, birth_date, phone, address).
    """
    mine, theirs = str(one.get("name") or ""), str(other.get("name") or "")
    if not mine or not theirs:
        return None
    shared = _shared(one, other)
    if contradicts(one, other):
        same = mine == theirs and shared.startswith(BORN) and "、" in shared
        return f"身份证号码不同，但{shared}" if same else None
    if mine == theirs:
        return _slips(one, other) or f"同名{'，' + shared if shared else '，没有别的可核对'}"
    numbers = {cells["id_number"] for cells in (one, other) if cells.get("id_number")}
    if len({len(number) for number in numbers}) < len(numbers):
        return None  # twins have names alike, and numbers that follow one another
    if sound(mine) == sound(theirs) and (shared or _slips(one, other)):
        return f"“{mine}”与“{theirs}”同音，{shared or _slips(one, other)}"
    if one_off(mine, theirs) and len(mine) > 1 and (shared.count("、") or _slips(one, other)):
        return f"“{mine}”与“{theirs}”只差一个字，{shared or _slips(one, other)}"
    return None


def double(one: Cells, other: Cells) -> str | None:
    """Why two stored rows are likely of one person; a name alone is no reason."""
    mine, theirs = one.get("id_number"), other.get("id_number")
    if mine and mine == theirs:
        return "身份证号码相同"
    if one["name"] == other["name"] and not contradicts(one, other):
        born, birth = str(one.get("birth_date") or ""), str(other.get("birth_date") or "")
        if len(born) == 10 and born == birth:
            return "姓名、出生日期相同"
    if mine and theirs and not _shared(one, other):
        return None  # of so many people some are called alike and numbered alike
    why = likeness(one, other)
    return None if why is None or why.startswith("同名，没有") or why == "同名，住址相同" else why


def _slips(one: Cells, other: Cells) -> str:
    mine, theirs = one.get("id_number"), other.get("id_number")
    if mine and theirs and near(mine, theirs):
        return (
            "身份证号码只差一位" if len(mine) == len(theirs) else "身份证号码一个 15 位、一个 18 位"
        )
    born, birth = one.get("birth_date") or "", other.get("birth_date") or ""
    if swapped(born, birth):
        return "出生月日颠倒"
    return "出生日期只差一位" if born and birth and one_off(born, birth) else ""


BORN = "出生日期相同"
WORDS = {"phone": "电话相同", "address": "住址相同"}


def _shared(one: Cells, other: Cells) -> str:
    said = [BORN] if agree(one.get("birth_date"), other.get("birth_date")) else []
    said += [word for name, word in WORDS.items() if one.get(name) and one[name] == other.get(name)]
    return "、".join(said)
