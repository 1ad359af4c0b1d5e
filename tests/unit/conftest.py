"""What the tests of sign-in stand on: an account, hashes that cost nothing, a clock by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine

from db import accounts, founding, moments, passwords

SONG = "guihua-2017"


@pytest.fixture
def on(engine: Engine, quick: None) -> Engine:
    """A database with one area, the city, and one account in it, 宋书记 as secretary."""
    founding.found(engine)
    accounts.add(engine, "song", "宋书记", SONG, "secretary", "xianning")
    return engine


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hashes that cost nothing: these tests are not about their strength."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "HASHER", cheap)
    passwords._nobody.cache_clear()
    yield
    passwords._nobody.cache_clear()


class Clock:
    """A clock that only moves when told to."""

    def __init__(self) -> None:
        self.at = dt.datetime(2026, 11, 23, 8, 30, tzinfo=dt.UTC)

    def now(self) -> dt.datetime:
        return self.at

    def pass_by(self, **span: float) -> None:
        self.at += dt.timedelta(**span)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(moments, "now", made.now)
    return made
