"""Sign-in over HTTP: cookies, tokens, the way back, the gate, the headers; no browser needed."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator

import pytest
from httpx import Response as Answer
from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.exceptions import StarletteDeprecationWarning
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from api import auth, security, signin
from db import accounts, facts, founding, sessions
from db import engine as engines

with warnings.catch_warnings():  # it asks for httpx2; the product has httpx, and one is enough
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from starlette.testclient import TestClient

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
SONG, XU = "guihua-2017", "liumi-qiao-1"
HTML = {"accept": "text/html"}


def page(request: Request) -> Response:
    return PlainTextResponse(f"page {request.url.path}")


def who(request: Request) -> Response:
    return JSONResponse({"name": auth.signed_in(request).name})


def change(request: Request) -> Response:
    return JSONResponse({"name": auth.with_csrf(request).name})


def host_config(_: Request) -> Response:
    padding = "x" * 2000  # long enough to be zipped
    return JSONResponse({"blockErrorDialogs": False, "allowedOrigins": ["https://x.cn"], "padding": padding})


async def socket(wire: WebSocket) -> None:
    await wire.accept()
    await wire.send_text("hello")
    await wire.close()


ROUTES = [
    *signin.ROUTES,
    Route("/api/v1/who", who),
    Route("/api/v1/change", change, methods=["POST"]),
    Route("/_stcore/host-config", host_config),
    WebSocketRoute("/_stcore/stream", socket),
    Route("/{path:path}", page, methods=["GET", "PUT"]),
]
APP = Starlette(
    routes=ROUTES,
    middleware=[*security.MIDDLEWARE],
    exception_handlers={auth.NotAllowed: auth.refused},
)
APP.add_middleware(GZipMiddleware)
APP.user_middleware.append(APP.user_middleware.pop(0))  # innermost, where Streamlit has its own


@pytest.fixture
def on(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The process's own database: 宋金城 and 徐勇 may sign in."""
    monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
    engines.engine.cache_clear()
    founding.found(engine)
    accounts.add(engine, "song", "宋金城", SONG, "secretary", "xianning")
    accounts.add(engine, "xu", "徐勇", XU, "secretary", "xianning", must_change=True)
    yield engines.engine()
    engines.engine().dispose()
    engines.engine.cache_clear()


@pytest.fixture
def browser(on: Engine) -> TestClient:
    return stranger()


def stranger(base: str = "http://testserver") -> TestClient:
    """A browser without cookies."""
    return TestClient(APP, base_url=base, follow_redirects=False)


def hidden(answer: Answer, name: str = "csrf") -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.text)
    assert found
    return found[1]


def enter(
    browser: TestClient, username: str = "song", password: str = SONG, back: str = "/"
) -> Answer:
    form = browser.get("/signin", params={"next": back})
    fields = {"csrf": hidden(form), "next": hidden(form, "next")}
    return browser.post("/signin", data={**fields, "username": username, "password": password})


def token(browser: TestClient) -> str:
    """What the page's scripts must send back."""
    here = sessions.find(engines.engine(), browser.cookies.get(auth.COOKIE))
    assert here
    return here.csrf


def test_signing_in_sets_one_cookie_that_scripts_cannot_read(browser: TestClient) -> None:
    answer = enter(browser)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith(auth.COOKIE))
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert browser.get("/api/v1/who").json() == {"name": "宋金城"}


def test_over_https_cookies_are_secure_and_https_is_asked_for(on: Engine) -> None:
    answer = enter(stranger("https://testserver"))
    assert all("Secure" in c for c in answer.headers.get_list("set-cookie") if "Max-Age=0" not in c)
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_proxy_is_believed_only_where_the_operator_says_so(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"x-forwarded-proto": "https", "x-forwarded-for": "1.2.3.4, 10.9.9.9"}
    assert "strict-transport-security" not in browser.get("/signin", headers=told).headers
    monkeypatch.setenv("SANSHE_TRUST_PROXY", "1")
    assert "strict-transport-security" in browser.get("/signin", headers=told).headers
    request = Request({"type": "http", "headers": [(b"x-forwarded-for", b"1.2.3.4, 10.9.9.9")]})
    assert auth.address(request) == "10.9.9.9"


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
    assert browser.get("/api/v1/who").json() == {"name": "徐勇"}


def test_script_must_send_the_token_of_its_own_session(browser: TestClient) -> None:
    other = stranger()
    enter(browser)
    enter(other)

    def send(given: str | None) -> Answer:
        headers = {auth.HEADER: given} if given is not None else {}
        return browser.post("/api/v1/change", headers=headers)

    assert send(token(browser)).json() == {"name": "宋金城"}
    for wrong in (None, "", "guess", token(other)):
        assert send(wrong).status_code == 403
        assert send(wrong).json() == {"reason": "页面已失效，请刷新页面后再试"}
    assert stranger().post("/api/v1/change").json() == {"reason": "登录已过期，请重新登录"}


def test_role_changed_meanwhile_holds_at_once(browser: TestClient, on: Engine) -> None:
    enter(browser)
    accounts.close(on, "song")
    assert browser.get("/api/v1/who").status_code == 401


@pytest.mark.parametrize("path", ["/media/abc.csv", "/_stcore/upload_file/s/f", "/_stcore/metrics"])
def test_files_are_kept_from_strangers(browser: TestClient, path: str) -> None:
    assert browser.get(path).status_code == 401
    assert browser.put(path).json() == {"reason": "请先登录"}
    enter(browser)
    assert browser.get(path).text == f"page {path}"


def test_pages_turn_strangers_away_and_assets_do_not(browser: TestClient) -> None:
    answer = browser.get("/residents?id=1", headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/signin?next=/residents%3Fid%3D1",
    )
    assert browser.get("/static/js/index.js", headers=HTML).status_code == 200


def test_socket_opens_only_for_who_was_let_in(browser: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), browser.websocket_connect("/_stcore/stream"):
        pass
    enter(browser)
    with browser.websocket_connect("/_stcore/stream") as wire:
        assert wire.receive_text() == "hello"
    # An open page whose session has ended may still be told so.
    sessions.end(engines.engine(), browser.cookies[auth.COOKIE])
    with browser.websocket_connect("/_stcore/stream") as wire:
        assert wire.receive_text() == "hello"


def test_every_answer_has_the_headers(browser: TestClient) -> None:
    for answer in (browser.get("/signin"), browser.get("/"), browser.get("/", headers=HTML)):
        for name, value in security.FIXED.items():
            assert answer.headers[name] == value
        assert "strict-transport-security" not in answer.headers
        policy = answer.headers["content-security-policy"]
        assert "unsafe-eval" not in policy
        assert re.search(r"script-src[^;]*unsafe-inline", policy) is None
    assert browser.get("/api/v1/who").headers["cache-control"] == "no-store"


def test_policy_allows_sockets_to_this_host_alone(browser: TestClient) -> None:
    policy = browser.get("/x").headers["content-security-policy"]
    assert "connect-src 'self' ws://testserver wss://testserver;" in policy
    forged = browser.get("/x", headers={"host": "a; script-src *"})
    assert "script-src *" not in forged.headers["content-security-policy"]


def test_host_config_blocks_the_dialog_also_when_zipped(browser: TestClient) -> None:
    answer = browser.get("/_stcore/host-config", headers={"accept-encoding": "gzip"})
    told = json.loads(answer.content)
    assert told["blockErrorDialogs"] is True
    assert told["allowedOrigins"] == []
    zipped = browser.get("/" + "x" * 2000, headers={"accept-encoding": "gzip"})
    assert zipped.headers["content-encoding"] == "gzip"  # so the above says something


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
