"""Pages of HTML outside Streamlit: reading a posted form, answering with a page or a next place."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

Form = dict[str, str]
STALE = "页面放得太久，已经失效，请再试一次"
LARGEST = 16_384  # bytes; nobody's form is larger, and whoever sends more is not signed in yet
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}


def posted(handle: Callable[[Request, Form], Response]) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint of a form: read without blocking others, handled in a thread."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(handle, request, await read(request))

    return endpoint


async def read(request: Request) -> Form:
    """The fields of a posted form; empty where it is too large to be one of ours."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return {}
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


def page(template: str, status: int = 200, **words: Any) -> HTMLResponse:
    """A page of ours, without scripts."""
    return HTMLResponse(TEMPLATES.get_template(template).render(words), status, HEADERS)


def go(place: str) -> RedirectResponse:
    """On to `place` by GET, also after a POST."""
    return RedirectResponse(place, 303, {"Cache-Control": "no-store"})
