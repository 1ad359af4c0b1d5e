"""The read door, case by case: filters, search, order, pages that stay put; nothing breaks it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from db import doors
from db.doors import Condition, Forbidden, Question
from db.parsers import Refused
from tests.village import ADMIN, CLERK, EAST, OFFICER, add, done, drop, edit, version

MEGABYTE = "长" * 1_000_000


def found(on: Engine, *where: Condition, **question: Any) -> list[str]:
    asked = Question("residents", where=where, **question)
    return [row["id"] for row in doors.read(on, OFFICER, asked).rows]


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        (Condition("name", "eq", "安一"), ["e-an"]),
        (Condition("name", "eq", ""), []),
        (Condition("name", "in", ["安一", "韦一", "无"]), ["e-an", "w-an"]),
        (Condition("name", "in", []), []),
        (Condition("employer", "in", ["西厂", None]), ["e-bo", "e-cu", "w-an", "w-bo"]),
        (Condition("employer", "eq", None), ["e-bo", "e-cu", "w-bo"]),
        (Condition("employer", "empty"), ["e-bo", "e-cu", "w-bo"]),
        (Condition("employer", "filled"), ["e-an", "w-an"]),
        (Condition("employer", "contains", "厂"), ["w-an"]),
        (Condition("address", "contains", "%"), []),
        (Condition("address", "contains", "_"), []),
        (Condition("address", "contains", "街 2"), ["e-bo"]),
        (Condition("birth_date", "from", "2000"), ["e-cu"]),
        (Condition("birth_date", "to", "2000"), ["e-an"]),
        (Condition("birth_date", "from", "1956年3月1日"), ["e-an", "e-cu"]),
        (Condition("birth_date", "eq", "2016年6月"), ["e-cu"]),
        (Condition("sex", "eq", "女"), ["e-an"]),
        (Condition("household_id", "eq", "e-home"), ["e-an"]),
        (Condition("lives_alone", "empty"), ["e-an", "e-bo", "e-cu", "w-an", "w-bo"]),
        (Condition("lives_alone", "eq", "否"), []),
        (Condition("id", "in", ["w-bo", "e-an", "n-an"]), ["e-an", "w-bo"]),
        (Condition("id", "eq", "e-an"), ["e-an"]),
        (Condition("id", "in", [None, 5, [], {}, "e-an\x00"]), []),
        (Condition("area_id", "eq", EAST), ["e-an", "e-bo", "e-cu"]),
    ],
    ids=str,
)
def test_filters(village: Engine, where: Condition, ids: list[str]) -> None:
    assert found(village, where) == ids


@pytest.mark.parametrize(
    "where",
    [
        Condition("birth_date", "from", None),
        Condition("birth_date", "to", ""),
        Condition("birth_date", "from", "  "),
        Condition("birth_date", "from", "昨天"),
        Condition("birth_date", "from", float("inf")),
        Condition("lives_alone", "from", True),
        Condition("lives_alone", "contains", "1"),
        Condition("name", "from", "安"),
        Condition("name", "in", "安一"),
        Condition("name", "in", None),
        Condition("name", "in", 5),
        Condition("name", "in", {"a": 1}),
        Condition("name", "in", [["安一"]]),
        Condition("name", "eq", ["安一"]),
        Condition("name", "eq", {"a": 1}),
        Condition("name", "eq", "零\x00字节"),
        Condition("name", "eq", MEGABYTE),
        Condition("name", "like", "安"),
        Condition("name", "\ud800", "安"),
        Condition("sex", "eq", "不男不女"),
        Condition("id", "in", 5),
        Condition("id", "in", None),
        Condition("id", "contains", "e"),
        Condition("household_id", "eq", "x\x00"),
        Condition("household_id", "eq", 5),
    ],
    ids=lambda where: f"{where.field} {where.op} {str(where.value)[:9]!a}".replace("\x00", ""),
)
def test_filters_that_make_no_sense_are_refused(village: Engine, where: Condition) -> None:
    with pytest.raises(Refused) as refused:
        found(village, where)
    str(refused.value).encode()
    assert 5 < len(str(refused.value)) < 200


@pytest.mark.parametrize(
    "name", ["", "nope", "deleted_at", "x\x00", "\ud800", MEGABYTE, "residents.name"]
)
def test_filters_and_orders_on_no_column(village: Engine, name: str) -> None:
    for ask in (
        lambda: found(village, Condition(name, "eq", "x")),
        lambda: found(village, sort=(name,)),
    ):
        with pytest.raises(Forbidden) as refused:
            ask()
        str(refused.value).encode()
        assert len(str(refused.value)) < 100


def test_many_values_and_many_filters_are_no_trouble(village: Engine) -> None:
    names = [f"无名{n}" for n in range(5000)]
    assert found(village, Condition("name", "in", ["安一", *names])) == ["e-an"]
    assert found(village, *[Condition("name", "eq", "安一")] * 300) == ["e-an"]


@pytest.mark.parametrize(
    ("q", "ids"),
    [
        ("安", ["e-an"]),
        ("  一   东街 ", ["e-an"]),
        ("东街", ["e-an", "e-bo"]),
        ("%", []),
        ("_", []),
        ("\\", []),
        ("/", []),
        ("'", []),
        ("零\x00字节", []),
        ("\ud800安", ["e-an"]),
        ("蒲纺医院 " * 50, ["e-an"]),
        (MEGABYTE, []),
        ("e-an", []),
    ],
    ids=lambda value: ascii(value)[:20],
)
def test_search(village: Engine, q: str, ids: list[str]) -> None:
    assert found(village, q=q) == ids


def test_order_puts_empty_cells_last_both_ways(village: Engine) -> None:
    assert found(village, sort=("birth_date",)) == ["e-an", "e-cu", "e-bo", "w-an", "w-bo"]
    assert found(village, sort=("-birth_date",)) == ["e-cu", "e-an", "e-bo", "w-an", "w-bo"]
    assert found(village, sort=("employer", "-birth_date"))[2:] == ["e-cu", "e-bo", "w-bo"]


def test_pages_make_up_the_whole_and_count_it(village: Engine) -> None:
    pages = [
        doors.read(village, OFFICER, Question("residents", offset=offset, limit=2))
        for offset in (0, 2, 4, 6)
    ]
    assert [page.total for page in pages] == [5, 5, 5, 5]
    whole = [row["id"] for page in pages for row in page.rows]
    assert whole == ["e-an", "e-bo", "e-cu", "w-an", "w-bo"]


def test_later_pages_stay_put_while_others_insert_and_delete(village: Engine) -> None:
    done(
        village,
        CLERK,
        add("teams", "e-a", EAST, name="甲队"),
        add("teams", "e-z", EAST, name="乙队"),
    )
    first = doors.read(village, CLERK, Question("teams", limit=1))
    assert ([row["id"] for row in first.rows], first.total) == (["e-a"], 3)
    done(village, CLERK, drop("teams", "e-a"), add("teams", "e-0", EAST, name="新队"))
    later = doors.read(village, CLERK, Question("teams", limit=5, offset=1, as_of=first.as_of))
    assert ([row["id"] for row in later.rows], later.total) == (["e-team", "e-z"], 3)
    now = doors.read(village, CLERK, Question("teams"))
    assert [row["id"] for row in now.rows] == ["e-0", "e-team", "e-z"]


def test_feed_tells_once_what_changed_and_who_did_it(village: Engine) -> None:
    start = version(village)
    assert doors.feed(village, OFFICER, "residents", EAST, start).rows == []
    done(village, CLERK, edit("residents", "e-an", "household_id", "e-home", None))
    done(village, ADMIN, edit("residents", "e-an", "household_id", None, "e-home"))
    news = doors.feed(village, OFFICER, "residents", EAST, start)
    assert [(row["id"], row["household_id"]) for row in news.rows] == [("e-an", "e-home")]
    assert news.by["e-an"]["who"] == "市管"
    assert news.labels == {"e-home": "E1 东街 1 号"}
    assert news.seq == version(village)
    assert doors.feed(village, OFFICER, "residents", EAST, news.seq).rows == []
    assert doors.feed(village, OFFICER, "volunteers", EAST, start).rows == []
    assert doors.feed(village, OFFICER, "residents", EAST, 2**53).rows == []


def test_history_tells_every_change_the_latest_first(village: Engine) -> None:
    done(village, CLERK, add("teams", "t1", EAST, name="新队"))
    done(village, CLERK, edit("teams", "t1", "name", "新队", "旧队"))
    gone = done(village, CLERK, drop("teams", "t1"))
    doors.undo(village, ADMIN, gone)
    told = doors.history(village, CLERK, "teams", "t1")
    assert [(e["verb"], e["who"], e["source"]) for e in told] == [
        ("restore", "市管", "undo"),
        ("delete", "东干事", "test"),
        ("change", "东干事", "test"),
        ("add", "东干事", "test"),
    ]
    assert told[1]["before"] == {"name": "旧队"}
    assert told[1]["after"] is None
    assert (told[2]["before"], told[2]["after"]) == ({"name": "新队"}, {"name": "旧队"})
    assert (told[3]["before"], told[3]["after"]) == (None, {"name": "新队"})
    assert told[1]["batch"] == gone
    assert sorted(e["when"] for e in told) == [e["when"] for e in told][::-1]
