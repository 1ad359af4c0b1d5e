"""Dates as rosters write them, kept as precise as they were written."""

from __future__ import annotations

import datetime as dt
import re
import time
from functools import lru_cache

EXCEL_EPOCH = dt.date(1899, 12, 30)
SERIALS = range(3_000, 80_000)  # days of Excel: 1908 to 2119, never mistaken for a year
WHOLE = re.compile(
    r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?(?:[ T]00:00(?::00)?)?$", re.ASCII
)
MONTH = re.compile(r"^(\d{4})[-/年](\d{1,2})月?$", re.ASCII)
DOTTED = re.compile(r"^(\d{4})\.(\d{1,2})$", re.ASCII)
YEAR = re.compile(r"^(\d{4})年?$", re.ASCII)
COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})?$", re.ASCII)
SERIAL = re.compile(r"^\d{5}$", re.ASCII)
EXPECTED = "应为日期，例如 1956-03-01、1956年3月、1956"


class Unreadable(ValueError):
    """No date; the message is a sentence on what is expected."""


def parse(raw: str | int | float) -> str:
    """YYYY, YYYY-MM or YYYY-MM-DD; raises Unreadable with what is expected.

    A number from a cell may be an Excel serial (20515), a compact date (195603) or a dotted
    month (1956.03). 1956.1 is refused: typed as a number, October (1956.10) looks the same.
    """
    written = _written(raw)
    if _is_written_out(written):
        return written
    if SERIAL.match(written) and int(written) in SERIALS:
        return (EXCEL_EPOCH + dt.timedelta(days=int(written))).isoformat()
    if match := WHOLE.match(written) or COMPACT.match(written):
        return _checked(*match.groups())
    if match := DOTTED.match(written):
        if match[2] == "1":
            raise Unreadable(
                "分不清是 1 月还是 10 月（1956.10 会被表格写成 1956.1），请写成“1956年1月”这样"
            )
        return _checked(match[1], match[2])
    if match := MONTH.match(written):
        return _checked(*match.groups())
    if match := YEAR.match(written):
        return _checked(match[1])
    raise Unreadable(EXPECTED)


def _is_written_out(written: str) -> bool:
    """Whether it is YYYY-MM-DD already, as most are."""
    if len(written) != 10 or not (written[4] == written[7] == "-"):
        return False
    try:
        dt.date.fromisoformat(written)
    except ValueError:
        return False
    return "1850" <= written < "2201"


def _written(raw: str | int | float) -> str:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return str(raw).strip()


def _checked(year: str, month: str | None = None, day: str | None = None) -> str:
    if not 1850 <= int(year) <= 2200:
        raise Unreadable(f"年份 {year} 不在 1850 至 2200 之间")
    try:
        whole = dt.date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        raise Unreadable("没有这一天，请核对年月日") from None
    return whole[: 10 if day else 7 if month else 4]


def whole(raw: str) -> str:
    """YYYY-MM-DD alone; raises Unreadable for less."""
    day = parse(raw)
    if len(day) != 10:
        raise Unreadable("应为年月日齐全的日期，例如 2026-11-23")
    return day


def today() -> dt.date:
    """The day it is in 咸宁, whatever clock the server keeps."""
    return _day(int(time.time() + SECONDS) // 86_400)[0]


def latest(past: bool) -> str:
    """The last day that a date may be: today, or as far ahead as anybody plans."""
    return _day(int(time.time() + SECONDS) // 86_400)[1] if past else FAR


def minute() -> str:
    """The minute it is in 咸宁, as YYYY-MM-DD HH:MM."""
    return dt.datetime.now(BEIJING).strftime("%Y-%m-%d %H:%M")


def in_days(days: int) -> str:
    """The day that is so many days from today, before it where they are less than none."""
    return (today() + dt.timedelta(days=days)).isoformat()


@lru_cache(maxsize=4)  # a roster asks for it with each of its dates
def _day(number: int) -> tuple[dt.date, str]:
    day = dt.date(1970, 1, 1) + dt.timedelta(days=number)
    return day, day.isoformat()


FAR = "2200-01-01"
AHEAD = dt.timedelta(hours=8)
SECONDS = AHEAD.total_seconds()
BEIJING = dt.timezone(AHEAD)
