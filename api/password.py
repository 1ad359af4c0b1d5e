"""The routes by which people change their password."""

from __future__ import annotations

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api import auth, cookies, html
from db import accounts, attempts, passwords, sessions
from db.accounts import Known
from db.engine import engine
from db.parsers import Refused

ACCOUNT = "/account"


def show(request: Request) -> Response:
    """The form, as a page of its own: also for those who must change before they go on."""
    back = auth.inside(request.query_params.get("next"))
    here = auth.session(request)
    return _page(here, back) if here else _sign_in_first()


def change(request: Request, form: html.Form) -> Response:
    """A new password ends every other session of the account, and renews this one's token."""
    here = auth.session(request)
    if here is None:
        return _sign_in_first()
    back = auth.inside(form.get("next"))
    if not auth.same(form.get("csrf"), here.csrf):
        return _page(here, back, html.STALE, 403)
    try:
        _change(request, here.username, form)
    except attempts.TooSoon as wait:
        return _page(here, back, str(wait), 429)
    except Refused as refusal:
        return _page(here, back, str(refusal), 422)
    sessions.end_all(engine(), here.actor.id)
    return cookies.begin(request, Known(here.username, False, here.actor), back)


def _change(request: Request, username: str, form: html.Form) -> None:
    old, new = form.get("password", ""), form.get("new", "")
    if new != form.get("again", ""):
        raise Refused("两次输入的新密码不一样，请重新输入")
    if new == old:
        raise Refused("新密码不能和现在的密码一样")
    if problem := passwords.problem(new, username):
        raise Refused(problem)
    if accounts.check(engine(), username, old, auth.address(request)) is None:
        raise Refused("现在的密码不对，请重新输入")
    accounts.set_password(engine(), username, new)


def _page(here: sessions.Session, back: str, problem: str = "", status: int = 200) -> Response:
    return html.page(
        "password.html",
        status,
        csrf=here.csrf,
        next=back,
        username=here.username,
        first=here.must_change,
        problem=problem,
        shortest=passwords.SHORTEST,
    )


def _sign_in_first() -> Response:
    return html.go(f"/signin?next={quote(ACCOUNT)}")


ROUTES = [
    Route("/password", show, methods=["GET"]),
    Route("/password", html.posted(change), methods=["POST"]),
]
