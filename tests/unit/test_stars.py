"""Hours and stars, added up by hand."""

from __future__ import annotations

import pytest

from logic import stars


@pytest.mark.parametrize(
    ("hours", "count"), [(0, 0), (99.9, 0), (100, 1), (299, 1), (300, 2), (600, 3), (1500, 5)]
)
def test_stars_begin_with_the_hour_that_fills_them(hours: float, count: int) -> None:
    assert stars.stars(hours) == count


def test_only_what_is_approved_counts() -> None:
    def served(who: str, hours: float | None, state: str = "已认定") -> dict[str, object]:
        return {"volunteer_id": who, "hours": hours, "state": state}

    rows = [
        served("b", 60.5), served("b", 40), served("a", 2), served("a", 100, "待认定"),
        served("c", 3, "退回"), served("d", None),
    ]  # fmt: skip
    table = stars.table(rows, {"a": "甲", "b": "乙", "d": "丁"})
    assert table["志愿者"].tolist() == ["乙", "甲", "丁"]
    assert table["认定时长"].tolist() == [100.5, 2, 0]
    assert table["星级"].tolist() == ["★", "", ""]
    assert table["次数"].tolist() == [2, 1, 1]
    assert len(stars.table([], {})) == 0
