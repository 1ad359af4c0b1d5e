"""Money: nobody pays above the budget or spends above what is left, at the door or round it."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from db import doors, ids
from db.changes import Change
from tests.village import CLERK, EAST, add, done, drop, edit, one, put

# The fund e-fund: 1000 granted, 600 paid, nothing spent.
WORDS = {"item": "书", "voucher": "1"}


def spend(amount: float, row_id: str | None = None) -> Change:
    return add("spendings", row_id, EAST, fund_id="e-fund", amount=amount, **WORDS)


def pay(amount: float, row_id: str | None = None) -> Change:
    return add("payments", row_id, EAST, fund_id="e-fund", amount=amount)


SQLITE = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


@SQLITE
def test_the_last_cent_may_be_spent_and_no_more(village: Engine) -> None:
    done(village, CLERK, spend(599.9), spend(0.1))  # 599.9 + 0.1 is not 600 in binary
    told = one(village, CLERK, spend(0.01))
    assert told.status == "refused"
    assert told.reason == (
        "支出合计将是 600.01 元，超过已拨付的 600.00 元（现在结余 0.00 元），"
        "请核对金额，或先登记拨付"
    )


@SQLITE
def test_changes_of_one_batch_count_together(village: Engine) -> None:
    told = put(village, CLERK, pay(400), spend(700), spend(300), spend(1), pay(1))
    assert [each.status for each in told] == ["applied", "applied", "applied", "refused", "refused"]
    assert told[4].reason == "拨付合计将是 1,001.00 元，超过预算 1,000.00 元，请核对金额"


@SQLITE
def test_what_is_spent_holds_the_payment_and_the_budget(village: Engine) -> None:
    done(village, CLERK, spend(500, "e-spent"))
    told = put(
        village,
        CLERK,
        edit("payments", "e-paid", "amount", 600.0, 499),
        drop("payments", "e-paid"),
        edit("funds", "e-fund", "amount", 1000.0, 599),
        edit("spendings", "e-spent", "amount", 500.0, 601),
    )
    assert [each.reason[:9] for each in told] == [
        "已支出 500.0", "已支出 500.0", "拨付合计将是 60", "支出合计将是 60",
    ]  # fmt: skip
    done(
        village,
        CLERK,
        edit("spendings", "e-spent", "amount", 500.0, 400),
        edit("payments", "e-paid", "amount", 600.0, 400),
        edit("funds", "e-fund", "amount", 1000.0, 400),
    )


@SQLITE
def test_what_was_taken_away_comes_back_only_within_the_sums(village: Engine) -> None:
    done(village, CLERK, spend(600, "e-spent"))
    batch = done(village, CLERK, drop("spendings", "e-spent"))
    done(village, CLERK, spend(1, "e-one"))
    undone = doors.undo(village, CLERK, batch)
    assert [each.status for each in undone.outcomes] == ["refused"]
    done(village, CLERK, drop("spendings", "e-one"))
    assert doors.undo(village, CLERK, batch).outcomes[0].status == "applied"


@SQLITE
def test_a_payment_stays_with_its_fund(village: Engine) -> None:
    told = one(village, CLERK, edit("payments", "e-paid", "fund_id", "e-fund", "w-fund"))
    assert told.reason == "“资金”不能修改"


STATEMENTS = (
    "UPDATE payments SET amount = 1001 WHERE id = 'e-paid'",
    "UPDATE funds SET amount = 599 WHERE id = 'e-fund'",
    """INSERT INTO payments (id, area_id, created_at, fund_id, paid_on, amount)
    VALUES ('x', 'east', '', 'e-fund', '2026-01-01', 400.01)""",
    """INSERT INTO spendings (id, area_id, created_at, fund_id, spent_on, amount, item, voucher)
    VALUES ('x', 'east', '', 'e-fund', '2026-01-01', 600.01, '', '')""",
)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_nor_round_the_door(village: Engine, statement: str) -> None:
    with village.connect() as conn, pytest.raises(DBAPIError, match="more than"):
        conn.execute(text(statement))


def test_nor_two_at_once(village: Engine) -> None:
    """Ten of 100 at once, where 600 is left."""
    outcomes: list[Any] = []
    ready = threading.Barrier(10)

    def go() -> None:
        ready.wait()
        outcomes.append(one(village, CLERK, spend(100, ids.new())).status)

    threads = [threading.Thread(target=go) for _ in range(10)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(outcomes) == ["applied"] * 6 + ["refused"] * 4


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_nor_two_at_once_round_the_door(village: Engine) -> None:
    """The second waits for the first, and then sees what it spent."""
    insert = text(
        "INSERT INTO spendings (id, area_id, created_at, fund_id, spent_on, amount, item, voucher)"
        " VALUES (:id, 'east', '', 'e-fund', '2026-01-01', 400, '', '')"
    )
    failed: list[str] = []

    def second() -> None:
        try:
            with village.begin() as conn:
                conn.execute(insert, {"id": "two"})
        except DBAPIError as why:
            failed.append(str(why.orig))

    with village.begin() as conn:
        conn.execute(insert, {"id": "one"})
        late = threading.Thread(target=second)
        late.start()
        late.join(0.3)
        assert late.is_alive()
    late.join()
    assert "more than" in failed[0]
