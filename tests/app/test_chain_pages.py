"""The pages of design, contest and delivery: for each account, with little and with nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from db import accounts, dates, doors
from db.actors import Actor
from db.doors import Question
from db.sample.accounts import ACCOUNTS
from db.sessions import Session
from logic.reports.periods import Period
from pages import call, calls, design, project
from tests.app.test_pages import _drawn, _here
from tests.app.test_queries import runs, visiting
from tests.unit import test_guards as guarded
from tests.unit.test_guards import JUDGE, ORG, RIVAL
from tests.village import CLERK, EAST, NEIGHBOUR, OFFICER, SECRETARY, add, done
from ui.links import Go
from ui.reports import making
from ui.reports import project as reporting

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
ADMIN = "admin"


def session(who: Actor) -> Session:
    return Session(who.id, False, "csrf", who)


def opened(page: Any, row_id: str, here: Session) -> Callable[[], None]:
    def play() -> None:
        import streamlit as st

        st.query_params["id"] = row_id
        page.show(here, Go({}))

    return play


def rows(on: Engine, who: Actor, register: str) -> list[dict[str, Any]]:
    return doors.read(on, who, Question(register, limit=None)).rows


def press(app: AppTest, label: str) -> AppTest:
    next(one for one in app.button if one.label == label).click()
    return app.run()


def said(app: AppTest) -> str:
    """All words of a page."""
    parts = [*app.title, *app.header, *app.caption, *app.markdown]
    html = (str(one.proto.body) for one in app.get("html"))
    return " ".join([*(str(one.value) for one in parts), *html])


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda one: one.username)
def test_the_lists_for_every_account_of_the_sample(sample_in_use: Engine, account: Any) -> None:
    here = _here(sample_in_use, account.username)
    assert _drawn(lambda: design.show(here, Go({}))).title[0].value == "设计"
    assert _drawn(lambda: calls.show(here, Go({}))).title[0].value == "征集"


@pytest.mark.parametrize("user", ["admin", "jiedao", "guihuashu-shuji", "diaoyan", "org1",
                                  "org1-shegong", "pingwei1", "shegong"])  # fmt: skip
def test_every_project_and_call_of_the_sample(sample_in_use: Engine, user: str) -> None:
    here = _here(sample_in_use, user)
    admin = accounts.actor(sample_in_use, ADMIN)
    mine = {row["id"] for row in rows(sample_in_use, here.actor, "projects")}
    for row in rows(sample_in_use, admin, "projects"):
        app = _drawn(opened(project, row["id"], here))
        seen = row["id"] in mine
        assert app.title[0].value == (row["name"] if seen else "没有找到这个项目")
    mine = {row["id"] for row in rows(sample_in_use, here.actor, "calls")}
    for row in rows(sample_in_use, admin, "calls"):
        app = _drawn(opened(call, row["id"], here))
        assert app.title[0].value == (row["title"] if row["id"] in mine else "没有找到这次征集")


def test_with_nothing_in_them(api: Engine) -> None:
    here = session(SECRETARY)
    assert _drawn(lambda: design.show(here, Go({}))).header[0].value == "还没有项目"
    assert _drawn(lambda: calls.show(here, Go({}))).header[0].value == "还没有发起过征集"
    org = _drawn(lambda: calls.show(session(ORG), Go({})))
    assert org.header[0].value == "现在没有可以申请的征集"
    assert _drawn(opened(project, "none", here)).title[0].value == "没有找到这个项目"
    assert _drawn(opened(call, "none", here)).title[0].value == "没有找到这次征集"


def test_a_project_is_designed_sent_in_returned_and_approved(api: Engine) -> None:
    guarded.designed(api)
    app = _drawn(opened(project, "p", session(SECRETARY)))
    assert app.header[0].value == "设计中"
    named = {one.label: one for one in app.text_area}
    named["目标"].input("每天有人陪")
    next(one for one in app.selectbox if one.label == "服务对象类别").set_value(
        "left_behind_children"
    )
    app = press(app, "保存设计")
    assert app.header[0].value == "设计中，服务留守儿童"
    assert "1 名留守儿童" in said(app) or "人数少于 5" in said(app)
    app = press(app, "送审")
    assert app.header[0].value.startswith("待评审")
    officer = _drawn(opened(project, "p", session(OFFICER)))
    officer = press(officer, "退回修改")
    assert "退回的要在“评审意见”写明理由" in officer.error[0].value
    next(one for one in officer.text_area if one.label == "评审意见").input("预算要细")
    press(officer, "退回修改")
    app = _drawn(opened(project, "p", session(SECRETARY)))
    assert app.header[0].value.startswith("已退回")
    press(app, "重新送审")  # on the same day
    assert _drawn(lambda: design.show(session(OFFICER), Go({}))).header[0].value == (
        "1 个项目等着您评审"
    )
    officer = press(_drawn(opened(project, "p", session(OFFICER))), "批准")
    assert officer.header[0].value.startswith("已批准")
    assert [row["decision"] for row in rows(api, OFFICER, "reviews")] == ["退回", "批准"]


def test_what_is_approved_is_read_and_no_more(api: Engine) -> None:
    guarded.approved(api)
    labels = {one.label for one in _drawn(opened(project, "p", session(SECRETARY))).button}
    assert "发起征集" in labels
    assert not labels & {"保存设计", "送审", "加入预算"}
    app = _drawn(opened(project, "p", session(NEIGHBOUR)))
    assert app.title[0].value == "没有找到这个项目"


def test_a_call_is_prepared_and_published(api: Engine) -> None:
    guarded.approved(api)
    done(api, OFFICER, add("calls", "c", EAST, title="征集", closes_on=guarded.FAR, project_id="p"))
    done(api, OFFICER, add("criteria", "k1", EAST, call_id="c", name="可行", weight=60))
    app = _drawn(opened(call, "c", session(OFFICER)))
    assert any("合计 60 分，调整到 100 分" in one.value for one in app.caption)
    assert next(one for one in app.button if one.label == "发布征集").disabled
    next(one for one in app.text_input if one.label == "评分项 2").input("团队")
    next(one for one in app.number_input if one.label == "满分 2").set_value(40)
    app = press(app, "保存评分标准")
    next(one for one in app.multiselect if one.label == "评委账号").set_value([JUDGE.id])
    app = press(app.run(), "请他们评审")
    press(app, "发布征集")
    assert [row["state"] for row in rows(api, OFFICER, "calls")] == ["已发布"]
    assert [row["account"] for row in rows(api, OFFICER, "judges")] == [JUDGE.id]


def test_an_organisation_bids_and_nobody_sees_it(api: Engine) -> None:
    guarded.called(api)
    app = _drawn(opened(call, "c", session(ORG)))
    next(one for one in app.text_input if one.label == "方案名称").input("陪伴一小时")
    next(one for one in app.text_area if one.label == "实施方案").input("每天一小时")
    next(one for one in app.number_input if one.label == "报价（元）").set_value(900)
    app = press(app, "提交申请书")
    assert app.header[0].value == "正在征集，本组织已经提交申请书"
    for who in (RIVAL, JUDGE, OFFICER, SECRETARY):
        assert "陪伴一小时" not in said(_drawn(opened(call, "c", session(who))))
    listed = _drawn(lambda: calls.show(session(ORG), Go({})))
    assert listed.header[0].value == "现在没有可以申请的征集"  # it has bid on the only one


def again(on: Engine) -> None:
    """The data have another version: what was cached before the clock was moved is asked anew."""
    done(on, SECRETARY, add("needs", "tick", EAST, title="换一件"))


def test_a_judge_scores_and_the_street_decides(api: Engine) -> None:
    guarded.closed(api)
    again(api)
    for who in (JUDGE, guarded.SECOND):
        for of in ("b1", "b2"):
            app = _drawn(opened(call, "c", session(who)))
            marks = [one for one in app.number_input if one.label.startswith(("可行", "团队"))]
            first = 0 if of == "b1" else 2
            for number, points in zip(marks[first : first + 2], (50, 30), strict=True):
                number.set_value(points if of == "b1" else points - 5)
            [one for one in app.button if one.label == "保存评分"][0 if of == "b1" else 1].click()
            assert not app.run().error
    app = _drawn(opened(call, "c", session(OFFICER)))
    assert app.header[0].value == "2 份申请书，最高 80 分"
    next(one for one in app.text_area if one.label == "理由").input("分数最高")
    app = press(app.run(), "作出决定")
    assert app.header[0].value.startswith("由东风社工中心承接")
    assert [row["reason"] for row in rows(api, OFFICER, "awards")] == ["分数最高"]


def test_a_conflict_is_declared_and_keeps_out(api: Engine) -> None:
    guarded.closed(api)
    again(api)
    app = _drawn(opened(call, "c", session(JUDGE)))
    next(one for one in app.text_input if one.label == "原因").input("亲属任职")
    app = press(app.run(), "申报")
    assert "您已申报回避" in said(app)
    assert not [one for one in app.button if one.label == "保存评分"]


def test_delivery_from_programme_to_end(api: Engine) -> None:
    guarded.awarded(api)
    again(api)
    here = session(SECRETARY)
    app = press(_drawn(opened(project, "p", here)), "建立")
    (programme,) = [row for row in rows(api, SECRETARY, "programmes") if row["project_id"] == "p"]
    assert programme["name"] == "一小时"
    done(api, SECRETARY, add("enrolments", "e1", EAST, programme_id=programme["id"],
                             resident_id="e-cu"))  # fmt: skip
    org = _drawn(opened(project, "p", session(ORG)))
    assert "1 人参加" in said(org)
    assert "登记参加人员" not in said(org)
    app = _drawn(opened(project, "p", here))
    next(one for one in app.text_input if one.label == "里程碑").input("首月")
    next(one for one in app.number_input if one.label == "应付金额（元）").set_value(300)
    app = press(app, "加上")
    app = press(app, "核定")
    assert [row["amount"] for row in rows(api, SECRETARY, "funds") if row["project_id"]] == [900]
    app = press(app, "达到了")
    app = press(app, "登记拨付")
    paid = [row for row in rows(api, SECRETARY, "payments") if row["milestone_id"]]
    assert [(row["amount"], row["payee"]) for row in paid] == [(300, "东风社工中心")]
    next(one for one in app.selectbox if one.label == "评估阶段").set_value("末期")
    next(one for one in app.number_input if one.label == "评估得分").set_value(92)
    app = press(app, "存入评估")
    app = press(app, "结项")
    assert app.header[0].value == "已结项，由东风社工中心承接"


def test_who_only_reads_gets_no_buttons(api: Engine) -> None:
    guarded.awarded(api)
    again(api)
    for who in (ORG, RIVAL, Actor("a-research", "调研", "researcher", "xianning")):
        labels = {one.label for one in _drawn(opened(project, "p", session(who))).button}
        assert not labels & {
            "建立",
            "加上",
            "登记拨付",
            "结项",
            "核定",
            "存入评估",
            "登记这些人",
        }, who.role


def test_the_pages_ask_a_fixed_number_of_queries(sample_in_use: Engine, api: Engine) -> None:
    admin = accounts.actor(sample_in_use, ADMIN)
    won = next(r for r in rows(sample_in_use, admin, "projects") if r["name"] == "银龄陪伴")
    shut = next(r for r in rows(sample_in_use, admin, "calls") if r["project_id"] == won["id"])
    with visiting(sample_in_use, ADMIN):
        for address in ("/design", "/calls", f"/projects?id={won['id']}", f"/call?id={shut['id']}"):
            first, again_ = runs(sample_in_use, address)
            assert first <= 80, (address, first)
            assert again_ <= 40, (address, again_)


def test_clerks_may_design_too(api: Engine) -> None:
    done(api, SECRETARY, add("needs", "n", EAST, title="放学后没人管"))
    app = _drawn(lambda: design.show(session(CLERK), Go({})))
    next(one for one in app.multiselect).set_value(["n"])
    next(one for one in app.text_input if one.label == "项目名称").input("一小时")
    next(one for one in app.button if one.label == "建立项目").click()
    app.run()  # it leads to a page that is not there in this test
    assert [row["name"] for row in rows(api, CLERK, "projects")] == ["一小时"]
    assert [row["need_id"] for row in rows(api, CLERK, "project_needs")] == ["n"]


def test_the_closing_report_counts_who_came(api: Engine) -> None:
    guarded.awarded(api)
    done(
        api, SECRETARY,
        add("programmes", "g", EAST, name="班", kind="其他", project_id="p"),
        add("enrolments", "e1", EAST, programme_id="g", resident_id="e-cu"),
        add("enrolments", "e2", EAST, programme_id="g", resident_id="e-an"),
        add("sessions_held", "s", EAST, programme_id="g", held_on="2026-03-01", state="已举办"),
        add("attendances", "a1", EAST, session_id="s", resident_id="e-cu", presence="到"),
        add("attendances", "a2", EAST, session_id="s", resident_id="e-an", presence="缺席"),
    )  # fmt: skip
    (row,) = reporting.awarded(SECRETARY, EAST)
    when = Period("截至今天", "2026-01-01", dates.today().isoformat())
    told = {one.heading: one for one in making.of_project(SECRETARY, row, when).sections}
    assert told["实施情况"].sentences == ("举办活动 1 场，走访和服务 0 次，服务 1 人。",)
    assert [(one.n, one.N) for one in told["实施情况"].figures] == [(1, 2), (1, 0)]
    assert told["实施前后的覆盖"].sentences == ("没有写服务对象类别，不能对照。",)
