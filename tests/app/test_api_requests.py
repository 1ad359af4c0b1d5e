"""Requests that other systems may send to the API: who may ask, malformed ones, its description."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from httpx import Response
from pydantic import BaseModel
from sqlalchemy import Engine

from api import auth, forms
from api.service import BIGGEST, service
from logic.books import exporting
from tests.app.asking import JSON, change, post, problem, results
from tests.callers import Caller, stranger
from tests.village import EAST, cell

# --- who asks

GETS = {
    "/columns": {"register": "residents"},
    "/rows": {"register": "residents"},
    "/rows/by-id": {"register": "residents", "ids": "e-an"},
    "/values": {"register": "residents", "field": "status", "area": EAST},
    "/choices": {"register": "residents", "field": "household_id", "area": EAST},
    "/feed": {"register": "residents", "since": "0"},
    "/history": {"register": "residents", "id": "e-an"},
    "/coverage": {},
    "/preferences": {"name": "grid-residents"},
    "/bid-files": {"id": "plan"},
}
POSTS: dict[str, dict[str, Any]] = {
    "/changes": {"batch": "b", "changes": [change("e-an", {"name": "安一"}, {"name": "安二"})]},
    "/undo": {"op": "u", "batch": "b"},
    "/reveal": {"register": "residents", "id": "e-an", "field": "phone", "reason": "入户核对"},
    "/export": {"register": "residents", "area": EAST, "reason": "入户核对"},
}

FILES = {"/export": set(exporting.MIME.values()), "/bid-files": {"application/octet-stream"}}


def test_the_tables_above_name_every_route() -> None:
    paths = service.openapi()["paths"]
    assert {path for path in paths if "get" in paths[path]} == {*GETS, "/health"}
    assert {path for path in paths if "post" in paths[path]} == {*POSTS}
    assert {path for path in paths if "put" in paths[path]} == {"/preferences"}


@pytest.mark.parametrize("cookie", [None, "", "x", "长", "a" * 4000, "%00", "'; DROP TABLE"])
def test_without_a_session_nothing_is_told(api: Engine, cookie: str | None) -> None:
    headers = {} if cookie is None else {b"Cookie": f"{auth.COOKIE}={cookie}".encode()}
    for path, asked in GETS.items():
        refused = stranger().get(path, params=asked, headers=headers)
        assert problem(refused, 401) == "登录已过期，请重新登录"
    for path, body in POSTS.items():
        refused = stranger().post(path, json=body, headers=headers)
        assert problem(refused, 401) == "登录已过期，请重新登录"
    assert cell(api, "residents", "e-an", "name") == "安一"


@pytest.mark.parametrize("token", [None, "", "x", "长"])
def test_nothing_is_written_without_the_sessions_own_token(
    api: Engine, clerk: Caller, secretary: Caller, token: str | None
) -> None:
    del clerk.headers[auth.HEADER]
    given = secretary.headers[auth.HEADER] if token == "x" else token
    headers = {} if given is None else {auth.HEADER.encode(): given.encode()}
    for path, body in POSTS.items():
        refused = clerk.post(path, json=body, headers=headers)
        assert problem(refused, 403) == "页面已失效，请刷新页面后再试"
    assert clerk.get("/rows", params=GETS["/rows"]).status_code == 200
    assert cell(api, "residents", "e-an", "name") == "安一"


# --- bodies that are no bodies


def test_a_body_of_more_than_8_mb_is_not_taken(api: Engine, clerk: Caller) -> None:
    fits = json.dumps(POSTS["/changes"]).encode()
    assert clerk.post("/changes", content=fits.ljust(BIGGEST), headers=JSON).status_code == 200
    bigger = clerk.post("/changes", content=fits.ljust(BIGGEST + 1), headers=JSON)
    assert problem(bigger, 413) == "一次提交的内容太多，请分几次提交"
    pieces = (b" " * 2**20 for _ in range(9))  # without a length
    assert problem(clerk.post("/changes", content=pieces, headers=JSON), 413)


UNREADABLE = {
    "nothing": (b"", 422),
    "no JSON": (b"{", 422),
    "no UTF-8": (b"\xff\xfe", 422),
    "null": (b"null", 422),
    "a list": (b"[]", 422),
    "nested deeply": (b"[" * 200_000, 400),
    "a number of 5,000 digits": (b'{"batch":' + b"9" * 5000 + b"}", 400),
    "no changes": (b'{"batch":"b","changes":[]}', 422),
    "a key too many": (b'{"batch":"b","changes":[{"op":"o"}],"\\ud800":1}', 422),
}


@pytest.mark.parametrize(("body", "status"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_body_that_cannot_be_read_is_refused(clerk: Caller, body: bytes, status: int) -> None:
    said = problem(clerk.post("/changes", content=body, headers=JSON), status)
    assert not said.endswith("：")
    assert "没有成功" not in said  # it says why


def test_only_json_is_read(clerk: Caller) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        refused = post(clerk, *POSTS["/changes"]["changes"], headers={"content-type": kind})
        assert problem(refused, 422) == "请求的格式不对"


def test_a_change_with_neither_side_deletes_nothing(api: Engine, clerk: Caller) -> None:
    assert "changes.0" in problem(post(clerk, change("e-an", None, None)), 422)
    assert "changes.0" in problem(post(clerk, {"op": "o", "register": "residents"}), 422)
    assert cell(api, "residents", "e-an", "deleted_at") is None


def test_no_more_than_2000_changes_are_taken_at_once(clerk: Caller) -> None:
    many = [change("e-cu", {"name": "崔三"}, {"name": "崔三"}, f"op{i}") for i in range(2001)]
    assert len(results(post(clerk, *many[:2000]))) == 2000
    assert problem(post(clerk, *many), 422) == "请求的格式不对：changes（最多 2000 项）"


# --- questions


def ask(caller: Caller, **asked: Any) -> Response:
    return caller.get("/rows", params={"register": "residents", **asked})


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"offset": -1}, "最小 0"), ({"offset": 10**7 + 1}, "最大 10000000"),
        ({"offset": "9" * 5000}, ""), ({"offset": "NaN"}, "应为整数"),
        ({"limit": 0}, "最小 1"), ({"limit": 501}, "最大 500"), ({"limit": "1e2"}, "应为整数"),
        ({"limit": ""}, "应为整数"), ({"as_of": "2020"}, "写法不对"), ({"q": "\x00"}, "写法不对"),
        ({"q": "长" * 201}, "最多 200 字"), ({"area": "a b"}, "写法不对"),
        ({"register": "x'; --"}, "写法不对"), ({"register": ""}, "写法不对"),
        ({"where": "[]" * 2001}, "最多 4000 字"),
    ],
    ids=lambda asked: str(asked)[:30].replace("\x00", ""),
)  # fmt: skip
def test_a_parameter_out_of_bounds_is_named(clerk: Caller, asked: dict[str, Any], why: str) -> None:
    said = next(iter(asked)) + (f"（{why}）" if why else "")
    assert problem(ask(clerk, **asked), 422) == f"请求的格式不对：{said}"


def test_a_name_that_is_left_out_or_made_up_is_told(clerk: Caller) -> None:
    said = problem(clerk.post("/undo", json={"op": "o", "nonsense": 1}), 422)
    assert said == "请求的格式不对：batch（没有写）、nonsense（不认识）"


def test_the_bounds_themselves_are_fine(clerk: Caller) -> None:
    assert [row["id"] for row in ask(clerk, limit=500).json()["rows"]] == ["e-an", "e-bo", "e-cu"]
    assert [row["id"] for row in ask(clerk, limit=1, offset=2).json()["rows"]] == ["e-cu"]
    far = ask(clerk, offset=10**7).json()
    assert (far["total"], far["rows"]) == (3, [])


WHERES = [
    "", "{", "null", "NaN", "1", '"a"', "[1]", "[{}]", "[" * 4000, '{"field":"name"}', "\x00",
    '[{"field":"name","op":"like"}]', '[{"field":"name","op":["in"]}]',
    '[{"field":"name","op":"in","value":"安"}]', '[{"field":"name","value":{"a":1}}]',
    '[{"field":"name","value":"\\u0000"}]', '[{"field":"name","value":"\\ud800"}]',
    '[{"field":"name","value":1e400}]', '[{"field":"birth_date","op":"from","value":NaN}]',
    '[{"field":"birth_date","op":"from"}]', '[{"field":"birth_date","op":"to","value":"昨天"}]',
]  # fmt: skip


@pytest.mark.parametrize("where", WHERES, ids=lambda where: ascii(where)[:40])
def test_a_malformed_filter_is_refused(clerk: Caller, where: str) -> None:
    problem(ask(clerk, where=where), 422)


def test_by_what_is_masked_or_unknown_nothing_is_sorted_or_filtered(clerk: Caller) -> None:
    masked = "“联系电话”已遮盖，不能按它查找、筛选或排序"
    for sort in ("phone", "-phone", "name,phone"):
        assert problem(ask(clerk, sort=sort), 403) == masked
    for op in ("eq", "contains", "empty", "filled", "from"):
        where = json.dumps([{"field": "phone", "op": op, "value": "1"}])
        assert problem(ask(clerk, where=where), 403) == masked
    assert "没有“nope”这一列" in problem(ask(clerk, sort="nope"), 403)
    assert "没有“□”这一列" in problem(ask(clerk, where='[{"field":"\\ud800"}]'), 403)


def test_an_unknown_register_is_a_sentence(clerk: Caller) -> None:
    for path, asked in GETS.items():
        if "register" in asked:
            unknown = clerk.get(path, params={**asked, "register": "nope"})
            assert problem(unknown, 403) == "没有名为“nope”的台账"
    refused = clerk.post("/reveal", json={**POSTS["/reveal"], "register": "nope"})
    assert problem(refused, 403) == "没有名为“nope”的台账"
    (told,) = results(post(clerk, change("x", {}, {"name": "x"}, register="nope")))
    assert told["reason"] == "读到“nope x”，没有这样的台账或编号"


def test_500_rows_are_told_by_their_ids_and_more_are_refused(clerk: Caller) -> None:
    ids = ["e-cu", *(f"x{number}" for number in range(498)), "e-an"]
    told = clerk.get("/rows/by-id", params={"register": "residents", "ids": ",".join(ids)})
    assert [row["id"] for row in told.json()["rows"]] == ["e-cu", "e-an"]
    more = {"register": "residents", "ids": ",".join([*ids, "e-bo"])}
    said = problem(clerk.get("/rows/by-id", params=more), 422)
    assert said == "一次最多查 500 行，读到 501 个编号"


def test_addresses_and_methods_that_are_none_are_sentences(clerk: Caller) -> None:
    assert problem(clerk.get("/nope"), 404) == "没有这个地址"
    assert problem(clerk.get("/rows/%00"), 404) == "没有这个地址"
    assert problem(clerk.put("/rows"), 405) == "这个地址不接受这种请求"
    assert problem(clerk.get("/changes"), 405) == "这个地址不接受这种请求"


# --- the description

SHAPES: dict[str, type[BaseModel]] = {
    "/columns": forms.Columns, "/rows": forms.Rows, "/rows/by-id": forms.Rows,
    "/choices": forms.Choices, "/feed": forms.News, "/history": forms.History,
    "/coverage": forms.Figures,
}  # fmt: skip


def test_answers_hold_what_is_described_and_nothing_else(clerk: Caller) -> None:
    results(post(clerk, change("e-an", {"address": "东街 1 号"}, {"address": "东街 9 号"})))
    for path, shape in SHAPES.items():
        answer = clerk.get(path, params=GETS[path])
        assert answer.status_code == 200, answer.text
        told = shape.model_validate(answer.json(), strict=True, extra="forbid")
        assert any(told.model_dump().values()), path
    value = clerk.post("/reveal", json=POSTS["/reveal"]).json()
    assert value == {"value": "13800000001"}
    undone = clerk.post("/undo", json={"op": "undo", "batch": "batch"})
    assert results(undone)[0]["values"] == {"address": "东街 1 号"}


def test_every_operation_is_described_with_what_it_answers_and_its_problems() -> None:
    about = service.openapi()
    described = about["components"]["schemas"]
    assert described["Problem"]["required"] == ["reason"]
    for path, operations in about["paths"].items():
        for said in operations.values():
            assert said["summary"], path
            assert said["description"].endswith("。"), path
            assert said["operationId"], path
            given = said["responses"]["200"]["content"]
            if path == "/health":
                continue
            if path in FILES:
                assert set(given) == FILES[path]
                continue
            shape = given["application/json"]["schema"]
            assert shape["$ref"].split("/")[-1] in described, path
            for status in ("400", "401", "403", "413", "422", "429", "503"):
                problem = said["responses"][status]["content"]["application/json"]["schema"]
                assert problem == {"$ref": "#/components/schemas/Problem"}, (path, status)


def test_the_description_has_a_version_and_says_how_to_come_in(api: Engine) -> None:
    about = stranger().get("/openapi.json").json()
    assert re.fullmatch(r"\d+\.\d+\.\d+", about["info"]["version"])
    assert about["info"]["title"] == "三社联动工作台 接口"
    for name in (auth.SCHEME, auth.HEADER, "reason", "v2"):
        assert name in about["info"]["description"]


def test_everything_in_the_description_is_said_in_chinese() -> None:
    """A route, a parameter or a name that is new lacks its words in api/description.py."""
    about = service.openapi()
    said = {"": about["info"]["description"]}
    for path, operations in about["paths"].items():
        for one in operations.values():
            said |= {path: one["summary"], f"{path} {one['description']}": one["description"]}
            said |= {f"{path}?{p['name']}": p["description"] for p in one.get("parameters", ())}
            said |= {f"{path} {n}": r["description"] for n, r in one["responses"].items()}
    for name, shape in about["components"]["schemas"].items():
        properties = shape.get("properties", {}).items()
        said |= {f"{name}.{n}": one["description"] for n, one in properties}
    assert [at for at, words in said.items() if not re.search(r"[\u4e00-\u9fff]", words)] == []
