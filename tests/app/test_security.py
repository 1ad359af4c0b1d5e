"""What holds for every answer: headers, the gate, the tokens of scripts, the host config."""

from __future__ import annotations

import json
import re

import pytest
from httpx import Response as Answer
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.websockets import WebSocketDisconnect

from api import auth, security
from db import accounts, sessions
from db import engine as engines
from tests.signing import HTML, TestClient, enter, stranger, token

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


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


def test_script_must_send_the_token_of_its_own_session(browser: TestClient) -> None:
    other = stranger()
    enter(browser)
    enter(other)

    def send(given: str | None) -> Answer:
        headers = {auth.HEADER: given} if given is not None else {}
        return browser.post("/api/v1/change", headers=headers)

    assert send(token(browser)).json() == {"name": "宋书记"}
    for wrong in (None, "", "guess", token(other)):
        assert send(wrong).status_code == 403
        assert send(wrong).json() == {"reason": "页面已失效，请刷新页面后再试"}
    assert stranger().post("/api/v1/change").json() == {"reason": "登录已过期，请重新登录"}


def test_closed_account_is_shut_out_at_once(browser: TestClient, on: Engine) -> None:
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
        assert "object-src 'none'" in policy or policy.startswith("default-src 'none'")
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


def test_policy_names_the_one_script_inside_streamlits_page(browser: TestClient) -> None:
    policy = browser.get("/x").headers["content-security-policy"]
    assert len(re.findall(r"'sha256-[A-Za-z0-9+/]{43}='", policy)) == 1
