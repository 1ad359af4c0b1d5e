"""Sessions: who asks, until when, and what ends them."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from db import accounts, moments, sessions
from db import engine as engines
from tests.unit.conftest import Clock

HERE = "10.0.0.1"


def begin(on: Engine) -> str:
    known = accounts.find(on, "song")
    assert known is not None
    return sessions.start(on, known, HERE, "Chromium\n" + "x" * 300)


def test_session_knows_who_asks_and_keeps_no_token(on: Engine) -> None:
    token, other = begin(on), begin(on)
    here = sessions.find(on, token)
    assert here is not None
    assert here.actor == accounts.actor(on, "song")
    assert len(here.csrf) >= 32
    assert here.csrf != sessions.find(on, other).csrf  # type: ignore[union-attr]
    with engines.reading(on) as conn:
        stored = str(conn.execute(select(sessions.SignIn)).all())
    assert token not in stored
    assert "\\n" not in stored


@pytest.mark.parametrize("token", [None, "", "made-up", "\x00", "汉字", "\ud800"])
def test_no_session_for_a_token_we_did_not_make(on: Engine, token: str | None) -> None:
    begin(on)
    assert sessions.find(on, token) is None
    assert not sessions.was(on, token)


def test_session_ends_after_four_idle_hours(on: Engine, clock: Clock) -> None:
    token = begin(on)
    clock.pass_by(hours=3, minutes=59)
    assert sessions.find(on, token)
    clock.pass_by(hours=3, minutes=59)
    assert sessions.find(on, token)
    clock.pass_by(hours=4)
    assert sessions.find(on, token) is None
    assert sessions.was(on, token)


def test_session_ends_after_sixteen_hours_however_busy(on: Engine, clock: Clock) -> None:
    token = begin(on)
    for _ in range(15):
        clock.pass_by(hours=1)
        assert sessions.find(on, token)
    clock.pass_by(hours=1)
    assert sessions.find(on, token) is None


def test_page_that_asks_by_itself_keeps_no_session_alive(on: Engine, clock: Clock) -> None:
    token = begin(on)
    for _ in range(7):
        clock.pass_by(minutes=30)
        assert sessions.find(on, token, touch=False)
    clock.pass_by(minutes=30)
    assert sessions.find(on, token, touch=False) is None


def test_being_seen_is_written_once_in_five_minutes(on: Engine, clock: Clock) -> None:
    token, start = begin(on), moments.text(clock.at)

    def seen() -> str | None:
        with engines.reading(on) as conn:
            return conn.scalar(select(sessions.SignIn.seen_at))

    clock.pass_by(minutes=5)
    sessions.find(on, token)
    assert seen() == start
    clock.pass_by(seconds=1)
    sessions.find(on, token)
    assert seen() == moments.text(clock.at)


def test_end_one_and_end_all(on: Engine) -> None:
    accounts.add(on, "xu", "徐敏", "liumi-qiao-1", "secretary", "xianning")
    other = sessions.start(on, accounts.find(on, "xu"), HERE, "")  # type: ignore[arg-type]
    first, second, third = begin(on), begin(on), begin(on)
    sessions.end(on, first)
    assert [bool(sessions.find(on, one)) for one in (first, second, third)] == [False, True, True]
    sessions.end_all(on, accounts.actor(on, "song").id)
    assert not sessions.find(on, second)
    assert not sessions.find(on, third)
    assert sessions.find(on, other)


def test_closing_an_account_ends_its_sessions(on: Engine) -> None:
    token = begin(on)
    accounts.close(on, "song")
    assert sessions.find(on, token) is None


def test_sessions_long_over_are_forgotten(on: Engine, clock: Clock) -> None:
    token = begin(on)
    clock.pass_by(days=31)
    begin(on)
    assert not sessions.was(on, token)
