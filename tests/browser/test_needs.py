"""A need from a resident's phone to the answer: written without an account, joined, replied to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from db import accounts, doors
from db.doors import Condition, Question
from db.engine import open_engine
from tests.browser.conftest import OpenPage, SignIn
from tests.browser.test_axe import found
from tests.servers import Server
from tests.village import add, done

Settled = Callable[[Page], Page]
AREA = "guihuashu"
TITLE = "四号楼下水道又堵了"


@pytest.fixture
def on(sample_server: Server, sample_url: str) -> Iterator[Engine]:
    """The sample, with a need that says much the same as the one to come."""
    engine = open_engine(sample_url)
    done(
        engine,
        accounts.actor(engine, "admin"),
        add("needs", "drain", AREA, title="四号楼下水道堵塞"),
    )
    yield engine
    engine.dispose()


def stored(on: Engine) -> list[dict[str, object]]:
    where = (Condition("title", "eq", TITLE),)
    return doors.read(on, accounts.actor(on, "admin"), Question("needs", AREA, where)).rows


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_residents_need_is_seen_joined_answered_and_followed(
    on: Engine, sample_server: Server, open_page: OpenPage, sign_in: SignIn, settled: Settled
) -> None:
    desk, phone = open_page(), open_page(390, 844)
    sign_in(desk, "guihuashu-shuji")
    desk.goto(f"{sample_server.address}/needs")
    settled(desk)
    new = desk.get_by_role("radio", name=re.compile("待办理"))
    before = int(re.sub(r"\D", "", new.inner_text()))
    number = _written(phone, sample_server)
    # The page is open all the while, and nobody touches it.
    expect(new).to_have_text(f"待办理 {before + 1}")
    row_id = str(stored(on)[0]["id"])
    _joined(desk, sample_server, row_id, settled)
    assert stored(on)[0]["joined_id"] == "drain"
    _answered(desk, sample_server, settled)
    assert stored(on)[0]["reply"] == "已经疏通"
    phone.get_by_label("受理编号").fill(number.lower())
    phone.get_by_role("button", name="查看").click()
    expect(phone.get_by_role("status")).to_contain_text("社区已经办结并给出答复")
    expect(phone.locator("[aria-current=step]")).to_contain_text("反馈")
    assert "疏通" not in phone.content()


def _written(phone: Page, server: Server) -> str:
    """What the resident does; the number."""
    phone.goto(f"{server.address}/need/{AREA}")
    assert found(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.get_by_label("需要什么").fill(TITLE)
    phone.get_by_role("textbox", name="姓名").fill("路过的人")
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_role("alert")).to_contain_text("就要勾选“同意”")
    phone.get_by_label(re.compile("我同意")).check()
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("已经收到，谢谢您")
    assert found(phone) == []
    return phone.locator(".number strong").inner_text()


def _joined(desk: Page, server: Server, row_id: str, settled: Settled) -> None:
    desk.goto(f"{server.address}/story?id={row_id}")
    settled(desk)
    expect(desk.get_by_role("heading", level=1)).to_have_text(TITLE)
    near = desk.locator("[data-testid=stHorizontalBlock], [data-testid=stLayoutWrapper]")
    near.filter(has_text="四号楼下水道堵塞").get_by_role("button", name="并入").first.click()
    expect(desk.get_by_text("已并入“四号楼下水道堵塞”")).to_be_visible()


def _answered(desk: Page, server: Server, settled: Settled) -> None:
    desk.goto(f"{server.address}/story?id=drain")
    settled(desk)
    desk.locator("summary").filter(has_text="答复").click()
    desk.get_by_role("textbox", name="答复").fill("已经疏通")
    settled(desk)
    desk.get_by_role("button", name="保存答复，连同并入的 1 件").click()
    expect(desk.get_by_role("heading", name=re.compile("已经反馈"))).to_be_visible()
