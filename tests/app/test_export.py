"""A register over HTTP as a file: who may take it, what it is called, what stands at its foot."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine

from api import auth
from api.service import service
from db import dates, doors, tokens
from tests.callers import Caller, signed_in, stranger
from tests.village import AN_ID, CLERK, EAST, RESEARCHER, SECRETARY, WEST

ASKED: dict[str, Any] = {"register": "residents", "area": EAST, "reason": "上报街道"}


def lines(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return str(answer.content.decode("utf-8-sig")).splitlines()


def test_a_file_is_named_marked_and_told_to_who_leads(api: Engine, clerk: Caller) -> None:
    answer = clerk.post("/export", json=ASKED)
    assert answer.status_code == 200
    kind, name = answer.headers["content-disposition"].split("filename*=UTF-8''")
    assert kind == "attachment; "
    assert unquote(name) == f"居民-{dates.today()}.xlsx"
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    rows = list(sheet.values)
    assert [row[0] for row in rows[1:-1]] == ["安一", "卜二", "崔三"]
    assert str(rows[-1][0]).startswith(f"导出：{CLERK.name}，{dates.today()}")
    assert str(rows[-1][0]).endswith("，用途：上报街道，共 3 人")
    assert AN_ID not in {cell for row in rows for cell in row}  # masked as on the screen
    (look,) = doors.looks(api, SECRETARY, EAST)
    assert (look.verb, look.who, look.reason) == ("export", CLERK.name, "上报街道（3 人）")


def test_the_question_and_its_columns_are_those_of_the_file(clerk: Caller) -> None:
    where = '[{"field": "sex", "op": "eq", "value": "女"}]'
    asked = ASKED | {"where": where, "columns": ["name", "sex"], "format": "csv"}
    assert lines(clerk.post("/export", json=asked))[:2] == ["姓名,性别", "安一,女"]
    old = clerk.post("/export", json=asked | {"format": "csv-gb18030"})
    assert old.content.decode("gb18030").splitlines()[1] == "安一,女"


def test_a_token_takes_what_it_may_and_needs_no_page(api: Engine) -> None:
    _, who = signed_in(api, CLERK)
    made = tokens.make(api, who.id, "街道平台", "clerk", EAST)
    system = Caller(service, headers={"Authorization": f"Bearer {made.token}"})
    asked = ASKED | {"format": "csv", "columns": ["name"]}
    found = lines(system.post("/export", json=asked))
    assert found[:-1] == ["姓名", "安一", "卜二", "崔三"]
    assert "街道平台" in found[-1]
    refused = system.post("/export", json=asked | {"area": WEST})
    assert refused.status_code == 403


def test_who_may_not_gets_a_sentence_and_nothing_is_noted(api: Engine, clerk: Caller) -> None:
    assert stranger().post("/export", json=ASKED).status_code == 401
    unproved = Caller(service, headers={"Cookie": clerk.headers["Cookie"]})
    assert unproved.post("/export", json=ASKED).status_code == 403
    assert auth.HEADER not in unproved.headers
    for change, status in (({"area": WEST}, 403), ({"reason": " "}, 422), ({"format": "pdf"}, 422)):
        answer = clerk.post("/export", json=ASKED | change)
        assert (answer.status_code, bool(answer.json()["reason"])) == (status, True), change
    assert doors.looks(api, SECRETARY, EAST) == []


@pytest.mark.parametrize("name", ["party", "contact"])
def test_what_a_role_does_not_see_is_not_in_its_file(api: Engine, name: str) -> None:
    caller, _ = signed_in(api, RESEARCHER)
    asked = ASKED | {"format": "csv", "columns": ["name", name]}
    assert lines(caller.post("/export", json=asked))[0] == "姓名"
