"""Orders that are kept for long questions: no row lost, none twice, none for whom it is not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine

from db import doors
from db.actors import Actor
from db.doors import Answer, Condition, Forbidden, Question, keeping, paging
from db.engine import DatabaseProblem
from tests.village import (
    ADMIN,
    CHILDREN,
    CLERK,
    EAST,
    NEIGHBOUR,
    OFFICER,
    WEST,
    add,
    done,
    drop,
    edit,
)

BY_DATE = Question("residents", sort=("-birth_date",), limit=2)
FALLING = ["e-cu", "e-an", "e-bo", "w-an", "w-bo"]  # 2016-06, 1956-03-01, then without one


@pytest.fixture(autouse=True)
def _long(village: Engine) -> Iterator[None]:
    """Four rows are a long question, the second page lies deep in it, three rows are many."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "LONG", 4)
        patch.setattr(paging, "DEEP", 2)
        patch.setattr(paging, "FEW", 2)
        patch.setattr(keeping, "PATIENCE", 60.0)
        yield
        keeping.orders(village)._maker.shutdown()  # what is still being made is made


def pages(on: Engine, actor: Actor, asked: Question) -> Iterator[Answer]:
    """Page after page, as a grid asks for them; what the caller does in between happens then."""
    first = doors.read(on, actor, asked)
    yield first
    for offset in range(asked.limit or 1, first.total, asked.limit or 1):
        later = replace(asked, offset=offset, as_of=first.as_of, total=first.total)
        yield doors.read(on, actor, later)


def ids(answers: Any) -> list[str]:
    return [row["id"] for answer in answers for row in answer.rows]


def kept(on: Engine) -> list[keeping.Kept]:
    return [one for future in keeping.orders(on)._kept.values() if (one := keeping._done(future))]


@pytest.mark.parametrize("sort", [(), ("birth_date",), ("-birth_date",), ("sex", "-address"),
                                  ("-employer", "name"), ("-name",)])  # fmt: skip
@pytest.mark.parametrize(
    ("where", "q"), [((), ""), ((Condition("status", "eq", "常住"),), ""), ((), "街 号")]
)
def test_pages_make_up_the_whole(
    village: Engine, sort: tuple[str, ...], where: tuple[Condition, ...], q: str
) -> None:
    asked = Question("residents", where=where, q=q, sort=sort, limit=2)
    whole = doors.read(village, ADMIN, replace(asked, limit=None))
    told = list(pages(village, ADMIN, asked))
    assert ids(told) == [row["id"] for row in whole.rows]
    assert {page.total for page in told} == {whole.total}
    assert whole.total == (2 if q else 6)


def test_a_kept_order_is_used_only_for_what_no_index_orders(village: Engine) -> None:
    for sort in ((), ("name",)):
        list(pages(village, OFFICER, Question("residents", EAST, sort=sort, limit=1)))
    assert kept(village) == []
    assert ids(pages(village, OFFICER, BY_DATE)) == FALLING
    assert [(one.total, one.page(1, 2)) for one in kept(village)] == [(5, FALLING[1:3])]


def test_rows_that_change_places_meanwhile_are_neither_lost_nor_told_twice(village: Engine) -> None:
    told = pages(village, OFFICER, BY_DATE)
    assert ids([next(told), next(told)]) == FALLING[:4]
    done(village, ADMIN, edit("residents", "w-bo", "birth_date", None, "2020"),
         edit("residents", "e-cu", "birth_date", "2016-06", None))  # fmt: skip
    (last,) = told
    assert [(row["id"], row["birth_date"]) for row in last.rows] == [("w-bo", "2020")]
    # An order of former data is none of these.
    assert ids(pages(village, OFFICER, BY_DATE)) == ["w-bo", "e-an", "e-bo", "e-cu", "w-an"]


def test_rows_that_leave_the_filter_meanwhile_shift_no_other(village: Engine) -> None:
    here = Question("residents", where=(Condition("status", "eq", "常住"),), limit=2)
    told = pages(village, OFFICER, here)
    assert ids([next(told), next(told)]) == ["e-an", "e-bo", "e-cu", "w-an"]
    done(village, ADMIN, edit("residents", "e-an", "status", "常住", "迁出"))
    assert [(page.total, ids([page])) for page in told] == [(5, ["w-bo"])]


