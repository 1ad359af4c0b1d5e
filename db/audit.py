"""The history: every write, its changes, and the answers that were given."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Connection, ForeignKey, Index, String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from db.base import CELLS, Base

LOOKS = ("reveal", "export")  # verbs of entries that changed nothing: somebody looked


class Clock(Base):
    """One row: the version of all data. Ticked last in a write, so its order is commit order."""

    __tablename__ = "clock"

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)


class Write(Base):
    """One transaction through the write door: who, when, from where; never deleted."""

    __tablename__ = "writes"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, unique=True)
    batch_id: Mapped[str] = mapped_column(String(36), index=True)
    undoes: Mapped[str | None] = mapped_column(String(36), index=True)
    at: Mapped[str] = mapped_column(String(27))
    actor_id: Mapped[str] = mapped_column(String(36), index=True)
    actor_name: Mapped[str]
    source: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None]


class Entry(Base):
    """One changed row: what it was and what it became; sensitive values are sealed."""

    __tablename__ = "history"
    __table_args__ = (Index("ix_history_row", "register", "row_id"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    write_id: Mapped[str] = mapped_column(
        ForeignKey("writes.id", deferrable=True, initially="DEFERRED"), index=True
    )
    area_id: Mapped[str] = mapped_column(String(36))
    register: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[str] = mapped_column(String(36))
    verb: Mapped[str] = mapped_column(String(10))
    before: Mapped[dict[str, Any] | None] = mapped_column(CELLS)
    after: Mapped[dict[str, Any] | None] = mapped_column(CELLS)


class Operation(Base):
    """That an op was applied, so that sent twice it is done once."""

    __tablename__ = "operations"

    op: Mapped[str] = mapped_column(String(64), primary_key=True)
    actor_id: Mapped[str] = mapped_column(String(36))
    register: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[str] = mapped_column(String(36))
    write_id: Mapped[str] = mapped_column(String(36))


# Made once: every call of a door asks one of them.
SEQ = select(Clock.seq).where(Clock.id == 1)
TICK = update(Clock).where(Clock.id == 1).values(seq=Clock.seq + 1).returning(Clock.seq)


def seq(conn: Connection) -> int:
    """The version of the data: larger after every commit."""
    return conn.scalar(SEQ) or 0


def tick(conn: Connection) -> int:
    """The next version; on PostgreSQL it holds back other commits until this one is done."""
    return conn.execute(TICK).scalar_one()
