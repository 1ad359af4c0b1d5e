"""The cookies of sign-in: how they are set, and a session begun in one."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from api import auth, html
from db import sessions
from db.accounts import Known
from db.engine import engine

FORM = "sanshe_form"  # proves that the sign-in form was ours, before there is a session
NEXT = "sanshe_next"  # where to go after the identity provider's answer


def put(request: Request, answer: Response, name: str, value: str) -> None:
    """Without an age: the browser forgets it when it is closed."""
    secure = auth.https(request)
    answer.set_cookie(name, value, path="/", httponly=True, samesite="lax", secure=secure)


def begin(request: Request, known: Known, back: str) -> Response:
    """On to `back` with a session under a new token, whatever token the browser came with."""
    sessions.end(engine(), request.cookies.get(auth.COOKIE))
    agent = request.headers.get("user-agent", "")
    token = sessions.start(engine(), known, auth.address(request), agent)
    answer = html.go(f"/password?next={quote(back, safe='/')}" if known.must_change else back)
    put(request, answer, auth.COOKIE, token)
    answer.delete_cookie(FORM)
    return answer
