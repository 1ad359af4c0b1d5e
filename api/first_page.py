"""Streamlit's one HTML page says from its first byte what is ours: language, name, words."""

from __future__ import annotations

import re
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.shell import NAME
from ui.words import modules as words

ASKED = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
ANSWERED = ("etag", "last-modified", "accept-ranges")  # they are about the page as it was
SCRIPT = f'<script type="module" src="/words/{words.VERSION}/words.js"></script>'
WITHOUT = "<noscript><p>请在浏览器设置中允许 JavaScript，然后刷新页面。</p></noscript>"
CHANGES = (
    (re.compile(r'<html lang="en">'), f'<html lang="{words.STRINGS["lang"]}">'),
    # Before Streamlit's own script: it is watched from its first word on.
    (re.compile(r"<title>Streamlit</title>"), f"<title>{NAME}</title>\n    {SCRIPT}"),
    (re.compile(r"<noscript>.*?</noscript>", re.S), WITHOUT),
)


def ours(page: bytes) -> bytes:
    """Streamlit's page as it should be; any other unchanged."""
    text = page.decode()
    if "<title>Streamlit</title>" in text:
        for found, instead in CHANGES:
            text = found.sub(instead, text, count=1)
    return text.encode()


class FirstPage:
    """Rewrites the HTML that Streamlit sends for every address of a page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and "text/html" in Headers(scope=scope).get("accept", ""):
            whole = [(name, value) for name, value in scope["headers"] if name not in ASKED]
            await self.app(scope | {"headers": whole}, receive, rewriting(send, ours))
        else:
            await self.app(scope, receive, send)


def rewriting(send: Send, change: Callable[[bytes], bytes]) -> Send:
    """A `send` that keeps an HTML answer back until it is whole, and passes on others as they come."""
    start: Message = {}
    parts: list[bytes] = []

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message):
            start.update(message)
        elif message["type"] == "http.response.body" and start:
            parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                await _finish(send, start, change(b"".join(parts)))
        else:
            await send(message)

    return sending


def _is_html(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type", "").startswith("text/html")


async def _finish(send: Send, start: Message, body: bytes) -> None:
    headers = MutableHeaders(scope=start)
    for name in ANSWERED:
        del headers[name]
    if body:  # HEAD has none, and its answer tells the length of GET's
        headers["content-length"] = str(len(body))
    await send(start)
    await send({"type": "http.response.body", "body": body})
