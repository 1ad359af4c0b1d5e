"""The main job, as a secretary and her clerk do it: edit, survive, settle, and see who is left."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import sheet
from tests.servers import Server

OpenPage = Callable[..., Page]
SignIn = Callable[..., None]
# The doors are tried on both databases; what a browser adds to that is the same on either.
SQLITE = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
ANSWER = "74 名留守儿童中，20 名已结对（27.0%），54 名尚无人结对"


@pytest.fixture
def residents(sample_server: Server, open_page: OpenPage, sign_in: SignIn) -> Callable[..., Page]:
    """`residents(user)`: that person's browser on the residents of 桂花树."""

    def opened(user: str, width: int = 1440) -> Page:
        page = open_page(width)
        sign_in(page, user)
        page.goto(f"{sample_server.address}/community-guihuashu?view=居民")
        return sheet.drawn(page)

    return opened


def test_an_edit_reaches_the_other_browser_and_outlives_the_server(
    sample_server: Server, residents: Callable[..., Page]
) -> None:
    secretary, clerk = residents("guihuashu-shuji"), residents("guihuashu-ganshi")
    sheet.write(secretary, 0, "address", "蒲纺医院")
    sheet.saved(secretary)
    expect(sheet.cell(clerk, 0, "address")).to_have_text("蒲纺医院")
    sample_server.kill()
    sheet.write(secretary, 1, "address", "停电时写的")
    expect(secretary.locator(".status .state")).not_to_contain_text("已保存")
    sample_server.start()
    sheet.saved(secretary)
    for page in (secretary, clerk):
        page.reload()
        sheet.drawn(page)
        expect(sheet.cell(page, 0, "address")).to_have_text("蒲纺医院")
        expect(sheet.cell(page, 1, "address")).to_have_text("停电时写的")


@SQLITE
@pytest.mark.parametrize(("choice", "stored"), [("用我的", "书记写的"), ("用对方的", "干事写的")])
def test_a_conflict_is_shown_and_settled(
    residents: Callable[..., Page], choice: str, stored: str
) -> None:
    secretary, clerk = residents("guihuashu-shuji"), residents("guihuashu-ganshi")
    sheet.cell(secretary, 2, "address").click()
    secretary.keyboard.type("书记写的")  # open, and not yet left
    sheet.write(clerk, 2, "address", "干事写的")
    sheet.saved(clerk)
    secretary.keyboard.press("Enter")
    expect(secretary.locator(".status .state")).to_contain_text("1 处与别人的修改冲突")
    sheet.cell(secretary, 2, "address").click()
    expect(secretary.locator(".note")).to_contain_text("示例·桂花树干事")
    secretary.locator(".note").get_by_role("button", name=choice).click()
    sheet.saved(secretary)
    for page in (secretary, clerk):
        expect(sheet.cell(page, 2, "address")).to_have_text(stored)


@SQLITE
def test_a_pasted_block_is_stored_and_its_bad_cell_is_kept_with_the_reason(
    residents: Callable[..., Page],
) -> None:
    page = residents("guihuashu-shuji")
    sheet.paste(page, 4, "relation", "子\t甲地\r\n邻居\t乙地\r\n女\t丙地")
    expect(page.locator(".status .state")).to_contain_text("1 处")
    expect(sheet.cell(page, 5, "relation")).to_have_text("邻居")
    page.reload()
    sheet.drawn(page)
    for row, place in ((4, "甲地"), (5, "乙地"), (6, "丙地")):
        expect(sheet.cell(page, row, "address")).to_have_text(place)
    expect(sheet.cell(page, 5, "relation")).to_have_text("邻居")  # refused, not lost
    sheet.cell(page, 5, "relation").click()
    expect(page.locator(".note")).to_contain_text("应为下列之一")
    sheet.write(page, 5, "relation", "孙辈")
    sheet.saved(page)


@SQLITE
def test_rows_are_filtered_and_the_columns_look_alike_on_every_machine(
    residents: Callable[..., Page],
) -> None:
    page = residents("guihuashu-shuji")
    sheet.menu(page, "出生日期").get_by_placeholder("到", exact=True).fill("1956")
    page.keyboard.press("Enter")
    expect(page.locator(".total")).to_contain_text("（已筛选，全部 7,421 人）")
    born = page.locator('.cell[data-name="birth_date"]').all_text_contents()
    assert len(born) > 10
    assert all(day[:4] <= "1956" for day in born if day)
    sheet.header(page, "姓名").locator(".label").click()
    sheet.header(page, "性别").locator(".label").click(modifiers=["Shift"])
    expect(sheet.header(page, "性别").locator(".order")).to_have_text("▲2")
    sheet.menu(page, "性别")
    with page.expect_request("**/preferences?*") as kept:
        page.get_by_role("button", name="隐藏这一列").click()
    response = kept.value.response()
    assert response
    assert response.status == 200
    expect(sheet.header(residents("guihuashu-shuji"), "性别")).to_have_count(0)
    expect(sheet.header(residents("guihuashu-ganshi"), "性别")).to_have_count(1)
    page.get_by_role("button", name="列", exact=True).click()
    with page.expect_response("**/preferences?*"):
        page.get_by_role("button", name="恢复默认").click()
    expect(sheet.header(page, "性别")).to_have_count(1)


@SQLITE
@pytest.mark.parametrize("width", [1440, 390])
def test_from_the_bar_to_the_list_to_the_child(
    sample_server: Server,
    open_page: OpenPage,
    sign_in: SignIn,
    settled: Callable[[Page], Page],
    width: int,
) -> None:
    page = open_page(width)
    sign_in(page, "guihuashu-shuji")
    page.wait_for_url("**/today")  # what waits, first
    page.goto(f"{sample_server.address}/community-guihuashu")
    expect(page.get_by_text(ANSWER)).to_be_visible()
    _click_bar(page, 1)
    expect(page.get_by_text(ANSWER)).not_to_be_visible()
    settled(page)  # bars that are being drawn again miss a click between its down and its up
    _click_bar(page, 0)
    expect(page.get_by_text(ANSWER)).to_be_visible()
    expect(page.get_by_role("radio", name="尚无人结对 54")).to_be_visible()
    listed = page.locator("[class*=st-key-paper] tbody tr")  # the list as it prints
    expect(listed).to_have_count(54)
    page.get_by_role("radio", name="已结对 20").click()
    expect(listed).to_have_count(20)
    settled(page)
    names = page.locator("[data-testid=stDataFrame] .dvn-scroller").first
    names.click(position={"x": 30, "y": 55})
    page.wait_for_url("**/resident?id=*")
    expect(page.get_by_text("结对帮扶").first).to_be_visible()
    expect(page.get_by_text("留守儿童").first).to_be_visible()


def _click_bar(page: Page, number: int) -> None:
    """By the mouse, on the grey part: Plotly lays a sheet over its bars that takes the click."""
    bar = page.locator(".js-plotly-plot .trace.bars").nth(1).locator(".point path").nth(number)
    bar.scroll_into_view_if_needed()
    pointed = page.locator(".js-plotly-plot .hoverlayer .hovertext")
    page.mouse.move(1, 1)
    expect(pointed).to_have_count(0)
    box = bar.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    # To Plotly a click is on what it has found under the pointer, which takes it a moment.
    expect(pointed).to_have_count(1)
    page.mouse.down()
    page.mouse.up()
