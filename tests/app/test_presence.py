"""Who else is on a register: told over the feed, for seconds, to those who may read the row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine

from api import presence
from tests.app.asking import change, post, results
from tests.callers import Caller, signed_in
from tests.village import ADMIN, CLERK, EAST, NEIGHBOUR, RESEARCHER, SECRETARY, STREET, WEST

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """A clock that only moves when told to, and nobody here at first."""
    now = [100.0]
    monkeypatch.setattr(presence, "clock", lambda: now[0])
    presence._seats.clear()
    yield now
    presence._seats.clear()


def look(caller: Caller, area: str = EAST, tab: str = "t", **more: Any) -> list[dict[str, Any]]:
    """Who is said to be here besides the caller."""
    asked = {"register": "residents", "since": 0, "area": area, "tab": tab, **more}
    answer = caller.get("/feed", params=asked)
    assert answer.status_code == 200, answer.text
    here: list[dict[str, Any]] = answer.json()["here"]
    return here


def test_others_on_the_sheet_are_named_for_ten_seconds(
    clerk: Caller, secretary: Caller, clock: list[float]
) -> None:
    assert look(secretary, at="e-an/address", typing=1) == []  # never oneself
    assert look(clerk) == [{"who": "东书记", "at": "e-an/address", "typing": True}]
    look(secretary, tab="u")  # another tab of hers is where she is now
    assert look(clerk) == [{"who": "东书记", "at": None, "typing": False}]
    clock[0] += 9.9
    assert len(look(clerk)) == 1
    clock[0] += 0.2
    assert look(clerk) == []


def test_who_does_not_say_so_is_not_here(clerk: Caller, secretary: Caller) -> None:
    answer = secretary.get("/feed", params={"register": "residents", "since": 0, "area": EAST})
    assert answer.json()["here"] == []
    assert look(clerk) == []


def test_nobody_is_told_of_rows_that_are_not_theirs(api: Engine, clerk: Caller) -> None:
    neighbour = signed_in(api, NEIGHBOUR)[0]
    admin = signed_in(api, ADMIN)[0]
    look(neighbour, WEST, at="w-an/name")
    assert look(clerk) == []
    assert look(admin, STREET) == [{"who": "西干事", "at": "w-an/name", "typing": False}]
    look(admin, STREET, at="w-bo/name")
    assert look(clerk) == []  # he looks at them from above, at another community's row
    look(admin, STREET, at="e-bo/name")
    assert look(clerk) == [{"who": "市管", "at": "e-bo/name", "typing": False}]
    look(neighbour, WEST, at="e-an/name")  # a row that is not there for the one who says so
    assert [one["who"] for one in look(admin, STREET)] == ["西干事"]
    assert neighbour.get("/feed", params={
        "register": "residents", "since": 0, "area": EAST, "tab": "x",
    }).status_code == 403  # fmt: skip


def test_a_column_that_is_hidden_is_not_told_of(api: Engine, secretary: Caller) -> None:
    researcher = signed_in(api, RESEARCHER)[0]
    look(secretary, at="e-an/party", typing=1)
    assert look(researcher) == [{"who": "东书记", "at": None, "typing": False}]


def test_an_account_does_not_fill_the_memory(api: Engine, clerk: Caller) -> None:
    for n in range(50):
        look(clerk, tab=f"t{n}")
    assert len(presence._seats) == presence.TABS


@pytest.mark.parametrize("bad", [
    {"at": "e-an"}, {"at": "e-an/x/y"}, {"at": "a b/c"}, {"tab": "x" * 40}, {"typing": "maybe"},
])  # fmt: skip
def test_malformed_places_are_refused(clerk: Caller, bad: dict[str, str]) -> None:
    asked = {"register": "residents", "since": "0", "tab": "t", **bad}
    assert clerk.get("/feed", params=asked).status_code == 422


# — comments and history over the same routes —


def test_rows_come_with_their_comments(api: Engine, clerk: Caller) -> None:
    said = {"subject": "residents", "subject_id": "e-an", "subject_field": "name", "text": "核对"}
    made = change("c-1", None, {**said, "area_id": EAST}, register="comments")
    assert results(post(clerk, made))[0]["status"] == "applied"
    asked = {"register": "residents", "area": EAST}
    assert clerk.get("/rows", params=asked).json()["comments"] == {"e-an/name": 1}
    by_id = {"register": "residents", "ids": "e-an,e-bo"}
    assert clerk.get("/rows/by-id", params=by_id).json()["comments"] == {"e-an/name": 1}
    neighbour = signed_in(api, NEIGHBOUR)[0]
    assert neighbour.get("/rows", params={"register": "residents"}).json()["comments"] == {}


def test_history_by_pages_in_words(api: Engine, clerk: Caller) -> None:
    results(post(clerk, change("e-cu", {}, {"household_id": "e-home"}, op="a")))
    results(post(clerk, change("e-cu", {}, {"phone": "13899990009"}, op="b")))
    asked = {"register": "residents", "id": "e-cu", "limit": 1}
    first = clerk.get("/history", params=asked).json()
    assert first["more"] is True
    (entry,) = first["entries"]
    assert (entry["did"], entry["via"], entry["who"]) == ("修改", "表格", "东干事")
    assert entry["after"] == {"phone": "138****0009"}  # masked cells stay masked
    rest = clerk.get("/history", params={**asked, "limit": 100, "before": entry["id"]}).json()
    assert [one["did"] for one in rest["entries"]] == ["修改", "新增"]
    assert rest["more"] is False
    assert rest["entries"][0]["labels"] == {"e-home": "E1 东街 1 号"}
    by_cell = clerk.get("/history", params={**asked, "field": "phone", "limit": 9}).json()
    assert [one["id"] for one in by_cell["entries"]] == [entry["id"]]
    assert clerk.get("/history", params={**asked, "limit": 101}).status_code == 422


def test_the_two_who_share_a_community_see_each_other(api: Engine) -> None:
    one, other = signed_in(api, CLERK)[0], signed_in(api, SECRETARY)[0]
    look(one)
    look(other)
    assert [look(one)[0]["who"], look(other)[0]["who"]] == ["东书记", "东干事"]
