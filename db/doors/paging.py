"""One page of a question's rows, however deep it lies, and how many rows there are in all."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, select

from db.doors.questions import Question, counted, order
from db.permissions import Grant

DEEP = 1000  # rows: up to here it is no matter from which end they are passed over


def page(grant: Grant, asked: Question, base: Select[Any], cells: list[Any]) -> Select[Any]:
    """The cells of the page's rows in their order; `base` selects the ids of all rows."""
    ordered = order(grant, asked.sort)
    if asked.limit is None:
        return base.with_only_columns(*cells).order_by(*ordered)
    if not asked.sort and not asked.offset:
        return base.with_only_columns(*cells).order_by(*ordered).limit(asked.limit)
    # Ids first: whole rows are heavy to sort and to pass over, and an index may have the ids.
    place = grant.register.table.c.id.in_(_ids(grant, asked, base).correlate(None))
    return select(*cells).where(place).order_by(*ordered)


def _ids(grant: Grant, asked: Question, base: Select[Any]) -> Select[Any]:
    """The page's ids, reached from the nearer end where the other one is known."""
    limit, offset, total = asked.limit or 0, asked.offset, asked.total
    aloof = offset >= DEEP and bool(asked.where or asked.q.strip())
    if total is None or offset < DEEP or offset * 2 < total:
        ordered = order(grant, asked.sort, aloof=aloof)
        return base.order_by(*ordered).limit(limit).offset(offset)
    left = max(total - offset, 0)
    turned = order(grant, asked.sort, turned=True, aloof=aloof)
    return base.order_by(*turned).limit(min(limit, left)).offset(max(left - limit, 0))


def total(conn: Connection, asked: Question, base: Select[Any], here: int) -> int:
    """How many rows the question has; `here` are on this page."""
    if asked.limit is None or (not asked.offset and here < asked.limit):
        return here
    return conn.scalar(counted(base)) or 0 if asked.total is None else asked.total
