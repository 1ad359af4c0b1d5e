"""One page of a question's rows, however deep it lies, and how many rows there are in all.

Ids come first: whole rows are heavy to sort and to pass over, and an index may have the ids.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine, Select, Subquery, func, select

from db.actors import Actor
from db.changes import Values
from db.doors import keeping, ordering
from db.doors.keeping import Order
from db.doors.ordering import Key, order
from db.doors.questions import Question, counted, filtered
from db.permissions import Grant

DEEP = 1000  # rows: up to here it is no matter from which end they are passed over
FEW = 20_000  # rows that are sorted sooner than an index is walked to find a hundred of them
LONG = 50_000  # rows whose order is kept where no index gives it
ALL = "_all"  # how many rows there are, beside the cells of each
Cells = list[Any]


@dataclass(frozen=True)
class Call:
    """A question that is being answered: by whom it may be, about which areas, at which moment."""

    on: Engine
    conn: Connection
    grant: Grant
    areas: tuple[str, ...] | None
    asked: Question
    seq: int
    now: str

    def base(self, as_of: str | None) -> Select[Any]:
        """The ids of all its rows; raises where it may not be asked."""
        return filtered(self.grant, replace(self.asked, as_of=as_of), self.areas)

    @property
    def narrow(self) -> bool:
        """Whether it is about some of the rows alone, so that no index knows how many."""
        return is_narrow(self.asked)

    @property
    def walks(self) -> bool:
        """Whether an index has its rows in their order."""
        keys = ordering.keys(self.grant, self.asked.sort)
        one_place = len(self.grant.areas if self.areas is None else self.areas) == 1
        return one_place and not self.narrow and ordering.is_indexed(keys)


@dataclass(frozen=True)
class Page:
    """Rows with the cells that the grant shows, how many there are in all, and as of when."""

    rows: list[Values]
    total: int
    as_of: str | None


def is_narrow(asked: Question) -> bool:
    return bool(asked.where or asked.q.strip())


def wait(on: Engine, actor: Actor, asked: Question) -> None:
    """Returns when the order that the page is cut from is there, if one is just being made."""
    if asked.as_of and asked.offset >= DEEP and asked.limit is not None:
        keeping.orders(on).wait(actor, asked)


def page(call: Call, cells: Cells) -> Page:
    """The page of the question; raises where it may not be asked."""
    asked, base = call.asked, call.base(call.asked.as_of)
    ordered = order(call.grant, asked.sort)
    if asked.limit is None:
        rows = _rows(call.conn, base.with_only_columns(*cells).order_by(*ordered))
        return Page(rows, len(rows), asked.as_of)
    if (cut := _cut(call, cells)) is not None:
        return cut
    if call.narrow and asked.offset < FEW and (asked.total or 0) <= FEW:
        rows, total = _few(call, base, cells)
        if total <= FEW and (rows or not asked.offset):
            return Page(rows, total, asked.as_of)
    rows = _rows(call.conn, _there(call, base, cells))
    total = _total(call, base, len(rows))
    _foresee(call, total)
    return Page(rows, total, asked.as_of)


def _cut(call: Call, cells: Cells) -> Page | None:
    """The page out of the order that is kept; None where there is none, or some of its rows are
    not to be seen any more."""
    asked, orders = call.asked, keeping.orders(call.on)
    kept = orders.found(call.grant.actor, asked, call.seq)
    if kept is None:
        return None
    row_ids = kept.page(asked.offset, asked.limit or 0)
    rows = _by_ids(call, row_ids, cells)
    if len(rows) < len(row_ids):
        orders.forget(call.grant.actor, replace(asked, as_of=kept.as_of))
        return None
    return Page(rows, kept.total, kept.as_of)


def _foresee(call: Call, total: int) -> None:
    """The order of a long question is made for the pages to come: after its first page, or one
    from far inside that found none."""
    begins = not call.asked.as_of or call.asked.offset >= DEEP
    if begins and total >= LONG and not call.walks:
        keeping.orders(call.on).prepare(_order(call), call.on)


def _order(call: Call) -> Order:
    as_of = call.asked.as_of or call.now
    parts = order(call.grant, call.asked.sort, aloof=True)
    asked = replace(call.asked, as_of=as_of)
    return Order(call.grant.actor, asked, call.base(as_of), parts)


def _rows(conn: Connection, statement: Select[Any]) -> list[Values]:
    return [dict(row) for row in conn.execute(statement).mappings()]


def _by_ids(call: Call, row_ids: list[str], cells: Cells) -> list[Values]:
    """The rows of these ids that the grant shows, in the order of the ids."""
    if not row_ids:
        return []
    place = {row_id: n for n, row_id in enumerate(row_ids)}
    here = call.grant.register.table.c.id.in_(row_ids)
    found = _rows(call.conn, select(*cells).where(here, call.grant.rows()))
    return sorted(found, key=lambda row: place[row["id"]])


def _few(call: Call, base: Select[Any], cells: Cells) -> tuple[list[Values], int]:
    """The page and the total in one pass, where a filter leaves few rows; the total is over FEW
    where it leaves more: then they lie dense, and an index finds a page of them at once."""
    table, keys = call.grant.register.table, ordering.keys(call.grant, call.asked.sort)
    named = [key.column.label(f"key_{n}") for n, key in enumerate(keys)]
    some = base.add_columns(*named).limit(FEW + 1).subquery()
    asking = select(some, func.count().over().label(ALL)).order_by(*_by(keys, some))
    found = asking.limit(call.asked.limit).offset(call.asked.offset).subquery()
    whole = select(*cells, found.c[ALL]).join(found, found.c.id == table.c.id)
    rows = _rows(call.conn, whole.order_by(*_by(keys, found)))
    totals = [row.pop(ALL) for row in rows]
    return rows, totals[0] if totals else 0


def _by(keys: list[Key], of: Subquery) -> list[Any]:
    """The order of a subquery that has the keys as columns."""
    there = [replace(key, column=of.c[f"key_{n}"]) for n, key in enumerate(keys)]
    return ordering.parts(there, of.c.id)


def _there(call: Call, base: Select[Any], cells: Cells) -> Select[Any]:
    """The page's rows, found by the database alone."""
    asked, ordered = call.asked, order(call.grant, call.asked.sort)
    if not asked.sort and not asked.offset:
        return base.with_only_columns(*cells).order_by(*ordered).limit(asked.limit)
    place = call.grant.register.table.c.id.in_(_ids(call, base).correlate(None))
    return select(*cells).where(place).order_by(*ordered)


def _ids(call: Call, base: Select[Any]) -> Select[Any]:
    """The page's ids, reached from the nearer end where the other one is known."""
    grant, asked = call.grant, call.asked
    limit, offset, total = asked.limit or 0, asked.offset, asked.total
    aloof = offset >= DEEP and call.narrow
    if total is None or offset < DEEP or offset * 2 < total:
        ordered = order(grant, asked.sort, aloof=aloof)
        return base.order_by(*ordered).limit(limit).offset(offset)
    left = max(total - offset, 0)
    turned = order(grant, asked.sort, turned=True, aloof=aloof)
    return base.order_by(*turned).limit(min(limit, left)).offset(max(left - limit, 0))


def _total(call: Call, base: Select[Any], here: int) -> int:
    """How many rows the question has; `here` are on this page."""
    asked = call.asked
    if asked.limit is None or (not asked.offset and here < asked.limit):
        return here
    return call.conn.scalar(counted(base)) or 0 if asked.total is None else asked.total
