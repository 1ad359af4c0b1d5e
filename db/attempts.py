"""Every attempt to sign in, and how long the next one has to wait."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import ipaddress
import math

from sqlalchemy import Connection, Engine, Index, String, func, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from db import ids, moments, settings
from db.base import Base
from db.engine import reading, writing

OPEN, RIGHT, WRONG, HELD, OIDC = "open", "right", "wrong", "held", "oidc"
FAILED = (OPEN, WRONG)  # an attempt under way counts as failed, or many at once would all pass
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
FREE_PAIR, FREE_ADDRESS = 5, 30  # an office shares one address, so it may fail more often
FIRST_WAIT, LONGEST_WAIT = 15, 15 * 60  # seconds; doubled by each further failure


class SignInAttempt(Base):
    """One attempt. `who` is a keyed hash: people type passwords into the wrong field."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (
        Index("ix_sign_in_attempts_pair", "who", "address", "at"),
        Index("ix_sign_in_attempts_address", "address", "at"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    at: Mapped[str] = mapped_column(String(27))
    who: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[str] = mapped_column(String(10))
    account_id: Mapped[str | None] = mapped_column(String(36), index=True)


class TooSoon(Exception):
    """Too many failures; the message says how long to wait, `seconds` says it in figures."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        amount = f"{seconds} 秒" if seconds < 60 else f"{-(-seconds // 60)} 分钟"
        super().__init__(f"试的次数太多了，请过 {amount}再试")


def begin(on: Engine, username: str, address: str) -> str:
    """Note an attempt and return its id; raises TooSoon instead of letting it be tried.

    The attempt is stored before it is judged: of many that arrive together,
    each sees those that were stored before it.
    """
    who, place = keyed(username), network(address)
    with reading(on) as conn:
        _hold(_wait(conn, who, place))
    attempt = store(on, who, place, OPEN)
    with reading(on) as conn:
        seconds = _wait(conn, who, place, apart_from=attempt)
    if seconds:
        finish(on, attempt, HELD)
    _hold(seconds)
    return attempt


def finish(on: Engine, attempt: str, outcome: str, account_id: str | None = None) -> None:
    """Note how the attempt ended, and whose account it was about."""
    with writing(on) as conn:
        row = update(SignInAttempt).where(SignInAttempt.id == attempt)
        conn.execute(row.values(outcome=outcome, account_id=account_id))


def note(on: Engine, username: str, address: str, account_id: str) -> None:
    """Note a sign-in for which an identity provider vouched."""
    finish(on, store(on, keyed(username), network(address), OIDC), OIDC, account_id)


def network(address: str) -> str:
    """The address to count by: an IPv6 caller owns a whole /64."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if known.version == 4:
        return address
    return str(ipaddress.ip_network((known, 64), strict=False))


def store(on: Engine, who: str, address: str, outcome: str) -> str:
    """Keep an attempt; its id."""
    attempt = ids.new()
    at = moments.text(moments.now())
    row = insert(SignInAttempt).values(id=attempt, at=at, who=who, address=address, outcome=outcome)
    with writing(on) as conn:
        conn.execute(row)
    return attempt


def _hold(seconds: int) -> None:
    if seconds:
        raise TooSoon(seconds)


def _wait(conn: Connection, who: str, address: str, apart_from: str = "") -> int:
    """Seconds until this pair may try again; 0 for at once."""
    table = SignInAttempt
    same = (table.who == who, table.address == address)
    success = select(func.max(table.at)).where(*same, table.outcome == RIGHT)
    start = max(conn.scalar(success) or "", moments.ago(DAY))
    counted = select(func.count(), func.max(table.at)).where(
        table.outcome.in_(FAILED), table.id != apart_from
    )
    pair = conn.execute(counted.where(*same, table.at > start)).one()
    nearby = conn.execute(
        counted.where(table.address == address, table.at > moments.ago(HOUR))
    ).one()
    return max(_left(*pair, FREE_PAIR), _left(*nearby, FREE_ADDRESS))


def _left(failures: int, last: str | None, free: int) -> int:
    """Seconds that remain of the wait which `failures` have earned."""
    if failures < free or last is None:
        return 0
    wait = min(FIRST_WAIT * 2 ** min(failures - free, 10), LONGEST_WAIT)
    return max(0, math.ceil(wait - moments.since(last).total_seconds()))


def keyed(username: str) -> str:
    """What stands for a name, typed by whoever: nobody can read it back."""
    return hmac.new(settings.secret_key(), username.encode(), hashlib.sha256).hexdigest()
