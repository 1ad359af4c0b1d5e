"""An application of the sign-in routes and middleware, and browsers that have no window."""

from __future__ import annotations

import re
import warnings

from httpx import Response as Answer
from starlette.applications import Starlette
from starlette.exceptions import StarletteDeprecationWarning
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from api import auth, security, signin
from db import engine as engines
from db import sessions

with warnings.catch_warnings():  # it asks for httpx2; the product has httpx, and one is enough
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from starlette.testclient import TestClient as TestClient

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
    return JSONResponse(
        {"blockErrorDialogs": False, "allowedOrigins": ["https://x.cn"], "padding": padding}
    )


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
