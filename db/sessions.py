"""Sessions: which browser is signed in as whom, and until when."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, ForeignKey, String, delete, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from db import moments
from db.accounts import Account, Known
from db.actors import Actor
from db.base import Base
from db.engine import reading, writing

IDLE = dt.timedelta(hours=4)  # a long lunch, not an evening, on an office's shared computer
WHOLE = dt.timedelta(hours=16)  # so everybody signs in each morning
SEEN_EVERY = dt.timedelta(minutes=5)  # a write for each request would cost more than it tells
KEPT = dt.timedelta(days=30)


class SignIn(Base):
    """One signed-in browser; the cookie's token is stored only as its hash."""

    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(String(36), ForeignKey("accounts.id"), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[str] = mapped_column(String(27))
    seen_at: Mapped[str] = mapped_column(String(27))
    expires_at: Mapped[str] = mapped_column(String(27), index=True)
    ended_at: Mapped[str | None] = mapped_column(String(27))
    address: Mapped[str] = mapped_column(String(64))
    agent: Mapped[str] = mapped_column(String(200))


@dataclass(frozen=True)
class Session:
    """Who is asking, and the token that their forms and scripts must send back."""

    username: str
    must_change: bool
    csrf: str
    actor: Actor


def start(on: Engine, known: Known, address: str, agent: str) -> str:
    """The token of a new session, for the cookie; it is kept nowhere else."""
    token, now = secrets.token_urlsafe(32), moments.text(moments.now())
    row = {
        "token_hash": _hash(token),
        "account_id": known.actor.id,
        "csrf": secrets.token_urlsafe(24),
        "created_at": now,
        "seen_at": now,
        "expires_at": moments.ago(-WHOLE),
        "address": _clean(address, 64),
        "agent": _clean(agent, 200),
    }
    with writing(on) as conn:
        conn.execute(delete(SignIn).where(SignIn.expires_at < moments.ago(KEPT)))
        conn.execute(insert(SignIn).values(row))
    return token


def find(on: Engine, token: str | None, touch: bool = True) -> Session | None:
    """The live session of `token`; with `touch`, being asked for keeps it alive."""
    if not token:
        return None
    query = (
        select(Account, SignIn.csrf, SignIn.seen_at)
        .join(SignIn, SignIn.account_id == Account.id)
        .where(SignIn.token_hash == _hash(token), *_live(), Account.active)
    )
    with reading(on) as conn:
        row = conn.execute(query).one_or_none()
    if row is None:
        return None
    if touch and moments.since(row.seen_at) > SEEN_EVERY:
        _update(on, SignIn.token_hash == _hash(token), seen_at=moments.text(moments.now()))
    who = Actor(row.id, row.name, row.role, row.area_id, row.clearance, row.organisation_id)
    return Session(row.username, row.must_change, row.csrf, who)


def was(on: Engine, token: str | None) -> bool:
    """Whether `token` is or was a session: its page may still be open to say that it ended."""
    if not token:
        return False
    with reading(on) as conn:
        query = select(SignIn.token_hash).where(SignIn.token_hash == _hash(token))
        return conn.scalar(query) is not None


def end(on: Engine, token: str | None) -> None:
    """Sign this browser out."""
    if token:
        _update(on, SignIn.token_hash == _hash(token), ended_at=moments.text(moments.now()))


def end_all(on: Engine, account_id: str) -> None:
    """Sign the account out everywhere."""
    mine = (SignIn.account_id == account_id, SignIn.ended_at.is_(None))
    _update(on, *mine, ended_at=moments.text(moments.now()))


def _live() -> tuple[Any, ...]:
    return (
        SignIn.ended_at.is_(None),
        SignIn.expires_at > moments.text(moments.now()),
        SignIn.seen_at > moments.ago(IDLE),
    )


def _update(on: Engine, *conditions: Any, **values: str) -> None:
    with writing(on) as conn:
        conn.execute(update(SignIn).where(*conditions).values(**values))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _clean(text: str, longest: int) -> str:
    return "".join(sign for sign in text if sign.isprintable())[:longest]
