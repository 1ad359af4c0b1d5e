"""The citizen's ID number (GB 11643): its check digit, its birth date, what is wrong with it."""

from __future__ import annotations

import datetime as dt
import re
from operator import mul

from db import dates

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ZEROS = ord("0") * sum(WEIGHTS)  # so that the digits' signs can be summed as they are
CHECKS = "10X98765432"
NUMBER = re.compile(r"\d{17}[\dX]|\d{15}", re.ASCII)
SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+")
EARLIEST = dt.date(1850, 1, 1)


def check_digit(first17: str) -> str:
    """The 18th character that belongs to the first 17 digits."""
    return CHECKS[(sum(map(mul, first17.encode("ascii"), WEIGHTS)) - ZEROS) % 11]


def problem(number: str) -> str | None:
    """A sentence on what is wrong with `number` (upper case, no spaces), or None.

    The county code is never checked: older people and migrants carry codes of other places.
    """
    if not NUMBER.fullmatch(number):
        if SCIENTIFIC.fullmatch(number):
            return "这是被 Excel 截断成科学计数的身份证号码，后几位已丢失，请按原件重填"
        return f"身份证号码应为 18 位（或 15 位），读到 {len(number)} 位"
    born = birth(number)
    if born is None or not EARLIEST <= born <= dates.today():
        return "身份证号码中的出生日期不存在，请按原件核对"
    if len(number) == 18 and check_digit(number[:17]) != number[17]:
        if number.endswith("000"):
            return "末三位为 000，多半被 Excel 截断，请按原件重填"
        return "身份证号码的校验位不对，多半有一位打错，请按原件核对"
    return None


def birth(number: str) -> dt.date | None:
    """The birth date inside the number, or None when there is no such day."""
    digits = number[6:14] if len(number) == 18 else "19" + number[6:12]
    try:
        return dt.date.fromisoformat(digits)
    except ValueError:
        return None


def written(number: str) -> str:
    """The birth date inside a sound number as YYYY-MM-DD."""
    digits = number[6:14] if len(number) == 18 else f"19{number[6:12]}"
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def sex(number: str) -> str:
    """男 or 女, by the 17th digit (the last of a 15-digit number)."""
    digit = number[16] if len(number) == 18 else number[14]
    return "男" if int(digit) % 2 else "女"
