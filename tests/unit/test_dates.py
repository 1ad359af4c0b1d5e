"""Dates as rosters write them, and none that is made up of what was not written."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import dates

DAYS = st.dates(dt.date(1850, 1, 1), dt.date(2200, 12, 31))
SEEN = settings(max_examples=150, derandomize=True, database=None)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("1956-03-01", "1956-03-01"),
        ("1956-3-1", "1956-03-01"),
        ("1956/3/1", "1956-03-01"),
        ("1956.3.1", "1956-03-01"),
        ("1956.03.01", "1956-03-01"),
        ("1956年3月1日", "1956-03-01"),
        ("1956年03月01号", "1956-03-01"),
        ("1956年3月1", "1956-03-01"),
        ("19560301", "1956-03-01"),
        (19560301, "1956-03-01"),
        (19560301.0, "1956-03-01"),
        ("1956-03-01 00:00:00", "1956-03-01"),
        ("1956-03-01T00:00", "1956-03-01"),
        ("1956.03", "1956-03"),
        (1956.03, "1956-03"),
        ("1956.3", "1956-03"),
        ("1956.10", "1956-10"),
        ("1956.12", "1956-12"),
        (1956.12, "1956-12"),
        ("1956年3月", "1956-03"),
        ("1956-03", "1956-03"),
        ("1956/3", "1956-03"),
        ("195603", "1956-03"),
        (195603, "1956-03"),
        ("1956", "1956"),
        (1956, "1956"),
        (1956.0, "1956"),
        ("1956年", "1956"),
        (" 1956 ", "1956"),
        ("20515", "1956-03-01"),
        (20515, "1956-03-01"),
        (20515.0, "1956-03-01"),
        (45350, "2024-02-28"),
        (45351, "2024-02-29"),
        (45352, "2024-03-01"),
        ("2000-02-29", "2000-02-29"),
    ],
    ids=ascii,
)
def test_every_way_of_writing_a_date(raw: str | float, kept: str) -> None:
    assert dates.parse(raw) == kept


@pytest.mark.parametrize("raw", ["1956.1", 1956.1], ids=ascii)
def test_january_or_october_is_asked_about(raw: str | float) -> None:
    with pytest.raises(dates.Unreadable, match="分不清是 1 月还是 10 月"):
        dates.parse(raw)


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("2000-02-30", "没有这一天"),
        ("1999-02-29", "没有这一天"),
        ("1900-02-29", "没有这一天"),
        ("1956-13-01", "没有这一天"),
        ("1956-00-01", "没有这一天"),
        ("1956-03-00", "没有这一天"),
        ("195613", "没有这一天"),
        ("19560230", "没有这一天"),
        ("1956.13", "没有这一天"),
        ("1849-12-31", "1850 至 2200"),
        ("0001-01-01", "1850 至 2200"),
        ("2201", "1850 至 2200"),
        ("99999999", "1850 至 2200"),
        ("", "应为日期"),
        ("abc", "应为日期"),
        ("1956-03-01 08:30:00", "应为日期"),
        ("56-3-1", "应为日期"),
        ("195", "应为日期"),
        ("1956031", "应为日期"),
        ("2999", "1850 至 2200"),
        ("99999", "应为日期"),
        ("1956--03", "应为日期"),
        ("-1956", "应为日期"),
        (-20515, "应为日期"),
        (20515.5, "应为日期"),
        (0, "应为日期"),
        (True, "应为日期"),
        (float("nan"), "应为日期"),
        (float("inf"), "应为日期"),
        (float("-inf"), "应为日期"),
        (1e300, "应为日期"),
        ("9" * 5000, "应为日期"),
        ("1956-03-01\x00", "应为日期"),
        ("１９５６", "应为日期"),
        ("١٩٥٦", "应为日期"),
        ("一九五六年", "应为日期"),
    ],
    ids=lambda value: ascii(value)[:24],
)
def test_what_is_no_date_is_told_in_a_sentence(raw: str | float, sentence: str) -> None:
    with pytest.raises(dates.Unreadable, match=sentence) as told:
        dates.parse(raw)
    assert len(str(told.value)) < 80


@SEEN
@given(DAYS)
def test_a_day_comes_back_however_it_is_written(day: dt.date) -> None:
    forms: list[str | int] = [
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        int(f"{day:%Y%m%d}"),
    ]
    assert {dates.parse(form) for form in forms} == {day.isoformat()}
    assert dates.parse(dates.parse(forms[0])) == day.isoformat()


@SEEN
@given(st.integers(1850, 2200), st.integers(1, 12))
def test_a_month_stays_a_month(year: int, month: int) -> None:
    for form in (
        f"{year}-{month}",
        f"{year}年{month}月",
        f"{year}.{month:02d}",
        f"{year}{month:02d}",
    ):
        assert dates.parse(form) == f"{year}-{month:02d}"


@SEEN
@given(st.integers(10_000, 79_999))
def test_a_serial_is_the_day_that_excel_means(serial: int) -> None:
    wanted = dt.date(1956, 3, 1) + dt.timedelta(days=serial - 20515)
    assert dates.parse(serial) == dates.parse(f"{serial}") == wanted.isoformat()


@SEEN
@given(st.text(max_size=12) | st.integers() | st.floats())
def test_anything_is_a_date_or_a_sentence(raw: str | float) -> None:
    kept = said(raw)
    if kept.isascii():
        assert dates.parse(kept) == kept
        assert len(kept) in (4, 7, 10)
    else:
        assert any("一" <= sign <= "龥" for sign in kept)


def said(raw: str | float) -> str:
    """What is kept of it, or the sentence."""
    try:
        return dates.parse(raw)
    except dates.Unreadable as told:
        return str(told)


@pytest.mark.parametrize("raw", ["2026", "2026-11", "1956年3月"])
def test_a_whole_day_is_asked_for_where_one_is_needed(raw: str) -> None:
    with pytest.raises(dates.Unreadable, match="年月日齐全"):
        dates.whole(raw)
    assert dates.whole("2026年11月23日") == "2026-11-23"


def test_today_is_the_day_in_xianning(monkeypatch: pytest.MonkeyPatch) -> None:
    evening = dt.datetime(2026, 11, 22, 16, 0, tzinfo=dt.UTC).timestamp()
    monkeypatch.setattr("db.dates.time.time", lambda: evening)
    assert dates.today() == dt.date(2026, 11, 23)
    monkeypatch.setattr("db.dates.time.time", lambda: evening - 0.1)
    assert dates.today() == dt.date(2026, 11, 22)
