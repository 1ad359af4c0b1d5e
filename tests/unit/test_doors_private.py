"""What somebody handles is theirs alone: by no door does a case reach another account."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from db import doors
from db.actors import Actor
from db.changes import Change
from db.doors import Condition, Forbidden, Question
from db.parsers import Refused
from tests.village import (
    ADMIN,
    BOSS,
    CLERK,
    EAST,
    NEIGHBOUR,
    OFFICER,
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
)

QUARREL, TALK = "老李与老张争院墙", "劝双方各退一步"
UNSEEN = "这一行不存在，或不在您的工作范围内"
OTHERS = [ADMIN, BOSS, SECRETARY, WORKER, NEIGHBOUR]  # who handle cases, but not this one
COUNTERS = [RESEARCHER, OFFICER, ORGANISATION]  # who only ever count them
by_account = pytest.mark.parametrize("who", [*OTHERS, *COUNTERS], ids=lambda one: one.id)


@pytest.fixture
def kept(village: Engine) -> Engine:
    """Two cases in the east, the clerk's with a step and the secretary's; one in the west."""
    case = {"kind": "邻里", "received_on": "2026-01-05"}
    step = add("case_steps", "talk", EAST, case_id="quarrel", what=TALK, taken_on="2026-01-06")
    done(village, CLERK, add("cases", "quarrel", EAST, number="一号", facts=QUARREL, **case), step)
    done(village, SECRETARY, add("cases", "hers", EAST, number="二号", **case))
    done(village, NEIGHBOUR, add("cases", "far", WEST, number="三号", **case))
    return village


Ask = Callable[[Engine, Actor], Any]
NAMED = Condition("id", "in", ["quarrel", "talk"])
DOORS: dict[str, Ask] = {
    "rows": lambda on, who: doors.read(on, who, Question("cases")).rows,
    "steps": lambda on, who: doors.read(on, who, Question("case_steps")),
    "rows of the area": lambda on, who: doors.read(on, who, Question("cases", EAST)).rows,
    "a filter": lambda on, who: doors.read(on, who, Question("cases", where=(NAMED,))).rows,
    "a search": lambda on, who: doors.read(on, who, Question("case_steps", q="劝")).rows,
    "ids": lambda on, who: doors.by_ids(on, who, "cases", ["quarrel"]).rows,
    "a row": lambda on, who: doors.row(on, who, "case_steps", "talk"),
    "facts": lambda on, who: doors.distinct(on, who, Question("cases"), "facts").values,
    "labels": lambda on, who: doors.distinct(on, who, Question("case_steps"), "case_id").values,
    "choices": lambda on, who: doors.choices(on, who, "case_steps", "case_id", EAST),
    "choices by words": lambda on, who: doors.choices(
        on, who, "case_steps", "case_id", EAST, "一号"
    ),
    "news": lambda on, who: doors.feed(on, who, "cases", None, 0),
    "news of steps": lambda on, who: doors.feed(on, who, "case_steps", EAST, 0),
    "history": lambda on, who: doors.history(on, who, "cases", "quarrel"),
    "history of a step": lambda on, who: doors.history(on, who, "case_steps", "talk"),
    "export": lambda on, who: doors.export(on, who, Question("cases"), "核对").rows,
    "presence": lambda on, who: doors.within(on, who, "cases", None, ["quarrel"]),
    "reveal": lambda on, who: doors.reveal(on, who, "cases", "quarrel", "facts", "核对"),
    "marks": lambda on, who: doors.marks(on, who, "cases", ["quarrel"]),
    "a roster": lambda on, who: doors.match(
        on, who, "case_steps", EAST, [{"case_id.number": "一号", "what": "谈"}]
    ),
    "merge": lambda on, who: doors.merge(on, who, "cases", "hers", "quarrel", ["facts"]),
}
TOLD = ("quarrel", "talk", "一号", QUARREL, TALK, "东干事")


@pytest.mark.parametrize("door", DOORS)
@by_account
def test_no_door_tells_another_of_a_case(kept: Engine, who: Actor, door: str) -> None:
    done(kept, CLERK, _comment("note"))
    try:
        told = str(DOORS[door](kept, who))
    except (Forbidden, Refused) as refusal:
        told = str(refusal)
    assert [word for word in TOLD if word in told.replace("没有找到“一号”", "")] == []
    assert cell(kept, "cases", "quarrel", "deleted_at") is None


def test_its_handler_is_told_by_every_door_that_tells_of_rows(kept: Engine) -> None:
    done(kept, CLERK, _comment("note"))
    # Nothing of a case is masked, no step is searched, there is but one case of the clerk's.
    silent = ("reveal", "a search", "merge")
    for door in DOORS.keys() - set(silent):
        told = str(DOORS[door](kept, CLERK))
        assert any(word in told for word in TOLD), door


def _comment(row_id: str, about: str = "quarrel") -> Change:
    words = {"subject": "cases", "subject_id": about, "subject_field": "facts", "text": "待核"}
    return add("comments", row_id, EAST, **words)


@by_account
def test_comments_on_a_case_are_its_handlers_too(kept: Engine, who: Actor) -> None:
    done(kept, CLERK, _comment("note"))
    assert one(kept, who, _comment("mine")).status == "refused"
    assert one(kept, who, edit("comments", "note", "done", None, "是")).status == "refused"
    if who == ORGANISATION:
        return  # it has no comments at all
    assert doors.read(kept, who, Question("comments")).rows == []
    if who in OTHERS:
        assert doors.feed(kept, who, "cases", None, 0).comments == {}
    with pytest.raises(Forbidden, match=UNSEEN):
        doors.history(kept, who, "comments", "note")


# --- counts


@pytest.mark.parametrize("who", [ADMIN, BOSS, *COUNTERS], ids=lambda one: one.id)
def test_all_cases_are_counted_by_whoever_counts(kept: Engine, who: Actor) -> None:
    assert doors.totals(kept, who, Question("cases")) == {EAST: 2, WEST: 1}
    assert doors.totals(kept, who, Question("case_steps")) == {EAST: 1}
    assert doors.totals(kept, who, Question("cases", EAST)) == {EAST: 2}


NARROW = (
    {"where": (Condition("kind", "eq", "邻里"),)},
    {"where": (Condition("id", "eq", "quarrel"),)},
    {"where": (Condition("handler_id", "eq", CLERK.id),)},
    {"q": "一号"},
    {"q": " "},
)


@pytest.mark.parametrize("narrow", NARROW, ids=str)
def test_a_narrow_count_is_of_ones_own(kept: Engine, narrow: dict[str, Any]) -> None:
    asked = Question("cases", **narrow)
    for who in COUNTERS:
        with pytest.raises(Forbidden, match="您的角色不能查看“调解案件”"):
            doors.totals(kept, who, asked)
    for who in (ADMIN, BOSS, WORKER):
        assert doors.totals(kept, who, asked) == {}
    mine = {} if narrow.get("q") == "一号" else {EAST: 1}  # numbers are not searched
    assert doors.totals(kept, CLERK, asked) == mine


def test_of_screenings_too_only_a_whole_count_leaves(village: Engine) -> None:
    cells = {"resident_id": "e-an", "answers": "是" * 15, "score": 10, "done_on": "2026-01-05"}
    done(village, WORKER, add("screenings", "screened", EAST, **cells))
    for who in COUNTERS:
        assert doors.totals(village, who, Question("screenings")) == {EAST: 1}
        for narrow in ({"where": (Condition("score", "from", 5),)}, {"q": "安"}):
            with pytest.raises(Forbidden, match="您的角色不能查看“量表筛查”"):
                doors.totals(village, who, Question("screenings", **narrow))


# --- writing


@by_account
def test_nobody_else_writes_to_a_case(kept: Engine, who: Actor) -> None:
    for change in (
        edit("cases", "quarrel", "facts", QUARREL, "改写"),
        edit("cases", "quarrel", "facts", "不对", "改写"),
        drop("cases", "quarrel"),
        drop("case_steps", "talk"),
        edit("case_steps", "talk", "what", TALK, "改写"),
        add("cases", "quarrel", EAST, number="四号", kind="邻里"),
    ):
        told = one(kept, who, change)
        assert (told.status, told.theirs, told.values) == ("refused", {}, {})
    assert cell(kept, "cases", "quarrel", "facts") == QUARREL
    assert cell(kept, "case_steps", "talk", "what") == TALK


def test_a_step_is_only_added_to_a_case_that_one_handles(kept: Engine) -> None:
    step = {"what": "来访", "taken_on": "2026-01-07"}
    for who in (ADMIN, SECRETARY, WORKER):
        told = one(kept, who, add("case_steps", f"of-{who.id}", EAST, case_id="quarrel", **step))
        assert (told.status, told.field) == ("refused", "case_id")
        assert told.reason == "“案件”在本区域没有找到，请从列表中选"
    done(kept, SECRETARY, add("case_steps", "own", EAST, case_id="hers", **step))
    told = one(kept, SECRETARY, edit("case_steps", "own", "case_id", "hers", "quarrel"))
    assert (told.status, told.field) == ("refused", "case_id")
    done(kept, CLERK, add("case_steps", "next", EAST, case_id="quarrel", **step))


def test_a_case_is_in_nobodys_name_but_its_authors(kept: Engine) -> None:
    for name in ("handler", "handler_id"):
        forged = {"number": "五号", "kind": "邻里", name: "a-secretary"}
        assert one(kept, CLERK, add("cases", f"forged-{name}", EAST, **forged)).field == name
        given = edit("cases", "quarrel", name, cell(kept, "cases", "quarrel", name), SECRETARY.id)
        assert one(kept, CLERK, given).reason.endswith("不能修改")
    assert cell(kept, "cases", "quarrel", "handler") == "东干事"
    assert cell(kept, "cases", "quarrel", "handler_id") == CLERK.id


@pytest.mark.parametrize("who", [ADMIN, SECRETARY], ids=lambda one: one.id)
def test_who_leads_takes_back_no_case(kept: Engine, who: Actor) -> None:
    changed = done(kept, CLERK, edit("cases", "quarrel", "facts", QUARREL, "改了主意"))
    gone = done(kept, CLERK, drop("case_steps", "talk"), drop("cases", "quarrel"))
    for batch in (gone, changed):
        with pytest.raises(Forbidden, match="没有找到这批改动"):
            doors.undo(kept, who, batch)
    told = one(kept, who, add("cases", "quarrel", EAST, number="一号", kind="邻里"))
    assert (told.status, told.reason) == ("refused", UNSEEN)
    assert doors.feed(kept, who, "cases", EAST, 0).gone == []
    back = doors.undo(kept, CLERK, gone).outcomes
    assert [one.status for one in back] == ["applied", "applied"]
    assert cell(kept, "cases", "quarrel", "handler_id") == CLERK.id


def test_of_a_mixed_batch_a_leader_takes_back_what_is_no_case(kept: Engine) -> None:
    cells = {"number": "六号", "kind": "邻里"}
    team = add("teams", "new-team", EAST, name="新队")
    batch = done(kept, CLERK, team, add("cases", "other", EAST, **cells))
    assert [one.id for one in doors.undo(kept, SECRETARY, batch).outcomes] == ["new-team"]
    assert cell(kept, "cases", "other", "deleted_at") is None


def test_who_moves_away_leaves_the_case_behind(kept: Engine) -> None:
    """The same account elsewhere or without the role sees nothing of it."""
    away = Actor(CLERK.id, CLERK.name, "clerk", WEST)
    lost = Actor(CLERK.id, CLERK.name, "researcher", ROOT)
    assert doors.read(kept, away, Question("cases")).rows == []
    with pytest.raises(Forbidden):
        doors.read(kept, lost, Question("cases"))


def test_the_log_of_looks_tells_no_more_than_a_number(kept: Engine) -> None:
    doors.export(kept, CLERK, Question("cases"), "报送核对")
    (look,) = doors.looks(kept, SECRETARY, EAST)
    assert (look.register, look.row_id, look.reason) == ("cases", EAST, "报送核对（1 件）")
