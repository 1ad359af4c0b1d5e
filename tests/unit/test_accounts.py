"""Accounts, their passwords, and the small facts about a database."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select

from db import accounts, facts, passwords
from db import engine as engines
from db.actors import Actor
from db.parsers import Refused
from tests.unit.conftest import SONG

BAD = "guihua-2018"
HERE = "10.0.0.1"


def test_right_password_gives_the_actor(on: Engine) -> None:
    known = accounts.check(on, " Song ", SONG, HERE)
    assert known is not None
    assert known.username == "song"
    assert known.actor == Actor(known.actor.id, "宋书记", "secretary", "xianning", False)
    assert accounts.actor(on, "song") == known.actor


def test_full_width_letters_are_the_same_password(on: Engine) -> None:
    assert accounts.check(on, "song", "ｇｕｉｈｕａ－２０１７", HERE)


def test_password_is_stored_as_argon2(on: Engine) -> None:
    with engines.reading(on) as conn:
        stored = conn.scalar(select(accounts.Account.password_hash))
    assert stored is not None
    assert stored.startswith("$argon2id$")
    assert SONG not in stored


@pytest.mark.parametrize("username", ["song", "nobody", "closed", "single"])
def test_every_failure_costs_one_hash(
    on: Engine, monkeypatch: pytest.MonkeyPatch, username: str
) -> None:
    accounts.add(on, "closed", "", SONG, "clerk", "xianning")
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
    assert accounts.check(on, "song", SONG, HERE) is None
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
    wanted = {"username": "li", "name": "李", "password": SONG, "role": "clerk"}
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


def test_new_password_replaces_the_old(on: Engine) -> None:
    accounts.set_password(on, "song", "another-one-7", must_change=True)
    assert accounts.check(on, "song", SONG, HERE) is None
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
