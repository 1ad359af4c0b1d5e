"""How often a community's public page may be used: from one address, and from all together."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from sqlalchemy import Engine, func, select

from db import attempts, moments
from db.attempts import DAY, HELD, HOUR, SignInAttempt
from db.engine import reading

RAISE, LOOK = "raise", "look"
USED = "used"  # how attempts that count here end; no sign-in ends so


@dataclass(frozen=True)
class Limit:
    """Within `span` so many from `each` address, and so many from `all` of them."""

    span: dt.timedelta
    each: int
    all: int


# Phones of one operator share an address, and so does a meeting; nobody else writes ten an hour.
LIMITS = {
    RAISE: (Limit(HOUR, 10, 60), Limit(DAY, 30, 200)),
    LOOK: (Limit(HOUR, 20, 600), Limit(DAY, 60, 3000)),
}
WORDS = {RAISE: "提交", LOOK: "查询"}


class TooOften(Exception):
    """The limit is reached; the message says how long to wait, `seconds` says it in figures."""

    def __init__(self, use: str, seconds: int) -> None:
        self.seconds = seconds
        minutes = -(-seconds // 60)
        amount = f"{minutes} 分钟" if minutes < 60 else f"{-(-minutes // 60)} 小时"
        super().__init__(f"{WORDS[use]}的次数太多了，请过 {amount}再试；急事请直接联系社区")


def begin(on: Engine, use: str, area: str, address: str) -> str:
    """Note one use and return its id, or raise TooOften.

    It is stored before it is judged: of many that arrive together each sees those before it.
    """
    who, place = attempts.keyed(f"{use} {area}"), attempts.network(address)
    own = attempts.store(on, who, place, USED)
    seconds = max(_left(on, who, place, limit) for limit in LIMITS[use])
    if seconds:
        forget(on, own)
        raise TooOften(use, seconds)
    return own


def forget(on: Engine, use: str) -> None:
    """What came to nothing is not counted."""
    attempts.finish(on, use, HELD)


def _left(on: Engine, who: str, address: str, limit: Limit) -> int:
    """Seconds until there is room again, this use included; 0 where there is."""
    table = SignInAttempt
    since = (table.who == who, table.outcome == USED, table.at > moments.ago(limit.span))
    counted = select(func.count(), func.min(table.at))
    with reading(on) as conn:
        near = conn.execute(counted.where(*since, table.address == address)).one()
        all_ = conn.execute(counted.where(*since)).one()
    return max(_wait(*near, limit.each, limit.span), _wait(*all_, limit.all, limit.span))


def _wait(count: int, first: str | None, most: int, span: dt.timedelta) -> int:
    if count <= most or first is None:
        return 0
    return max(1, math.ceil((span - moments.since(first)).total_seconds()))
