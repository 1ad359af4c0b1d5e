"""What an account likes: small JSON by name, such as the order and widths of a grid's columns."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import Connection, Engine, ForeignKey, String, Text, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from db import ids
from db.actors import Actor
from db.base import Base
from db.engine import reading, writing
from db.parsers import Refused

LARGEST = 4096  # bytes of one
MOST = 100  # names an account; a grid each, with room for what is to come


class Preference(Base):
    """One liking of one account."""

    __tablename__ = "preferences"

    account_id: Mapped[str] = mapped_column(String(36), ForeignKey("accounts.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[str] = mapped_column(String(27))


def find(on: Engine, actor: Actor, name: str) -> dict[str, Any]:
    """What this account likes under the name; empty where it has said nothing."""
    with reading(on) as conn:
        kept = conn.scalar(select(Preference.value).where(*_mine(actor, name)))
    return {} if kept is None else dict(orjson.loads(kept))


def keep(on: Engine, actor: Actor, name: str, value: dict[str, Any]) -> None:
    """Put `value` in the place of what was liked before; Refused where it is too much."""
    try:
        kept = orjson.dumps(value)
    except orjson.JSONEncodeError:  # numbers beyond 64 bits, a hundred levels, half a sign
        raise Refused("要记住的内容读不懂") from None
    if len(kept) > LARGEST:
        raise Refused(f"要记住的内容太多：最多 {LARGEST} 字节，读到 {len(kept)} 字节")
    try:
        with writing(on) as conn:
            _store(conn, actor, name, kept.decode())
    except IntegrityError:  # another of the account's windows was first: now there is one
        with writing(on) as conn:
            _store(conn, actor, name, kept.decode())


def _store(conn: Connection, actor: Actor, name: str, text: str) -> None:
    row = {"value": text, "changed_at": ids.now()}
    if conn.execute(update(Preference).where(*_mine(actor, name)).values(row)).rowcount:
        return
    own = select(func.count()).where(Preference.account_id == actor.id)
    if (conn.scalar(own) or 0) >= MOST:
        raise Refused(f"一个账号最多记住 {MOST} 项")
    conn.execute(insert(Preference).values(account_id=actor.id, name=name, **row))


def _mine(actor: Actor, name: str) -> tuple[Any, Any]:
    return (Preference.account_id == actor.id, Preference.name == name)
