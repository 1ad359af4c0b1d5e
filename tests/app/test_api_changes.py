"""Changes sent to the API: cells that cannot be kept, requests sent twice, conflicts."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from db import masks
from db.registers import BY_NAME
from tests.app.asking import change, post, results
from tests.callers import Caller
from tests.village import EAST, cell

# --- cells: refused with a sentence, or stored as they came

REFUSED: dict[str, tuple[str, str, Any, str]] = {
    "NUL": ("residents", "name", "a\x00b", "控制字符"),
    "a lone surrogate": ("residents", "name", "\ud800", "控制字符"),
    "half an emoji": ("residents", "address", "\ude00", "控制字符"),
    "a megabyte": ("residents", "address", "长" * 350_000, "共 350000 字"),
    "NaN": ("residents", "name", float("nan"), "应为文字"),
    "Infinity": ("residents", "name", float("inf"), "应为文字"),
    "NaN as a figure": ("communities", "population", float("nan"), "应为数字"),
    "abc as a figure": ("communities", "population", "abc", "读到“abc”，应为数字"),
    "17 digits": ("residents", "id_number", "42128119560301001", "18 位"),
    "a mask": ("residents", "id_number", "421281********0015", "遮盖"),
    "30 February": ("residents", "birth_date", "1956-02-30", "没有这一天"),
    "Infinity as a date": ("residents", "birth_date", float("-inf"), "应为日期"),
    "a huge date": ("residents", "birth_date", 10**300, "应为日期"),
    "true as a text": ("residents", "name", True, "应为文字"),
    "7 as yes or no": ("residents", "lives_alone", 7, "“是”或“否”"),
    "nobody's id": ("residents", "household_id", "'; DROP TABLE x", "从列表中选"),
    "no column": ("residents", "\ud800\x00", "x", "没有“□□”这一列"),
    "another no column": ("residents", "deleted_at", "2020", "没有“deleted_at”这一列"),
    "a column of the row": ("residents", "area_id", "west", "没有“area_id”这一列"),
}


@pytest.mark.parametrize(("register", "name", "value", "why"), REFUSED.values(), ids=REFUSED)
def test_a_cell_that_cannot_be_kept_is_refused_with_a_sentence(
    api: Engine, secretary: Caller, register: str, name: str, value: Any, why: str
) -> None:
    row_id = EAST if register == "communities" else "e-bo"
    known = name in BY_NAME[register].fields
    stored = cell(api, register, row_id, name) if known else None
    before = {name: masks.identity(str(stored)) if name == "id_number" else stored}
    (told,) = results(post(secretary, change(row_id, before, {name: value}, register=register)))
    assert (told["status"], told["values"], told["theirs"]) == ("refused", {}, {})
    assert why in told["reason"]
    assert len(told["reason"]) < 150  # what was read is told, not all of it
    assert told["field"] == (name if known else None)
    assert not known or cell(api, register, row_id, name) == stored


KEPT = {
    "markup": "<script>alert('1')</script>",
    "emoji": "😀👨‍👩‍👧",
    "quotes": "'; DROP TABLE residents; --",
    "a template": "{{7*7}}${x}%s",
    "a formula": "=1+1",
    "rare signs": "𠮷䶮㐂",
    "right to left": "مرحبا\u202e",
}


@pytest.mark.parametrize("value", KEPT.values(), ids=KEPT)
def test_odd_text_is_kept_as_it_came(api: Engine, clerk: Caller, value: str) -> None:
    (told,) = results(post(clerk, change("e-bo", {"address": "东街 2 号"}, {"address": value})))
    assert (told["status"], told["values"]) == ("applied", {"address": value})
    assert cell(api, "residents", "e-bo", "address") == value
    rows = clerk.get("/rows/by-id", params={"register": "residents", "ids": "e-bo"}).json()["rows"]
    assert rows[0]["address"] == value


# --- once and no more, and never over somebody


def test_the_same_op_twice_is_answered_the_same_and_done_once(api: Engine, clerk: Caller) -> None:
    edit = change("e-bo", {"address": "东街 2 号"}, {"address": "东街 3 号"})
    made = change("new", None, {"area_id": EAST, "name": "新来"}, "op-2")
    first, again = post(clerk, edit, made), post(clerk, edit, made)
    assert [one["status"] for one in results(first)] == ["applied", "applied"]
    assert again.json() == first.json()
    entries = clerk.get("/history", params={"register": "residents", "id": "e-bo"}).json()
    assert [one["verb"] for one in entries["entries"]] == ["change", "add"]


def test_an_op_that_is_somebody_elses_is_refused(
    api: Engine, clerk: Caller, secretary: Caller
) -> None:
    edit = change("e-bo", {"address": "东街 2 号"}, {"address": "东街 3 号"})
    results(post(clerk, edit))
    (told,) = results(post(secretary, edit))
    assert (told["status"], told["values"]) == ("refused", {})
    assert told["reason"] == "这次操作的编号已被用过，请重新提交"
    (other,) = results(post(clerk, change("e-cu", {"name": "崔三"}, {"name": "崔四"})))
    assert other["reason"] == "这次操作的编号已被用过，请重新提交"  # their own, for another row
    assert cell(api, "residents", "e-cu", "name") == "崔三"


def test_a_conflict_tells_what_stands_there_and_who_wrote_it_when(
    api: Engine, clerk: Caller, secretary: Caller
) -> None:
    before = {"address": "东街 2 号"}
    results(post(secretary, change("e-bo", before, {"address": "书记改的"}, "op-1")))
    written = clerk.get("/history", params={"register": "residents", "id": "e-bo"}).json()
    (told,) = results(post(clerk, change("e-bo", before, {"address": "干事改的"}, "op-2")))
    assert told == {
        "op": "op-2",
        "id": "e-bo",
        "status": "conflict",
        "theirs": {"address": "书记改的"},
        "by": {"address": {"who": "东书记", "when": written["entries"][0]["when"]}},
        "values": {},
        "reason": "东书记已先改过，没有覆盖；请选择保留哪一个",
        "field": None,
        "seq": None,
    }
    assert cell(api, "residents", "e-bo", "address") == "书记改的"


def test_not_a_number_as_what_was_seen_is_a_conflict(api: Engine, clerk: Caller) -> None:
    (told,) = results(post(clerk, change("e-bo", {"name": float("nan")}, {"name": "卜三"})))
    assert (told["status"], told["theirs"]) == ("conflict", {"name": "卜二"})
