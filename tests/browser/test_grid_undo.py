"""One step back: where it leads, from where it can be asked for, and what is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.grid_hands import opened, status
from tests.browser.grid_stub import Stub
from tests.browser.sheet import cell, write

OpenPage = Callable[..., Page]


@pytest.fixture
def stub() -> Iterator[Stub]:
    server = Stub()
    server.fill(1200)
    yield server.start()
    server.stop()


@pytest.fixture
def grid(stub: Stub, open_page: OpenPage) -> Page:
    """A page at a desk with the grid drawn."""
    return opened(open_page(), stub)


def test_undo_leads_to_the_cell_that_it_took_back(grid: Page) -> None:
    write(grid, 0, "address", "老街5号")
    status(grid, "已保存")
    for key in ("Control+End", "Control+z"):
        grid.keyboard.press(key)
    active = grid.locator(".cell.active")
    expect(active).to_have_text("桂花树路 0 号")
    expect(active).to_have_attribute("data-name", "address")
    cell(grid, 3, "name").click()
    grid.keyboard.press("Control+y")
    expect(active).to_have_text("老街5号")


def test_undo_by_keys_needs_no_focus_in_the_sheet_but_leaves_fields_of_the_page_theirs(
    grid: Page,
) -> None:
    write(grid, 0, "name", "甲")
    status(grid, "已保存")
    grid.evaluate("document.body.append(document.createElement('input'))")
    grid.locator("body > input").click()
    grid.keyboard.press("Control+z")
    grid.locator("h1").click()
    expect(cell(grid, 0, "name")).to_have_text("甲")
    grid.keyboard.press("Control+z")
    expect(cell(grid, 0, "name")).to_have_text("居民1")
    grid.keyboard.type("乙")  # the sheet has the focus now
    expect(grid.locator(".pen")).to_have_value("乙")


def test_the_same_in_other_words_is_no_step(grid: Page, stub: Stub) -> None:
    write(grid, 0, "name", "甲")
    write(grid, 0, "birth_date", "1956年03月")  # 1956-03 is what is there
    status(grid, "已保存")
    expect(cell(grid, 0, "birth_date")).to_have_text("1956-03")
    grid.keyboard.press("Control+z")
    expect(cell(grid, 0, "name")).to_have_text("居民1")
    assert stub.rows["r00000"]["birth_date"] == "1956-03"


def test_another_number_behind_the_same_mask_is_a_step(grid: Page, stub: Stub) -> None:
    write(grid, 0, "phone", "13811111100")
    status(grid, "已保存")
    assert stub.rows["r00000"]["phone"] == "13811111100"
    assert stub.shown("r00000")["phone"] == "138******00"  # as before
    with grid.expect_response("**/api/v1/undo"):
        grid.keyboard.press("Control+z")
    assert stub.rows["r00000"]["phone"] == "13800000000"


# — beside it —


def test_what_fits_from_its_beginning_is_offered_first(grid: Page) -> None:
    cell(grid, 0, "skills").click()
    grid.keyboard.type("y")  # 文艺 has it too, and stands before it
    expect(grid.locator(".option")).to_have_text(["医护", "文艺", "体育"])


def test_the_number_of_the_last_line_is_read_whole(phone: Page, stub: Stub) -> None:
    page = opened(phone, stub)
    page.locator(".pane").evaluate("pane => pane.scrollTo(0, pane.scrollHeight)")
    number = page.locator('.cell.number[data-row="1199"]')
    expect(number).to_have_text("1200")
    number.tap()  # bold now
    assert number.evaluate("one => one.scrollWidth <= one.clientWidth")


def test_who_else_is_here_does_not_stand_in_the_way(phone: Page, stub: Stub) -> None:
    stub.here = [{"who": "李敏", "at": "r00000/name", "typing": False}]
    page = opened(phone, stub)
    cell(page, 0, "name").tap()
    expect(page.locator(".note")).to_have_text("李敏 在这一格")  # over the line below
    cell(page, 1, "name").tap()
    expect(page.locator(".cell.active")).to_have_text("居民2")
