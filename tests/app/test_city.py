"""What street and city look at: money, admissions, on the sample and on an empty database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from db import accounts, doors
from db.doors import Question
from db.sessions import Session
from pages import admission, money
from tests.app import test_pages
from tests.app.test_pages import empty_in_use
from ui.links import Go

__all__ = ["empty_in_use"]
SQLITE = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
PAGES = (money, admission)


def drawn(on: Engine, user: str, show: Callable[..., None]) -> AppTest:
    here = Session(user, False, "csrf", accounts.actor(on, user))
    return test_pages._drawn(lambda: show(here, Go({})))


def rows(on: Engine, register: str, area: str | None = None) -> list[dict[str, Any]]:
    return doors.read(on, accounts.actor(on, "admin"), Question(register, area, limit=None)).rows


@SQLITE
@pytest.mark.parametrize("user", ["admin", "diaoyan", "jiedao", "liumiqiao-ganshi", "zuzhi"])
def test_every_role_sees_what_it_may(sample_in_use: Engine, user: str) -> None:
    for page in PAGES:
        app = drawn(sample_in_use, user, page.show)
        assert app.title
        assert not app.error


@SQLITE
@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.__name__)
def test_an_empty_city_says_what_to_do_next(empty_in_use: Engine, page: Any) -> None:
    app = drawn(empty_in_use, "admin", page.show)
    assert [*app.info, *app.caption]


@SQLITE
def test_nobody_spends_more_than_is_left(sample_in_use: Engine) -> None:
    app = drawn(sample_in_use, "guihuashu-ganshi", money.show)
    assert app.header[0].value.startswith("预算 99,000 元，已拨付 ")
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
