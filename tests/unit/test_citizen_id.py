"""The citizen's ID number: its check digit, what is wrong with a wrong one, what is never asked."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import citizen_id

SEEN = settings(max_examples=150, derandomize=True, database=None)
# The standard's own worked example (GB 11643), and numbers whose sums were made by hand.
GOOD = "11010519491231002X"
BIRTHS = st.dates(dt.date(1900, 1, 1), dt.date(2020, 12, 31))


def made(code: str, born: dt.date, order: int) -> str:
    first = f"{code}{born:%Y%m%d}{order:03d}"
    weights = [2 ** (17 - place) % 11 for place in range(17)]  # the standard's own formula
    left = sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True)) % 11
    return first + "10X98765432"[left]


@pytest.mark.parametrize(
    "number",
    [
        GOOD,
        "440524188001010014",
        "421281195603010015",  # 赤壁
        "422323194905120023",  # 蒲圻县, before 1986
        "422302199001010017",  # 蒲圻市, 1986 to 1998: 170 mod 11 = 5, so 7
        "130503670401001",  # 15 digits, of 1967
        "421281560301001",
    ],
)
def test_good_numbers_of_any_place_and_age(number: str) -> None:
    assert citizen_id.problem(number) is None


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("42128119560301001", "应为 18 位（或 15 位），读到 17 位"),
        ("4212811956030100155", "读到 19 位"),
        ("42128119560301", "读到 14 位"),
        ("", "读到 0 位"),
        ("421281195603010016", "校验位不对"),
        ("421281195603010051", "校验位不对"),
        ("11010519491231002A", "应为 18 位"),
        ("1101051949123100X2", "应为 18 位"),
        ("42128119560301001x", "应为 18 位"),
        ("421281195602300015", "出生日期不存在"),
        ("421281195613010015", "出生日期不存在"),
        ("421281000001010015", "出生日期不存在"),
        ("421281000101010015", "出生日期不存在"),
        ("421281299901010015", "出生日期不存在"),
        ("421281560230001", "出生日期不存在"),
        ("421281195603010000", "末三位为 000"),
        ("4.21281E+17", "被 Excel 截断成科学计数"),
        ("4.21281195603010E+17", "被 Excel 截断成科学计数"),
        ("4E17", "被 Excel 截断成科学计数"),
        ("４２１２８１１９５６０３０１００１５", "应为 18 位"),
        ("٤٢١٢٨١١٩٥٦٠٣٠١٠٠١٥", "应为 18 位"),
    ],
)
def test_what_is_wrong_is_said(number: str, sentence: str) -> None:
    assert sentence in (citizen_id.problem(number) or "")


def test_check_digit_of_the_standard() -> None:
    assert citizen_id.check_digit("11010519491231002") == "X"
    assert citizen_id.check_digit("44052418800101001") == "4"


@SEEN
@given(st.integers(110000, 659999), BIRTHS, st.integers(1, 999))
def test_every_number_made_by_the_formula_is_good(code: int, born: dt.date, order: int) -> None:
    number = made(str(code), born, order)
    assert citizen_id.problem(number) is None
    assert citizen_id.birth(number) == born
    assert citizen_id.sex(number) == ("男" if order % 2 else "女")


@SEEN
@given(BIRTHS, st.integers(1, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(born: dt.date, order: int, place: int, off: int) -> None:
    number = made("421281", born, order)
    wrong = str((int(number[place]) + off) % 10)
    assert citizen_id.problem(number[:place] + wrong + number[place + 1 :]) is not None


@SEEN
@given(BIRTHS, st.integers(1, 999), st.integers(0, 15))
def test_two_digits_changed_about_are_always_noticed(born: dt.date, order: int, place: int) -> None:
    number = made("421281", born, order)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert swapped == number or citizen_id.problem(swapped) is not None


def test_fifteen_digits_are_of_the_last_century() -> None:
    assert citizen_id.birth("130503670401001") == dt.date(1967, 4, 1)
    assert citizen_id.sex("130503670401001") == "男"
    assert citizen_id.sex("130503670401002") == "女"


@SEEN
@given(st.text(max_size=25))
def test_anything_is_good_or_a_sentence(text: str) -> None:
    told = citizen_id.problem(text)
    assert told is None or len(told) > 8
