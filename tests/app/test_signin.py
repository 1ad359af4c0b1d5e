"""Signing in and out over HTTP: cookies, tokens, the way back, what the page shows."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from api import auth, signin
from db import accounts, facts, sessions
from db import engine as engines
from tests.signing import HTML, SONG, TestClient, enter, hidden, stranger, token

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


def test_signing_in_sets_one_cookie_that_scripts_cannot_read(browser: TestClient) -> None:
    answer = enter(browser)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith(auth.COOKIE))
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert browser.get("/api/v1/who").json() == {"name": "宋书记"}


def test_unknown_name_and_wrong_password_look_the_same(browser: TestClient) -> None:
    answers = [enter(browser, "song", "wrong"), enter(browser, "nobody", "wrong")]
    seen = [answer.text.replace("nobody", "song") for answer in answers]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert seen[0] == seen[1]
    assert signin.WRONG in seen[0]
    assert auth.COOKIE not in browser.cookies


def test_sixth_try_is_told_to_wait_whoever_it_is(browser: TestClient) -> None:
    for username in ("song", "nobody"):
        for _ in range(5):
            assert enter(browser, username, "wrong").status_code == 401
        answer = enter(browser, username, SONG)
        assert answer.status_code == 429
        assert "请过 15 秒再试" in answer.text
        assert answer.headers["retry-after"] == "15"


def test_form_of_another_site_is_refused(browser: TestClient) -> None:
    hidden(browser.get("/signin"))
    data = {"csrf": "guess", "username": "song", "password": SONG}
    assert browser.post("/signin", data=data).status_code == 403
    assert stranger().post("/signin", data={**data, "csrf": ""}).status_code == 403
    assert auth.COOKIE not in browser.cookies


def test_second_tab_does_not_spoil_the_first(browser: TestClient) -> None:
    first = hidden(browser.get("/signin"))
    assert hidden(browser.get("/signin")) == first


def test_token_is_new_at_each_sign_in(browser: TestClient) -> None:
    browser.cookies.set(auth.COOKIE, "planted", domain="testserver.local", path="/")
    enter(browser)
    given = [cookie.value for cookie in browser.cookies.jar if cookie.name == auth.COOKIE]
    assert any(value != "planted" for value in given)
    assert sessions.find(engines.engine(), "planted") is None


def test_signing_in_again_ends_the_session_before(browser: TestClient) -> None:
    enter(browser)
    first = browser.cookies[auth.COOKIE]
    form = stranger().get("/signin")
    cookies = {auth.COOKIE: first, "sanshe_form": hidden(form)}
    header = {"cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    data = {"csrf": hidden(form), "username": "song", "password": SONG}
    assert stranger().post("/signin", data=data, headers=header).status_code == 303
    assert sessions.find(engines.engine(), first) is None


@pytest.mark.parametrize(
    ("target", "place"),
    [
        ("/community-guihuashu?tab=residents", "/community-guihuashu?tab=residents"),
        ("/居民?q=张", "/居民?q=张"),
        ("//evil.cn", "/"),
        ("/\\evil.cn", "/"),
        ("\\\\evil.cn", "/"),
        ("/\t/evil.cn", "/"),
        ("/\n/evil.cn", "/"),
        ("https://evil.cn", "/"),
        ("javascript:alert(1)", "/"),
        ("evil.cn", "/"),
        ("", "/"),
        ("/signin?next=/signin", "/"),
        ("/auth/logout", "/"),
        ("/" + "x" * 3000, "/"),
    ],
)
def test_way_back_never_leads_off_the_site(on: Engine, target: str, place: str) -> None:
    assert auth.inside(target) == place


def test_way_back_is_kept_through_a_wrong_password(browser: TestClient) -> None:
    turned = browser.get("/community-guihuashu?q=%E5%BC%A0&p=2", headers=HTML)
    assert turned.status_code == 303
    wrong = enter(browser, password="wrong", back="/community-guihuashu?q=张")
    assert hidden(wrong, "next") == "/community-guihuashu?q=张"
    form = browser.get(turned.headers["location"])
    data = {"csrf": hidden(form), "next": hidden(form, "next").replace("&amp;", "&")}
    answer = browser.post("/signin", data={**data, "username": "song", "password": SONG})
    assert answer.headers["location"] == "/community-guihuashu?q=%E5%BC%A0&p=2"


def test_whoever_is_signed_in_goes_straight_on(browser: TestClient) -> None:
    enter(browser)
    assert browser.get("/signin?next=/residents").headers["location"] == "/residents"
    assert browser.get("/residents", headers=HTML).text == "page /residents"


def test_what_was_typed_is_text_on_the_page(browser: TestClient) -> None:
    answer = enter(browser, '"><script>alert(1)</script>', "wrong", '/"><script>')
    assert "<script" not in answer.text


@pytest.mark.parametrize(
    "body", [b"\xff\xfe=%00", b"username=%00&password=%ff", b"username=" + b"x" * 20_000, b""]
)
def test_no_form_breaks_the_route(browser: TestClient, body: bytes) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert browser.post("/signin", content=body, headers=kind).status_code == 403


def test_signing_out_needs_the_token_and_ends_this_session_alone(browser: TestClient) -> None:
    other = stranger()
    enter(browser)
    enter(other)
    assert browser.post("/signout", data={"csrf": "guess"}).status_code == 403
    browser.get("/signout")  # as an image on another site would
    assert browser.get("/api/v1/who").status_code == 200
    answer = browser.post("/signout", data={"csrf": token(browser)})
    assert answer.headers["location"] == "/signin?said=out"
    assert auth.COOKIE not in browser.cookies
    assert browser.get("/api/v1/who").status_code == 401
    assert other.get("/api/v1/who").status_code == 200


def test_signing_out_everywhere_ends_every_session(browser: TestClient) -> None:
    other = stranger()
    enter(browser)
    enter(other)
    browser.post("/signout-everywhere", data={"csrf": token(browser)})
    assert other.get("/api/v1/who").status_code == 401
    assert "已在所有设备上退出登录" in browser.get("/signin?said=everywhere").text


def test_signing_out_twice_is_no_error(browser: TestClient) -> None:
    assert browser.post("/signout", data={}).headers["location"] == "/signin?said=out"


def test_sample_accounts_are_shown_only_in_a_sample_database(
    browser: TestClient, on: Engine
) -> None:
    accounts.add(on, "yang", "示例", accounts.SAMPLE_PASSWORD, "clerk", "xianning", sample=True)
    before = browser.get("/signin?as=yang").text
    assert "示例数据" not in before
    assert accounts.SAMPLE_PASSWORD not in before
    facts.mark_sample(on)
    after = browser.get("/signin?as=song").text
    assert "示例数据" in after
    assert "社区干事" in after
    assert ">song<" not in after
    assert 'type="password" value=""' in after
    assert hidden(browser.get("/signin?as=yang"), "username") == "yang"


def test_empty_house_says_how_to_make_the_first_account(browser: TestClient, on: Engine) -> None:
    assert "manage.py user add" not in browser.get("/signin").text
    accounts.close(on, "song")
    accounts.close(on, "xu")
    assert "manage.py user add" in browser.get("/signin").text
