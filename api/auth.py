"""Who is asking: from the cookie to the actor, and the proof that a form or script is ours."""

from __future__ import annotations

import os
import re
import secrets

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse

from db import attempts, sessions, tokens
from db.actors import Actor
from db.engine import engine

COOKIE = "sanshe_session"
HEADER = "X-CSRF-Token"
SCHEME = "Bearer"
ANYBODY = "by token"  # in place of a username, which has no blank
OUTSIDE = re.compile(r"[\\\x00-\x20\x7f-\x9f]|^//")  # what a browser may read as another host

DOORS = ("/signin", "/signout", "/password", "/auth/", "/oauth2callback")  # no pages to return to


class NotAllowed(HTTPException):
    """401, 403 or 429; `detail` is the sentence for the user."""


def refused(_request: Request, error: Exception) -> JSONResponse:
    """The answer to NotAllowed, for the API's exception handlers."""
    assert isinstance(error, NotAllowed)
    return JSONResponse({"reason": error.detail}, error.status_code, error.headers)


def session(asking: HTTPConnection, touch: bool = True) -> sessions.Session | None:
    """The live session of the cookie that came along, or None."""
    return sessions.find(engine(), asking.cookies.get(COOKIE), touch)


def signed_in(request: Request) -> Actor:
    """Dependency: the actor, or 401."""
    return bearer(request) or _ready(session(request)).actor


def watching(request: Request) -> Actor:
    """Dependency for what a page asks by itself: doesn't keep an abandoned session alive."""
    return bearer(request) or _ready(session(request, touch=False)).actor


def with_csrf(request: Request) -> Actor:
    """Dependency for everything but GET: the actor, or 401, or 403 where the CSRF token is wrong.

    A bearer needs none: no browser sends it along by itself.
    """
    if by_token := bearer(request):
        return by_token
    here = _ready(session(request))
    if not same(request.headers.get(HEADER), here.csrf):
        raise NotAllowed(403, "页面已失效，请刷新页面后再试")
    return here.actor


async def source(request: Request) -> str:
    """Dependency: from where the history says that a write came; waits for nothing, so it needs
    no thread."""
    return "api" if _presented(request) else "grid"


def bearer(request: Request) -> Actor | None:
    """The actor of the access token that came along, None without one, 401 or 429 for a bad one.

    Bad ones are counted as failed sign-ins are; a good one is never kept waiting for them.
    """
    token = _presented(request)
    if token is None:
        return None
    try:
        return tokens.find(engine(), token)
    except tokens.Void as void:
        _count(request)
        raise NotAllowed(401, str(void), {"WWW-Authenticate": SCHEME}) from None


def _presented(request: Request) -> str | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == SCHEME.lower() else None


def _count(request: Request) -> None:
    try:
        attempt = attempts.begin(engine(), ANYBODY, address(request))
    except attempts.TooSoon as wait:
        raise NotAllowed(429, str(wait), {"Retry-After": str(wait.seconds)}) from None
    attempts.finish(engine(), attempt, attempts.WRONG)


def _ready(here: sessions.Session | None) -> sessions.Session:
    if here is None:
        raise NotAllowed(401, "登录已过期，请重新登录")
    if here.must_change:
        raise NotAllowed(403, "请先修改初始密码")
    return here


def same(given: str | None, expected: str) -> bool:
    """Whether a token is the expected one, in constant time; an empty one never is."""
    return bool(given and expected) and secrets.compare_digest(
        (given or "").encode(), expected.encode()
    )


def behind_proxy() -> bool:
    """Whether the operator says that a proxy of theirs writes the X-Forwarded headers."""
    return os.environ.get("SANSHE_TRUST_PROXY") == "1"


def https(asking: HTTPConnection) -> bool:
    """Whether the browser asked over https, as far as may be believed."""
    told = asking.headers.get("x-forwarded-proto", "") if behind_proxy() else ""
    return (told.split(",")[-1].strip() or asking.url.scheme) in ("https", "wss")


def address(asking: HTTPConnection) -> str:
    """The browser's network address, as far as may be believed."""
    told = asking.headers.get("x-forwarded-for", "") if behind_proxy() else ""
    direct = asking.client.host if asking.client else ""
    return told.split(",")[-1].strip() or direct


def inside(target: str | None) -> str:
    """`target` if it is a page of this site to return to, else the start page."""
    if not target or len(target) > 2000 or not target.startswith("/") or OUTSIDE.search(target):
        return "/"
    return "/" if target.startswith(DOORS) else target
