"""What street and city look at: money, admissions, on the sample and on an empty database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from db import accounts, dates, doors, papers
from db.doors import Question
from db.sessions import Session
from logic.reports import periods
from logic.reports.periods import Period
from pages import admission, money, report, three
from tests.app import test_pages
from tests.app.test_pages import empty_in_use
from ui.links import Go
from ui.reports import making

__all__ = ["empty_in_use"]
SQLITE = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
PAGES = (three, money, admission, report)


def drawn(on: Engine, user: str, show: Callable[..., None]) -> AppTest:
    here = Session(user, False, "csrf", accounts.actor(on, user))
    return test_pages._drawn(lambda: show(here, Go({})))


def shown(page: Any) -> Callable[..., None]:
    """How the page is drawn: that of reports leads nowhere."""
    return (lambda here, go: report.show(here)) if page is report else page.show


def rows(on: Engine, register: str, area: str | None = None) -> list[dict[str, Any]]:
    return doors.read(on, accounts.actor(on, "admin"), Question(register, area, limit=None)).rows


@SQLITE
@pytest.mark.parametrize("user", ["admin", "diaoyan", "jiedao", "liumiqiao-ganshi", "zuzhi"])
def test_every_role_sees_what_it_may(sample_in_use: Engine, user: str) -> None:
    for page in PAGES:
        app = drawn(sample_in_use, user, shown(page))
        assert app.title
        assert not app.error


@SQLITE
@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.__name__)
def test_an_empty_city_says_what_to_do_next(empty_in_use: Engine, page: Any) -> None:
    app = drawn(empty_in_use, "admin", shown(page))
    assert [*app.info, *app.caption]


@SQLITE
def test_nobody_spends_more_than_is_left(sample_in_use: Engine) -> None:
    app = drawn(sample_in_use, "guihuashu-ganshi", money.show)
    assert app.header[0].value.startswith("预算 ")
    box = next(one for one in app.selectbox if one.label == "看哪一笔")
    box.select_index(next(n for n, said in enumerate(box.options) if "活动补贴" in said)).run()
    before = len(rows(sample_in_use, "spendings"))

    def spend(amount: float) -> AppTest:
        amounts = {one.label: one for one in app.number_input}
        words = {one.label: one for one in app.text_input}
        amounts["支出金额（元）"].set_value(amount)
        words["买了什么"].set_value("画纸")
        words["支出凭证号"].set_value("P-1")
        return next(one for one in app.button if one.label == "登记支出").click().run()

    spend(90_000)
    assert "超过已拨付的 3,600.00 元（现在结余 2,400.00 元）" in app.error[0].value
    assert len(rows(sample_in_use, "spendings")) == before
    spend(2_400)
    assert not app.error
    assert len(rows(sample_in_use, "spendings")) == before + 1


@SQLITE
def test_a_secretary_refuses_what_is_not_on_the_list(sample_in_use: Engine) -> None:
    app = drawn(sample_in_use, "guihuashu-shuji", admission.show)
    app.selectbox[0].run()
    assert "金融办" in app.selectbox[0].options[0]
    next(one for one in app.button if one.label == "不同意").click().run()
    made = [row for row in rows(sample_in_use, "admission_decisions") if row["opinion"] == ""
            or row["decider"] == "示例·桂花树书记"]  # fmt: skip
    assert [(row["decision"], row["rule"], row["area_id"]) for row in made] == [
        ("不同意", "民发〔2015〕136号：权随责走、费随事转", "guihuashu")
    ]


@SQLITE
def test_a_clerk_asks_and_does_not_decide(sample_in_use: Engine) -> None:
    app = drawn(sample_in_use, "guihuashu-ganshi", admission.show)
    assert "不同意" not in [one.label for one in app.button]
    words = {one.label: one for one in app.text_input}
    words["申请部门"].set_value("水利局")
    words["事项"].set_value("河道巡查")
    next(one for one in app.button if one.label == "登记申请").click().run()
    assert [row["area_id"] for row in rows(sample_in_use, "admissions") if
            row["department"] == "水利局"] == ["guihuashu"]  # fmt: skip


@SQLITE
def test_whose_job_is_this(sample_in_use: Engine) -> None:
    app = drawn(sample_in_use, "zuzhi", admission.show)
    app.text_input[0].set_value("绿化").run()
    assert [one.value for one in app.header] == ["县（市、区）：1 项"]
    app.text_input[0].set_value("养狗").run()
    assert app.caption[0].value.startswith("清单里没有这一项")


@SQLITE
def test_a_report_is_taken_for_a_reason(sample_in_use: Engine) -> None:
    app = drawn(sample_in_use, "guihuashu-shuji", lambda here, go: report.show(here))
    button = next(one for one in app.button if one.label == "生成文件")
    assert button.disabled
    next(one for one in app.text_input if one.label == "用途").set_value("上报街道").run()
    next(one for one in app.button if one.label == "生成文件").click().run()
    assert not app.exception
    assert not app.error
    secretary = accounts.actor(sample_in_use, "guihuashu-shuji")
    looks = doors.looks(sample_in_use, secretary, "guihuashu")
    assert [(one.verb, one.register, one.reason[:4]) for one in looks] == [
        ("export", "reports", "上报街道")
    ]


@SQLITE
def test_a_report_says_what_the_registers_say(sample_in_use: Engine) -> None:
    here = accounts.actor(sample_in_use, "guihuashu-shuji")
    (month,) = periods.months(dates.today(), 1)  # the sample is as published on the day it is made
    made = making.of_community(here, "guihuashu", month, making.MONTHLY, True)
    assert made.title == f"桂花树社区{month.words}工作月报"
    assert [one.heading for one in made.sections] == [
        "基本情况", "服务覆盖", "服务开展", "三社力量", "资金使用", "减负增效",
    ]  # fmt: skip
    told = {one.name: one.text for section in made.sections for one in section.figures}
    assert told["结对率（留守儿童）"] == "20/74（27.0%）"
    assert told["持证社工占比"] == "2/3"
    lists = {one.title: one for section in made.sections for one in section.listings}
    assert len(lists["未结对·留守儿童"].rows) == 54
    assert not [one for one in told if "社区矫正" in one]  # fewer than 5 of them


@SQLITE
def test_who_may_not_see_a_part_is_told_so(sample_in_use: Engine) -> None:
    here = accounts.actor(sample_in_use, "zuzhi")
    made = making.of_survey(here, Period("2026年10月", "2026-10-01", "2026-10-31"))
    money_part = next(one for one in made.sections if one.heading == "资金使用")
    assert money_part.sentences == ("您的角色不能查看这一部分，没有写入。",)
    titles = [one.title for section in made.sections for one in section.listings]
    assert not [one for one in titles if "未结对" in one]


@SQLITE
def test_a_template_holds_for_the_places_below(sample_in_use: Engine) -> None:
    street, clerk = (accounts.actor(sample_in_use, one) for one in ("jiedao", "guihuashu-ganshi"))
    papers.keep(sample_in_use, street, "pufang", "community", "街道.docx", b"street")
    secretary = accounts.actor(sample_in_use, "guihuashu-shuji")
    found = papers.find(sample_in_use, clerk, "guihuashu", "community")
    assert found
    assert (found.name, found.content, found.area_id) == ("街道.docx", b"street", "pufang")
    papers.keep(sample_in_use, secretary, "guihuashu", "community", "自己.docx", b"own")
    found = papers.find(sample_in_use, clerk, "guihuashu", "community")
    assert found
    assert found.content == b"own"
    papers.drop(sample_in_use, secretary, "guihuashu", "community")
    found = papers.find(sample_in_use, clerk, "guihuashu", "community")
    assert found
    assert found.content == b"street"
    for who, area in ((clerk, "guihuashu"), (secretary, "pufang"), (secretary, "liumiqiao")):
        with pytest.raises(doors.Forbidden):
            papers.keep(sample_in_use, who, area, "community", "x", b"x")
    assert papers.find(sample_in_use, secretary, "liumiqiao", "community") is None
    with pytest.raises(doors.Forbidden):
        papers.note_taken(sample_in_use, secretary, "liumiqiao", "报告", "上报")


@SQLITE
def test_what_the_three_page_answers(sample_in_use: Engine) -> None:
    app = drawn(sample_in_use, "admin", three.show)
    assert app.header[0].value.startswith("三样都有的社区 ")
    assert "有社会组织 3/3，有社工 3/3" in app.caption[0].value
    assert "有持证社工 2/3" in app.caption[0].value
    assert "90 天内到期的资质和证书" in " ".join(one.value for one in app.header)
