"""The public page of a community: a need is written without an account, its state is read."""

from __future__ import annotations

import secrets
from functools import partial
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api import auth, cookies, html, visitors
from db import ids, limits, stages
from db.engine import engine
from db.parsers import Refused
from db.registers import BY_NAME
from logic import qr

TRAP = "website"  # no person sees this field; programs fill it in
ASKED = ("title", "description", "place", "group_id", "raised_by", "phone")
# A story longer than this is told better by voice, and the whole form has to fit into html.LARGEST.
LONGEST = {"phone": 20, "group_id": 36} | {
    name: min(BY_NAME["needs"].fields[name].longest or 0, 500) for name in ASKED[:3] + ASKED[4:5]
}
NOWHERE = "没有这个社区的需求页，请核对网址，或再扫一次二维码"
UNKNOWN = "没有找到这个受理编号，请对照收到的编号再输一遍"
AGREE = "留了姓名或电话，就要勾选“同意”；也可以都不留"
CAUGHT = "这次没有收到，请重新打开页面再填"
WORDS = {
    stages.RAISED: "社区已经收到，正在了解情况",
    stages.DESIGNED: "社区正在为它设计服务项目",
    stages.PASSED: "服务项目已经批准",
    stages.CALLED: "正在向社会组织征集承接方案",
    stages.AWARDED: "已经选定承接的社会组织",
    stages.DELIVERED: "社工团队正在提供服务",
    stages.CLOSED: "服务项目已经完成",
    stages.ANSWERED: "社区已经办结并给出答复，想知道详情请联系社区",
}


def show(request: Request) -> Response:
    """The form of a community."""
    return _form(request, visitors.place(request.path_params["area"]), {})


def raised(request: Request, form: html.Form) -> Response:
    """What was written goes in; on to its number."""
    place = visitors.place(request.path_params["area"])
    again = partial(_form, request, place, form)
    if place is None:
        return again()
    if not auth.same(form.get("csrf"), request.cookies.get(cookies.FORM, "")):
        return again(html.STALE, 403)
    if problem := _problem(form):
        return again(problem, 422)
    try:
        use = limits.begin(engine(), limits.RAISE, place["id"], auth.address(request))
    except limits.TooOften as wait:
        return _later(again(str(wait), 429), wait)
    cells = {name: text.strip() for name in ASKED if (text := form.get(name, "")).strip()}
    try:
        number = visitors.receive(place["id"], form["once"], cells)
    except Refused as refusal:
        limits.forget(engine(), use)
        return again(str(refusal), 422)
    return html.go(f"/need/{quote(place['id'])}/{quote(number)}?new=1")


def _problem(form: html.Form) -> str:
    """Why the form does not go on to the write door, which checks each cell besides."""
    if form.get(TRAP) or not ids.sound(form.get("once")):
        return CAUGHT
    for name, most in LONGEST.items():
        if len(form.get(name, "")) > most:
            return f"“{BY_NAME['needs'].fields[name].label}”最多 {most} 个字，请写短一些"
    told = form.get("raised_by") or form.get("phone")
    return AGREE if told and not form.get("agreed") else ""


def ask(request: Request) -> Response:
    """From the number that was typed to its page."""
    area, number = request.path_params["area"], request.query_params.get("number", "")
    place = visitors.place(area)
    if place is None:
        return _form(request, place, {})
    tidy = "".join(number.split()).upper()[:40]
    return html.go(
        f"/need/{quote(area)}/{quote(tidy, safe='')}" if tidy else f"/need/{quote(area)}"
    )


def state(request: Request) -> Response:
    """The stage of a number, and nothing else of it."""
    place = visitors.place(request.path_params["area"])
    if place is None:
        return _form(request, place, {})
    number = request.path_params["number"].upper()[:40]
    try:
        use = limits.begin(engine(), limits.LOOK, place["id"], auth.address(request))
    except limits.TooOften as wait:
        return _later(_state(request, place, number, None, str(wait), 429), wait)
    found = visitors.state(place["id"], number)
    if found is None:
        return _state(request, place, number, None, UNKNOWN, 404)
    limits.forget(engine(), use)
    return _state(request, place, number, found)


def poster(request: Request) -> Response:
    """A sheet of paper with the code of the community's page."""
    place = visitors.place(request.path_params["area"])
    if place is None:
        return _form(request, place, {})
    scheme = "https" if auth.https(request) else "http"
    address = f"{scheme}://{request.url.netloc}/need/{place['id']}"
    return html.page("need_poster.html", place=place, address=address, code=qr.svg(address))


def _form(
    request: Request, place: Any, form: html.Form, problem: str = "", status: int = 200
) -> Response:
    if place is None:
        return html.page("notice.html", 404, title="没有找到", text=NOWHERE, back="")
    token = request.cookies.get(cookies.FORM) or secrets.token_urlsafe(24)
    once = form.get("once", "")
    answer = html.page(
        "need.html",
        status,
        csrf=token,
        once=once if ids.sound(once) else ids.new(),
        trap=TRAP,
        place=place,
        groups=visitors.groups(place["id"]),
        longest=LONGEST,
        form={name: form.get(name, "") for name in (*ASKED, "agreed")},
        problem=problem,
    )
    cookies.put(request, answer, cookies.FORM, token)
    return answer


def _state(
    request: Request, place: Any, number: str, found: str | None, problem: str = "",
    status: int = 200,
) -> Response:  # fmt: skip
    return html.page(
        "need_state.html",
        status,
        place=place,
        number=number,
        fresh=bool(request.query_params.get("new")) and found is not None,
        stages=stages.STAGES,
        now=stages.STAGES.index(found) if found else -1,
        words=WORDS.get(found or "", ""),
        problem=problem,
    )


def _later(answer: Response, wait: limits.TooOften) -> Response:
    answer.headers["Retry-After"] = str(wait.seconds)
    return answer


ROUTES = [
    Route("/need/{area}", show, methods=["GET"]),
    Route("/need/{area}", html.posted(raised), methods=["POST"]),
    Route("/need/{area}/state", ask, methods=["GET"]),
    Route("/need/{area}/poster", poster, methods=["GET"]),
    Route("/need/{area}/{number}", state, methods=["GET"]),
]
