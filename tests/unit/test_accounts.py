"""Accounts, their passwords, the wait after failures, sessions and small facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select

from db import accounts, attempts, facts, founding, moments, passwords, sessions
from db import engine as engines
from db.actors import Actor
from db.attempts import SignInAttempt, TooSoon
from db.parsers import Refused

GOOD, BAD = "guihua-2017", "guihua-2018"
HERE, THERE = "10.0.0.1", "10.0.0.2"


@pytest.fixture
def on(engine: Engine, quick: None) -> Engine:
    """A database with one area, the city, and one account in it, 宋金城 as secretary."""
    founding.found(engine)
    accounts.add(engine, "song", "宋金城", GOOD, "secretary", "xianning")
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


def fail(on: Engine, times: int, username: str = "song", address: str = HERE) -> None:
    for _ in range(times):
        assert accounts.check(on, username, BAD, address) is None


def wait(on: Engine, username: str = "song", address: str = HERE) -> int:
    """The seconds that the right password has to wait."""
    with pytest.raises(TooSoon) as told:
        accounts.check(on, username, GOOD, address)
    return told.value.seconds


def test_right_password_gives_the_actor(on: Engine) -> None:
    known = accounts.check(on, " Song ", GOOD, HERE)
    assert known is not None
    assert known.username == "song"
    assert known.actor == Actor(known.actor.id, "宋金城", "secretary", "xianning", False)
    assert accounts.actor(on, "song") == known.actor


def test_full_width_letters_are_the_same_password(on: Engine) -> None:
    assert accounts.check(on, "song", "ｇｕｉｈｕａ－２０１７", HERE)


def test_password_is_stored_as_argon2(on: Engine) -> None:
    with engines.reading(on) as conn:
        stored = conn.scalar(select(accounts.Account.password_hash))
    assert stored is not None
    assert stored.startswith("$argon2id$")
    assert GOOD not in stored


@pytest.mark.parametrize("username", ["song", "nobody", "closed", "single"])
def test_every_failure_costs_one_hash(
    on: Engine, monkeypatch: pytest.MonkeyPatch, username: str
) -> None:
    accounts.add(on, "closed", "", GOOD, "clerk", "xianning")
    accounts.close(on, "closed")
    accounts.add(on, "single", "", None, "clerk", "xianning", oidc_email="a@b.cn")
    passwords._nobody()
    verified: list[str] = []
    real = PasswordHasher.verify

    def counted(self: PasswordHasher, stored: str, given: bytes) -> Literal[True]:
        verified.append(stored)
        return real(self, stored, given)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    assert accounts.check(on, username, BAD, HERE) is None
    assert len(verified) == 1


def test_closed_account_has_no_way_in(on: Engine) -> None:
    accounts.close(on, "song")
    assert accounts.check(on, "song", GOOD, HERE) is None
    with pytest.raises(Refused, match="没有用户名为“song”的在用账号"):
        accounts.actor(on, "song")


def test_password_that_nobody_has_opens_nothing(on: Engine) -> None:
    accounts.add(on, "single", "", None, "clerk", "xianning", oidc_email="Zhang@B.cn")
    assert accounts.check(on, "single", "", HERE) is None
    assert accounts.check(on, "nobody", "", HERE) is None
    found = accounts.by_email(on, "zhang@b.CN")
    assert found is not None
    assert found.username == "single"
    assert accounts.by_email(on, "") is None


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"username": "x"}, "用户名应为"),
        ({"username": "a b"}, "用户名应为"),
        ({"username": "a\x00b"}, "用户名应为"),
        ({"username": "SONG"}, "“song”"),
        ({"role": "king"}, "没有这个角色"),
        ({"area_id": "nowhere"}, "没有编号为“nowhere”的区域"),
        ({"password": "short"}, "读到 5 个"),
        ({"password": ""}, "读到 0 个"),
    ],
)
def test_account_that_cannot_be_made(on: Engine, given: dict[str, Any], sentence: str) -> None:
    wanted = {"username": "li", "name": "李", "password": GOOD, "role": "clerk"}
    with pytest.raises(Refused, match=sentence):
        accounts.add(on, **{**wanted, "area_id": "xianning", **given})
    assert accounts.count(on) == 1


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("guihua201", "10 至 128 个字，读到 9 个"),
        ("x" * 64 + "yzuvw" * 13, "读到 129 个"),
        ("19560301123", "全是数字"),
        ("aaaaaaaaab", "重复"),
        ("my-song-is-long", "用户名"),
        ("Password-2026", "常见的词"),
        ("桂花树下五点半学校见", None),
        (accounts.SAMPLE_PASSWORD, None),
    ],
)
def test_password_rule(password: str, sentence: str | None) -> None:
    problem = passwords.problem(password, "song")
    assert problem is None if sentence is None else sentence in (problem or "")


def test_sixth_attempt_waits_and_waits_grow(on: Engine, clock: Clock) -> None:
    fail(on, 5)
    assert wait(on) == 15
    clock.pass_by(seconds=14)
    assert wait(on) == 1
    clock.pass_by(seconds=1)
    fail(on, 1)
    assert wait(on) == 30
    clock.pass_by(seconds=30)
    assert accounts.check(on, "song", GOOD, HERE)


def test_wait_ends_at_a_quarter_of_an_hour(on: Engine, clock: Clock) -> None:
    fail(on, 5)
    for _ in range(8):
        clock.pass_by(minutes=16)
        fail(on, 1)
    assert wait(on) == 900


def test_success_forgives(on: Engine, clock: Clock) -> None:
    fail(on, 4)
    clock.pass_by(seconds=1)
    assert accounts.check(on, "song", GOOD, HERE)
    clock.pass_by(seconds=1)
    fail(on, 5)
    assert wait(on) == 15


def test_wait_is_for_this_name_from_this_place(on: Engine, clock: Clock) -> None:
    fail(on, 5)
    assert accounts.check(on, "song", GOOD, THERE)
    assert accounts.check(on, "nobody", GOOD, HERE) is None


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
    assert accounts.check(on, "song", GOOD, THERE)
    clock.pass_by(minutes=61)
    assert accounts.check(on, "song", GOOD, HERE)


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
    accounts.check(on, "song", GOOD, HERE)
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
    accounts.add(on, "xu", "徐勇", "liumi-qiao-1", "secretary", "xianning")
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


def test_new_password_replaces_the_old(on: Engine) -> None:
    accounts.set_password(on, "song", "another-one-7", must_change=True)
    assert accounts.check(on, "song", GOOD, HERE) is None
    known = accounts.check(on, "song", "another-one-7", HERE)
    assert known is not None
    assert known.must_change
    with pytest.raises(Refused, match="全是数字"):
        accounts.set_password(on, "song", "1234567890")


def test_sample_account_is_listed_until_its_password_is_its_own(on: Engine) -> None:
    password = accounts.SAMPLE_PASSWORD
    accounts.add(on, "shi", "示例", password, "clerk", "xianning", sample=True)
    listed = [(known.username, place) for known, place in accounts.samples(on)]
    assert listed == [("shi", "咸宁市")]
    accounts.set_password(on, "shi", "another-one-7")
    assert accounts.samples(on) == []


def test_facts(on: Engine) -> None:
    assert facts.get(on, "colour") is None
    facts.put(on, "colour", "red")
    facts.put(on, "colour", "blue")
    assert facts.get(on, "colour") == "blue"
    assert not facts.is_sample(on)
    facts.mark_sample(on)
    assert facts.is_sample(on)
