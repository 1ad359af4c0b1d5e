"""Small facts about the database itself, such as that its data are samples."""

from __future__ import annotations

from sqlalchemy import Engine, String, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base
from db.engine import reading, writing

SAMPLE = "sample"
FILLING = "filling"  # said while a database is being filled: see db/guards.py


class Fact(Base):
    """One fact under its name."""

    __tablename__ = "facts"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str]


def get(on: Engine, key: str) -> str | None:
    """The fact, or None where nobody has said it."""
    with reading(on) as conn:
        return conn.scalar(select(Fact.value).where(Fact.key == key))


def put(on: Engine, key: str, value: str) -> None:
    """Say the fact, whether or not it was said before; takes a transaction of its own."""
    with writing(on) as conn:
        if not conn.execute(update(Fact).where(Fact.key == key).values(value=value)).rowcount:
            conn.execute(insert(Fact).values(key=key, value=value))


def is_sample(on: Engine) -> bool:
    """Whether the people in this database are invented."""
    return get(on, SAMPLE) == "1"


def mark_sample(on: Engine) -> None:
    """Say that the people in this database are invented."""
    put(on, SAMPLE, "1")