def test_rows_that_come_and_go_meanwhile(village: Engine) -> None:
    told = pages(village, OFFICER, BY_DATE)
    assert ids([next(told)]) == FALLING[:2]
    new = add("residents", "w-new", WEST, name="新人", birth_date="2019")
    done(village, ADMIN, drop("residents", "w-bo"), new)
    assert ids(told) == FALLING[2:]
    assert ids(pages(village, OFFICER, BY_DATE)) == ["w-new", *FALLING[:4]]


def test_a_page_far_inside_needs_no_first_page(village: Engine) -> None:
    asked = replace(BY_DATE, offset=4, total=5, as_of=doors.read(village, OFFICER, BY_DATE).as_of)
    keeping.orders(village).wait(OFFICER, asked)
    keeping.orders(village).forget(OFFICER, asked)
    assert kept(village) == []
    assert ids([doors.read(village, OFFICER, asked)]) == FALLING[4:]
    assert ids([doors.read(village, OFFICER, replace(asked, offset=9))]) == []
    assert [one.page(0, 9) for one in kept(village)] == [FALLING]  # the next pages come out of it


def test_nobody_waits_long_for_an_order(village: Engine) -> None:
    begun, go_on = threading.Event(), threading.Event()
    made = keeping.Order.read

    def slowly(order: keeping.Order, on: Engine) -> keeping.Kept:
        begun.set()
        assert go_on.wait(60)
        return made(order, on)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping.Order, "read", slowly)
        patch.setattr(keeping, "PATIENCE", 0.01)
        told = list(pages(village, OFFICER, BY_DATE))
        assert begun.wait(60)
        assert (ids(told), kept(village)) == (FALLING, [])
        go_on.set()


def test_an_order_is_nobody_else_s(village: Engine) -> None:
    first = doors.read(village, OFFICER, BY_DATE)
    list(pages(village, OFFICER, BY_DATE))
    later = replace(BY_DATE, offset=2, limit=9, as_of=first.as_of, total=5)
    for actor, seen in (
        (CLERK, ["e-bo"]),
        (NEIGHBOUR, []),
        (ADMIN, ["e-bo", "n-an", "w-an", "w-bo"]),
    ):
        assert ids([doors.read(village, actor, later)]) == seen
    for actor in (replace(OFFICER, area_id=EAST), replace(OFFICER, clearance=True)):
        assert ids([doors.read(village, actor, later)]) == (
            ["e-bo"] if actor.area_id == EAST else FALLING[2:]
        )


def test_rows_that_are_no_longer_to_be_seen_do_not_come_out_of_an_order(village: Engine) -> None:
    by_date = Question("memberships", sort=("started_on",), limit=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "LONG", 1)
        patch.setattr(paging, "DEEP", 1)
        told = pages(village, OFFICER, by_date)
        assert ids([next(told)]) == ["e-child"]
        list(pages(village, OFFICER, by_date))
        closing = edit("groups", CHILDREN, "needs_clearance", False, True)
        done(village, ADMIN, closing)
        assert ids(told) == []
        assert ids(pages(village, OFFICER, by_date)) == []


def test_a_mask_is_not_sorted_by_however_long_the_question(village: Engine) -> None:
    first = doors.read(village, ADMIN, Question("residents", sort=("birth_date",), limit=2))
    for name in ("phone", "-id_number", "nothing"):
        asked = Question("residents", sort=(name,), offset=4, as_of=first.as_of, total=6)
        with pytest.raises(Forbidden):
            doors.read(village, ADMIN, asked)


def test_there_is_room_for_the_latest_alone(village: Engine) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping, "ROOM", 9)
        for sort in ("birth_date", "-birth_date", "address"):
            list(pages(village, OFFICER, Question("residents", sort=(sort,), limit=2)))
        assert [one.total for one in kept(village)] == [5]
    assert ids(pages(village, OFFICER, BY_DATE)) == FALLING


def test_what_could_not_be_made_is_done_without(village: Engine) -> None:
    def broken(*_: Any) -> str:
        raise DatabaseProblem("gone")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping.Order, "read", broken)
        told = pages(village, OFFICER, BY_DATE)
        first = next(told)
        keeping.orders(village).wait(OFFICER, replace(BY_DATE, as_of=first.as_of))
        assert kept(village) == []
        assert ids([first, *told]) == FALLING
