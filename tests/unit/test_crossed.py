"""The cross table of coverage: what is written in it and how dark it is."""

from __future__ import annotations

from typing import Any

from logic import coverage

GROUPS: list[dict[str, Any]] = [
    {"id": "g1", "name": "老人", "subject": "人"},
    {"id": "g2", "name": "儿童", "subject": "人"},
    {"id": "g3", "name": "无人", "subject": "人"},
]
COUNTED: list[dict[str, Any]] = [
    {"area_id": "a", "group_id": "g1", "n": 20, "N": 74},
    {"area_id": "b", "group_id": "g1", "n": None, "N": 1200},
    {"area_id": "b", "group_id": "g2", "n": None, "N": None},
]


def test_every_community_by_every_group_with_members() -> None:
    table = coverage.table(COUNTED, GROUPS, ["a", "b"])
    written, shares = coverage.crossed(table, {"a": "甲社区", "b": "乙社区"})
    assert list(written.columns) == ["社区", "老人", "儿童"]
    assert list(written.loc["a"]) == ["甲社区", "20/74", "—"]
    assert list(written.loc["b"]) == ["乙社区", "—/1,200", "少于 5"]
    assert list(shares.loc["a"]) == [None, 20 / 74, None]
    assert list(shares.loc["b"]) == [None, None, None]


def test_only_the_communities_that_are_asked_for() -> None:
    table = coverage.table(COUNTED, GROUPS, ["a", "b"])
    written, _ = coverage.crossed(table, {"b": "乙社区"})
    assert list(written.index) == ["b"]
