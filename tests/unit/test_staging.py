"""How far needs have come, and the two figures of the chain, against days worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, event

from db import doors, founding
from db.changes import Change
from db.doors import Forbidden
from db.stages import STAGES
from tests.village import (
    ADMIN,
    CLERK,
    EAST,
    NEIGHBOUR,
    NORTH,
    ORGANISATION,
    STREET,
    WEST,
    done,
)

Rows = dict[str, list[dict[str, Any]]]


def call(row_id: str, project: str, opens: str, state: str = "已发布") -> dict[str, str]:
    return {"id": row_id, "project_id": project, "title": "征集", "state": state,
            "opens_on": opens, "closes_on": "2026-03-20"}  # fmt: skip


def bid(row_id: str, of: str, call: str) -> dict[str, Any]:
    return {"id": row_id, "call_id": call, "organisation_id": of, "title": "方案", "plan": "每天",
            "price": 1}  # fmt: skip


# far: through all stages. near: called, and a design that was given up. joined: into far.
# alone: nothing yet. denied: not taken up.
EASTERN: Rows = {
    "needs": [
        {"id": "far", "title": "放学后没人管", "raised_on": "2026-03-01", "number": "260301-AAAAAA",
         "settled_on": "2026-06-30", "settlement": "已解决"},
        {"id": "near", "title": "电梯", "raised_on": "2026-03-05"},
        {"id": "joined", "title": "放学没处去", "raised_on": "2026-03-09", "joined_id": "far"},
        {"id": "alone", "title": "路灯", "raised_on": "2026-05-01"},
        {"id": "denied", "title": "停车", "raised_on": "2026-03-10"},
    ],
    "projects": [
        {"id": "p", "name": "一小时", "designed_on": "2026-03-04", "closed_on": "2026-06-20"},
        {"id": "q", "name": "电梯", "designed_on": "2026-03-08"},
        {"id": "given-up", "name": "电梯二", "designed_on": "2026-03-06"},
    ],
    "project_needs": [
        {"id": "1", "project_id": "p", "need_id": "far"},
        {"id": "2", "project_id": "q", "need_id": "near"},
        {"id": "3", "project_id": "given-up", "need_id": "near"},
    ],
    "reviews": [
        {"id": "r1", "project_id": "p", "decision": "退回", "opinion": "贵",
         "reviewed_on": "2026-03-06"},
        {"id": "r2", "project_id": "p", "decision": "批准", "reviewed_on": "2026-03-10"},
        {"id": "r3", "project_id": "q", "decision": "批准", "reviewed_on": "2026-03-09"},
        {"id": "r4", "project_id": "given-up", "decision": "批准", "reviewed_on": "2026-03-07"},
        {"id": "r5", "project_id": "given-up", "decision": "退回", "opinion": "不做了",
         "reviewed_on": "2026-03-08"},
    ],
    "calls": [call("c", "p", "2026-03-12"), call("d", "q", "2026-03-13"),
              call("draft", "given-up", "2026-03-09", "草稿")],
    "bids": [bid("b1", "e-org", "c"), bid("b2", "w-org", "c")],
    "awards": [{"id": "a", "call_id": "c", "organisation_id": "e-org", "reason": "好",
                "awarded_on": "2026-03-22"}],
    "programmes": [{"id": "g", "name": "班", "kind": "其他", "project_id": "p"}],
    "sessions_held": [
        {"id": "s0", "programme_id": "g", "held_on": "2026-03-25", "state": "未举办"},
        {"id": "s1", "programme_id": "g", "held_on": "2026-04-02", "state": "已举办"},
    ],
    "contacts": [{"id": "v", "kind": "走访", "resident_id": "e-an", "programme_id": "g",
                  "done_on": "2026-04-01"}],
}  # fmt: skip
WESTERN: Rows = {
    "needs": [{"id": "west", "title": "体检", "raised_on": "2026-03-02"}],
    "projects": [{"id": "wp", "name": "体检", "designed_on": "2026-03-03"}],
    "project_needs": [{"id": "4", "project_id": "wp", "need_id": "west"}],
    "calls": [call("wc", "wp", "2026-03-04")],
    "bids": [bid("b3", "w-org", "wc")],
    "awards": [{"id": "wa", "call_id": "wc", "organisation_id": "w-org", "reason": "一家",
                "awarded_on": "2026-03-21"}],
}  # fmt: skip


@pytest.fixture
def chains(village: Engine) -> Engine:
    for area, some in ((EAST, EASTERN), (WEST, WESTERN)):
        founding.fill(
            village,
            {name: [{"area_id": area, **row} for row in rows] for name, rows in some.items()},
        )
    return village


def test_every_stage_has_its_day(chains: Engine) -> None:
    told = doors.story(chains, CLERK, "far")
    assert [told.days.get(stage) for stage in STAGES] == [
        "2026-03-01", "2026-03-04", "2026-03-10", "2026-03-12", "2026-03-22", "2026-04-01",
        "2026-06-20", "2026-06-30",
    ]  # fmt: skip
    assert (told.reached, told.waits_for) == ("反馈", None)
    assert (told.project, told.organisation) == ("p", "e-org")
    assert told.spans() == {
        "设计": 3, "批准": 6, "征集": 2, "承接": 10, "执行": 10, "结项": 80, "反馈": 10,
    }  # fmt: skip
    assert doors.story(chains, CLERK, "260301-AAAAAA") == told


def test_the_furthest_project_tells_of_a_need(chains: Engine) -> None:
    told = doors.story(chains, CLERK, "near")
    assert told.days == {
        "提出": "2026-03-05", "设计": "2026-03-08", "批准": "2026-03-09", "征集": "2026-03-13",
    }  # fmt: skip
    assert (told.project, told.reached, told.waits_for) == ("q", "征集", "承接")


def test_what_is_joined_goes_along(chains: Engine) -> None:
    told = doors.story(chains, CLERK, "joined")
    assert (told.project, told.days["提出"]) == ("p", "2026-03-09")
    assert (told.reached, told.waits_for) == ("结项", "反馈")  # its own answer is still to come


def test_who_waits_and_who_has_ended(chains: Engine) -> None:
    assert doors.story(chains, CLERK, "alone").waits_for == "设计"
    ended = Change(
        "needs",
        "denied",
        {"settled_on": None, "settlement": None},
        {"settled_on": "2026-03-11", "settlement": "不采纳"},
    )
    done(chains, CLERK, ended)
    assert doors.story(chains, CLERK, "denied").waits_for is None


def test_a_story_is_told_within_the_area(chains: Engine) -> None:
    for need in ("west", "nowhere", "x'"):
        with pytest.raises(Forbidden, match="没有编号为"):
            doors.story(chains, CLERK, need)
    with pytest.raises(Forbidden, match="不能查看“需求”"):
        doors.stories(chains, ORGANISATION)
    with pytest.raises(Forbidden, match="没有这个区域"):
        doors.stories(chains, NEIGHBOUR, EAST)
    found = [one.need for one in doors.stories(chains, CLERK, EAST)]
    assert found == ["alone", "denied", "joined", "near", "far"]
    lately = doors.stories(chains, CLERK, EAST, first="2026-03-05", last="2026-03-09")
    assert [one.need for one in lately] == ["joined", "near"]


def test_few_questions_however_many_the_needs(chains: Engine) -> None:
    asked: list[str] = []
    event.listen(chains, "before_cursor_execute", lambda *call: asked.append(call[2]))
    doors.stories(chains, ADMIN)
    several = len(asked)
    asked.clear()
    doors.story(chains, ADMIN, "far")
    assert several == len(asked) <= 20


def test_needs_that_reached_delivery(chains: Engine) -> None:
    """Of the five of the east far and joined did: 2/4 of March; the west has 0/1."""
    found = doors.linked(chains, ADMIN, "2026-03-01", "2026-03-31", STREET)
    assert found.areas == {EAST: (2, 4), WEST: (0, 1)}
    assert (found.n, found.N) == (2, 5)
    # 设计: far 3, near 3, west 1; joined came when its project was designed already: 0.
    assert found.days["设计"] == 2
    assert found.days["承接"] == 10  # far and joined 10, west 17
    assert found.days["反馈"] == 10
    empty = doors.linked(chains, ADMIN, "2025-01-01", "2025-12-31")
    assert (empty.n, empty.N, set(empty.days.values())) == (0, 0, {None})


def test_awards_that_had_a_competition(chains: Engine) -> None:
    assert doors.competed(chains, ADMIN, "2026-03-01", "2026-03-31") == {EAST: (1, 1), WEST: (0, 1)}
    assert doors.competed(chains, CLERK, "2026-03-01", "2026-03-31", EAST) == {EAST: (1, 1)}
    assert doors.competed(chains, ADMIN, "2026-03-22", "2026-03-31") == {EAST: (1, 1)}
    assert doors.competed(chains, ADMIN, "2026-04-01", "2026-04-30", NORTH) == {}
    with pytest.raises(Forbidden):
        doors.competed(chains, ORGANISATION, "2026-03-01", "2026-03-31")
