"""Stages, days, medians and lateness of the linkage chain, worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from charts import linkage as charts
from db import stages
from db.stages import Step
from logic import board, linkage, story

TODAY = dt.date(2026, 6, 30)
EMPTY: dict[str, list[dict[str, Any]]] = {
    name: [] for name in ("needs", *(one[0] for one in stages.TELLING))
}


def need(row_id: str, raised: str, **cells: Any) -> dict[str, Any]:
    """A need as the read door gives it."""
    blank = dict.fromkeys(("joined_id", "settled_on", "settlement", "reply", "group_id",
                           "resident_id", "household_id", "raised_by", "place"))  # fmt: skip
    return {"id": row_id, "area_id": "a", "title": row_id, "raised_on": raised, "way": "窗口",
            "urgency": "一般", "number": "1", **blank, **cells}  # fmt: skip


def rows(*needs: dict[str, Any], **others: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    return EMPTY | {"needs": list(needs)} | others


WHOLE = rows(
    need("n", "2026-01-01", settled_on="2026-05-01", settlement="已解决", reply="每天有人看"),
    need("m", "2026-02-01", joined_id="n"),
    need("o", "2026-06-01"),
    project_needs=[{"id": "pn", "need_id": "n", "project_id": "p"}],
    projects=[{"id": "p", "name": "放学一小时", "submitted_on": "2026-01-11"}],
    reviews=[
        {"id": "r0", "project_id": "p", "decision": "退回", "reviewed_on": "2026-01-12",
         "reviewer": "街道", "opinion": "预算不清"},
        {"id": "r", "project_id": "p", "decision": "批准", "reviewed_on": "2026-01-16",
         "reviewer": "街道", "opinion": None},
    ],
    calls=[
        {"id": "c0", "project_id": "p", "state": "草稿", "opens_on": "2026-01-17"},
        {"id": "c", "project_id": "p", "state": "已发布", "opens_on": "2026-01-20", "title": "征集",
         "closes_on": "2026-01-30", "closes_at": "17:00"},
    ],
    awards=[{"id": "w", "call_id": "c", "organisation_id": "org", "awarded_on": "2026-02-05",
             "decided_by": "书记", "reason": "得分最高"}],
    programmes=[{"id": "g", "project_id": "p"}],
    sessions_held=[
        {"id": "s2", "programme_id": "g", "held_on": "2026-03-08", "state": "已举办"},
        {"id": "s1", "programme_id": "g", "held_on": "2026-03-01", "state": "已举办"},
        {"id": "s0", "programme_id": "g", "held_on": "2026-02-20", "state": "未举办"},
    ],
)  # fmt: skip
DAYS = ["2026-01-01", "2026-01-11", "2026-01-16", "2026-01-20", "2026-02-05", "2026-03-01",
        "2026-05-01"]  # fmt: skip


def test_every_stage_has_the_first_day_that_tells_it() -> None:
    way = stages.of(WHOLE)["n"]
    assert [(step.stage, step.day) for step in way] == list(zip(stages.STAGES, DAYS, strict=True))
    assert stages.stage(way) == "反馈"


def test_days_from_stage_to_stage() -> None:
    assert stages.spans(stages.of(WHOLE)["n"]) == {
        "设计": 10, "批准": 5, "征集": 4, "承接": 16, "执行": 24, "反馈": 61,
    }  # fmt: skip
    assert story.total(stages.of(WHOLE)["n"]) == 120


def test_what_joined_goes_the_way_of_the_other() -> None:
    way = stages.of(WHOLE)["m"]
    assert stages.stage(way) == "反馈"
    assert way[0] == Step("提出", "2026-02-01", "needs", "m")
    assert stages.of(rows(need("m", "2026-02-01", joined_id="gone")))["m"] == [way[0]]


def test_a_design_that_is_not_submitted_has_no_day_yet() -> None:
    begun = rows(
        need("n", "2026-01-01"),
        project_needs=[{"id": "pn", "need_id": "n", "project_id": "p"}],
        projects=[{"id": "p", "name": "项目", "submitted_on": None}],
    )
    way = stages.of(begun)["n"]
    assert (stages.stage(way), stages.since(way), stages.spans(way)) == ("设计", "2026-01-01", {})


def test_what_was_approved_and_then_returned_is_not_approved() -> None:
    back = {"id": "r2", "project_id": "p", "decision": "退回", "reviewed_on": "2026-01-17"}
    begun = WHOLE | {"reviews": [*WHOLE["reviews"], back], "calls": [], "awards": [],
                     "sessions_held": [], "needs": [need("n", "2026-01-01")]}  # fmt: skip
    assert stages.stage(stages.of(begun)["n"]) == "设计"


def test_late_is_longer_than_the_limit_and_never_when_answered() -> None:
    limits = linkage.USUAL | {"提出": 29}
    waits = stages.of(WHOLE)["o"]
    assert linkage.place(waits, TODAY, limits) == linkage.Place(
        "提出", "2026-06-01", 29, late=False
    )
    assert linkage.place(waits, TODAY, limits | {"提出": 28}).late
    assert not linkage.place(stages.of(WHOLE)["n"], TODAY, limits).late


def test_counts_and_where_it_stalls() -> None:
    places = [linkage.place(way, TODAY, linkage.USUAL) for way in stages.of(WHOLE).values()]
    assert linkage.counts(places) == {"waiting": 1, "new": 1, "under_way": 0, "late": 1, "done": 2}
    assert linkage.stalls(places) == "最多卡在“提出”之后：1 件"
    assert linkage.stalls(places[:2]) == ""


def test_the_funnel_counts_and_takes_medians() -> None:
    table = linkage.funnel(stages.of(WHOLE).values())
    assert list(table["n"]) == [3, 2, 2, 2, 2, 2, 2]
    assert set(table["N"]) == {3}
    # 设计: 10 days of n; m was raised after the design was submitted, which counts as none.
    assert list(table["of"]) == [0, 2, 2, 2, 2, 2, 2]
    assert list(table["days"])[1:4] == [5.0, 5.0, 4.0]
    assert linkage.delivered(stages.of(WHOLE).values()) == (2, 3)


def test_the_funnel_is_drawn_with_its_figures() -> None:
    figure = charts.funnel(linkage.funnel(stages.of(WHOLE).values()))
    said = [note.text for note in figure.layout.annotations]
    assert said[:2] == ["3/3", "2/3　中位 5 天（2 件）"]
    assert list(figure.data[0].y) == list(stages.STAGES)
    nothing = charts.funnel(linkage.funnel([]))
    assert {note.text for note in nothing.layout.annotations} == {"—"}


def test_a_story_tells_who_and_what_and_what_is_ahead() -> None:
    labels = {"org": "东风社工中心", "g": "放学一小时"}
    told = {line.stage: line for line in story.lines(stages.of(WHOLE)["n"], WHOLE, labels)}
    assert (told["提出"].who, told["提出"].what) == ("没有留名", "窗口提出")
    assert (told["批准"].who, told["批准"].days) == ("街道", 5)
    assert (told["承接"].who, told["承接"].what) == ("东风社工中心", "书记决定：得分最高")
    assert told["反馈"].what == "已解决：每天有人看"
    ahead = story.lines(stages.of(WHOLE)["o"], WHOLE, labels)
    assert [line.reached for line in ahead] == [True, *[False] * 6]


def test_a_card_holds_a_project_with_all_that_goes_its_way() -> None:
    ways = stages.of(WHOLE)
    places = {one: linkage.place(way, TODAY, linkage.USUAL) for one, way in ways.items()}
    names, labels = {"a": "东社区"}, {"org": "东风社工中心"}
    shown = board.columns(WHOLE["needs"], WHOLE, labels, places, names)
    (done,), (waits,) = shown["反馈"], shown["提出"]
    assert (done.need, done.title) == ("n", "放学一小时")
    assert done.detail == "东社区 · 东风社工中心 · 2 件需求"
    assert (waits.title, waits.detail, waits.place.late) == ("o", "东社区", True)


def test_the_board_is_filtered_by_group_and_by_carrier() -> None:
    def kept(group: str | None, carrier: str | None) -> list[str]:
        return [row["id"] for row in board.kept(WHOLE, group, carrier)]

    assert kept(None, None) == ["n", "m", "o"]
    assert kept(None, "org") == ["n", "m"]
    assert kept("children", None) == kept(None, "another") == []
