"""The pages of needs: raised, joined, answered, told and laid out, for each role in its reach."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from db import accounts, dates, doors
from db.accounts import SAMPLE_PASSWORD
from db.actors import Actor
from db.doors import Condition, Question
from db.sample.accounts import ACCOUNTS
from db.sessions import Session
from logic.linkage import USUAL
from pages import linkage, needs, story
from tests import scripts
from tests.app.test_pages import _drawn, _here
from tests.app.test_queries import runs, visiting
from tests.village import ADMIN, CLERK, EAST, NEIGHBOUR, OFFICER, ORGANISATION, add, done
from ui import chains, data, todo
from ui.links import Go

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
READERS = ("city_admin", "researcher", "county_officer", "street_officer", "secretary", "clerk",
           "social_worker")  # fmt: skip


def session(who: Actor) -> Session:
    return Session(who.id, False, "csrf", who)


def opened(row_id: str, here: Session) -> Callable[[], None]:
    def play() -> None:
        import streamlit as st

        st.query_params["id"] = row_id
        story.show(here, Go({}))

    return play


def raised(on: Engine, row_id: str, title: str, **cells: Any) -> None:
    done(on, ADMIN, add("needs", row_id, EAST, title=title, **cells))


def stored(on: Engine, **cells: Any) -> list[dict[str, Any]]:
    where = tuple(Condition(name, "eq", value) for name, value in cells.items())
    return doors.read(on, ADMIN, Question("needs", EAST, where)).rows


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda one: one.username)
def test_the_pages_for_every_account_of_the_sample(sample_in_use: Engine, account: Any) -> None:
    here = _here(sample_in_use, account.username)
    list_ = _drawn(lambda: needs.show(here, Go({})))
    board = _drawn(lambda: linkage.show(here))
    assert (list_.title[0].value, board.title[0].value) == ("需求", "联动看板")
    if account.role in READERS and here.actor.organisation is None:
        assert re.search(r"件需求等着办|没有等着办", list_.header[0].value)
        assert re.search(r"件需求在路上", board.header[0].value)
    else:
        assert not list_.header
        assert not board.header


def test_every_need_of_the_sample_has_its_story(sample_in_use: Engine) -> None:
    here = _here(sample_in_use, "guihuashu-shuji")
    found = chains.stories(here.actor, "guihuashu")
    assert found
    for one in found.values():
        app = _drawn(opened(one.need, here))
        assert app.title[0].value == one.title
        assert re.match(r"走到|已经反馈", app.header[0].value)
        assert app.get("html")


def test_with_nothing_in_them(api: Engine) -> None:
    here = session(CLERK)
    app = _drawn(lambda: needs.show(here, Go({})))
    assert app.header[0].value == "没有等着办的需求"
    assert any("还没有需求" in one.value for one in app.caption)
    assert _drawn(lambda: linkage.show(here)).header[0].value == "近两年还没有需求"
    assert _drawn(opened("none", here)).title[0].value == "没有找到这件需求"


def test_a_need_is_raised_at_the_counter(api: Engine) -> None:
    app = _drawn(lambda: needs.show(session(CLERK), Go({})))
    app.text_input[0].input("  楼道灯不亮  ")
    app = app.run()
    app.segmented_control[1].set_value("其他人").run()
    named = {one.label: one for one in app.text_input}
    named["姓名"].input("王五")
    named["联系电话"].input("13800000077")
    app = app.run()
    next(one for one in app.button if one.label == "登记").click()
    app = app.run()
    (row,) = stored(api)
    assert (row["title"], row["raised_by"], row["phone"]) == ("楼道灯不亮", "王五", "138****0077")
    assert (row["way"], row["raised_on"]) == ("窗口", dates.today().isoformat())
    assert app.header[0].value == "1 件需求等着办，都在期限内"
    assert app.text_input[0].value == ""  # ready for the next one


def test_without_words_nothing_is_raised(api: Engine) -> None:
    app = _drawn(lambda: needs.show(session(CLERK), Go({})))
    next(one for one in app.button if one.label == "登记").click()
    assert "请先写" in app.run().error[0].value
    assert not stored(api)


def test_a_like_one_is_shown_while_it_is_typed_and_joined(api: Engine) -> None:
    raised(api, "lamp", "三号楼路灯坏了")
    app = _drawn(lambda: needs.show(session(CLERK), Go({})))
    app.text_input[0].input("三号楼的路灯坏了很久")
    app = app.run()
    next(one for one in app.button if one.label == "登记并并入").click()
    app = app.run()
    assert not app.exception
    assert [row["title"] for row in stored(api, joined_id="lamp")] == ["三号楼的路灯坏了很久"]


def test_two_that_are_there_are_joined_answered_together_and_parted(api: Engine) -> None:
    raised(api, "lamp", "三号楼路灯坏了")
    raised(api, "dark", "三号楼路灯不亮", description="路灯坏了")
    app = _drawn(opened("dark", session(CLERK)))
    next(one for one in app.button if one.label == "并入").click()
    app = app.run()
    assert stored(api, id="dark")[0]["joined_id"] == "lamp"
    app = _drawn(opened("lamp", session(CLERK)))
    app.text_area[0].input("换了灯泡")
    next(one for one in app.button if one.label == "保存答复，连同并入的 1 件").click()
    app = app.run()
    assert app.header[0].value.startswith("已经反馈")
    said = {(row["settlement"], row["reply"]) for row in stored(api)}
    assert said == {("已解决", "换了灯泡")}
    app = _drawn(opened("dark", session(CLERK)))
    next(one for one in app.button if one.label == "分开办理").click()
    app.run()
    assert stored(api, id="dark")[0]["joined_id"] is None


def test_who_only_reads_gets_no_form(api: Engine) -> None:
    raised(api, "lamp", "三号楼路灯坏了", phone="13800000077")
    raised(api, "dark", "三号楼路灯坏了两盏")
    app = _drawn(opened("lamp", session(OFFICER)))
    assert app.title[0].value == "三号楼路灯坏了"
    labels = {one.label for one in app.button}
    assert not labels & {"并入", "保存答复", "登记"}
    seen = " ".join(str(one.proto.body) for one in app.get("html"))
    assert "138****0077" in seen
    assert "13800000077" not in seen


@pytest.mark.parametrize("who", [NEIGHBOUR, ORGANISATION])
def test_who_may_not_read_it_does_not_find_it(api: Engine, who: Actor) -> None:
    raised(api, "lamp", "三号楼路灯坏了")
    assert _drawn(opened("lamp", session(who))).title[0].value == "没有找到这件需求"
    assert not [one for one in todo.items(session(who), EAST) if "需求" in one.title]


def test_today_says_what_nobody_has_begun_with_and_what_is_late(api: Engine) -> None:
    raised(api, "lamp", "路灯坏了", raised_on=dates.in_days(-16))
    raised(api, "bench", "缺长椅")
    found = {one.title: one for one in todo.items(session(CLERK), EAST)}
    assert found["2 件需求还没有人办"].detail.startswith("最早的是“路灯坏了”")
    assert found["1 件需求超期"].page == "linkage"


def test_each_account_says_what_is_late(api: Engine) -> None:
    raised(api, "lamp", "路灯坏了", raised_on=dates.in_days(-16))
    accounts.add(api, "city", "市管", SAMPLE_PASSWORD, "city_admin", "xianning")
    here = Session("city", False, "csrf", accounts.actor(api, "city"))
    app = _drawn(lambda: linkage.show(here))
    assert app.header[0].value == "1 件需求在路上，1 件超期；0 件已经反馈"
    app.number_input[0].set_value(20)
    next(one for one in app.button if one.label == "保存").click()
    assert app.run().header[0].value == "1 件需求在路上，都在期限内；0 件已经反馈"
    data.remember(here.actor, chains.LIMITS, {"提出": "x", "设计": -1})
    assert chains.limits(here.actor) == USUAL


def test_the_board_narrows_to_a_group(api: Engine) -> None:
    raised(api, "lamp", "路灯坏了")
    raised(api, "kids", "放学没人管", group_id="left_behind_children")
    app = _drawn(lambda: linkage.show(session(CLERK)))
    assert app.header[0].value.startswith("2 件")
    app.selectbox[0].set_value("left_behind_children")
    app = app.run()
    assert app.header[0].value.startswith("1 件")
    app.segmented_control[0].set_value("漏斗")
    assert not app.run().exception


def test_the_pages_ask_a_fixed_number_of_queries(sample_in_use: Engine) -> None:
    with visiting(sample_in_use, "admin"):
        need = chains.needs(accounts.actor(sample_in_use, "admin"), "xianning").rows[0]["id"]
        for address in ("/needs", "/linkage", f"/story?id={need}"):
            first, again = runs(sample_in_use, address)
            assert first <= 60, (address, first)
            assert again <= 12, (address, again)


def test_the_watch_sees_what_was_raised_meanwhile(api: Engine) -> None:
    with scripts.queries(api) as heard:
        app: AppTest = _drawn(lambda: needs.show(session(CLERK), Go({})))
        assert heard
    raised(api, "lamp", "路灯坏了")
    assert app.run().header[0].value == "1 件需求等着办，都在期限内"
