"""From what a person typed or a file held to the value that is stored, or a sentence why not.

Every parser takes (raw, field) and returns the stored value, or None for an empty cell;
it raises `Refused` with what was read and what is expected.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING, Any

from db import citizen_id, dates

if TYPE_CHECKING:
    from db.fields import Field

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
BREAKS = re.compile(r"[\n\t]+")
YES = frozenset({"是", "√", "✓", "y", "yes", "true", "1", "有"})
NO = frozenset({"否", "×", "✗", "n", "no", "false", "0", "无"})
FIGURE = re.compile(r"^(约|至少|≥)?(\d{1,12}(?:\.\d{1,4})?)(余|多|\+)?$", re.ASCII)
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))", re.ASCII)
CLOCK = re.compile(
    r"(?P<half>上午|下午|晚上)? ?(\d{1,2})(?:[:点时](\d{2}|半)?分?)(?::\d{2})?", re.ASCII
)
FRACTION = re.compile(r"0?\.\d{2,17}", re.ASCII)
BETWEEN = re.compile(r"[\s()]")
MOBILE = re.compile(r"^1[3-9]\d{9}$")
LANDLINE = re.compile(r"^(0\d{2,3}-?)?\d{7,8}(-\d{1,6})?$")
LARGEST = 2**53 - 1  # beyond it a browser no longer tells whole numbers apart


class Refused(Exception):
    """A value that cannot be stored; the message is the sentence for the clerk."""


def short(raw: object, limit: int = 30) -> str:
    """What was read, short and clean enough to stand inside a sentence."""
    shown = CONTROL.sub("□", str(raw))
    return f"“{shown}”" if len(shown) <= limit else f"“{shown[:limit]}…”（共 {len(shown)} 字）"


def refuse(raw: object, expected: str) -> Refused:
    """The sentence every refusal is made of: what was read, what is expected."""
    return Refused(f"读到{short(raw)}，应为{expected}")


def plain(raw: object) -> str:
    """Full-width letters and digits made plain, a leading apostrophe and spaces dropped."""
    said = str(raw)
    said = said if said.isascii() else unicodedata.normalize("NFKC", said)
    return said.strip().removeprefix("'").strip()


def text(raw: Any, field: Field) -> str | None:
    if type(raw) is str and len(raw) <= field.longest and raw.isprintable():
        return raw.strip() or None  # nearly every text: a roster has a hundred thousand
    if not isinstance(raw, str | int | float) or isinstance(raw, bool) or endless(raw):
        raise refuse(raw, "文字")
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)  # a spreadsheet's number that stands for itself
    value = str(raw).replace("\r\n", "\n").replace("\r", "\n").strip()
    if CONTROL.search(value):
        raise Refused(f"读到{short(raw)}，其中有不能保存的控制字符，请删去后重填")
    if not field.multiline:
        value = BREAKS.sub(" ", value)
    if len(value) > field.longest:
        raise refuse(raw, f"不超过 {field.longest} 字的文字")
    return value or None


def endless(raw: Any) -> bool:
    """Whether it is one of the floats that are no number: JSON readers let them through."""
    return isinstance(raw, float) and not isfinite(raw)


def _number(raw: Any, expected: str) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise refuse(raw, expected)
    whole = f"{Decimal(repr(raw)):f}" if isinstance(raw, float) else raw  # never 1e+16
    written = THOUSANDS.sub("", plain(whole))
    if not re.fullmatch(r"[+-]?\d{1,18}(\.\d{1,9})?", written, re.ASCII):
        raise refuse(raw, expected)
    return Decimal(written)


def _bounded(value: Decimal, raw: Any, field: Field) -> None:
    low, high = (None if one is None else f"{one:.12g}" for one in (field.least, field.most))
    if (low and value < Decimal(low)) or (high and value > Decimal(high)):  # 0.01 as it is written
        bounds = f"{low or ''} 至 {high or ''}"
        raise refuse(raw, f"{bounds} 之间的数".replace("  ", " "))


def integer(raw: Any, field: Field) -> int:
    value = _number(raw, "整数")
    if value != int(value) or abs(value) > LARGEST:
        raise refuse(raw, "整数")
    _bounded(value, raw, field)
    return int(value)


def decimal(raw: Any, field: Field) -> float:
    value = _number(raw, "数字")
    _bounded(value, raw, field)
    return float(value)


def figure(raw: Any, field: Field) -> str:
    """A published figure with its qualifier, such as 约1.2, 12500多, 至少10."""
    written = THOUSANDS.sub("", re.sub(r"\s", "", plain(raw)))
    match = FIGURE.match(written)
    if not match:
        raise refuse(raw, "数字，前后可带“约”“至少”“余”“多”，例如 12500余")
    before, number, after = match.groups()
    if before and after:
        raise refuse(raw, "只带一个“约”“至少”“余”或“多”的数字")
    qualifier = {"≥": "至少"}.get(before or "", before or "")
    return f"{qualifier}{number}{'余' if after == '+' else after or ''}"


def yes_no(raw: Any, field: Field) -> bool:
    if isinstance(raw, bool):
        return raw
    written = plain(raw).lower()
    if written in YES or written in NO:
        return written in YES
    raise refuse(raw, "“是”或“否”")


def choice(raw: Any, field: Field) -> str:
    if raw in field.choices:
        return str(raw)
    written = plain(raw)
    for option in field.choices:
        if written == unicodedata.normalize("NFKC", option):
            return option
    raise refuse(raw, "下列之一：" + "、".join(field.choices))


def choices(raw: Any, field: Field) -> str | None:
    """Several choices, joined by 、 in the order of the declaration."""
    parts = {part for part in re.split(r"[、,;/\s]+", plain(raw)) if part}
    if parts - set(field.choices):
        raise refuse(raw, "下列各项，用“、”隔开：" + "、".join(field.choices))
    return "、".join(option for option in field.choices if option in parts) or None


def day(raw: Any, field: Field) -> str:
    """A whole date as YYYY-MM-DD."""
    value = partial_day(raw, field)
    if len(value) != 10:
        raise refuse(raw, "年月日齐全的日期，例如 2026-11-23")
    return value


def partial_day(raw: Any, field: Field) -> str:
    """A date as precise as it was written: YYYY, YYYY-MM or YYYY-MM-DD."""
    try:
        value = dates.parse(raw if isinstance(raw, int | float) else plain(raw))
    except dates.Unreadable as error:
        raise Refused(f"读到{short(raw)}，{error}") from None
    if value > dates.latest(field.past):
        raise refuse(raw, "不晚于今天的日期" if field.past else "2200 年以前的日期")
    return value


def clock(raw: Any, field: Field) -> str:
    """A time of the day as HH:MM; a number below 1 is a spreadsheet's part of a day."""
    expected = refuse(raw, "0 点至 23:59 的钟点，例如 08:30")
    part = _part_of_a_day(raw)
    if part is not None:
        minutes = round(part * 1440)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    match = CLOCK.fullmatch(plain(raw))
    if not match:
        raise expected
    hour, minute = int(match[2]), 30 if match[3] == "半" else int(match[3] or 0)
    if match["half"] in ("下午", "晚上") and hour < 12:
        hour += 12
    if hour > 23 or minute > 59:
        raise expected
    return f"{hour:02}:{minute:02}"


