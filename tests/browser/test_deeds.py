"""What the article's communities do, each done in the browser as its user does it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from db import accounts, dates, doors
from db.doors import Condition, Question
from tests.browser.conftest import OpenPage, SignIn
from tests.village import add, done, edit

Settled = Callable[[Page], Page]
SQLITE = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


def go(page: Page, settled: Settled, path: str) -> None:
    page.goto(re.sub(r"(?<=\d)/.*", path, page.url))
    settled(page)


def says(page: Page, words: str) -> None:
    """A heading of the page, once it is there; in the browser a slash ends an expression."""
    name = re.compile(re.sub(r"(?<!\\)/", r"\/", words))
    expect(page.get_by_role("heading", name=name).first).to_be_visible()


def view(page: Page, settled: Settled, words: str) -> None:
    page.get_by_test_id("stButtonGroup").get_by_text(words, exact=True).click()
    settled(page)


def choose(page: Page, settled: Settled, label: str, words: str) -> None:
    """One of the choices of a select box, which must stand still when it is opened."""
    box = page.get_by_test_id("stSelectbox").filter(has_text=label)
    box.wait_for()
    place = None
    while place != (place := box.bounding_box()):
        page.wait_for_timeout(200)
    option = page.get_by_role("option", name=words).first
    for _ in range(5):  # what still moves on the page closes the list again
        box.get_by_role("button", name="展开选项").click()
        page.wait_for_timeout(500)
        if option.is_visible():
            break
    option.click()
    settled(page)


def row(page: Page, number: int = 0, table: int = 0) -> None:
    """Clicks a row of a table."""
    shown = page.get_by_test_id("stDataFrame").nth(table)
    shown.scroll_into_view_if_needed()
    box = shown.bounding_box()
    assert box
    page.mouse.click(box["x"] + 40, box["y"] + 52 + 35 * number)


def stored(on: Engine, register: str, area: str, **cells: str) -> list[dict[str, object]]:
    where = tuple(Condition(name, "eq", value) for name, value in cells.items())
    who = accounts.actor(on, "admin")
    return doors.read(on, who, Question(register, area, where, limit=None)).rows


@SQLITE
def test_children_who_come_who_never_do_and_who_looks_after_them(
    sample: Engine, open_page: OpenPage, sign_in: SignIn, settled: Settled
) -> None:
    page = open_page(1440, 1000)
    sign_in(page, "guihuashu-shuji")
    go(page, settled, "/pairs")
    says(page, "74 名留守儿童中，20 名已结对（27.0%），54 名尚无人结对")
    row(page)
    says(page, "谁适合与.+结对")
    settled(page)
    page.get_by_role("button", name="结对", exact=True).click()
    says(page, "74 名留守儿童中，21 名已结对（28.4%），53 名尚无人结对")
    go(page, settled, "/rollcall")
    view(page, settled, "出勤")
    for programme in ("关爱留守儿童服务社", "快乐星期天", "五点半学校"):
        choose(page, settled, "服务项目", programme)
        says(page, r"人参加，办了 \d+ 场，到场率 .+，\d+ 人从不来")
    expect(page.get_by_text("从不来的：")).to_be_visible()
    choose(page, settled, "服务项目", "关爱留守儿童服务社")
    view(page, settled, "工作人员")
    says(page, r"\d+ 场中，\d+ 场心理辅导老师、社工、志愿者都到了")
    go(page, settled, "/received")
    paid = sum(float(str(one["amount"])) for one in stored(sample, "payments", "guihuashu"))
    says(page, f"收到 {paid:,.0f} 元，已支出 [\\d,]+ 元（[\\d.]+%）")
    go(page, settled, "/proposals")
    says(page, r"按年龄和居住情况，[\d,]+ 人次可以纳入")
    view(page, settled, "空巢老人 81")
    page.get_by_role("button", name="纳入全部 81 人").click()
    expect(page.get_by_text("已纳入 81 人，可以撤回")).to_be_visible()
    says(page, "按年龄和居住情况")
    expect(page.get_by_text("空巢老人 81")).to_have_count(0)


@SQLITE
def test_a_patrol_its_hours_and_a_quarrel_on_a_phone(
    sample: Engine, open_page: OpenPage, sign_in: SignIn, settled: Settled
) -> None:
    area, today = "liumiqiao", dates.today()
    (shift,) = stored(sample, "shifts", area, activity_id="liumiqiao_patrol", held_on=str(today))
    first, second, *_ = stored(sample, "hours", area, shift_id=str(shift["id"]))
    me = accounts.actor(sample, "liumiqiao-shuji")
    quarrel = add("cases", "quarrel", area, number="一号", kind="邻里", received_on="2026-01-05")
    done(sample, me, edit("hours", str(first["id"]), "starts_at", None, "00:00"), quarrel)
    page = open_page(390, 844)
    sign_in(page, "liumiqiao-shuji")
    line = page.locator("[class*=st-key-todo-]").filter(has_text="昨天没有义务巡逻")
    line.get_by_role("button", name="去办").click()
    before = today - dt.timedelta(days=1)
    says(page, f"{before.month} 月 {before.day} 日 · 义务巡逻 · 未开展")
    go(page, settled, "/shifts")
    page.get_by_role("button", name="签退").click()
    expect(page.get_by_text(re.compile("小时，等待认定"))).to_be_visible()
    (gone,) = stored(sample, "hours", area, id=str(first["id"]))
    assert gone["state"] == "待认定"
    assert gone["hours"]
    settled(page)
    page.locator(f".st-key-{second['id']}").get_by_role("button", name="签到").click()
    expect(page.get_by_text(re.compile("已签到"))).to_be_visible()
    assert stored(sample, "hours", area, id=str(second["id"]))[0]["starts_at"]
    go(page, settled, "/stars")
    waiting = len(stored(sample, "hours", area, state="待认定"))
    page.get_by_role("button", name=re.compile(f"认定 {waiting} 条")).click()
    expect(page.get_by_text(f"已认定 {waiting} 条")).to_be_visible()
    view(page, settled, "按服务队")
    expect(page.get_by_text("一个人在两个队里，两个队都算")).to_be_visible()
    go(page, settled, "/community-liumiqiao")
    expect(page.get_by_text("118 人")).to_be_visible()  # 百余人
    _mediate(page, sample, settled)


def _mediate(page: Page, on: Engine, settled: Settled) -> None:
    go(page, settled, "/cases")
    says(page, "受理 1 件")
    row(page)
    says(page, "一号 · 邻里")
    settled(page)
    page.get_by_label("经过").fill("双方各退一步")
    page.get_by_role("button", name="记下经过").click()
    expect(page.get_by_text("已记下")).to_be_visible()
    settled(page)
    page.get_by_text("移交", exact=True).first.click()
    choose(page, settled, "移交给", "示例·六米桥干事")
    page.get_by_role("button", name="移交", exact=True).click()
    says(page, "我办理的 0 件")
    clerk = accounts.actor(on, "liumiqiao-ganshi")
    assert [one["number"] for one in doors.read(on, clerk, Question("cases")).rows] == ["一号"]
    assert len(doors.read(on, clerk, Question("case_steps")).rows) == 1
    go(page, settled, "/received")
    says(page, "荣誉 4 项")


@SQLITE
def test_beds_rooms_and_a_check_up(
    sample: Engine, open_page: OpenPage, sign_in: SignIn, settled: Settled
) -> None:
    area = "taohuaping"
    done(sample, accounts.actor(sample, "admin"), add("residents", "old", area, name="测一老"))
    page = open_page(1440, 1000)
    sign_in(page, "taohuaping-shuji")
    go(page, settled, "/community-taohuaping")
    expect(page.get_by_text(re.compile(r"占居民 3,8\d\d/12,50\d（30\.\d%）"))).to_be_visible()
    go(page, settled, "/beds")
    says(page, "日间照料 10 张，空 2 张；老年公寓 60 张，空 8 张，停用 1 张")
    expect(page.get_by_text("月收费合计 28,800 元")).to_be_visible()
    page.get_by_role("button", name="入住", exact=True).click()
    says(page, "老年公寓 60 张，空 7 张")
    says(page, "轮候 8 人")
    go(page, settled, "/rooms")
    page.get_by_test_id("stExpander").get_by_text("预订一间房间").click()
    page.wait_for_timeout(500)
    for told in ("已预订", "已有人用"):
        page.get_by_label("开始时间").fill("8点半")
        page.get_by_label("结束时间").fill("10:00")
        page.get_by_label("用途").fill("合唱排练")
        page.get_by_role("button", name="预订", exact=True).click()
        expect(page.get_by_text(told).first).to_be_visible()
        settled(page)
    (booked,) = stored(sample, "room_bookings", area)
    assert (booked["starts_at"], booked["ends_at"]) == ("08:30", "10:00")
    go(page, settled, "/visits")
    page.get_by_text("登记一次走访或服务").click()
    page.wait_for_timeout(500)
    page.get_by_label("居民").fill("测一老")
    page.keyboard.press("Enter")
    settled(page)
    choose(page, settled, "方式", "体检")
    day = page.get_by_test_id("stDateInput").filter(has_text="完成日期（还没有办的留空）")
    day.get_by_role("spinbutton").first.click()
    page.keyboard.type(dates.today().strftime("%Y%m%d"))
    page.get_by_role("button", name="保存").last.click()
    expect(page.get_by_text("已登记")).to_be_visible()
    (seen,) = stored(sample, "contacts", area, resident_id="old")
    assert (seen["kind"], seen["done_on"]) == ("体检", dates.today().isoformat())
