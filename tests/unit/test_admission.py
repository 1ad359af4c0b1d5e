"""Admissions and money: what lacks, what it takes, which share — by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from logic import admission, money
from logic.money import Account

DAY = "2026-03-10"


def asked(row_id: str, **cells: Any) -> dict[str, Any]:
    blank = dict.fromkeys(("basis", "funding", "started_on", "ended_on", "hours"))
    return blank | {"id": row_id, "department": "民政局", "asked_on": "2026-01-01"} | cells


FULL = {"basis": "某法", "funding": 1000.0, "started_on": "2026-02-01"}
ROWS = [
    asked("whole", **FULL, hours=4.0),
    asked("unasked", **FULL, hours=6.0, department="金融办"),
    asked("unpaid", **(FULL | {"funding": 0.0}), hours=1.5),
    asked("over", **(FULL | {"ended_on": "2026-03-01"}), hours=10.0),
    asked("coming", **(FULL | {"started_on": "2026-03-11"}), hours=20.0),
    asked("never", basis="某法", funding=1.0, hours=40.0),
]


def decided(row_id: str, of: str, day: str, words: str = "同意进入") -> dict[str, Any]:
    return {"id": row_id, "admission_id": of, "decided_on": day, "decision": words}


DECISIONS = [
    decided("2", "whole", "2026-01-20"),
    decided("1", "whole", "2026-01-10", "不同意"),
    decided("3", "unpaid", "2026-01-10"),
    decided("4", "over", "2026-01-10"),
]


def test_the_last_decision_holds_and_what_lacks_is_named() -> None:
    found = {one.row["id"]: one for one in admission.items(ROWS, DECISIONS)}
    assert {name: one.state for name, one in found.items()} == {
        "whole": "同意进入", "unasked": "待审批", "unpaid": "同意进入", "over": "同意进入",
        "coming": "待审批", "never": "待审批",
    }  # fmt: skip
    assert found["whole"].lacks == ()
    assert found["unasked"].lacks == ("审批",)
    assert found["unpaid"].lacks == ("经费",)
    now = [name for name, one in found.items() if one.in_force(DAY)]
    assert sorted(now) == ["unasked", "unpaid", "whole"]


def test_the_rate_counts_what_is_in_force() -> None:
    found = admission.items(ROWS, DECISIONS)
    assert admission.rate(found, DAY) == (1, 3)
    assert admission.rate(found, "2026-02-15") == (2, 4)
    assert admission.rate(found, "2025-12-31") == (0, 0)


def test_hours_by_department_and_month() -> None:
    wanted = admission.months(dt.date(2026, 3, 10), 3)
    assert wanted == ["2026-01", "2026-02", "2026-03"]
    table = admission.burden(admission.items(ROWS, DECISIONS), wanted)
    # 民政局: February whole 4 + unpaid 1.5 + over 10, which ended on the first of March; in March
    # whole, unpaid and coming 20.
    assert {name: list(row) for name, row in table.iterrows()} == {
        "民政局": [0.0, 15.5, 25.5],
        "金融办": [0.0, 6.0, 6.0],
    }
    assert admission.burden([], wanted).empty
    assert admission.months(dt.date(2026, 1, 31), 2) == ["2025-12", "2026-01"]


FUNDS = [
    {"id": "a", "amount": 1000.0, "source": "项目资金"},
    {"id": "b", "amount": 500.0, "source": "慈善捐赠"},
    {"id": "c", "amount": 200.0, "source": "慈善捐赠"},
]
PAID = [{"fund_id": "a", "amount": 600.1}, {"fund_id": "a", "amount": 0.2},
        {"fund_id": "b", "amount": 500.0}]  # fmt: skip
SPENT = [{"fund_id": "a", "amount": 150.0}, {"fund_id": "b", "amount": 125.5}]


def test_accounts_and_their_groups() -> None:
    known = money.accounts(FUNDS, PAID, SPENT)
    assert known["a"] == Account(1000.0, 600.3, 150.0)
    assert (known["a"].left, known["a"].unpaid) == (450.3, 399.7)
    sums = money.grouped(FUNDS, known, lambda row: str(row["source"]))
    assert list(sums) == ["项目资金", "慈善捐赠"]
    assert sums["慈善捐赠"] == Account(700.0, 500.0, 125.5)
    assert money.total(known.values()) == Account(1700.0, 1100.3, 275.5)


def test_money_in_words() -> None:
    assert money.rate(6000.0, 10000.0) == "6,000/10,000（60.0%）"
    assert money.rate(0.5, 0.0) == "—"
    assert money.yuan(1234.5) == "1,234.50"
    line = money.line("来源", "慈善捐赠", Account(700.0, 500.0, 125.5))
    assert list(line.values()) == [
        "慈善捐赠", "700", "500/700（71.4%）", "125.50/500（25.1%）", "374.50",
    ]  # fmt: skip
