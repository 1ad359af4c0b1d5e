"""Streamlit's one HTML page says from its first byte what is ours: language, name, scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui import scripts

THEIRS = "<title>Streamlit</title>"
WITHOUT = "<noscript>请在浏览器的设置中允许网页运行脚本，然后刷新页面。</noscript>"
CHANGES = (
    (re.compile(r'<html lang="en">'), f'<html lang="{scripts.LANG}">'),
    # Before Streamlit's own script, which is to be understood from its first word on.
    (re.compile(re.escape(THEIRS)), f"<title>{scripts.NAME}</title>\n    {scripts.TAGS}"),
    (re.compile(r"<noscript>.*?</noscript>", re.S), WITHOUT),
)
ASKED = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
ANSWERED = ("etag", "last-modified", "accept-ranges")  # they are about the page as it was


def ours(page: bytes) -> bytes:
    """Streamlit's page as it should be; any other page unchanged."""
    text = page.decode()
    if THEIRS in text:
        for found, instead in CHANGES:
            text = found.sub(instead, text, count=1)
    return text.encode()


class FirstPage:
    """Changes the HTML that Streamlit sends, which is the same for every page's address."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and "text/html" in Headers(scope=scope).get("accept", ""):
            plain = [(name, value) for name, value in scope["headers"] if name not in ASKED]
            await self.app({**scope, "headers": plain}, receive, _changing(send, ours))
        else:
            await self.app(scope, receive, send)


def _changing(send: Send, change: Callable[[bytes], bytes]) -> Send:
    """Keeps an HTML answer back until it is whole; lets any other through as it comes."""
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
    if body:  # the answer to HEAD has none
        headers["content-length"] = str(len(body))
    await send(start)
    await send({"type": "http.response.body", "body": body})
