"""Comments on cells by the doors: who may say and see what, and what is told of it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from db import doors
from db.actors import Actor
from db.changes import Change
from db.doors import Forbidden, Question
from tests import scripts
from tests.village import (
    ADMIN,
    BOSS,
    CHILDREN,
    CLERK,
    EAST,
    NEIGHBOUR,
    ORGANISATION,
    RESEARCHER,
    ROOT,
    SECRETARY,
    WEST,
    WORKER,
    add,
    cell,
    done,
    drop,
    edit,
    one,
    seen,
    version,
)


def say(
    row_id: str, name: str, key: str = "c-1", area: str = EAST, of: str = "residents", **more: Any
) -> Change:
    """A comment on a cell."""
    about = {"subject": of, "subject_id": row_id, "subject_field": name, "text": "请核对"}
    return add("comments", key, area, **about, **more)


def marks(on: Engine, actor: Actor, *row_ids: str) -> dict[str, int | None]:
    return doors.marks(on, actor, "residents", row_ids)


def test_a_comment_is_signed_by_the_door(village: Engine) -> None:
    done(village, CLERK, say("e-an", "address"))
    (row,) = doors.read(village, SECRETARY, Question("comments")).rows
    assert (row["author"], row["author_id"], row["text"]) == ("东干事", "a-clerk", "请核对")
    assert row["written_at"] <= doors.read(village, CLERK, Question("comments")).as_of
    assert row["done"] is None
    assert marks(village, WORKER, "e-an", "e-bo") == {"e-an/address": 1}
    forged = one(village, CLERK, say("e-an", "name", "c-2", author="东书记"))
    assert (forged.field, forged.reason) == ("author", "“谁写的”由系统填写，请留空")


@pytest.mark.parametrize("row", [
    ("e-an", "phone", EAST), ("e-an", "id_number", EAST),  # masked for everybody
    ("e-an", "contact", EAST), ("e-an", "party", EAST),  # never seen by researchers
    ("e-an", "shoe_size", EAST), ("nobody", "name", EAST), ("w-an", "name", EAST),
])  # fmt: skip
def test_what_is_not_seen_in_plain_is_not_commented_on(
    village: Engine, row: tuple[str, str, str]
) -> None:
    told = one(village, RESEARCHER, say(row[0], row[1], area=row[2]))
    assert told.status == "refused"
    assert seen(village, ADMIN, "comments") == []


def test_a_comment_on_a_comment_or_on_nothing_is_refused(village: Engine) -> None:
    done(village, CLERK, say("e-an", "address"))
    for of, row_id in (("comments", "c-1"), ("history", "e-an"), ("", "")):
        assert one(village, CLERK, say(row_id, "text", "c-2", of=of)).status == "refused"


def test_others_see_neither_comment_nor_count(village: Engine) -> None:
    start = version(village)
    done(village, ADMIN, say("e-an", "contact"), say("e-an", "address", "c-2"))
    about = {"e-an/contact": 1, "e-an/address": 1}
    for actor, wanted in (
        (CLERK, about), (SECRETARY, about), (RESEARCHER, {"e-an/address": 1}),
        (NEIGHBOUR, {}), (ORGANISATION, {}),
    ):  # fmt: skip
        assert marks(village, actor, "e-an") == wanted, actor.name
    for actor, count in ((CLERK, 2), (RESEARCHER, 1), (NEIGHBOUR, 0)):
        assert len(seen(village, actor, "comments")) == count, actor.name
        assert doors.totals(village, actor, Question("comments")) == (
            {EAST: count} if count else {}
        )
    assert doors.feed(village, RESEARCHER, "residents", ROOT, start).comments == {"e-an/address": 1}
    assert doors.feed(village, NEIGHBOUR, "residents", WEST, start).comments == {}
    with pytest.raises(Forbidden):
        doors.history(village, RESEARCHER, "comments", "c-1")
    with pytest.raises(Forbidden):
        doors.read(village, ORGANISATION, Question("comments"))


def test_comments_on_rows_that_need_a_clearance(village: Engine) -> None:
    done(village, SECRETARY, say("e-ill", "basis", of="memberships"))
    assert seen(village, SECRETARY, "comments") == ["c-1"]
    for actor in (CLERK, BOSS):
        assert seen(village, actor, "comments") == []
        assert doors.marks(village, actor, "memberships", ["e-ill"]) == {}
        blind = say("e-ill", "basis", "c-2", of="memberships")
        assert one(village, actor, blind).status == "refused"
        assert one(village, actor, edit("comments", "c-1", "done", None, True)).status == "refused"
    opened = edit("memberships", "e-ill", "group_id", "severe_mental_illness", CHILDREN)
    done(village, SECRETARY, opened)
    assert seen(village, CLERK, "comments") == ["c-1"]


def test_only_done_may_change_and_only_ones_own_be_deleted(village: Engine) -> None:
    done(village, CLERK, say("e-an", "address"))
    done(village, WORKER, edit("comments", "c-1", "done", None, True))
    assert marks(village, CLERK, "e-an") == {"e-an/address": 0}
    done(village, CLERK, edit("comments", "c-1", "done", True, False))
    assert marks(village, CLERK, "e-an") == {"e-an/address": 1}
    for name in ("text", "author", "author_id", "subject_id", "written_at"):
        value = cell(village, "comments", "c-1", name)
        assert one(village, CLERK, edit("comments", "c-1", name, value, "改")).status == "refused"
    refused = one(village, WORKER, drop("comments", "c-1"))
    assert refused.reason == "只能删除或恢复自己写的批注"
    done(village, CLERK, drop("comments", "c-1"))
    assert marks(village, CLERK, "e-an") == {}


def test_deleting_is_undone_as_it_was_and_the_history_knows(village: Engine) -> None:
    done(village, CLERK, say("e-an", "address"))
    written = cell(village, "comments", "c-1", "written_at")
    gone = done(village, SECRETARY, drop("comments", "c-1"))  # she leads
    assert one(village, WORKER, say("e-an", "address")).reason == "只能删除或恢复自己写的批注"
    assert [o.status for o in doors.undo(village, SECRETARY, gone).outcomes] == ["applied"]
    assert cell(village, "comments", "c-1", "author_id") == "a-clerk"
    assert cell(village, "comments", "c-1", "written_at") == written
    told = doors.history(village, CLERK, "comments", "c-1")
    assert [(e["verb"], e["who"]) for e in told] == [
        ("restore", "东书记"), ("delete", "东书记"), ("add", "东干事"),
    ]  # fmt: skip


def test_the_feed_tells_of_comments(village: Engine) -> None:
    def news() -> dict[str, int | None]:
        return doors.feed(village, SECRETARY, "residents", EAST, version(village) - 1).comments

    done(village, CLERK, say("e-an", "address"))
    assert news() == {"e-an/address": 1}
    done(village, WORKER, say("e-an", "address", "c-2"))
    assert news() == {"e-an/address": 2}
    done(village, CLERK, edit("comments", "c-1", "done", None, True))
    assert news() == {"e-an/address": 1}
    done(village, CLERK, drop("comments", "c-1"))
    done(village, WORKER, drop("comments", "c-2"))
    assert news() == {"e-an/address": None}
    done(village, CLERK, edit("residents", "e-an", "address", "东街 1 号", "东街 9 号"))
    assert news() == {}


def test_comments_of_a_deleted_row_come_back_with_it(village: Engine) -> None:
    done(village, CLERK, say("e-bo", "address"))
    done(village, SECRETARY, drop("memberships", "e-ill"))
    gone = done(village, CLERK, drop("residents", "e-bo"))
    assert seen(village, CLERK, "comments") == []
    doors.undo(village, CLERK, gone)
    assert marks(village, CLERK, "e-bo") == {"e-bo/address": 1}


# — the history in parts —


def test_a_long_history_is_had_in_parts(village: Engine) -> None:
    for n in range(7):
        seen_as = cell(village, "residents", "e-bo", "address")
        done(village, CLERK, edit("residents", "e-bo", "address", seen_as, f"{n} 号"))
        if n == 3:
            done(village, CLERK, edit("residents", "e-bo", "employer", None, "西厂"))
    first = doors.history(village, CLERK, "residents", "e-bo", doors.Span("address", None, 3))
    assert [entry["after"] for entry in first] == [{"address": f"{n} 号"} for n in (6, 5, 4)]
    older = doors.Span("address", first[-1]["id"], 3)
    rest = doors.history(village, CLERK, "residents", "e-bo", older)
    assert [entry["after"]["address"] for entry in rest] == ["3 号", "2 号", "1 号"]
    row = doors.Span(None, first[-1]["id"], 1)
    (between,) = doors.history(village, CLERK, "residents", "e-bo", row)
    assert between["after"] == {"employer": "西厂"}
    assert doors.history(village, CLERK, "residents", "e-bo", doors.Span(before="none")) == []
    with pytest.raises(Forbidden):
        doors.history(village, RESEARCHER, "residents", "e-bo", doors.Span("party"))


def test_what_was_closed_stays_closed_in_older_parts(village: Engine) -> None:
    opened = edit("memberships", "e-ill", "group_id", "severe_mental_illness", CHILDREN)
    done(village, SECRETARY, edit("memberships", "e-ill", "basis", "医院诊断", "复查"))
    done(village, SECRETARY, opened)
    done(village, SECRETARY, edit("memberships", "e-ill", "basis", "复查", "已好转"))
    (latest,) = doors.history(village, CLERK, "memberships", "e-ill", doors.Span(limit=1))
    older = doors.history(village, CLERK, "memberships", "e-ill", doors.Span(before=latest["id"]))
    assert [entry["after"] for entry in older] == [{"group_id": CHILDREN}]


def test_marks_and_news_ask_of_one_register_alone(village: Engine) -> None:
    """What may be read of all the others would take longer to say than the rows to read."""
    done(village, CLERK, say("e-an", "address"))
    start = version(village)
    done(village, CLERK, say("e-bo", "address", "c-2"))
    with scripts.queries(village) as heard:
        assert marks(village, CLERK, "e-an", "e-bo") == {"e-an/address": 1, "e-bo/address": 1}
        told = doors.feed(village, CLERK, "residents", EAST, start).comments
    assert told == {"e-bo/address": 1}
    assert not [asked for asked in heard if "households" in asked or "volunteers" in asked]


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_news_are_not_looked_for_in_all_that_was_ever_written(village: Engine) -> None:
    with scripts.queries(village) as heard:
        doors.feed(village, CLERK, "residents", EAST, version(village) - 1)
    looks = [asked for asked in heard if "FROM history JOIN writes" in asked]
    assert len(looks) == 2  # for rows, and for comments
    with village.connect() as connection:
        for asked in looks:
            blanks = (None,) * asked.count("?")
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", blanks).all()
            said = " ".join(str(step) for step in plan)
            assert "seq>?" in said, said
            assert "ix_history_row" not in said, said
