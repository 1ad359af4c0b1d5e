"""Where a project stands, by its dates, its reviews and its calls."""

from __future__ import annotations

from typing import Any

import pytest

from logic import designs

NOW = "2026-11-30 12:00"


def project(**said: Any) -> dict[str, Any]:
    return {"submitted_on": None, "reworked": None, "closed_on": None, **said}


def review(number: int, decision: str, day: str) -> dict[str, Any]:
    return {"id": f"r{number}", "decision": decision, "reviewed_on": day}


BACK, PASS = review(1, "退回", "2026-11-10"), review(2, "批准", "2026-11-12")


@pytest.mark.parametrize(
    ("said", "reviews", "state"),
    [
        ({}, [], "设计中"),
        ({"submitted_on": "2026-11-01"}, [], "待评审"),
        ({"submitted_on": "2026-11-01"}, [BACK], "已退回"),
        ({"submitted_on": "2026-11-10"}, [BACK], "已退回"),  # sent in and returned on one day
        ({"submitted_on": "2026-11-10", "reworked": 1}, [BACK], "待评审"),  # and once more
        ({"submitted_on": "2026-11-11"}, [BACK], "待评审"),  # a new day by itself says so
        ({"submitted_on": None, "reworked": 1}, [BACK], "已退回"),
        ({"submitted_on": "2026-11-11"}, [BACK, PASS], "已批准"),
        ({"submitted_on": "2026-11-11"}, [PASS, review(3, "退回", "2026-11-12")], "已退回"),
    ],
)
def test_states(said: dict[str, Any], reviews: list[dict[str, Any]], state: str) -> None:
    assert designs.state(project(**said), reviews) == state


def call(state: str, closes_at: str) -> dict[str, Any]:
    return {"state": state, "closes_on": "2026-11-30", "closes_at": closes_at}


@pytest.mark.parametrize(
    ("said", "calls", "won", "phase"),
    [
        ({}, [], None, "已批准"),
        ({}, [call("草稿", "18:00")], None, "已批准"),
        ({}, [call("已发布", "12:01")], None, "征集中"),
        ({}, [call("已发布", "12:00")], None, "评选中"),
        ({}, [call("已终止", "11:00")], None, "已批准"),
        ({}, [call("已发布", "11:00")], {"id": "a"}, "执行中"),
        ({"closed_on": "2026-11-29"}, [call("已发布", "11:00")], {"id": "a"}, "已结项"),
    ],
)
def test_phases(said: dict[str, Any], calls: list[Any], won: object, phase: str) -> None:
    stands = project(submitted_on="2026-11-01", **said)
    assert designs.phase(stands, [PASS], calls, won, NOW) == phase


def test_what_a_design_lacks() -> None:
    bare = dict.fromkeys(("goal", "group_id", "expected", "activities", "started_on", "aims"))
    assert designs.lacks(bare, [], []) == [
        "目标", "服务对象类别", "计划服务人数", "活动安排", "计划开始日期", "预期改善的指标",
        "对应的需求", "预算",
    ]  # fmt: skip
    assert designs.lacks(dict.fromkeys(bare, "有"), [{}], [{}]) == []
    assert designs.total([{"amount": 0.1}, {"amount": 0.2}]) == 0.3
