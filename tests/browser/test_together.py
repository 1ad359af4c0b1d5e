"""Two people on one sheet: what was, what they say of it, and where each of them is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import sheet
from tests.servers import Server

# What is seen here does not know one database from the other.
pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
OpenPage = Callable[..., Page]
SignIn = Callable[..., None]
Residents = Callable[..., Page]
SECRETARY, CLERK = "示例·桂花树书记", "示例·桂花树干事"
FOCUSED = """() => {
  let one = document.activeElement;
  while (one.shadowRoot) one = one.shadowRoot.activeElement;
  return one.className;
}"""


@pytest.fixture
def residents(sample_server: Server, open_page: OpenPage, sign_in: SignIn) -> Residents:
    """`residents(user)`: that person's browser on the residents of 桂花树."""

    def opened(user: str, width: int = 1440) -> Page:
        page = open_page(width)
        sign_in(page, user)
        page.goto(f"{sample_server.address}/community-guihuashu?view=居民")
        return sheet.drawn(page)

    return opened


def test_a_cell_and_a_row_are_put_back_from_their_history(residents: Residents) -> None:
    page = residents("guihuashu-shuji")
    name = sheet.cell(page, 0, "name").text_content() or ""
    for address in ("甲地", "乙地"):
        sheet.write(page, 0, "address", address)
    sheet.write(page, 0, "name", "乙地时的名字")
    sheet.saved(page)
    sheet.cell(page, 0, "address").click()
    page.keyboard.press("Control+Shift+H")
    entries = page.locator(".panel article")
    expect(entries.first).to_contain_text(f"{SECRETARY}")
    expect(entries.first).to_contain_text("甲地")
    expect(entries.first).to_contain_text("乙地")
    entries.first.get_by_role("button", name="恢复为此值").click()
    expect(sheet.cell(page, 0, "address")).to_have_text("甲地")
    sheet.saved(page)
    expect(entries.first).to_contain_text("乙地")  # the panel follows: what was put back is in it
    page.keyboard.press("Escape")
    expect(page.locator(".panel")).to_be_hidden()
    assert "pen" in page.evaluate(FOCUSED)
    page.keyboard.press("Control+z")
    expect(sheet.cell(page, 0, "address")).to_have_text("乙地")
    page.get_by_role("button", name="历史").click()
    page.get_by_role("button", name="本行历史").click()
    page.locator(".panel article", has_text="甲地 → 乙地").nth(1).get_by_role(
        "button", name="恢复到这个版本"
    ).click()
    expect(sheet.cell(page, 0, "name")).to_have_text(name)
    expect(sheet.cell(page, 0, "address")).to_have_text("乙地")
    sheet.saved(page)


def test_masked_cells_stay_masked_and_are_not_put_back(residents: Residents) -> None:
    page = residents("guihuashu-shuji")
    sheet.write(page, 0, "phone", "15400000077")
    sheet.saved(page)
    sheet.cell(page, 0, "phone").click()
    page.get_by_role("button", name="历史").click()
    panel = page.locator(".panel")
    expect(panel).to_contain_text("154****0077")
    expect(panel).to_contain_text("遮盖的内容不能恢复")
    expect(panel.get_by_role("button", name="恢复为此值")).to_have_count(0)
    page.get_by_role("button", name="批注", exact=True).last.click()
    expect(panel).to_contain_text("遮盖的列不能批注")
    expect(panel.get_by_role("textbox")).to_have_count(0)


def test_a_comment_reaches_the_other_is_answered_and_done(residents: Residents) -> None:
    secretary, clerk = residents("guihuashu-shuji"), residents("guihuashu-ganshi")
    cell, theirs = sheet.cell(secretary, 1, "address"), sheet.cell(clerk, 1, "address")
    before = cell.text_content()
    cell.click()
    secretary.keyboard.press("Shift+F2")
    secretary.keyboard.type("门牌请核对")  # at once: nothing of it may land in the cell
    secretary.get_by_role("button", name="发表").click()
    expect(cell).to_have_text(before or "")
    expect(theirs).to_have_attribute("aria-label", f"{before}，1 条批注，{SECRETARY} 在这一格")
    theirs.click()
    clerk.keyboard.press("Shift+F2")
    thread = clerk.locator(".panel article")
    expect(thread).to_contain_text("门牌请核对")
    expect(thread).to_contain_text(SECRETARY)
    expect(thread.get_by_role("button", name="删除")).to_have_count(0)  # it is not hers
    clerk.keyboard.type("已核对")
    clerk.keyboard.press("Control+Enter")
    expect(thread).to_have_count(2)
    thread.first.get_by_role("button", name="标为已处理").click()
    expect(secretary.locator(".panel article").first).to_contain_text("已处理")
    expect(secretary.locator(".panel article")).to_have_count(2)
    thread.last.get_by_role("button", name="删除").click()
    expect(thread).to_have_count(1)
    clerk.keyboard.press("Escape")
    clerk.keyboard.press("Control+z")
    expect(secretary.locator(".panel article")).to_have_count(2)
    sheet.saved(clerk)


def test_each_sees_where_the_other_is_and_who_changed_what(residents: Residents) -> None:
    secretary, clerk = residents("guihuashu-shuji"), residents("guihuashu-ganshi")
    expect(secretary.locator(".person")).to_have_text("干事")
    expect(secretary.locator(".person")).to_have_attribute("title", CLERK)
    sheet.cell(secretary, 5, "name").click()
    cell = sheet.cell(clerk, 3, "address")
    cell.click()
    mine = sheet.cell(secretary, 3, "address")
    expect(mine).to_have_attribute("title", f"{CLERK} 在这一格")
    clerk.keyboard.type("新地址")
    expect(mine).to_have_attribute("title", f"{CLERK} 正在输入")
    clerk.keyboard.press("Enter")
    expect(mine).to_have_text("新地址")
    expect(secretary.locator(".live")).to_have_text(f"{CLERK} 改了第 4 行“现住址”")
    expect(secretary.locator(".cell.active")).to_have_attribute("data-row", "5")
    assert "pen" in secretary.evaluate(FOCUSED)
    clerk.context.close()
    expect(secretary.locator(".person")).to_have_count(0)  # within some ten seconds


def test_on_a_phone_the_panel_covers_the_sheet(residents: Residents) -> None:
    page = residents("guihuashu-shuji", 390)
    sheet.cell(page, 0, "name").tap()
    page.get_by_role("button", name="更多").tap()
    page.get_by_role("dialog", name="更多").get_by_role("button", name="历史").tap()
    box = page.locator(".panel").bounding_box()
    assert box
    assert (box["x"], box["width"]) == (0, 390)
    assert box["y"] + box["height"] == 900
    page.get_by_role("button", name="关闭").tap()
    expect(page.locator(".panel")).to_be_hidden()
