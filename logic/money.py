"""Funds, what of them was paid and what was spent: sums, rates and what is left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from logic import figures

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Account:
    """Yuan: the budget, what was paid of it, what was spent of that."""

    budget: float = 0.0
    paid: float = 0.0
    spent: float = 0.0

    @property
    def left(self) -> float:
        """What can still be spent."""
        return round(self.paid - self.spent, 2)

    @property
    def unpaid(self) -> float:
        """What can still be paid."""
        return round(self.budget - self.paid, 2)

    def with_(self, other: Account) -> Account:
        sums = (self.budget + other.budget, self.paid + other.paid, self.spent + other.spent)
        return Account(*(round(one, 2) for one in sums))


def accounts(
    funds: Iterable[Row], payments: Iterable[Row], spendings: Iterable[Row]
) -> dict[str, Account]:
    """fund → its account."""
    paid, spent = _sums(payments), _sums(spendings)
    return {
        fund["id"]: Account(fund["amount"], paid.get(fund["id"], 0.0), spent.get(fund["id"], 0.0))
        for fund in funds
    }


def _sums(rows: Iterable[Row]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for row in rows:
        sums[row["fund_id"]] = round(sums.get(row["fund_id"], 0.0) + row["amount"], 2)
    return sums


def grouped(
    funds: Iterable[Row], known: Mapping[str, Account], by: Callable[[Any], str]
) -> dict[str, Account]:
    """What `by` gives → the accounts of its funds together, the largest budget first."""
    sums: dict[str, Account] = {}
    for fund in funds:
        sums[by(fund)] = sums.get(by(fund), Account()).with_(known[fund["id"]])
    return dict(sorted(sums.items(), key=lambda pair: -pair[1].budget))


def total(known: Iterable[Account]) -> Account:
    """All of them together."""
    sums = Account()
    for one in known:
        sums = sums.with_(one)
    return sums


def yuan(amount: float) -> str:
    """12345.6 → 12,345.60; whole yuan without cents."""
    return f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.2f}"


def rate(part: float, whole: float) -> str:
    """6,000/10,000（60.0%）; — where there is nothing to divide."""
    share = figures.share(part, whole)
    return share if share == figures.NONE else f"{yuan(part)}/{yuan(whole)}（{share}）"


def line(label: str, name: str, one: Account) -> dict[str, str]:
    """One row of the table: what it is about, sums and both rates."""
    return {
        label: name,
        "预算": yuan(one.budget),
        "拨付率（拨付/预算）": rate(one.paid, one.budget),
        "支出率（支出/拨付）": rate(one.spent, one.paid),
        "结余": yuan(one.left),
    }
