"""What an account likes: kept for it alone, small, and told with the columns."""

from __future__ import annotations

from typing import Any

import pytest

from api import auth
from db import preferences
from tests.app.asking import JSON, problem
from tests.callers import Caller, stranger

LOOK: dict[str, Any] = {"order": ["name", "sex"], "hidden": ["phone"], "widths": {"name": 180}}
HERE = "/preferences?name=grid-residents"


def told(caller: Caller) -> Any:
    return caller.get("/columns", params={"register": "residents"}).json()["look"]


def test_what_is_kept_is_told_with_the_columns_and_to_its_owner_alone(
    clerk: Caller, secretary: Caller
) -> None:
    assert (clerk.get(HERE).json(), told(clerk)) == ({"value": {}}, {})
    assert clerk.put(HERE, json={"value": LOOK}).json() == {"value": LOOK}
    clerk.put(HERE, json={"value": LOOK | {"hidden": ["\x00", "😀"]}})
    assert told(clerk) == clerk.get(HERE).json()["value"]
    assert told(clerk) == LOOK | {"hidden": ["\x00", "😀"]}
    assert (secretary.get(HERE).json(), told(secretary)) == ({"value": {}}, {})
    assert clerk.get("/preferences?name=grid-teams").json() == {"value": {}}


def test_only_with_a_session_and_its_token(clerk: Caller) -> None:
    refused = stranger().put(HERE, json={"value": LOOK})
    assert problem(refused, 401) == "登录已过期，请重新登录"
    del clerk.headers[auth.HEADER]
    refused = clerk.put(HERE, json={"value": LOOK})
    assert problem(refused, 403) == "页面已失效，请刷新页面后再试"
    assert told(clerk) == {}


@pytest.mark.parametrize("name", ["x", "grid-", "Grid-a", "grid-a%20b", "grid-" + "a" * 41])
def test_a_name_that_is_none(clerk: Caller, name: str) -> None:
    assert problem(clerk.put(f"/preferences?name={name}", json={"value": {}}), 422)


@pytest.mark.parametrize("value", [None, [], "x", 1])
def test_only_an_object_is_kept(clerk: Caller, value: Any) -> None:
    assert problem(clerk.put(HERE, json={"value": value}), 422)


@pytest.mark.parametrize("inside", [b"1e400", b"9" * 30, b"[" * 400 + b"]" * 400, b'"\\ud800"'])
def test_what_no_screen_writes_is_refused_or_kept_as_nothing(clerk: Caller, inside: bytes) -> None:
    body = b'{"value": {"a": ' + inside + b"}}"
    answer = clerk.put(HERE, content=body, headers=JSON)
    if inside == b"1e400":
        assert answer.json() == {"value": {"a": None}}
    else:
        problem(answer, answer.status_code)
        assert answer.status_code in (400, 422)
    assert clerk.get(HERE).status_code == 200


def test_no_more_than_4_kb_each(clerk: Caller) -> None:
    assert clerk.put(HERE, json={"value": {"a": "x" * 4088}}).status_code == 200
    said = problem(clerk.put(HERE, json={"value": {"a": "x" * 4089}}), 422)
    assert said == "要记住的内容太多：最多 4096 字节，读到 4097 字节"
    assert clerk.get(HERE).json() == {"value": {"a": "x" * 4088}}


def test_no_more_than_so_many_an_account(
    clerk: Caller, secretary: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preferences, "MOST", 1)
    assert clerk.put(HERE, json={"value": LOOK}).status_code == 200
    assert problem(clerk.put("/preferences?name=grid-teams", json={"value": {}}), 422)
    assert clerk.put(HERE, json={"value": {}}).status_code == 200
    assert secretary.put(HERE, json={"value": {}}).status_code == 200
