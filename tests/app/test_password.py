"""Changing a password over HTTP, by choice and because another set it."""

from __future__ import annotations

import pytest
from httpx import Response as Answer

from api import auth
from db import accounts, sessions
from db import engine as engines
from tests.signing import HTML, SONG, XU, TestClient, enter, stranger, token

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


def set_password(browser: TestClient, **fields: str) -> Answer:
    right = {"password": SONG, "new": "ha-new-one-7", "again": "ha-new-one-7", "next": "/account"}
    return browser.post("/password", data={"csrf": token(browser), **right, **fields})


def test_new_password_ends_other_sessions_and_renews_this_one(browser: TestClient) -> None:
    other = stranger()
    enter(browser)
    enter(other)
    before = browser.cookies[auth.COOKIE]
    answer = set_password(browser)
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert browser.get("/api/v1/who").status_code == 200
    assert other.get("/api/v1/who").status_code == 401
    assert sessions.find(engines.engine(), before) is None
    assert enter(stranger()).status_code == 401
    assert enter(stranger(), password="ha-new-one-7").status_code == 303


@pytest.mark.parametrize(
    ("fields", "status", "sentence"),
    [
        ({"csrf": "guess"}, 403, "失效"),
        ({"password": "wrong"}, 422, "现在的密码不对"),
        ({"again": "other"}, 422, "不一样"),
        ({"new": "short", "again": "short"}, 422, "读到 5 个"),
        ({"new": SONG, "again": SONG}, 422, "不能和现在的密码一样"),
    ],
)
def test_password_that_is_not_changed(
    browser: TestClient, fields: dict[str, str], status: int, sentence: str
) -> None:
    enter(browser)
    answer = set_password(browser, **fields)
    assert answer.status_code == status
    assert sentence in answer.text
    assert SONG not in answer.text
    assert accounts.check(engines.engine(), "song", SONG, "elsewhere")


def test_guessing_the_password_of_an_open_session_is_slowed_too(browser: TestClient) -> None:
    enter(browser)
    for _ in range(5):
        assert set_password(browser, password="wrong").status_code == 422
    assert set_password(browser).status_code == 429


def test_password_page_is_for_those_signed_in(browser: TestClient) -> None:
    assert browser.get("/password").headers["location"] == "/signin?next=/account"
    assert browser.post("/password", data={}).headers["location"] == "/signin?next=/account"


def test_password_set_by_another_must_be_changed_first(browser: TestClient) -> None:
    answer = enter(browser, "xu", XU, "/residents")
    assert answer.headers["location"] == "/password?next=/residents"
    assert browser.get("/residents", headers=HTML).headers["location"].startswith("/password?")
    assert browser.get("/api/v1/who").json() == {"reason": "请先修改初始密码"}
    form = browser.get("/password?next=/residents", headers=HTML)
    assert "初始密码" in form.text
    answer = set_password(browser, password=XU, next="/residents")
    assert answer.headers["location"] == "/residents"
    assert browser.get("/api/v1/who").json() == {"name": "徐敏"}
