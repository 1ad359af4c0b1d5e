"""From what was typed to what is stored: every kind of field, with everything rosters hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.fields import Field
from db.kinds import (
    CHOICE,
    CHOICES,
    DATE,
    DECIMAL,
    FIGURE,
    ID_NUMBER,
    KINDS,
    NUMBER,
    PARTIAL_DATE,
    PHONE,
    REFERENCE,
    TEXT,
    TIME,
    YES_NO,
    Kind,
)
from db.parsers import Refused, plain, short

SEEN = settings(max_examples=150, derandomize=True, database=None)
MEGABYTE = "长" * 1_000_000
FIELDS = {
    kind.name: Field(kind, "列", choices=("生活", "心灵", "县（市、区）"), least=None, longest=20)
    for kind in KINDS
}


def parse(kind: Kind, raw: Any, **options: Any) -> Any:
    return replace(FIELDS[kind.name], **options).parse(raw)


CASES: tuple[tuple[Kind, Any, Any], ...] = (
    (TEXT, " 张三 ", "张三"),
    (TEXT, "　张　三　", "张　三"),
    (TEXT, "一\n二\t三", "一 二 三"),
    (TEXT, "'文字", "'文字"),
    (TEXT, "ＡＢ１２", "ＡＢ１２"),
    (TEXT, 12, "12"),
    (TEXT, 1.5, "1.5"),
    (TEXT, 12.0, "12"),
    (TEXT, "<script>alert(1)</script>", None),  # longer than it may be, and not for what it says
    (TEXT, "<b>&amp;</b>", "<b>&amp;</b>"),
    (TEXT, "👩‍👩‍👧𠮷", "👩‍👩‍👧𠮷"),
    (NUMBER, "12", 12),
    (NUMBER, "１２", 12),
    (NUMBER, "'12", 12),
    (NUMBER, "1,234,567", 1234567),
    (NUMBER, "-3", -3),
    (NUMBER, "+3", 3),
    (NUMBER, "12.0", 12),
    (NUMBER, 12.0, 12),
    (NUMBER, "0012", 12),
    (NUMBER, "9007199254740991", 9007199254740991),
    (DECIMAL, "1.5", 1.5),
    (DECIMAL, "１．５", 1.5),
    (DECIMAL, "1,234.5", 1234.5),
    (DECIMAL, 3, 3.0),
    (DECIMAL, 1e16, 1e16),
    (DECIMAL, 0.00001, 0.00001),
    (FIGURE, "2412", "2412"),
    (FIGURE, 2412, "2412"),
    (FIGURE, "12,500余", "12500余"),
    (FIGURE, "4700多", "4700多"),
    (FIGURE, "12500+", "12500余"),
    (FIGURE, "≥10", "至少10"),
    (FIGURE, "至少 10", "至少10"),
    (FIGURE, " 约 1.2 ", "约1.2"),
    (FIGURE, "约１.２", "约1.2"),
    (YES_NO, "是", True),
    (YES_NO, "√", True),
    (YES_NO, "Ｙ", True),
    (YES_NO, 1, True),
    (YES_NO, True, True),
    (YES_NO, "否", False),
    (YES_NO, "×", False),
    (YES_NO, "0", False),
    (YES_NO, False, False),
    (CHOICE, " 生活 ", "生活"),
    (CHOICE, "县(市、区)", "县（市、区）"),
    (CHOICES, "心灵、生活", "生活、心灵"),
    (CHOICES, "心灵,生活;心灵 生活", "生活、心灵"),
    (CHOICES, "心灵，生活", "生活、心灵"),
    (CHOICES, "、", None),
    (DATE, "2026年11月23日", "2026-11-23"),
    (DATE, 45352, "2024-03-01"),
    (DATE, "１９５６-０３-０１", "1956-03-01"),
    (PARTIAL_DATE, "1956.03", "1956-03"),
    (PARTIAL_DATE, "'1956", "1956"),
    (TIME, "08:30", "08:30"),
    (TIME, " 8:30 ", "08:30"),
    (TIME, "８：３０", "08:30"),
    (TIME, "8点", "08:00"),
    (TIME, "17点30分", "17:30"),
    (TIME, "17时05", "17:05"),
    (TIME, "0:00", "00:00"),
    (TIME, "23:59", "23:59"),
    (TIME, "8点半", "08:30"),
    (TIME, "下午3点半", "15:30"),
    (TIME, "上午 8:30", "08:30"),
    (TIME, "08:30:00", "08:30"),
    (TIME, 0.3541666666666667, "08:30"),
    (TIME, "0.35416667", "08:30"),
    (TIME, 0.5, "12:00"),
    (TIME, 0.0, "00:00"),
    (ID_NUMBER, "421281195603010015", "421281195603010015"),
    (ID_NUMBER, "'421281195603010015", "421281195603010015"),
    (ID_NUMBER, "４２１２８１ 19560301 0015", "421281195603010015"),
    (ID_NUMBER, "11010519491231002x", "11010519491231002X"),
    (ID_NUMBER, 421281195603010015, "421281195603010015"),
    (ID_NUMBER, "421281560301001", "421281560301001"),
    (PHONE, "13800000001", "13800000001"),
    (PHONE, 13800000001, "13800000001"),
    (PHONE, 13800000001.0, "13800000001"),
    (PHONE, "+86 138-0000-0001", "13800000001"),
    (PHONE, "１３８００００００01", "13800000001"),
    (PHONE, "0715-5221234", "0715-5221234"),
    (PHONE, "(0715)5221234", "07155221234"),
    (PHONE, "5221234", "5221234"),
    (PHONE, "0715-5221234-801", "0715-5221234-801"),
    (REFERENCE, "e-an", "e-an"),
)


@pytest.mark.parametrize(
    ("kind", "raw", "kept"), CASES, ids=lambda v: v.name if isinstance(v, Kind) else ascii(v)
)
def test_what_is_understood(kind: Kind, raw: Any, kept: Any) -> None:
    if kept is None and kind is TEXT:
        with pytest.raises(Refused, match="不超过 20 字"):
            parse(kind, raw)
    else:
        stored = parse(kind, raw)
        assert stored == kept
        assert type(stored) is type(kept)
        assert kept is None or parse(kind, stored) == stored


REFUSED: tuple[tuple[Kind, Any, str], ...] = (
    (NUMBER, "abc", "读到“abc”，应为整数"),
    (NUMBER, "1.5", "应为整数"),
    (NUMBER, "1,5", "应为整数"),
    (NUMBER, "1,2345", "应为整数"),
    (NUMBER, "12,34,567", "应为整数"),
    (NUMBER, "1e5", "应为整数"),
    (NUMBER, "0x10", "应为整数"),
    (NUMBER, "9007199254740992", "应为整数"),
    (NUMBER, "9007199254740990.5", "应为整数"),
    (NUMBER, "9" * 400, "应为整数"),
    (NUMBER, "١٢", "应为整数"),
    (NUMBER, "一二", "应为整数"),
    (NUMBER, "12人", "应为整数"),
    (NUMBER, True, "应为整数"),
    (NUMBER, float("inf"), "应为整数"),
    (NUMBER, float("nan"), "应为整数"),
    (NUMBER, 1e300, "应为整数"),
    (NUMBER, [1], "应为整数"),
    (DECIMAL, "abc", "应为数字"),
    (DECIMAL, "1.2.3", "应为数字"),
    (DECIMAL, "nan", "应为数字"),
    (DECIMAL, "1,5", "应为数字"),
    (FIGURE, "很多", "应为数字"),
    (FIGURE, "约12余", "只带一个"),
    (FIGURE, "1,2", "应为数字"),
    (FIGURE, "١٢", "应为数字"),
    (FIGURE, "-5", "应为数字"),
    (FIGURE, "10~20", "应为数字"),
    (YES_NO, "也许", "应为“是”或“否”"),
    (YES_NO, 2, "应为“是”或“否”"),
    (CHOICE, "物质", "应为下列之一：生活、心灵"),
    (CHOICE, ["生活"], "应为下列之一"),
    (CHOICES, "生活、金钱", "应为下列各项"),
    (DATE, "2000-02-30", "没有这一天"),
    (DATE, "2026-11", "年月日齐全"),
    (DATE, "abc", "应为日期"),
    (PARTIAL_DATE, "1956.1", "分不清"),
    (PARTIAL_DATE, float("inf"), "应为日期"),
    (TIME, "24:00", "应为0 点至 23:59 的钟点"),
    (TIME, "8:60", "应为0 点至 23:59 的钟点"),
    (TIME, "8:5", "例如 08:30"),
    (TIME, "8.30", "例如 08:30"),
    (TIME, "8", "例如 08:30"),
    (TIME, 9, "例如 08:30"),
    (TIME, "-1:00", "例如 08:30"),
    (TIME, 1.0, "例如 08:30"),
    (TIME, 0.99999, "例如 08:30"),
    (TIME, "0.5", "例如 08:30"),
    (TIME, "下午", "例如 08:30"),
    (TIME, "٨:٣٠", "例如 08:30"),
    (TIME, True, "例如 08:30"),
    (ID_NUMBER, "42128119560301001", "读到 17 位"),
    (ID_NUMBER, 4.21281199001011e17, "被 Excel 截断"),
    (ID_NUMBER, "4.21281E+17", "被 Excel 截断"),
    (ID_NUMBER, "421281195603010000", "末三位为 000"),
    (ID_NUMBER, "421281********0015", "应为 18 位"),
    (PHONE, "abc", "11 位手机号"),
    (PHONE, "1380000000", "11 位手机号"),
    (PHONE, "23800000001", "11 位手机号"),
    (PHONE, "138****0001", "11 位手机号"),
    (PHONE, 1.5, "11 位手机号"),
    (PHONE, float("inf"), "11 位手机号"),
    (PHONE, "١٣٨٠٠٠٠٠٠٠١", "11 位手机号"),
    (TEXT, "长" * 21, "不超过 20 字"),
    (TEXT, MEGABYTE, "（共 1000000 字）"),
    (TEXT, "零\x00字节", "控制字符"),
    (TEXT, "响\x07铃", "控制字符"),
    (TEXT, "半个\ud800字", "控制字符"),
    (TEXT, float("nan"), "应为文字"),
    (TEXT, True, "应为文字"),
    (TEXT, {"a": 1}, "应为文字"),
    (REFERENCE, "x" * 37, "从列表中选出的一项"),
    (REFERENCE, "e-an\n", "从列表中选出的一项"),
    (REFERENCE, 5, "从列表中选出的一项"),
    (REFERENCE, "张三", "从列表中选出的一项"),
)


@pytest.mark.parametrize(
    ("kind", "raw", "sentence"),
    REFUSED,
    ids=lambda v: v.name if isinstance(v, Kind) else ascii(v)[:30],
)
def test_what_is_refused_says_what_was_read_and_what_is_expected(
    kind: Kind, raw: Any, sentence: str
) -> None:
    with pytest.raises(Refused) as told:
        parse(kind, raw)
    said = str(told.value)
    assert said.startswith("“列”读到")
    assert sentence in said
    assert len(said) < 120
    said.encode()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("raw", [None, "", " ", "　", "\t\n"], ids=ascii)
def test_empty_is_empty_or_must_be_filled(kind: Kind, raw: str | None) -> None:
    assert parse(kind, raw) is None
    with pytest.raises(Refused, match="“列”必须填写"):
        parse(kind, raw, required=True)


def test_only_separators_do_not_fill_a_required_cell() -> None:
    with pytest.raises(Refused, match="必须填写"):
        parse(CHOICES, "、", required=True)


def test_past_forbids_what_is_to_come() -> None:
    with pytest.raises(Refused, match="不晚于今天"):
        parse(PARTIAL_DATE, "2199-01-01", past=True)
    assert parse(PARTIAL_DATE, "2199-01-01") == "2199-01-01"
    with pytest.raises(Refused, match="2200 年以前"):
        parse(PARTIAL_DATE, "2200-06-01")


def test_bounds() -> None:
    assert parse(NUMBER, "0", least=0, most=10) == 0
    assert parse(DECIMAL, "10", least=0, most=10) == 10.0
    for raw in ("-1", "11"):
        with pytest.raises(Refused, match="0 至 10 之间的数"):
            parse(NUMBER, raw, least=0, most=10)


def test_lines_stay_lines_where_there_may_be_several() -> None:
    assert parse(TEXT, "一\r\n二\r三\t四", multiline=True) == "一\n二\n三\t四"


# st.text has surrogates, controls and every script; the rest is what JSON and Excel can hold.
ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=40),
    st.text("0123456789.-/年月日Ee+Xx *约余多,", max_size=20),
    st.lists(st.text(max_size=3), max_size=3), st.dictionaries(st.text(max_size=3), st.none()),
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@SEEN
@given(raw=ANYTHING)
def test_anything_is_stored_as_something_stable_or_refused_in_a_sentence(
    kind: Kind, raw: Any
) -> None:
    try:
        kept = parse(kind, raw)
    except Refused as told:
        said = str(told)
    else:
        assert parse(kind, kept) == kept
        str(kept).encode()
        return
    assert said.startswith("“列”")
    assert len(said) < 150
    said.encode()


@SEEN
@given(st.integers(-(2**53) + 1, 2**53 - 1))
def test_whole_numbers_come_back(number: int) -> None:
    assert parse(NUMBER, f"{number}") == parse(NUMBER, f"{number:,}") == number


@SEEN
@given(st.integers(0, 23), st.integers(0, 59))
def test_every_minute_of_the_day_comes_back(hour: int, minute: int) -> None:
    kept = f"{hour:02}:{minute:02}"
    ways = (kept, f"{hour}:{minute:02}", f"{hour}点{minute:02}分", f"{hour}时{minute:02}")
    assert {parse(TIME, way) for way in ways} == {kept}


@SEEN
@given(
    st.sampled_from(["", "约", "至少"]), st.integers(0, 10**9), st.sampled_from(["", "余", "多"])
)
def test_figures_keep_their_qualifier(before: str, number: int, after: str) -> None:
    if before and after:
        return
    assert parse(FIGURE, f"{before}{number:,}{after}") == f"{before}{number}{after}"


def test_short_is_short_and_can_be_printed() -> None:
    assert short("a\x00\ud800b") == "“a□□b”"
    assert short(MEGABYTE) == f"“{'长' * 30}…”（共 1000000 字）"


def test_plain_takes_what_excel_adds() -> None:
    assert plain("'１２３ ") == "123"
