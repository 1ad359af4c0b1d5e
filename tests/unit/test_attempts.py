"""The wait after failures to sign in: how long, for whom, and what is kept of each attempt."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, select

from db import accounts, attempts, passwords
from db import engine as engines
from db.attempts import SignInAttempt, TooSoon
from tests.unit.conftest import SONG, Clock

BAD = "guihua-2018"
HERE, THERE = "10.0.0.1", "10.0.0.2"


def fail(on: Engine, times: int, username: str = "song", address: str = HERE) -> None:
    for _ in range(times):
        assert accounts.check(on, username, BAD, address) is None


def wait(on: Engine, username: str = "song", address: str = HERE) -> int:
    """The seconds that the right password has to wait."""
    with pytest.raises(TooSoon) as told:
        accounts.check(on, username, SONG, address)
    return told.value.seconds


def test_sixth_attempt_waits_and_waits_grow(on: Engine, clock: Clock) -> None:
    fail(on, 5)
    assert wait(on) == 15
    clock.pass_by(seconds=14)
    assert wait(on) == 1
    clock.pass_by(seconds=1)
    fail(on, 1)
    assert wait(on) == 30
    clock.pass_by(seconds=30)
    assert accounts.check(on, "song", SONG, HERE)


def test_wait_ends_at_a_quarter_of_an_hour(on: Engine, clock: Clock) -> None:
    fail(on, 5)
    for _ in range(8):
        clock.pass_by(minutes=16)
        fail(on, 1)
    assert wait(on) == 900


def test_success_forgives(on: Engine, clock: Clock) -> None:
    fail(on, 4)
    clock.pass_by(seconds=1)
    assert accounts.check(on, "song", SONG, HERE)
    clock.pass_by(seconds=1)
    fail(on, 5)
    assert wait(on) == 15


def test_wait_is_for_this_name_from_this_place(on: Engine, clock: Clock) -> None:
    fail(on, 5)
    assert accounts.check(on, "song", SONG, THERE)
    assert accounts.check(on, "nobody", SONG, HERE) is None


def test_unknown_name_waits_alike(on: Engine, clock: Clock) -> None:
    fail(on, 5, "nobody")
    assert wait(on, "nobody") == 15


def test_wait_outlives_the_process(on: Engine, clock: Clock) -> None:
    fail(on, 5)
    again = engines.open_engine(on.url.render_as_string(hide_password=False))
    assert wait(again) == 15
    again.dispose()


def test_place_that_tries_many_names_waits(on: Engine, clock: Clock) -> None:
    for number in range(30):
        fail(on, 1, f"name{number}")
    assert wait(on) == 15
    assert accounts.check(on, "song", SONG, THERE)
    clock.pass_by(minutes=61)
    assert accounts.check(on, "song", SONG, HERE)


def test_many_at_once_get_no_more_tries(on: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def wrong(password: str, stored: str | None) -> bool:
        tried.append(password)
        return False

    monkeypatch.setattr(passwords, "fits", wrong)

    def one(_: int) -> bool:
        try:
            return accounts.check(on, "song", BAD, HERE) is None
        except TooSoon:
            return False

    with ThreadPoolExecutor(8) as pool:
        answered = list(pool.map(one, range(24)))
    assert sum(answered) == len(tried) <= 5


def test_one_ipv6_household_counts_as_one() -> None:
    assert attempts.network("2001:db8:1:2:3:4:5:6") == attempts.network("2001:db8:1:2::9")
    assert attempts.network("2001:db8:1:3::9") != attempts.network("2001:db8:1:2::9")
    assert attempts.network("10.0.0.1") == "10.0.0.1"
    assert attempts.network("what?") == "what?"


def test_attempts_are_recorded_without_what_was_typed(on: Engine) -> None:
    accounts.check(on, "my-secret-password", "", HERE)
    accounts.check(on, "song", BAD, HERE)
    accounts.check(on, "song", SONG, HERE)
    with engines.reading(on) as conn:
        rows = conn.execute(select(SignInAttempt).order_by(SignInAttempt.id)).all()
    song = accounts.actor(on, "song").id
    assert [(row.outcome, row.account_id) for row in rows] == [
        ("wrong", None),
        ("wrong", song),
        ("right", song),
    ]
    assert not any("secret" in str(value) for row in rows for value in row)


def test_sentence_says_how_long() -> None:
    assert str(TooSoon(15)) == "试的次数太多了，请过 15 秒再试"
    assert str(TooSoon(61)) == "试的次数太多了，请过 2 分钟再试"
