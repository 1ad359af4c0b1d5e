"""Single sign-on: what the provider's cookie buys, once, while it is fresh."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from httpx import Response as Answer
from sqlalchemy import Engine
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from api import auth, signin
from db import accounts
from tests.signing import HTML, TestClient, stranger
from ui import oidc

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
SECRET, USER = "s" * 32, "_streamlit_user"
CLAIMS: dict[str, Any] = {"email": "Zhang@Example.cn", "is_logged_in": True, "email_verified": True}


@pytest.fixture(autouse=True)
def configured(on: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider in the secrets, and 张主任, who signs in by it alone."""
    section = {"client_id": "c", "cookie_secret": SECRET}
    monkeypatch.setattr(oidc, "get_secrets_auth_section", lambda: section)
    monkeypatch.setattr(oidc, "get_cookie_secret", lambda: SECRET)
    monkeypatch.setattr(oidc, "login_url", lambda name: f"/auth/login?provider={name}")
    accounts.add(
        on, "zhang", "张主任", None, "secretary", "xianning", oidc_email="zhang@example.cn"
    )


def signed(claims: dict[str, Any], secret: str = SECRET, name: str = USER) -> str:
    """The cookie that Streamlit leaves after the provider's answer."""
    return create_signed_value(secret, name, json.dumps(claims)).decode()


def come_back(cookie: str, **more: str) -> Answer:
    """The browser is back from the provider; Streamlit sent it to the start page."""
    browser = stranger()
    for name, value in {USER: cookie, **more}.items():
        browser.cookies.set(name, value, domain="testserver.local", path="/")
    turned = browser.get("/", headers=HTML)
    return browser.get(turned.headers["location"], headers=HTML)


def session_in(answer: Answer) -> bool:
    return auth.COOKIE in answer.cookies


def forgotten(answer: Answer) -> set[str]:
    given = answer.headers.get_list("set-cookie")
    return {one.partition("=")[0] for one in given if "Max-Age=0" in one}


def test_provider_is_offered_and_the_way_back_kept(browser: TestClient) -> None:
    assert 'href="/signin/oidc?next=/residents"' in browser.get("/signin?next=/residents").text
    answer = browser.get("/signin/oidc?next=/居民?q=张")
    assert answer.headers["location"] == "/auth/login?provider=default"
    back = browser.cookies["sanshe_next"]
    assert come_back(signed(CLAIMS), sanshe_next=back).headers["location"] == (
        "/%E5%B1%85%E6%B0%91?q=%E5%BC%A0"
    )


def test_no_provider_is_offered_where_none_is_configured(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oidc, "get_secrets_auth_section", dict)
    assert "/signin/oidc" not in browser.get("/signin").text
    assert browser.get("/signin/oidc").headers["location"] == "/signin"
    assert not session_in(come_back(signed(CLAIMS)))


def test_named_provider_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    section = {"cookie_secret": SECRET, "city": {"client_id": "c"}}
    monkeypatch.setattr(oidc, "get_secrets_auth_section", lambda: section)
    assert oidc.provider() == "city"


def test_fresh_word_of_the_provider_is_traded_for_a_session() -> None:
    tokens = "_streamlit_user_tokens"
    answer = come_back(signed(CLAIMS), **{tokens: "x"})
    assert session_in(answer)
    assert answer.headers["location"] == "/"
    assert {USER, tokens} <= forgotten(answer)


def aged(monkeypatch: pytest.MonkeyPatch, seconds: float) -> str:
    """A cookie that was signed some time ago."""
    moment = time.time() - seconds
    with monkeypatch.context() as then:
        then.setattr("itsdangerous.timed.time.time", lambda: moment)
        return signed(CLAIMS)


def test_word_of_ten_minutes_ago_is_worth_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert session_in(come_back(aged(monkeypatch, 590)))
    answer = come_back(aged(monkeypatch, 610))
    assert not session_in(answer)
    assert USER in forgotten(answer)


@pytest.mark.parametrize(
    ("claims", "secret", "name"),
    [
        (CLAIMS, "t" * 32, USER),
        (CLAIMS, SECRET, "_streamlit_user_tokens"),
        (CLAIMS | {"is_logged_in": False}, SECRET, USER),
        (CLAIMS | {"email_verified": False}, SECRET, USER),
        (CLAIMS | {"email": ""}, SECRET, USER),
        ({}, SECRET, USER),
    ],
)
def test_word_that_is_not_the_providers_is_worth_nothing(
    claims: dict[str, Any], secret: str, name: str
) -> None:
    answer = come_back(signed(claims, secret, name))
    assert not session_in(answer)
    assert answer.headers["location"] == "/signin?next=/"


@pytest.mark.parametrize("rubbish", ["", "x", "a.b.c", '"', "chunks-3"])
def test_rubbish_is_worth_nothing(rubbish: str) -> None:
    assert not session_in(come_back(rubbish))


@pytest.mark.parametrize("email", ["other@example.cn", "closed"])
def test_whoever_has_no_account_is_told_so(on: Engine, email: str) -> None:
    if email == "closed":
        accounts.close(on, "zhang")
        email = "zhang@example.cn"
    answer = come_back(signed(CLAIMS | {"email": email}))
    assert not session_in(answer)
    assert answer.headers["location"] == "/signin?said=nobody"
    assert signin.SAID["nobody"] in stranger().get(answer.headers["location"]).text


def test_signing_out_forgets_the_provider_too(browser: TestClient) -> None:
    browser.cookies.set(USER, "x", domain="testserver.local", path="/")
    assert USER in forgotten(browser.post("/signout", data={}))
