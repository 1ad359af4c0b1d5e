"""Coverage in the browser: a mark leads to its names, the names to a plan and to a file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from db import accounts, dates, doors, spans
from db.doors import Condition, Question
from tests.browser.conftest import OpenPage, SignIn
from tests.browser.test_deeds import choose, go, says

Settled = Callable[[Page], Page]
SQLITE = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
AREA = "guihuashu"


def planned(on: Engine, due: str) -> int:
    where = (Condition("due_on", "eq", due), Condition("done_on", "empty"))
    who = accounts.actor(on, "admin")
    return doors.read(on, who, Question("contacts", AREA, where, limit=None)).total


@SQLITE
def test_from_a_bar_to_a_plan_and_a_file(
    sample: Engine, open_page: OpenPage, sign_in: SignIn, settled: Settled
) -> None:
    page = open_page(1440, 1400)
    sign_in(page, "guihuashu-shuji")
    go(page, settled, "/community-guihuashu")
    says(page, "74 名留守儿童中，20 名已结对（27.0%），54 名尚无人结对")
    says(page, "留守儿童名单")
    expect(page.get_by_text("列入走访计划（54）")).to_be_visible()
    page.get_by_placeholder("姓名、拼音、住址").fill("金桂苑")
    page.keyboard.press("Enter")
    expect(page.get_by_text("列入走访计划（54）")).to_have_count(0)
    offer = page.get_by_test_id("stExpander").filter(has_text="列入走访计划（")
    offer.get_by_text("列入走访计划（").click()
    page.get_by_role("button", name="列入计划").click()
    told = page.get_by_text(re.compile(r"已列入 \d+ 次，在“走访”里办"))
    expect(told).to_be_visible()
    due = (dates.today() + dt.timedelta(days=7)).isoformat()
    count = int(re.findall(r"\d+", told.inner_text())[0])
    assert 0 < count < 54
    assert planned(sample, due) >= count
    settled(page)
    files = page.get_by_test_id("stExpander").filter(has_text="导出名单（")
    files.get_by_text("导出名单（").click()
    page.get_by_label("用途").fill("入户走访用")
    page.keyboard.press("Enter")
    settled(page)
    page.get_by_role("button", name="生成文件").click()
    with page.expect_download() as caught:
        page.get_by_role("button", name="下载 Excel 工作簿").click()
    assert caught.value.suggested_filename.startswith("尚无人结对-居民-")
    looks = doors.looks(sample, accounts.actor(sample, "guihuashu-shuji"), AREA)
    assert (looks[0].verb, looks[0].register) == ("export", "residents")
    assert looks[0].reason.startswith("入户走访用")


@SQLITE
def test_a_month_leads_to_the_names_of_its_last_day(
    sample: Engine, open_page: OpenPage, sign_in: SignIn, settled: Settled
) -> None:
    page = open_page(1440, 1400)
    sign_in(page, "guihuashu-shuji")
    go(page, settled, "/community-guihuashu")
    last = spans.whole(spans.finished(dates.today())[-1]).last
    chart = page.locator(".js-plotly-plot").filter(has=page.locator(".scatterlayer"))
    chart.scroll_into_view_if_needed()
    point = chart.locator(".scatterlayer .point").nth(17)
    box = point.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_text(f"按现在的记录算到 {last}")).to_be_visible()


@SQLITE
@pytest.mark.parametrize("width", [1440, 390])
def test_every_figure_has_its_answer_and_its_list(
    sample: Engine, open_page: OpenPage, sign_in: SignIn, settled: Settled, width: int
) -> None:
    page = open_page(width, 1400)
    sign_in(page, "taohuaping-shuji")
    go(page, settled, "/community-taohuaping")
    for name, words in (
        ("体检覆盖率", r"3,8\d\d 名老年人中，[\d,]+ 名已体检（\d+\.\d%），[\d,]+ 名没有体检"),
        ("有效结对率", r"\d+ 对空巢老人的结对中，\d+ 对有联系（\d+\.\d%），\d+ 对没有联系"),
        ("走访及时率", r"走访及时率 \d+\.\d%（\d+/\d+），\d+ 次没有按时"),
        ("志愿者占比", r"志愿者占比 0\.7%（92/12,50\d），低于目标 13%"),
        ("每千名老人床位", r"每千名老人床位 \d+\.\d 张（69/[\d,]+），低于目标 35 至 40 张"),
        ("床位使用率", r"床位使用率 \d+\.\d%（[\d,]+/[\d,]+）"),
    ):
        choose(page, settled, "指标", name)
        says(page, words)
        expect(page.get_by_role("heading", name="逐月")).to_be_visible()
        expect(page.get_by_test_id("stDataFrame").first).to_be_visible()
