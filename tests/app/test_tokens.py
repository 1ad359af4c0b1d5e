"""Access tokens over HTTP: what they open, what they never do, and how bad ones are answered."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from api import auth
from api.service import service
from db import accounts, sessions, tokens
from tests.app.asking import change, post, problem, results
from tests.callers import Caller, signed_in
from tests.signing import HTML, TestClient
from tests.signing import stranger as browser
from tests.village import ADMIN, EAST, SECRETARY

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
WRONG = {"Authorization": "Bearer sanshe_wrong"}


def bearing(token: str, **headers: str) -> Caller:
    return Caller(service, headers={"Authorization": f"Bearer {token}", **headers})


@pytest.fixture
def token(api: Engine) -> str:
    """Of the secretary of 东社区, as a clerk."""
    _, owner = signed_in(api, SECRETARY)
    return tokens.make(api, owner.id, "街道平台", "clerk", EAST).token


def test_it_reads_and_writes_without_cookie_and_csrf(token: str) -> None:
    system = bearing(token)
    said = system.get("/rows", params={"register": "residents"}).json()
    assert [row["name"] for row in said["rows"]] == ["安一", "卜二", "崔三"]
    done = results(post(system, change("e-bo", {"address": "东街 2 号"}, {"address": "东街 3 号"})))
    assert done[0]["status"] == "applied"
    told = system.get("/history", params={"register": "residents", "id": "e-bo"}).json()
    entry = told["entries"][0]
    assert (entry["who"], entry["source"]) == ("东书记（街道平台）", "api")


def test_every_route_takes_it(token: str) -> None:
    """And none takes a wrong one; what is asked for is answered after who asks is known."""
    for path, methods in service.openapi()["paths"].items():
        for method, about in methods.items():
            if path == "/health":
                continue
            assert {"token": []} in about["security"], path
            asked: dict[str, Any] = {"json": {}} if method == "post" else {}
            assert bearing(token).request(method, path, **asked).status_code in (200, 422), path


def test_it_is_as_narrow_as_it_says(api: Engine) -> None:
    _, owner = signed_in(api, ADMIN)
    system = bearing(tokens.make(api, owner.id, "统计", "organisation", EAST).token)
    assert system.get("/coverage").status_code == 200
    problem(system.get("/rows", params={"register": "households"}), 403)
    # Of residents only those it serves; an account without an organisation serves nobody.
    assert system.get("/rows", params={"register": "residents"}).json()["total"] == 0
    problem(system.get("/coverage", params={"area": "west"}), 403)


def test_it_goes_before_the_cookie(api: Engine, token: str) -> None:
    admin, _ = signed_in(api, ADMIN)
    cookie = admin.headers["cookie"]
    assert admin.get("/rows", params={"register": "residents"}).json()["total"] == 6
    both = bearing(token, Cookie=cookie)
    assert both.get("/rows", params={"register": "residents"}).json()["total"] == 3
    wrong = Caller(service, headers={**WRONG, "Cookie": cookie})
    problem(wrong.get("/rows", params={"register": "residents"}), 401)


def test_other_schemes_are_a_proxys_affair(secretary: Caller) -> None:
    asked: Any = {"params": {"register": "residents"}, "headers": {"Authorization": "Basic eDp5"}}
    assert secretary.get("/rows", **asked).status_code == 200
    answer = Caller(service).get("/rows", **asked)
    assert "重新登录" in problem(answer, 401)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_wrong_one_is_told_so_and_then_kept_waiting(api: Engine, token: str, method: str) -> None:
    path = "/rows?register=residents" if method == "GET" else "/undo"
    wrong = Caller(service, headers=WRONG)
    for _ in range(5):
        answer = wrong.request(method, path, json={} if method == "POST" else None)
        assert "接口令牌不对" in problem(answer, 401)
        assert answer.headers["www-authenticate"] == "Bearer"
    answer = wrong.request(method, path, json={} if method == "POST" else None)
    assert "过 15 秒" in problem(answer, 429)
    assert 0 < int(answer.headers["retry-after"]) <= 15
    assert bearing(token).get("/rows?register=residents").status_code == 200
    assert signed_in(api, SECRETARY)[0].get("/rows?register=residents").status_code == 200


def test_an_ended_one_says_why(api: Engine, token: str) -> None:
    held = tokens.all_held(api)[0]
    tokens.revoke_any(api, held.id)
    answer = bearing(token).get("/rows?register=residents")
    assert "“街道平台”已停用" in problem(answer, 401)


def test_a_closed_account_closes_its_tokens(api: Engine, token: str) -> None:
    accounts.close(api, f"caller-{SECRETARY.id}")
    problem(bearing(token).get("/feed?register=residents&since=0"), 401)


# — what a token never does —


def test_it_opens_no_page_and_no_form(api: Engine, token: str) -> None:
    plain = {"Authorization": f"Bearer {token}"}
    person = browser()
    answer = person.get("/account", headers={**HTML, **plain})
    assert answer.headers["location"] == "/signin?next=/account"
    for path in ("/password", "/signout", "/signout-everywhere", "/signin"):
        person.post(path, data={"csrf": "x", "new": "ha-new-one-7"}, headers=plain)
    assert auth.COOKIE not in person.cookies
    assert person.get("/media/file", headers=plain).status_code == 401
    _, owner = signed_in(api, SECRETARY)
    assert tokens.mine(api, owner.id)[0].ended == ""


def test_it_makes_no_session_and_no_token(api: Engine, token: str) -> None:
    assert sessions.find(api, token) is None
    cookie: TestClient = Caller(service, headers={"Cookie": f"{auth.COOKIE}={token}"})
    problem(cookie.get("/rows?register=residents"), 401)
    paths = service.openapi()["paths"]
    assert not [path for path in paths if "token" in path or "account" in path]
