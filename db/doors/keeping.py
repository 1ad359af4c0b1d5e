"""The order of a long question as of one moment, kept in memory: a page of it is a slice.

No index gives the order of most columns, and a database would sort a million rows anew for each
page. An order is kept for who asked, and only the ids: what a page shows of its rows is permitted
and read anew.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Select, func, literal
from sqlalchemy.dialects.postgresql import aggregate_order_by

from db import audit, engine
from db.actors import Actor
from db.doors.questions import Question

WIDTH = 36  # signs: no id is longer
ROOM = 3_000_000  # ids that are kept at once, 36 bytes each
PATIENCE = 1.0  # seconds until a page is rather sorted by itself, by several processors
Key = tuple[Actor, str]


@dataclass(frozen=True)
class Kept:
    """The ids of all rows of a question in their order, each filled up to the same width."""

    as_of: str
    seq: int  # of the data, before the rows were read
    ids: str

    @property
    def total(self) -> int:
        return len(self.ids) // WIDTH

    def page(self, offset: int, limit: int) -> list[str]:
        part = self.ids[offset * WIDTH : (offset + limit) * WIDTH]
        return [part[at : at + WIDTH].rstrip() for at in range(0, len(part), WIDTH)]


@dataclass(frozen=True)
class Order:
    """What is to be kept: the question with its moment, its rows' ids as SQL, and their order."""

    actor: Actor
    asked: Question
    base: Select[Any]
    parts: Sequence[Any]

    def read(self, on: Engine) -> Kept:
        """By a connection of its own."""
        with engine.reading(on) as conn:
            seq = audit.seq(conn)
            return Kept(self.asked.as_of or "", seq, _ids(conn, self.base, self.parts))


def _ids(conn: Connection, base: Select[Any], parts: Sequence[Any]) -> str:
    (row_id,) = base.selected_columns
    if conn.dialect.name == "sqlite":
        return "".join(f"{one:<{WIDTH}}" for one in conn.scalars(base.order_by(*parts)))
    # As one value: a million rows would keep this process busy for a second, and all others out.
    conn.exec_driver_sql("SET LOCAL work_mem = '128MB'")
    ordered = aggregate_order_by(literal(""), *parts)
    joined = func.string_agg(row_id, ordered)
    found = conn.execute(base.with_only_columns(joined, func.count())).one()
    if len(found[0] or "") == WIDTH * found[1]:  # as all ids are that this program makes
        return found[0] or ""
    filled = func.string_agg(func.rpad(row_id, WIDTH), ordered)
    return conn.scalar(base.with_only_columns(filled)) or ""


class Orders:
    """Those of one database in this process, the latest used last; one is made at a time."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._kept: dict[tuple[Key, str], Future[Kept]] = {}
        self._maker = ThreadPoolExecutor(1, thread_name_prefix="order")

    def found(self, actor: Actor, asked: Question, seq: int) -> Kept | None:
        """The order as of the question's moment; of one without, an order of these very data."""
        key = _key(actor, asked)
        with self._lock:
            for (other, as_of), future in list(self._kept.items()):
                kept = _done(future) if other == key and asked.as_of in (None, as_of) else None
                if kept and (asked.as_of or kept.seq == seq):
                    self._kept[other, as_of] = self._kept.pop((other, as_of))  # the latest
                    return kept
        return None

    def wait(self, actor: Actor, asked: Question, patience: float | None = None) -> None:
        """Returns when the order is no longer just being made, or that takes long."""
        future = self._kept.get(_place(actor, asked))
        if future is not None:
            wait([future], PATIENCE if patience is None else patience)

    def prepare(self, order: Order, on: Engine) -> None:
        """Has it made beside all else; what the same actor waited for before is given up."""
        place = _place(order.actor, order.asked)
        with self._lock:
            if place in self._kept:
                return
            for other, waiting in list(self._kept.items()):
                if other[0][0] == order.actor and waiting.cancel():
                    self._kept.pop(other, None)
            future = self._kept[place] = self._maker.submit(order.read, on)
        future.add_done_callback(lambda _: self._trim())

    def forget(self, actor: Actor, asked: Question) -> None:
        with self._lock:
            self._kept.pop(_place(actor, asked), None)

    def _trim(self) -> None:
        """Keeps the latest, and of those before it as many as there is room for."""
        taken = 0
        with self._lock:
            for place, future in reversed(list(self._kept.items())):
                if future.done():
                    kept = _done(future)
                    taken += kept.total if kept else 0
                    if kept is None or taken > max(ROOM, kept.total):
                        self._kept.pop(place, None)


def _key(actor: Actor, asked: Question) -> Key:
    return actor, repr(replace(asked, offset=0, limit=None, total=None, as_of=None))


def _place(actor: Actor, asked: Question) -> tuple[Key, str]:
    return _key(actor, asked), asked.as_of or ""


def _done(future: Future[Kept]) -> Kept | None:
    gone = not future.done() or future.cancelled() or future.exception()
    return None if gone else future.result()


_all: WeakKeyDictionary[Engine, Orders] = WeakKeyDictionary()
_making = threading.Lock()


def orders(on: Engine) -> Orders:
    """Those of this database."""
    with _making:
        return _all.setdefault(on, Orders())
