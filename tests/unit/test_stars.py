"""Hours and stars, added up by hand."""

from __future__ import annotations

from typing import Any

import pytest

from logic import stars

STEPS = (100, 300, 600, 1000, 1500)


@pytest.mark.parametrize(
    ("hours", "count"), [(0, 0), (99.9, 0), (100, 1), (299, 1), (300, 2), (600, 3), (1500, 5)]
)
def test_stars_begin_with_the_hour_that_fills_them(hours: float, count: int) -> None:
    assert stars.stars(hours, STEPS) == count


def summed(who: str, hours: float, count: int = 1) -> dict[str, object]:
    return {"volunteer_id": who, "sum": hours, "count": count}


def test_the_most_hours_stand_first_with_their_stars() -> None:
    table = stars.table(
        [summed("a", 2), summed("b", 100.5, 2), summed("d", 0)],
        {"a": "甲", "b": "乙", "d": "丁"},
        STEPS,
    )
    assert table["志愿者"].tolist() == ["乙", "甲", "丁"]
    assert table["认定时长"].tolist() == [100.5, 2, 0]
    assert table["星级"].tolist() == ["★", "", ""]
    assert table["次数"].tolist() == [2, 1, 1]
    assert len(stars.table([], {}, STEPS)) == 0


def test_hours_of_a_team_are_those_of_its_members() -> None:
    members = [
        {"team_id": "x", "volunteer_id": "a"},
        {"team_id": "x", "volunteer_id": "b"},
        {"team_id": "y", "volunteer_id": "a"},
        {"team_id": "y", "volunteer_id": "none"},
    ]
    sums = [summed("a", 2), summed("b", 1.5), summed("alone", 9)]
    table = stars.by_team(sums, members, {"x": "甲队", "y": "乙队"})
    assert table.to_numpy().tolist() == [["甲队", 2, 3.5], ["乙队", 2, 2.0]]
    groups: list[dict[str, Any]] = [
        {"group_id": None, "sum": 1.0, "count": 3},
        {"group_id": "g", "sum": 4.0, "count": 2},
    ]
    said = stars.by_group(groups, {"g": "留守儿童"}).to_numpy().tolist()
    assert said == [["留守儿童", 2, 4.0], ["没有写明", 3, 1.0]]
