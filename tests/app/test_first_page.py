"""Streamlit's HTML leaves the server as ours; everything else passes untouched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from api import assets, first_page
from tests.signing import HTML, TestClient
from ui import scripts

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"


def page(_: Request) -> Response:
    return FileResponse(INDEX)


def in_parts(_: Request) -> Response:
    return StreamingResponse(iter(["<title>Stream", "lit</title>"]), media_type="text/html")


def other(_: Request) -> Response:
    return HTMLResponse('<html lang="en"><title>登录</title>')


def stream(_: Request) -> Response:
    def rows() -> Iterator[str]:
        yield "<title>Streamlit</title>"

    return StreamingResponse(rows(), media_type="text/plain")


@pytest.fixture
def browser() -> TestClient:
    routes = [
        Route("/page", page),
        Route("/parts", in_parts),
        Route("/other", other),
        Route("/stream", stream),
        *assets.ROUTES,
    ]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(first_page.FirstPage)]))


def test_page_has_our_language_name_and_scripts(browser: TestClient) -> None:
    answer = browser.get("/page", headers=HTML)
    assert '<html lang="zh-CN">' in answer.text
    assert "<title>三社联动工作台</title>" in answer.text
    assert "JavaScript" not in answer.text
    assert int(answer.headers["content-length"]) == len(answer.content)
    ours, theirs = answer.text.index("words.js"), answer.text.index("static/js/index")
    assert ours < theirs
    for name in scripts.ASSETS:
        assert browser.get(f"/scripts/{scripts.VERSION}/{name}").status_code == 200


def test_only_what_is_streamlits_is_changed(browser: TestClient) -> None:
    assert browser.get("/other", headers=HTML).text == '<html lang="en"><title>登录</title>'
    assert browser.get("/stream", headers=HTML).text == "<title>Streamlit</title>"
    assert browser.get("/page", headers={"accept": "*/*"}).content == INDEX.read_bytes()
    assert "words.js" in browser.get("/parts", headers=HTML).text


def test_browser_keeps_no_page_of_an_older_version(browser: TestClient) -> None:
    kept = browser.get("/page", headers={"accept": "*/*"}).headers["etag"]
    answer = browser.get("/page", headers=HTML | {"if-none-match": kept})
    assert answer.status_code == 200
    assert "etag" not in answer.headers
    assert browser.head("/page", headers=HTML).content == b""


def test_script_of_another_version_is_not_there(browser: TestClient) -> None:
    answer = browser.get("/scripts/0123456789abcdef/words.js")
    assert answer.status_code == 404
    kept = browser.get(f"/scripts/{scripts.VERSION}/words.js")
    assert "immutable" in kept.headers["cache-control"]
    assert kept.headers["content-encoding"] == "gzip"
