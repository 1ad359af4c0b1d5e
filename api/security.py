"""What holds for every answer: security headers, the gate to sign-in, Streamlit's host config."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import json
import re
from pathlib import Path
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import auth, first_page, zipped
from db import sessions
from db.engine import engine

HOST_CONFIG = "/_stcore/host-config"
HOST_ANSWERS = {
    "blockErrorDialogs": True,  # the dialog would trap the focus and swallow keys
    "allowedOrigins": [],  # no other site is to frame the page and speak to it
}
OPEN = (
    "/signin", "/need/", "/api/", "/_stcore/", "/static/", "/component/", "/auth/",
    "/oauth2callback",
)  # fmt: skip
GUARDED = ("/media/", "/_stcore/upload_file", "/_stcore/metrics", "/_stcore/agent")
HOST = re.compile(r"[A-Za-z0-9.:\[\]-]{1,255}")
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def _inline_scripts() -> str:
    """The hashes of the scripts that stand inside Streamlit's own page."""
    streamlit = importlib.util.find_spec("streamlit")  # found, not imported: it is not ours to use
    assert streamlit is not None
    assert streamlit.origin is not None
    page = Path(streamlit.origin).parent / "static" / "index.html"
    scripts = re.findall(r"<script>(.*?)</script>", page.read_text(encoding="utf-8"), re.S)
    digests = (base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


def _policy(host: str) -> str:
    """`blob:` scripts are how components start; styles are written inline by every chart."""
    sockets = f"ws://{host} wss://{host}" if HOST.fullmatch(host) else ""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: {SCRIPTS}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            f"connect-src 'self' {sockets}".strip(),
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


SCRIPTS = _inline_scripts()


class Headers:
    """Adds the security headers to every answer that does not bring its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                _dress(MutableHeaders(scope=message), HTTPConnection(scope))
            await send(message)

        await self.app(scope, receive, dressed)


def _dress(headers: MutableHeaders, asking: HTTPConnection) -> None:
    for name, value in FIXED.items():
        headers.setdefault(name, value)
    headers.setdefault("Content-Security-Policy", _policy(asking.headers.get("host", "")))
    if asking.url.path.startswith("/api/"):
        headers.setdefault("Cache-Control", "no-store")  # people's data, on shared computers
    if auth.https(asking):
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")


class Gate:
    """Sends whoever is not signed in to the sign-in page; keeps strangers off files and sockets."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http" and _is_gated(scope):
            answer = await run_in_threadpool(_turned_away, HTTPConnection(scope))
            await (answer or self.app)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        # A page whose session has ended may reconnect: its script says so and shows nothing.
        token = HTTPConnection(scope).cookies.get(auth.COOKIE)
        if await run_in_threadpool(sessions.was, engine(), token):
            await self.app(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008, "reason": ""})


def _is_gated(scope: Scope) -> bool:
    return scope["path"].startswith(GUARDED) or _is_page(scope)


def _is_page(scope: Scope) -> bool:
    wanted = HTTPConnection(scope).headers.get("accept", "")
    return "text/html" in wanted and not f"{scope['path']}/".startswith(OPEN)


def _turned_away(asking: HTTPConnection) -> JSONResponse | RedirectResponse | None:
    here = auth.session(asking)
    if here and not (here.must_change and _is_page(asking.scope)):
        return None
    if not _is_page(asking.scope):
        return JSONResponse({"reason": "请先登录"}, 401)
    if here and asking.url.path == "/password":
        return None
    back = asking.url.path + (f"?{asking.url.query}" if asking.url.query else "")
    door = "/password" if here else "/signin"
    return RedirectResponse(f"{door}?next={quote(back, safe='/')}", 303)


class HostConfig:
    """Rewrites Streamlit's answer on how its page behaves inside its host."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != HOST_CONFIG:
            await self.app(scope, receive, send)
            return
        plain = [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]
        parts: list[bytes] = []
        start: Message = {}

        async def gather(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))

        await self.app({**scope, "headers": plain}, receive, gather)
        body = json.dumps(json.loads(b"".join(parts)) | HOST_ANSWERS).encode()
        MutableHeaders(scope=start)["content-length"] = str(len(body))
        await send(start)
        await send({"type": "http.response.body", "body": body})


MIDDLEWARE = [
    Middleware(Headers),
    Middleware(Gate),
    Middleware(HostConfig),
    Middleware(first_page.FirstPage),
    Middleware(zipped.Zipped),
]
