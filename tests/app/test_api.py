"""The two doors over HTTP, as the grid opens them: from the columns to the undo."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import Engine

from db import accounts, sessions
from db import engine as engines
from tests.app.asking import problem
from tests.callers import Caller, changes, signed_in, stranger
from tests.village import ADMIN, AN_ID, AN_PHONE, CLERK, EAST, NEIGHBOUR, ORGANISATION, WEST, cell

SQLITE = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


@pytest.fixture
def admin(api: Engine) -> Caller:
    return signed_in(api, ADMIN)[0]


def rows(caller: Caller, register: str = "residents", **asked: Any) -> list[str]:
    answer = caller.get("/rows", params={"register": register, **asked})
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.json()["rows"]]


# --- who may ask


@SQLITE
def test_closed_account_and_one_that_must_change_its_password(api: Engine) -> None:
    caller, _ = signed_in(api, CLERK)
    accounts.close(api, f"caller-{CLERK.id}")
    problem(caller.get("/rows", params={"register": "teams"}), 401)
    accounts.add(api, "new", "", None, "clerk", EAST, must_change=True, oidc_email="n@example.cn")
    known = accounts.find(api, "new")
    assert known is not None
    token = sessions.start(api, known, "", "")
    caller.headers["Cookie"] = f"sanshe_session={token}"
    assert "初始密码" in problem(caller.get("/rows", params={"register": "teams"}), 403)


# --- what the grid relies on


def test_columns_say_how_to_draw_and_edit(clerk: Caller) -> None:
    told = clerk.get("/columns", params={"register": "residents", "area": EAST}).json()
    assert (told["register"], told["label"], told["unit"]) == ("residents", "居民", "人")
    assert told["may"] == {
        "read": True, "add": True, "change": True, "delete": True, "reveal": True, "count": True,
        "comment": True,
    }  # fmt: skip
    by_name = {column["name"]: column for column in told["columns"]}
    assert by_name["phone"]["masked"] is True
    assert by_name["phone"]["sortable"] is False
    assert by_name["sex"]["choices"] == ["男", "女"]
    assert by_name["sex"]["editor"] == "choice"
    assert by_name["household_id"]["refers"] == "households"
    assert by_name["name"]["required"] is True
    assert by_name["status"]["default"] == "常住"
    away = clerk.get("/columns", params={"register": "residents", "area": WEST}).json()
    assert not any(away["may"].values())


def test_rows_are_pages_with_labels_and_masks(clerk: Caller) -> None:
    first = clerk.get("/rows", params={"register": "residents", "area": EAST, "limit": 2}).json()
    assert (first["total"], first["offset"], len(first["rows"])) == (3, 0, 2)
    an = first["rows"][0]
    assert (an["id"], an["phone"], an["id_number"]) == ("e-an", "138****0001", "421281********0015")
    assert first["labels"] == {"e-home": "E1 东街 1 号"}
    later = {"register": "residents", "area": EAST, "offset": 2, "as_of": first["as_of"]}
    assert [row["id"] for row in clerk.get("/rows", params=later).json()["rows"]] == ["e-cu"]
    assert AN_PHONE not in json.dumps(first)
    assert AN_ID not in json.dumps(first)
    where = json.dumps([{"field": "name", "op": "in", "value": ["安一", "崔三"]}])
    assert sorted(rows(clerk, where=where)) == ["e-an", "e-cu"]
    assert rows(clerk, q="东街 一") == ["e-an"]


def test_an_edit_its_conflict_and_the_choice(clerk: Caller, admin: Caller, api: Engine) -> None:
    edit = {"op": "o-1", "register": "residents", "id": "e-cu", "before": {"birth_date": "2016-06"}}
    told = changes(clerk, edit | {"after": {"birth_date": "2016年7月"}})[0]
    seq = clerk.get("/feed", params={"register": "residents", "since": 0}).json()["seq"]
    assert told == {
        "op": "o-1", "id": "e-cu", "status": "applied", "theirs": {}, "by": {}, "reason": "",
        "field": None, "values": {"birth_date": "2016-07"}, "seq": seq,
    }  # fmt: skip
    told = changes(admin, edit | {"op": "o-2", "after": {"birth_date": "2016-08"}})[0]
    assert (told["status"], told["theirs"]) == ("conflict", {"birth_date": "2016-07"})
    assert told["by"]["birth_date"]["who"] == "东干事"
    assert told["reason"] == "东干事已先改过，没有覆盖；请选择保留哪一个"
    mine = {"before": told["theirs"], "after": {"birth_date": "2016-08"}, "op": "o-3"}
    assert changes(admin, edit | mine)[0]["status"] == "applied"
    refused = changes(admin, edit | {"op": "o-4", "before": {}, "after": {"phone": "12"}})[0]
    assert (refused["status"], refused["field"]) == ("refused", "phone")
    assert refused["reason"].startswith("“联系电话”读到“12”，应为")
    assert cell(api, "residents", "e-cu", "birth_date") == "2016-08"


def test_cells_of_one_request_fare_by_themselves(clerk: Caller) -> None:
    edit = {"register": "residents", "id": "e-cu", "before": {}}
    told = changes(
        clerk,
        edit | {"op": "a", "after": {"address": "东街 3 号"}},
        edit | {"op": "b", "after": {"birth_date": "2000-02-30"}},
        edit | {"op": "c", "after": {"employer": "小学"}},
        edit | {"op": "d", "id": "w-an", "after": {"name": "x"}},
        {"op": "e", "register": "residents", "id": "new", "after": {"name": "新", "area_id": EAST}},
    )
    assert [one["op"] for one in told] == ["a", "b", "c", "d", "e"]
    assert [one["status"] for one in told] == [
        "applied", "refused", "applied", "refused", "applied",
    ]  # fmt: skip
    assert "new" in rows(clerk)


def test_what_is_sent_twice_is_done_once(clerk: Caller, admin: Caller, api: Engine) -> None:
    body = {
        "batch": "b-1",
        "changes": [
            {"op": "o-1", "register": "residents", "id": "n-1",
             "after": {"name": "新", "area_id": EAST}},
            {"op": "o-2", "register": "residents", "id": "e-an", "before": {"name": "安一"},
             "after": {"name": "安壹"}},
        ],
    }  # fmt: skip
    first = clerk.post("/changes", json=body).json()
    assert clerk.post("/changes", json=body).json() == first
    stolen = admin.post("/changes", json=body).json()
    assert [one["status"] for one in stolen["results"]] == ["refused", "refused"]
    assert [one["values"] for one in stolen["results"]] == [{}, {}]
    undo = {"op": "u-1", "batch": "b-1"}
    back = clerk.post("/undo", json=undo).json()
    assert [one["status"] for one in back["results"]] == ["applied", "applied"]
    assert clerk.post("/undo", json=undo).json() == back
    assert "已经撤销过" in problem(clerk.post("/undo", json={"op": "u-2", "batch": "b-1"}), 403)
    again = clerk.post("/undo", json={"op": "u-3", "batch": back["batch"]}).json()
    assert [one["status"] for one in again["results"]] == ["applied", "applied"]
    assert cell(api, "residents", "e-an", "name") == "安壹"


def test_seen_tells_two_numbers_behind_one_mask_apart(clerk: Caller, admin: Caller) -> None:
    seen = clerk.get("/rows", params={"register": "residents"}).json()["seq"]
    edit = {"register": "residents", "id": "e-an", "before": {"phone": "138****0001"}, "seen": seen}
    other = {**edit, "op": "a", "after": {"phone": "13899990001"}}
    assert changes(admin, other)[0]["values"] == {"phone": "138****0001"}
    told = changes(clerk, {**edit, "op": "b", "after": {"phone": "13811111111"}})[0]
    assert (told["status"], told["theirs"]) == ("conflict", {"phone": "138****0001"})


def test_feed_and_history_and_reveal(clerk: Caller, admin: Caller) -> None:
    since = clerk.get("/rows", params={"register": "residents"}).json()["seq"]
    edit = {"op": "a", "register": "residents", "id": "e-cu", "before": {}}
    changes(admin, edit | {"after": {"household_id": "e-home"}})
    news = clerk.get("/feed", params={"register": "residents", "area": EAST, "since": since}).json()
    assert [row["household_id"] for row in news["rows"]] == ["e-home"]
    assert (news["gone"], news["by"]["e-cu"]["who"]) == ([], "市管")
    assert (news["labels"], news["reset"]) == ({"e-home": "E1 东街 1 号"}, False)
    asked = {"register": "residents", "id": "e-an", "field": "phone", "reason": "核对电话"}
    assert clerk.post("/reveal", json=asked).json() == {"value": AN_PHONE}
    told = clerk.get("/history", params={"register": "residents", "id": "e-an"}).json()["entries"]
    assert (told[0]["verb"], told[0]["who"], told[0]["reason"]) == ("reveal", "东干事", "核对电话")
    assert AN_PHONE not in json.dumps(told)
    found = clerk.get("/choices", params={
        "register": "pairings", "field": "resident_id", "area": EAST, "q": "安",
    })  # fmt: skip
    assert found.json() == {"choices": [{"id": "e-an", "label": "安一"}]}


def test_coverage_over_http(clerk: Caller, api: Engine) -> None:
    asked = {"on": "2026-06-30", "area": EAST}
    told = clerk.get("/coverage", params=asked).json()
    assert told == {
        "figures": [{"area_id": EAST, "group_id": "left_behind_children", "n": 1, "N": 1}]
    }
    veiled = signed_in(api, ORGANISATION)[0].get("/coverage", params=asked).json()["figures"]
    assert [(one["n"], one["N"]) for one in veiled] == [(None, None)]


def test_script_is_text(clerk: Caller) -> None:
    text = "<script>alert('😀')</script>"
    change = {"op": "o", "register": "residents", "id": "e-cu", "before": {}}
    told = changes(clerk, change | {"after": {"remark": text}})[0]
    assert told["values"] == {"remark": text}
    answer = clerk.get("/rows", params={"register": "residents"})
    assert answer.headers["content-type"] == "application/json"
    assert {row["remark"] for row in answer.json()["rows"]} == {text, None}


@SQLITE
def test_database_that_does_not_answer_is_a_sentence(
    api: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1:1/x")
    engines.engine.cache_clear()
    assert "数据库暂时没有回答" in problem(stranger().get("/health"), 503)
    monkeypatch.undo()
    engines.engine.cache_clear()


@SQLITE
def test_other_peoples_rows_over_http(api: Engine) -> None:
    neighbour = signed_in(api, NEIGHBOUR)[0]
    assert rows(neighbour) == ["w-an", "w-bo"]
    asked = {"register": "residents", "ids": "e-an,w-an,n-an"}
    told = neighbour.get("/rows/by-id", params=asked).json()
    assert [row["id"] for row in told["rows"]] == ["w-an"]
    stolen = {"register": "residents", "id": "e-an", "field": "phone", "reason": "核对"}
    problem(neighbour.post("/reveal", json=stolen), 403)


def test_values_of_a_column_over_http(clerk: Caller) -> None:
    asked = {"register": "residents", "area": EAST, "field": "household_id"}
    told = clerk.get("/values", params=asked).json()
    assert told == {
        "values": [
            {"value": None, "label": "", "count": 2},
            {"value": "e-home", "label": "E1 东街 1 号", "count": 1},
        ],
        "more": False,
    }
    where = json.dumps([{"field": "birth_date", "op": "from", "value": "2016"}])
    narrowed = clerk.get("/values", params={**asked, "field": "name", "where": where}).json()
    assert [one["value"] for one in narrowed["values"]] == ["崔三"]
    found = clerk.get("/values", params={**asked, "field": "name", "search": "cs"}).json()
    assert [one["label"] for one in found["values"]] == ["崔三"]
    masked = clerk.get("/values", params={**asked, "field": "phone"})
    assert problem(masked, 403) == "“联系电话”已遮盖，不能按它查找、筛选或排序"
    problem(clerk.get("/values", params={**asked, "area": WEST}), 403)


def test_a_known_total_is_not_counted_again(clerk: Caller) -> None:
    asked = {"register": "residents", "area": EAST, "sort": "-name", "offset": 2, "limit": 2}
    assert clerk.get("/rows", params=asked).json()["total"] == 3
    told = clerk.get("/rows", params={**asked, "known_total": 9}).json()
    assert (told["total"], [row["id"] for row in told["rows"]]) == (9, ["e-an"])
