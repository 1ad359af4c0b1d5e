"""What is done on a page before its picture is taken."""

from __future__ import annotations

import re

from playwright.sync_api import FilePayload, Page, expect

from docs.studio import CLERK, RESIDENTS, SECRETARY, Studio, settle
from tests.browser import messy, sheet


def served(_: Studio, page: Page) -> None:
    page.get_by_role("radio", name=re.compile("已结对")).click()
    settle(page)


def typing(_: Studio, page: Page) -> None:
    sheet.cell(page, 3, "address").click()
    page.keyboard.type("桂花树社区丹桂苑2栋1单元302")


def choosing(_: Studio, page: Page) -> None:
    sheet.cell(page, 3, "relation").dblclick()
    expect(page.locator(".list .option").first).to_be_visible()


def paste(page: Page, row: int) -> None:
    block = "配偶\t桂花树社区丹桂苑3栋1单元101\r\n子\t桂花树社区丹桂苑3栋1单元101"
    sheet.paste(page, row, "relation", block)
    sheet.saved(page)


def pasting(_: Studio, page: Page) -> None:
    paste(page, 4)


def undoing(_: Studio, page: Page) -> None:
    paste(page, 10)
    page.get_by_role("button", name="撤销").click()
    expect(page.locator(".remark")).to_contain_text("已撤销")


def refusing(_: Studio, page: Page) -> None:
    sheet.write(page, 6, "birth_date", "2月30日")
    expect(page.locator(".status .state")).to_contain_text("1 处")
    sheet.cell(page, 6, "birth_date").click()
    expect(page.locator(".note")).to_be_visible()


def conflicting(studio: Studio, page: Page) -> None:
    sheet.cell(page, 8, "address").click()
    page.keyboard.type("桂花树社区金桂苑1栋2单元201")
    other = studio.page(CLERK, RESIDENTS)
    sheet.write(other, 8, "address", "桂花树社区银桂苑5栋1单元402")
    sheet.saved(other)
    other.context.close()
    page.keyboard.press("Enter")
    expect(page.locator(".status .state")).to_contain_text("冲突")
    sheet.cell(page, 8, "address").click()
    expect(page.locator(".note")).to_be_visible()


def opening(_: Studio, page: Page) -> None:
    """From the grid to the page of somebody who is paired."""
    page.get_by_role("radio", name=re.compile("已结对")).click()
    settle(page)
    names = page.locator("[data-testid=stDataFrame] canvas").first
    names.click(position={"x": 30, "y": 55}, force=True)  # Streamlit lays a scroller over it
    page.wait_for_url("**/resident?id=*")
    settle(page)


def revealing(studio: Studio, page: Page) -> None:
    opening(studio, page)
    page.get_by_role("button", name="查看遮盖的号码").click()
    page.get_by_placeholder("例如：核对低保申请").fill("核对留守儿童关爱登记")
    page.get_by_role("button", name="查看，并记入历史").click()
    settle(page)


def remembering(studio: Studio, page: Page) -> None:
    revealing(studio, page)
    page.keyboard.press("Escape")
    page.reload()
    settle(page)
    page.get_by_text("修改历史").click()
    page.wait_for_timeout(800)
    page.get_by_role("button", name="回到社区").scroll_into_view_if_needed()


def read(grid: Page, row: int) -> messy.Stored:
    """Who stands in a row of the residents: dates of birth move with the day of the sample."""
    name, birth = (sheet.cell(grid, row, one).inner_text() for one in ("name", "birth_date"))
    return messy.Stored(name.strip(), birth.strip())


def bringing(studio: Studio, page: Page) -> None:
    grid = studio.page(SECRETARY, RESIDENTS)
    near, known = read(grid, 1), read(grid, 7)
    grid.context.close()
    content = messy.roster(near, known)
    file: FilePayload = {"name": "花名册.xlsx", "mimeType": messy.XLSX, "buffer": content}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_text("处要看一看").wait_for()
    settle(page)


def doubling(studio: Studio, page: Page) -> None:
    """Somebody is written down once more, with a slip in the name."""
    grid = studio.page(SECRETARY, RESIDENTS)
    one = read(grid, 1)
    address = sheet.cell(grid, 1, "address").inner_text().strip()
    grid.get_by_role("button", name="新增").click()
    cells = [one.name[:-1] + "美", "女", one.birth, "", "", "", "", address]
    grid.evaluate(sheet.PASTE, "\t".join(cells))
    expect(grid.locator(".remark")).to_contain_text("已粘贴")
    sheet.saved(grid)
    grid.context.close()
    page.reload()
    settle(page)


def carrying(_: Studio, page: Page) -> None:
    page.get_by_placeholder("例如：入户核对").fill("入户核对")
    page.keyboard.press("Enter")
    settle(page)


def tapping(_: Studio, page: Page) -> None:
    sheet.cell(page, 2, "sex").tap()
    sheet.cell(page, 2, "sex").tap()
    page.wait_for_timeout(500)


def pick(page: Page) -> None:
    """Clicks the first row of the first list."""
    shown = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert shown
    page.mouse.click(shown["x"] + 40, shown["y"] + 52)


def matching(_: Studio, page: Page) -> None:
    """The volunteers who suit the first child of the list."""
    pick(page)
    page.get_by_text("谁适合与").wait_for()
    settle(page)


def asking(_: Studio, page: Page) -> None:
    page.get_by_label("需要什么").fill("放学后孩子没有人照看")
    page.get_by_label("具体情况").fill("楼里有五六家，四点半到六点没有人")


def following(_: Studio, page: Page) -> None:
    """The card that has come furthest."""
    page.locator(".sanshe-board a").last.click()
    page.wait_for_url(re.compile("story"))
    settle(page)


def follow(page: Page, name: str) -> None:
    """To the page of that name about the first row of the list."""
    pick(page)
    page.wait_for_url(f"**/{name}?id=*")
    settle(page)


def designing(_: Studio, page: Page) -> None:
    follow(page, "projects")


def calling(_: Studio, page: Page) -> None:
    """The one call that comes first for who looks."""
    follow(page, "call")
