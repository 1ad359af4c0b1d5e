"""The grid in trouble: refusals, conflicts, dead servers, ended sessions, masks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.grid_hands import COPY, changes, opened, paste, status, unsaved
from tests.browser.grid_stub import Stub
from tests.browser.sheet import cell, write

OpenPage = Callable[..., Page]


@pytest.fixture
def stub() -> Iterator[Stub]:
    server = Stub()
    server.fill(300)
    yield server.start()
    server.stop()


@pytest.fixture
def grid(stub: Stub, open_page: OpenPage) -> Page:
    """A page at a desk with the grid drawn."""
    return opened(open_page(), stub)


# — trouble —


def test_a_refused_value_stays_with_its_reason_until_corrected(grid: Page, stub: Stub) -> None:
    write(grid, 0, "age", "七十")
    status(grid, "1 处未保存：1 处填写有误")
    grid.reload()
    status(grid, "1 处未保存：1 处填写有误")
    grid.get_by_role("button", name="查看").click()
    grid.get_by_role("button", name="去看").click()
    expect(cell(grid, 0, "age")).to_have_text("七十")
    expect(cell(grid, 0, "age")).to_have_attribute("aria-invalid", "true")
    expect(grid.locator(".note")).to_contain_text("应为整数")
    grid.keyboard.type("71")
    grid.keyboard.press("Enter")
    status(grid, "已保存")
    assert stub.rows["r00000"]["age"] == 71
    assert changes(stub)[-1]["before"] == {"age": 70}
    assert unsaved(grid) == []


def test_undo_passes_over_what_was_corrected(grid: Page, stub: Stub) -> None:
    write(grid, 1, "name", "先改的")
    write(grid, 0, "age", "七十")
    status(grid, "1 处未保存：1 处填写有误")
    write(grid, 0, "age", "71")
    status(grid, "已保存")
    for row, name, was in ((0, "age", "70"), (1, "name", "居民2")):
        grid.keyboard.press("Control+z")
        expect(cell(grid, row, name)).to_have_text(was)


@pytest.mark.parametrize(("choice", "stored"), [("用我的", "我"), ("用对方的", "她")])
def test_a_conflict_shows_both_and_lets_one_choose(
    grid: Page, stub: Stub, choice: str, stored: str
) -> None:
    cell(grid, 0, "address").click()
    grid.keyboard.type("我")  # the cell is open: what others do now was not seen
    stub.other("r00000", address="她")
    grid.wait_for_timeout(2500)  # the feed has brought it, under the open editor
    grid.keyboard.press("Enter")
    status(grid, "1 处与别人的修改冲突")
    assert stub.rows["r00000"]["address"] == "她"
    cell(grid, 0, "address").click()
    expect(grid.locator(".note")).to_contain_text("王芳")
    expect(grid.locator(".note")).to_contain_text("她")
    grid.locator(".note").get_by_role("button", name=choice).click()
    status(grid, "已保存")
    expect(cell(grid, 0, "address")).to_have_text(stored)
    assert stub.rows["r00000"]["address"] == stored


def test_what_others_change_appears_in_place(grid: Page, stub: Stub) -> None:
    cell(grid, 3, "name").click()
    stub.other("r00000", name="改了名")
    expect(cell(grid, 0, "name")).to_have_text("改了名")
    expect(cell(grid, 0, "name")).to_have_attribute("title", "王芳 改过")
    expect(grid.locator(".cell.active")).to_have_attribute("data-row", "3")
    stub.write("r00001", None)
    expect(cell(grid, 1, "name")).to_have_text("居民3")
    expect(grid.locator(".cell.active")).to_have_text("居民4")  # still on its row


def test_a_reload_right_after_enter_loses_nothing(grid: Page, stub: Stub) -> None:
    stub.slow = 1.0
    write(grid, 0, "name", "快手")
    grid.reload()
    stub.slow = 0.0
    expect(cell(grid, 0, "name")).to_have_text("快手")
    status(grid, "已保存")
    assert stub.rows["r00000"]["name"] == "快手"
    assert stub.applied == 1


def test_an_answer_lost_after_it_was_applied_is_stored_once(grid: Page, stub: Stub) -> None:
    stub.drop = 2
    write(grid, 0, "address", "一")
    write(grid, 0, "address", "二")
    write(grid, 0, "address", "三")
    status(grid, "已保存")
    assert stub.rows["r00000"]["address"] == "三"
    assert stub.applied == 3
    assert stub.seq == 4


def test_a_dead_server_is_waited_for(grid: Page, stub: Stub) -> None:
    stub.stop()
    for n in range(5):
        write(grid, n, "address", f"街{n}")
    status(grid, "连接中断，5 处已存在本机")
    assert len(unsaved(grid)) == 5
    stub.start()
    status(grid, "已保存")
    assert [stub.rows[f"r0000{n}"]["address"] for n in range(5)] == [f"街{n}" for n in range(5)]
    assert stub.applied == 5


def test_an_ended_session_keeps_the_queue_until_one_signs_in(grid: Page, stub: Stub) -> None:
    stub.signed_in = False
    write(grid, 0, "address", "等待")
    status(grid, "登录已过期，1 处已存在本机")
    expect(grid.get_by_role("link", name="重新登录")).to_have_attribute("href", "/signin?next=%2F")
    stub.signed_in = True
    status(grid, "已保存")
    assert stub.rows["r00000"]["address"] == "等待"


def test_another_person_neither_sees_nor_sends_what_one_left(
    grid: Page, stub: Stub, open_page: OpenPage
) -> None:
    stub.signed_in = False
    write(grid, 0, "address", "机密")
    status(grid, "登录已过期")
    stub.signed_in = True
    opened(grid, stub, '/?data={"user":"u2"}')
    grid.wait_for_timeout(1000)
    assert stub.rows["r00000"]["address"] == "桂花树路 0 号"
    expect(cell(grid, 0, "address")).to_have_text("桂花树路 0 号")
    opened(grid, stub)
    status(grid, "已保存")
    assert stub.rows["r00000"]["address"] == "机密"


# — masks —


def test_a_mask_is_never_edited_only_replaced(grid: Page, stub: Stub) -> None:
    mask = cell(grid, 0, "phone").inner_text()
    assert "*" in mask
    cell(grid, 0, "phone").dblclick()
    expect(grid.locator(".pen")).to_have_value("")
    grid.keyboard.press("Enter")  # nothing write: nothing changed
    cell(grid, 0, "phone").click()
    assert grid.evaluate(COPY) == mask
    paste(grid, mask)
    grid.wait_for_timeout(300)
    assert changes(stub) == []
    write(grid, 0, "phone", "13900001111")
    status(grid, "已保存")
    assert changes(stub)[0]["before"] == {"phone": mask}
    assert changes(stub)[0]["seen"] == 1
    expect(cell(grid, 0, "phone")).to_have_text("139******11")
    assert stub.rows["r00000"]["phone"] == "13900001111"


def test_two_values_behind_one_mask_are_told_apart(grid: Page, stub: Stub) -> None:
    cell(grid, 0, "phone").click()
    grid.keyboard.type("13900001111")
    stub.other("r00000", phone="13855555500")  # looks like the one before: 138******00
    grid.keyboard.press("Enter")
    status(grid, "1 处与别人的修改冲突")
    assert stub.rows["r00000"]["phone"] == "13855555500"
