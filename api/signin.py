"""The routes by which people sign in and out."""

from __future__ import annotations

import secrets
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api import auth, cookies, html, password
from db import accounts, attempts, facts, sessions
from db.engine import engine
from db.permissions import ROLE_BY_NAME
from ui import oidc

WRONG = "用户名或密码不对，请检查后再试。忘了密码，请找管理员重设"
SAID = {
    "out": "已退出登录",
    "everywhere": "已在所有设备上退出登录",
    "nobody": "统一身份认证通过了，但这里还没有对应的账号，请找管理员开通",
}


def show(request: Request) -> Response:
    """The form; whoever is signed in already, or comes from the provider, goes on at once."""
    asked = request.query_params
    back = auth.inside(asked.get("next"))
    if auth.session(request):
        return html.go(back)
    if oidc.cookie_names(request.cookies):
        return _from_provider(request, back)
    return _page(request, back, asked.get("as", ""), said=SAID.get(asked.get("said", ""), ""))


def _page(
    request: Request, back: str, username: str, said: str = "", problem: str = "", status: int = 200
) -> Response:
    token = request.cookies.get(cookies.FORM) or secrets.token_urlsafe(24)
    samples = accounts.samples(engine()) if facts.is_sample(engine()) else []
    chosen = username in (known.username for known, _ in samples)
    answer = html.page(
        "signin.html",
        status,
        csrf=token,
        next=back,
        username=username[:64],
        password=accounts.SAMPLE_PASSWORD if chosen else "",
        said=said,
        problem=problem,
        samples=[(known, ROLE_BY_NAME[known.actor.role].label, at) for known, at in samples],
        sample_password=accounts.SAMPLE_PASSWORD,
        single=oidc.provider() is not None,
        nobody=not accounts.count(engine()),
    )
    cookies.put(request, answer, cookies.FORM, token)
    return answer


def enter(request: Request, form: html.Form) -> Response:
    """Username and password."""
    back, username = auth.inside(form.get("next")), form.get("username", "")
    if not auth.same(form.get("csrf"), request.cookies.get(cookies.FORM, "")):
        return _page(request, back, username, problem=html.STALE, status=403)
    try:
        known = accounts.check(engine(), username, form.get("password", ""), auth.address(request))
    except attempts.TooSoon as wait:
        answer = _page(request, back, username, problem=str(wait), status=429)
        answer.headers["Retry-After"] = str(wait.seconds)
        return answer
    if known is None:
        return _page(request, back, username, problem=WRONG, status=401)
    return cookies.begin(request, known, back)


def to_provider(request: Request) -> Response:
    """Off to the identity provider, by way of Streamlit's route."""
    name = oidc.provider()
    if name is None:
        return html.go("/signin")
    answer = html.go(oidc.login_url(name))
    back = auth.inside(request.query_params.get("next"))
    cookies.put(request, answer, cookies.NEXT, quote(back))
    return answer


def _from_provider(request: Request, back: str) -> Response:
    """Trade the provider's word for a session; its cookie has then done its work."""
    email = oidc.email(request.cookies)
    known = accounts.by_email(engine(), email) if email else None
    if known:
        attempts.note(engine(), known.username, auth.address(request), known.actor.id)
        asked_for = unquote(request.cookies.get(cookies.NEXT, ""))
        answer = cookies.begin(request, known, auth.inside(asked_for or back))
    else:
        answer = html.go("/signin?said=nobody" if email else f"/signin?next={quote(back)}")
    return _forget_provider(request, answer)


def _forget_provider(request: Request, answer: Response) -> Response:
    for name in (*oidc.cookie_names(request.cookies), cookies.NEXT):
        answer.delete_cookie(name)
    return answer


def leave(request: Request, form: html.Form) -> Response:
    """Sign this browser out."""
    return _leave(request, form, "out")


def leave_everywhere(request: Request, form: html.Form) -> Response:
    """Sign the account out in every browser."""
    return _leave(request, form, "everywhere")


def _leave(request: Request, form: html.Form, said: str) -> Response:
    here = auth.session(request)
    if here and not auth.same(form.get("csrf"), here.csrf):
        return html.page("notice.html", 403, title="还没有退出", text=html.STALE, back="/")
    if here and said == "everywhere":
        sessions.end_all(engine(), here.actor.id)
    sessions.end(engine(), request.cookies.get(auth.COOKIE))
    answer = html.go(f"/signin?said={said}")
    answer.delete_cookie(auth.COOKIE)
    return _forget_provider(request, answer)


ROUTES = [
    Route("/signin", show, methods=["GET"]),
    Route("/signin", html.posted(enter), methods=["POST"]),
    Route("/signin/oidc", to_provider, methods=["GET"]),
    Route("/signout", html.posted(leave), methods=["POST"]),
    Route("/signout-everywhere", html.posted(leave_everywhere), methods=["POST"]),
    *password.ROUTES,
]
