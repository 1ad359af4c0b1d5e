"""Money in the write door: nobody pays above the budget, nor spends above what is left.

The area's row is locked by then, so that of two writers at once the second sees the first's sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import Connection, select

from db import ids, rows
from db.changes import Change, Values
from db.doors.labels import chunks
from db.doors.pointing import Key
from db.registers import BY_NAME

FUND, PAYMENT, SPENDING = MONEY = ("funds", "payments", "spendings")


@dataclass
class Book:
    """A fund's budget and, by the ids of their rows, what was paid and what was spent of it."""

    budget: float = 0
    sums: dict[Key, float] = field(default_factory=dict)

    def total(self, register: str) -> Decimal:
        """Yuan, to the cent."""
        return sum((_cents(v) for (name, _), v in self.sums.items() if name == register), Decimal())


Books = dict[str, Book]


def books(conn: Connection, changes: Sequence[Change], stored: dict[Key, Values]) -> Books:
    """The book of every fund that the changes touch."""
    found: Books = {}
    for part in chunks(sorted(_touched(changes, stored))):
        table = BY_NAME[FUND].table
        chosen = select(table.c.id, table.c.amount).where(rows.among(conn, table.c.id, part))
        found |= {row.id: Book(row.amount) for row in conn.execute(chosen)}
        for name in (PAYMENT, SPENDING):
            table = BY_NAME[name].table
            of = select(table.c.id, table.c.fund_id, table.c.amount)
            of = of.where(rows.among(conn, table.c.fund_id, part), table.c.deleted_at.is_(None))
            for row in conn.execute(of):
                found[row.fund_id].sums[name, row.id] = row.amount
    return found


def _touched(changes: Sequence[Change], stored: dict[Key, Values]) -> set[str]:
    wanted: set[str | None] = set()
    for one in changes:
        if one.register == FUND:
            wanted.add(one.id)
        elif one.register in MONEY:
            wanted.add((one.after or {}).get("fund_id"))
            wanted.add(stored.get((one.register, str(one.id)), {}).get("fund_id"))
    return {one for one in wanted if one and ids.sound(one)}


def problem(found: Books, key: Key, whole: Values, *, gone: bool) -> str:
    """Why the row cannot become `whole` (or go); empty where the sums allow it."""
    if key[0] not in MONEY:
        return ""
    book = found.get(whole["id"] if key[0] == FUND else whole["fund_id"], Book())
    budget = whole["amount"] if key[0] == FUND else book.budget
    after = Book(budget, {k: v for k, v in book.sums.items() if k != key})
    if key[0] != FUND and not gone:
        after.sums[key] = whole["amount"]
    paid, spent = after.total(PAYMENT), after.total(SPENDING)
    if paid > _cents(budget):
        return f"拨付合计将是 {paid:,.2f} 元，超过预算 {budget:,.2f} 元，请核对金额"
    if spent > paid:
        return _overspent(key[0], book, paid, spent)
    return ""


def _overspent(register: str, book: Book, paid: Decimal, spent: Decimal) -> str:
    if register == PAYMENT:
        return f"已支出 {spent:,.2f} 元，拨付不能只有 {paid:,.2f} 元，请先改支出"
    left = paid - book.total(SPENDING)
    return (
        f"支出合计将是 {spent:,.2f} 元，超过已拨付的 {paid:,.2f} 元"
        f"（现在结余 {left:,.2f} 元），请核对金额，或先登记拨付"
    )


def hold(found: Books, key: Key, row: Values) -> None:
    """The books as they are after the row was written, for the changes that follow."""
    if key[0] == FUND:
        found.setdefault(row["id"], Book()).budget = row["amount"]
    elif key[0] in MONEY and (book := found.get(row["fund_id"])) is not None:
        book.sums.pop(key, None)
        if row["deleted_at"] is None:
            book.sums[key] = row["amount"]


def _cents(amount: float) -> Decimal:
    return Decimal(str(round(amount, 2)))
