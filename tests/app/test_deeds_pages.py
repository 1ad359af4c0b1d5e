"""The pages where services are done, in a village with a little of everything and with nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from db import dates, doors
from db.actors import Actor
from db.doors import Question
from db.sessions import Session
from pages import (
    beds,
    cases,
    pairs,
    proposals,
    received,
    rollcall,
    rooms,
    shifts,
    stars,
    today,
    visits,
)
from tests.app.test_pages import _drawn as drawn
from tests.village import ADMIN, CLERK, EAST, NORTH, SECRETARY, WORKER, add, done
from ui.links import Go

SQLITE = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
GO = Go({})
Page = Callable[[Session], Any]
PAGES: dict[str, Page] = {
    "今天": lambda here: today.show(here, GO),
    "走访": lambda here: visits.show(here, GO),
    "结对": lambda here: pairs.show(here, GO),
    "点名": lambda here: rollcall.show(here, GO),
    "值班": shifts.show,
    "床位": beds.show,
    "房间": rooms.show,
    "志愿时长": stars.show,
    "类别建议": proposals.show,
    "调解": cases.show,
    "荣誉与资金": received.show,
}


def day(ago: int) -> str:
    return (dates.today() - dt.timedelta(days=ago)).isoformat()


def here(who: Actor) -> Session:
    return Session(who.id, False, "csrf", who)


def opened(who: Actor, title: str, **asked: str) -> AppTest:
    """A page as somebody sees it who came by this address."""

    def play() -> None:
        import streamlit as st

        for name, value in asked.items():
            st.query_params[name] = value
        PAGES[title](here(who))

    app = drawn(play)
    assert app.title[0].value == title
    return app


def fill(app: AppTest, **words: str) -> None:
    """Types into the boxes of these labels."""
    for box in app.text_input:
        if box.label in words:
            box.set_value(words[box.label])


def rows(on: Engine, register: str, who: Actor = ADMIN) -> list[dict[str, Any]]:
    return doors.read(on, who, Question(register, EAST)).rows


@SQLITE
def test_with_nothing_in_it_a_page_says_what_to_do_next(api: Engine) -> None:
    nobody = Actor("a-north", "北干事", "clerk", NORTH)
    for title in PAGES:
        app = opened(nobody, title)
        assert app.header or app.caption, title
        for role in (WORKER, SECRETARY):
            opened(role, title)


@SQLITE
def test_the_visit_that_one_came_for_is_open(api: Engine) -> None:
    visit = {"kind": "走访", "resident_id": "e-an"}
    done(
        api, ADMIN,
        add("contacts", "past", EAST, done_on=day(9), result="睡得不好", **visit),
        add("contacts", "late", EAST, due_on=day(3), **visit),
    )  # fmt: skip
    app = opened(CLERK, "走访", row="late")
    assert "安一 · 走访" in [one.value for one in app.header]
    assert f"上次 {day(9)} 走访：睡得不好" in [one.value for one in app.caption]
    app.text_area[0].set_value("好多了")
    app.button[0].click().run()
    assert [r["result"] for r in rows(api, "contacts") if r["id"] == "late"] == ["好多了"]


@SQLITE
def test_a_room_is_booked_once(api: Engine) -> None:
    app = opened(CLERK, "房间")
    fill(app, 开始时间="9点", 结束时间="10点半", 用途="开会")
    app.button[0].click().run()
    (row,) = rows(api, "room_bookings")
    assert (row["starts_at"], row["ends_at"], row["purpose"]) == ("09:00", "10:30", "开会")
    app = opened(CLERK, "房间")
    fill(app, 开始时间="10:00", 结束时间="11:00", 用途="唱歌")
    app.button[0].click().run()
    assert "已有人用" in app.error[0].value
    assert len(rows(api, "room_bookings")) == 1


@SQLITE
def test_a_month_of_patrols_is_planned_and_one_day_held(api: Engine) -> None:
    app = opened(CLERK, "值班", row="e-patrol")
    assert app.header[0].value.endswith("巡逻：还没有排班")
    plan = [one for one in app.button if one.label.startswith("排出本月")]
    plan[0].click().run()
    planned = rows(api, "shifts")
    _, last = dates.today(), (dates.today().replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    assert len(planned) == (last - dates.today()).days
    app = opened(CLERK, "值班", row="e-patrol")
    next(one for one in app.button if one.label == "已开展").click().run()
    held = {row["held_on"] for row in rows(api, "shifts") if row["state"] == "已开展"}
    assert held == {day(0)}


@SQLITE
def test_proposals_are_taken_up_as_one_batch_and_taken_back(api: Engine) -> None:
    app = opened(CLERK, "类别建议")
    # 安一 is 70, 崔三 is a child.
    assert app.header[0].value == "按年龄和居住情况，2 人次可以纳入"
    app.button[0].click().run()
    assert [r["resident_id"] for r in rows(api, "memberships") if r["group_id"] == "elderly"] == [
        "e-an"
    ]
    app = opened(CLERK, "类别建议")
    assert app.header[0].value == "按年龄和居住情况，1 人次可以纳入"
    next(one for one in app.button if one.label == "撤回").click().run()
    assert [r for r in rows(api, "memberships") if r["group_id"] == "elderly"] == []


@SQLITE
def test_a_bed_is_booked_for_a_day_to_come(api: Engine) -> None:
    done(api, ADMIN, add("waitings", None, EAST, resident_id="e-an", kind="老年公寓"))
    app = opened(CLERK, "床位")
    app.date_input[0].set_value(dates.today() + dt.timedelta(days=3)).run()
    next(one for one in app.button if one.label == "预订").click().run()
    (stay,) = rows(api, "stays")
    assert (stay["state"], stay["started_on"]) == ("已预订", day(-3))
    assert rows(api, "waitings")[0]["outcome"] == "已安排"
    app = opened(CLERK, "床位")
    assert "空 0 张" in app.header[0].value


@SQLITE
def test_a_quarrel_is_taken_in_and_closed(api: Engine) -> None:
    app = opened(CLERK, "调解")
    assert app.header[0].value == "还没有受理过纠纷"
    app.text_input[0].set_value("一号")
    app.button[0].click().run()
    assert [row["number"] for row in rows(api, "cases", CLERK)] == ["一号"]
    assert opened(SECRETARY, "调解").header[0].value == "受理 1 件"


@SQLITE
def test_money_is_summed_by_its_source(api: Engine) -> None:
    fund = {"purpose": "书", "granted_on": "2026-01-05"}
    day = "2026-01-06"
    done(
        api, ADMIN,
        add("funds", "books", EAST, source="项目资金", amount=3500, **fund),
        add("funds", "gift", EAST, source="慈善捐赠", amount=1000, **fund),
    )  # fmt: skip
    done(
        api, ADMIN,
        add("payments", None, EAST, fund_id="books", amount=3000, paid_on=day),
        add("payments", None, EAST, fund_id="gift", amount=1000, paid_on=day),
    )  # fmt: skip
    bought = {"fund_id": "books", "spent_on": day, "item": "图书", "voucher": "1"}
    done(
        api, ADMIN,
        add("spendings", None, EAST, amount=1500, **bought),
        add("honours", None, EAST, title="试点社区", level="省级", given_on="2016"),
    )  # fmt: skip
    app = opened(CLERK, "荣誉与资金")
    # 600 were paid in the village already.
    assert app.header[0].value == "收到 4,600 元，已支出 1,500 元（32.6%）"
    assert "荣誉 1 项" in [one.value for one in app.header]
