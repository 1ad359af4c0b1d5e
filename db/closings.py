"""Figures of months that are over, as they were closed, and what was corrected since."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import BigInteger, Boolean, Connection, Index, String, update
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.indicators import INDICATORS

MARK = "*"  # in place of a group: says that the month was closed, with however many groups


class Closing(Base):
    """n of N (`whole`) of a group in a community at the end of a month.

    `n_now` and `whole_now` are there where somebody has since corrected what lies in that month.
    The row of MARK says at which version of the data and when the month was closed, and whether
    something was written since that must be counted again (`stale`).
    """

    __tablename__ = "closings"

    area_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    indicator: Mapped[str] = mapped_column(String(40), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    group_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    n: Mapped[float]
    whole: Mapped[float]
    n_now: Mapped[float | None]
    whole_now: Mapped[float | None]
    closed_at: Mapped[str] = mapped_column(String(27))
    seq: Mapped[int] = mapped_column(BigInteger)
    stale: Mapped[bool] = mapped_column(Boolean)

    __table_args__ = (Index("ix_closings_group", "indicator", "group_id", "month", "area_id"),)


def touch(conn: Connection, area: str, registers: Iterable[str], day: str) -> None:
    """Something of that day was written: closed months that it may bear on are to be recounted."""
    wanted = set(registers)
    names = [one.name for one in INDICATORS if wanted & set(one.reads)]
    conn.execute(
        update(Closing)
        .where(Closing.area_id == area, Closing.indicator.in_(names), Closing.group_id == MARK)
        .where(Closing.month >= day[:7])
        .values(stale=True)
    )
