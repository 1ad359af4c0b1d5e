"""Days, medians and lateness of the linkage chain, stories and board, worked out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from charts import linkage as charts
from db.stages import STAGES, Story
from logic import board, linkage, needs, story

TODAY = dt.date(2026, 6, 30)
DAYS = ["2026-01-01", "2026-01-11", "2026-01-16", "2026-01-20", "2026-02-05", "2026-03-01",
        "2026-04-30", "2026-05-01"]  # fmt: skip


def told(need: str, days: dict[str, str], **of: Any) -> Story:
    """What the door tells of a need."""
    blank = {"group_id": None, "project": None, "organisation": None, "settlement": None}
    return Story(need, "1", f"需求{need}", "a", days=days, **(blank | of))


WHOLE = told("n", dict(zip(STAGES, DAYS, strict=True)), project="p", organisation="org")
LATER = told("m", {"提出": "2026-02-01", "设计": "2026-01-11"}, project="p", group_id="children")
FRESH = told("o", {"提出": "2026-06-01"})
AGAIN = told("q", {"提出": "2026-06-20"})
ALL = {one.need: one for one in (WHOLE, LATER, FRESH)}
NEED: dict[str, Any] = {
    "id": "n", "title": "放学后没人管", "way": "窗口", "resident_id": None, "household_id": None,
    "raised_by": None, "settlement": "已解决", "reply": "每天有人看", "urgency": "一般",
    "joined_id": None, "raised_on": "2026-01-01", "group_id": None, "place": None, "number": "1",
}  # fmt: skip
ROWS: dict[str, list[dict[str, Any]]] = {
    "projects": [{"id": "p", "name": "放学一小时"}],
    "budget_lines": [{"amount": 1200.0}, {"amount": 300.0}],
    "reviews": [
        {"reviewed_on": "2026-01-12", "reviewer": "张某", "opinion": "预算不清"},
        {"reviewed_on": "2026-01-16", "reviewer": "街道", "opinion": None},
    ],
    "calls": [{"opens_on": "2026-01-20", "title": "征集", "closes_on": "2026-01-30",
               "closes_at": "17:00"}],
    "awards": [{"awarded_on": "2026-02-05", "organisation_id": "org", "decided_by": "书记",
                "reason": "得分最高"}],
    "bids": [{"organisation_id": "org", "price": 1400.0}, {"organisation_id": "x", "price": 1.0}],
    "programmes": [{"name": "放学一小时班"}],
    "evaluations": [{"kind": "末期", "score": 92.0}],
}  # fmt: skip


def place(one: Story, **limits: int) -> linkage.Place:
    return linkage.place(one, TODAY, linkage.USUAL | limits)


def test_late_is_longer_than_the_limit_and_never_when_answered() -> None:
    assert place(FRESH, 提出=29) == linkage.Place("提出", "2026-06-01", 29, late=False)
    assert place(FRESH, 提出=28).late
    assert not place(WHOLE, 反馈=1).late
    # What joined a running project waits since it was raised, not since the design.
    assert (place(LATER).stage, place(LATER).since) == ("设计", "2026-02-01")


def test_counts_and_where_it_stalls() -> None:
    places = [place(one) for one in ALL.values()]
    assert linkage.counts(places) == {"waiting": 2, "new": 1, "under_way": 1, "late": 2, "done": 1}
    assert linkage.stalls(places) == "最多卡在“提出”之后：1 件"
    assert linkage.stalls([place(WHOLE)]) == ""


def test_the_funnel_counts_and_takes_medians() -> None:
    table = linkage.funnel(ALL.values())
    assert list(table["n"]) == [3, 2, 1, 1, 1, 1, 1, 1]
    assert set(table["N"]) == {3}
    assert list(table["of"]) == [0, 2, 1, 1, 1, 1, 1, 1]
    # 设计: 10 days of n, none of m; 批准 5, 征集 4, 承接 16, 执行 24, 结项 60, 反馈 1.
    assert list(table["days"])[1:] == [5, 5, 4, 16, 24, 60, 1]
    assert linkage.delivered(ALL.values()) == (1, 3)


def test_the_funnel_is_drawn_with_its_figures() -> None:
    figure = charts.funnel(linkage.funnel(ALL.values()))
    said = [note.text for note in figure.layout.annotations]
    assert said[:2] == ["3/3", "2/3　中位 5 天（2 件）"]
    assert list(figure.data[0].y) == list(STAGES)
    nothing = charts.funnel(linkage.funnel([]))
    assert {note.text for note in nothing.layout.annotations} == {"—"}


def test_a_story_tells_when_who_and_what() -> None:
    lines = {one.stage: one for one in story.lines(WHOLE, NEED, ROWS, {"org": "东风社工中心"})}
    assert [one.day for one in lines.values()] == DAYS
    assert (lines["提出"].who, lines["提出"].what) == ("没有留名", "窗口提出")
    assert lines["设计"].what == "放学一小时，预算 1,500 元"
    assert (lines["批准"].who, lines["批准"].days) == ("街道", 5)
    assert lines["承接"].who == "东风社工中心"
    assert lines["承接"].what == "书记决定：得分最高，报价 1,400 元（共 2 份申请）"
    assert lines["结项"].what == "末期评估 92 分"
    assert lines["反馈"].what == "已解决：每天有人看"


def test_a_story_says_no_more_than_is_seen_and_what_is_ahead() -> None:
    shut = story.lines(WHOLE, NEED, {}, {})
    assert [(one.who, one.what) for one in shut[1:-1]] == [("", "")] * 6
    ahead = story.lines(FRESH, NEED, {}, {})
    assert [bool(one.day) for one in ahead] == [True, *[False] * 7]


def test_a_card_holds_a_project_with_all_that_goes_its_way() -> None:
    every = ALL | {"q": AGAIN}
    places = {one: place(way) for one, way in every.items()}
    names = {"a": "东社区", "org": "东风社工中心", "p": "放学一小时", "children": "留守儿童"}
    joins: list[dict[str, Any]] = [{"id": "q", "joined_id": "o"}, {"id": "n", "joined_id": None}]
    shown = board.columns(every, joins, places, names)
    (done,), (design,), (waits,) = shown["反馈"], shown["设计"], shown["提出"]
    assert (done.need, done.title, done.detail) == ("n", "放学一小时", "东社区 · 东风社工中心")
    assert (design.need, design.detail) == ("m", "东社区 · 留守儿童")
    assert (waits.need, waits.title, waits.detail) == ("o", "需求o", "东社区 · 2 件需求")
    assert waits.place.late


def test_the_longest_waiting_come_first_and_the_latest_answers() -> None:
    old = told("z", {"提出": "2026-05-01"})
    new = told("y", {"提出": "2026-05-01", "反馈": "2026-06-29"})
    every = {"o": FRESH, "z": old, "n": WHOLE, "y": new}
    shown = board.columns(every, [], {one: place(way) for one, way in every.items()}, {})
    assert [card.need for card in shown["提出"]] == ["z", "o"]
    assert [card.need for card in shown["反馈"]] == ["y", "n"]


def test_the_board_is_filtered_by_group_and_by_carrier() -> None:
    assert list(board.kept(ALL, None, None)) == ["n", "m", "o"]
    assert list(board.kept(ALL, None, "org")) == ["n"]
    assert list(board.kept(ALL, "children", None)) == ["m"]
    assert not board.kept(ALL, "children", "org")


def test_the_list_is_in_the_order_of_urgency_then_of_waiting() -> None:
    rows = [NEED | {"id": one, "urgency": how} for one, how in
            (("o", "一般"), ("m", "一般"), ("q", "紧急"))]  # fmt: skip
    places = {one.need: place(one) for one in (LATER, FRESH, AGAIN)}
    ordered = needs.pressing(rows, places)
    assert [row["id"] for row in ordered] == ["q", "m", "o"]
    table = needs.table(ordered, {}, places)
    assert list(table["等了"]) == ["10 天", "149 天，超期", "29 天，超期"]
    assert list(table.index) == ["q", "m", "o"]


def test_who_raised_it() -> None:
    assert needs.raiser(NEED | {"resident_id": "r"}, {"r": "安一"}) == "安一"
    assert needs.raiser(NEED | {"household_id": "h"}, {"h": "E1"}) == "E1"
    assert needs.raiser(NEED | {"raised_by": "路人"}, {}) == "路人"
    assert needs.raiser(NEED | {"resident_id": "out of sight"}, {}) == "没有留名"
