"""SQLite's log is carried into its file beside all else, so that no commit waits for that.

Left to itself, SQLite makes whoever's commit fills the log carry all of it over, and everybody else
waits meanwhile: 50 to 400 ms on a disk that has other things to do, a few seconds apart.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from sqlalchemy import Engine

from db.engine import DatabaseProblem

EVERY = 2.0  # seconds
BRIEF = 50  # ms that writers may have to wait for readers
LONG = 8_000  # pages of the log, 32 MB: it is begun anew, for which writers have to wait a moment


def carry(on: Engine) -> None:
    """Carries over what is in the log; begins the log anew where it has grown long."""
    raw: Any = on.raw_connection()
    try:
        _, pages, _ = raw.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        if pages >= LONG:
            # Most is carried over by now: what writers wait for is short.
            with on.get_execution_options().get("turn", nullcontext()):
                _begin_anew(raw.cursor())
    finally:
        raw.close()


def _begin_anew(cursor: Any) -> None:
    """Where nobody is reading what the log holds; else another time, since writers wait."""
    (usual,) = cursor.execute("PRAGMA busy_timeout").fetchone()
    cursor.execute(f"PRAGMA busy_timeout={BRIEF}")
    try:
        cursor.execute("PRAGMA wal_checkpoint(RESTART)").fetchone()
    finally:
        cursor.execute(f"PRAGMA busy_timeout={usual}")


@contextmanager
def carrying(on: Engine) -> Iterator[None]:
    """Meanwhile it is done again and again, by a thread of its own; nothing on other databases."""
    if on.dialect.name != "sqlite":
        yield
        return
    ended = threading.Event()
    thread = threading.Thread(target=_again, args=(on, ended), name="checkpoints", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _again(on: Engine, ended: threading.Event) -> None:
    while not ended.wait(EVERY):
        try:
            carry(on)
        except (DatabaseProblem, on.dialect.dbapi.Error):  # type: ignore[union-attr]
            # The file may be away for a moment; SQLite carries over by itself if this goes on.
            logging.getLogger(__name__).warning("the log was not carried over", exc_info=True)