def _part_of_a_day(raw: Any) -> float | None:
    """Excel writes half past eight as 0.3541666; the last half minute would be the next day's."""
    if isinstance(raw, str) and FRACTION.fullmatch(plain(raw)):
        raw = float(plain(raw))
    good = isinstance(raw, float) and 0 <= raw < 1 - 1 / 2880
    return raw if good else None


def identity(raw: Any, field: Field) -> str:
    """A citizen's ID number of 18 or 15 digits, its check digit proved."""
    written = "".join(plain(raw).split()).upper()
    problem = citizen_id.problem(written)
    if problem:
        raise Refused(f"读到{short(raw)}，{problem}")
    return written


def phone(raw: Any, field: Field) -> str:
    if type(raw) is str and raw.isascii() and MOBILE.fullmatch(raw):
        return raw
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    written = BETWEEN.sub("", plain(raw)).removeprefix("+86")
    digits = written.replace("-", "")
    if MOBILE.fullmatch(digits) and digits.isascii():
        return digits
    if LANDLINE.fullmatch(written) and written.isascii():
        return written
    raise refuse(raw, "11 位手机号，或带区号的座机号，例如 0715-5221234")


def reference(raw: Any, field: Field) -> str:
    """The id of another row; the write door proves that it exists and may be seen."""
    if not isinstance(raw, str) or not re.fullmatch(r"[0-9A-Za-z_-]{1,36}", raw):
        raise refuse(raw, "从列表中选出的一项")
    return raw
