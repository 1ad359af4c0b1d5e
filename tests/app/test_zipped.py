"""Streamlit's scripts as browsers get them: whole, a third as long, and nobody else's files."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from api import zipped
from tests.signing import TestClient


def theirs(_: Request) -> Response:
    return PlainTextResponse("theirs")


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr(zipped, "KEPT", tmp_path / "zipped")
    app = Starlette(routes=[Route("/{path:path}", theirs)], middleware=[Middleware(zipped.Zipped)])
    return TestClient(app)


def largest() -> Path:
    return max((zipped.STATIC / "static" / "js").glob("*.js"), key=lambda file: file.stat().st_size)


def test_a_script_comes_zipped_and_whole(browser: TestClient) -> None:
    script = largest()
    for _ in range(2):  # made, then kept
        answer = browser.get(f"/static/js/{script.name}")
        assert answer.content == script.read_bytes()
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
        assert "immutable" in answer.headers["cache-control"]
        assert int(answer.headers["content-length"]) * 3 < script.stat().st_size
    (kept,) = zipped.KEPT.iterdir()
    assert gzip.decompress(kept.read_bytes()) == script.read_bytes()


def test_who_cannot_unzip_is_answered_by_streamlit(browser: TestClient) -> None:
    plain = {"accept-encoding": "identity"}
    assert browser.get(f"/static/js/{largest().name}", headers=plain).text == "theirs"


@pytest.mark.parametrize(
    "path",
    [
        "/static/js/nothing.js",
        "/static/js/..%2f..%2findex.html",
        "/static/js/%2e%2e/%2e%2e/server.py.js",
        "/static/media/font.woff2",
        "/overview",
    ],
)
def test_everything_else_is_streamlits(browser: TestClient, path: str) -> None:
    assert browser.get(path).text == "theirs"
    assert not zipped.KEPT.exists()
