"""Bad luck and bad company: nothing is lost, stored twice, or written over what was not seen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from tests.browser.grid_hands import changes, opened, paste, status, unsaved
from tests.browser.grid_stub import Stub
from tests.browser.sheet import cell, write

OpenPage = Callable[..., Page]
POSTS = "**/api/v1/changes"
HTML = "<html><body><h1>Sorry</h1></body></html>"


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


def twin(page: Page, stub: Stub) -> Page:
    """Another tab of the same person, in the same browser."""
    return opened(page.context.new_page(), stub)


def fails(page: Page, times: int, **answer: Any) -> None:
    """The next posts of edits get this answer and never reach the server."""
    page.route(POSTS, lambda route: route.fulfill(**answer), times=times)


# — one's own edits must not conflict with each other —


def test_a_cell_opened_again_while_its_edit_is_under_way(grid: Page, stub: Stub) -> None:
    stub.slow = 1.0
    write(grid, 0, "address", "一")
    cell(grid, 0, "address").click()
    grid.keyboard.type("二")  # opened over “一”, which is acknowledged while this is typed
    grid.wait_for_timeout(1500)
    grid.keyboard.press("Enter")
    status(grid, "已保存")
    assert stub.rows["r00000"]["address"] == "二"
    assert [change["before"]["address"] for change in changes(stub)] == ["桂花树路 0 号", "一"]


def test_a_new_row_typed_on_while_it_is_being_stored(grid: Page, stub: Stub) -> None:
    stub.slow = 1.0
    grid.get_by_role("button", name="新增").click()
    grid.keyboard.type("新人")
    grid.keyboard.press("Tab")
    write(grid, 300, "status", "常住")
    cell(grid, 300, "name").click()
    grid.keyboard.type("新新人")
    grid.wait_for_timeout(1500)
    grid.keyboard.press("Enter")
    status(grid, "已保存")
    (born,) = [row for row_id, row in stub.rows.items() if not row_id.startswith("r")]
    assert born["name"] == "新新人"


def test_a_row_deleted_while_an_edit_of_it_is_under_way(grid: Page, stub: Stub) -> None:
    stub.slow = 0.6
    write(grid, 1, "address", "改了")
    _delete(grid, 1)
    status(grid, "已保存")
    assert "r00001" not in stub.rows
    expect(cell(grid, 1, "name")).to_have_text("居民3")


def test_a_new_row_deleted_while_it_is_being_stored(grid: Page, stub: Stub) -> None:
    stub.slow = 0.6
    grid.get_by_role("button", name="新增").click()
    grid.keyboard.type("新人")
    grid.keyboard.press("Tab")
    write(grid, 300, "status", "常住")
    _delete(grid, 300)
    status(grid, "已保存")
    assert len(stub.rows) == 300


def test_a_draft_deleted_comes_back_with_undo(grid: Page) -> None:
    grid.get_by_role("button", name="新增").click()
    grid.keyboard.press("End")
    grid.keyboard.type("只有备注")
    grid.keyboard.press("Enter")
    _delete(grid, 300)
    status(grid, "已保存")
    cell(grid, 299, "name").click()
    grid.keyboard.press("Control+z")
    status(grid, "1 行草稿")
    expect(grid.locator(".row").get_by_text("只有备注")).to_be_visible()


def _delete(page: Page, row: int) -> None:
    cell(page, row, "name").click()
    page.get_by_role("button", name="删除", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="删除").click()


# — what others write must not be taken for seen —


def test_an_answer_that_comes_late_shows_nobody_elses_value_as_seen(grid: Page, stub: Stub) -> None:
    stub.drop = 1  # applied, and the answer is lost
    write(grid, 0, "address", "一")
    write(grid, 0, "address", "二")  # waits behind it
    stub.other("r00000", address="她的")
    status(grid, "1 处与别人的修改冲突")
    assert stub.rows["r00000"]["address"] == "她的"


def test_a_page_of_rows_that_comes_late_does_not_put_the_clock_back(grid: Page, stub: Stub) -> None:
    held: list[Route] = []
    grid.route("**/api/v1/rows?*offset=100*", lambda route: held.append(route))  # noqa: PLW0108
    cell(grid, 0, "name").click()
    grid.keyboard.press("Control+End")
    grid.keyboard.press("Control+Home")
    grid.locator(".pane").evaluate("pane => pane.scrollTop = 110 * 32")
    until(grid, lambda: bool(held))
    old = held[0].fetch()
    stub.other("r00150", address="新的")
    grid.wait_for_timeout(2500)  # the feed tells of it
    held[0].fulfill(response=old)
    grid.locator(".pane").evaluate("pane => pane.scrollTop = 145 * 32")
    expect(cell(grid, 150, "address")).to_have_text("新的")


def test_news_too_many_to_tell_are_asked_for_anew(grid: Page, stub: Stub) -> None:
    expect(cell(grid, 5, "address")).to_have_text("桂花树路 5 号")
    stub.other("r00005", address="许多之一")
    reset = json.dumps({"seq": stub.seq, "rows": [], "gone": [], "by": {}, "reset": True})
    grid.route("**/api/v1/feed*", lambda route: route.fulfill(body=reset), times=1)
    expect(cell(grid, 5, "address")).to_have_text("许多之一")


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Waits while the browser goes on."""
    for _ in range(200):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError("waited in vain")


# — servers and what stands before them —


@pytest.mark.parametrize("code", [404, 409, 429, 500, 502])
def test_a_page_instead_of_an_answer_is_no_answer(grid: Page, stub: Stub, code: int) -> None:
    fails(grid, 2, status=code, body=HTML, content_type="text/html")
    write(grid, 0, "address", "一")
    status(grid, "连接中断，1 处已存在本机")
    status(grid, "已保存")
    assert stub.rows["r00000"]["address"] == "一"
    assert stub.applied == 1


@pytest.mark.parametrize("body", [HTML, "{}", '{"results": null}', "null"])
def test_a_page_that_says_it_went_well_is_no_answer(grid: Page, stub: Stub, body: str) -> None:
    fails(grid, 1, status=200, body=body)
    write(grid, 0, "address", "一")
    status(grid, "已保存")
    assert stub.rows["r00000"]["address"] == "一"


def _cut(grid: Page, size: int, cut: Callable[[Route], None]) -> list[int]:
    """A proxy that lets only small bodies through; the sizes that came to it."""
    sizes: list[int] = []

    def pass_on(route: Route) -> None:
        sizes.append(len(route.request.post_data or ""))
        if sizes[-1] > size:
            cut(route)
        else:
            route.continue_()

    grid.route(POSTS, pass_on)
    return sizes


@pytest.mark.parametrize("politely", [True, False])
def test_a_proxy_that_cuts_large_requests_gets_smaller_ones(
    grid: Page, stub: Stub, politely: bool
) -> None:
    def cut(route: Route) -> None:
        if politely:
            route.fulfill(status=413, body=HTML)
        else:
            route.abort("connectionreset")

    sizes = _cut(grid, 20_000, cut)
    cell(grid, 0, "address").click()
    paste(grid, "\r\n".join(f"新街 {n} 号" for n in range(300)))
    status(grid, "已保存")
    assert [stub.rows[f"r{n:05d}"]["address"] for n in range(300)] == [
        f"新街 {n} 号" for n in range(300)
    ]
    assert stub.applied == 300
    assert sizes[0] > 20_000


def test_what_alone_is_too_large_is_refused_and_holds_up_nothing(grid: Page, stub: Stub) -> None:
    _cut(grid, 5_000, lambda route: route.fulfill(status=413, body=HTML))
    cell(grid, 0, "address").click()
    paste(grid, "一\r\n" + "长" * 9_000 + "\r\n三")
    status(grid, "1 处未保存：1 处填写有误")
    cell(grid, 1, "address").click()
    expect(grid.locator(".note")).to_contain_text("没有接受")
    assert [stub.rows[f"r0000{n}"]["address"] for n in range(3)] == ["一", "桂花树路 1 号", "三"]


def test_an_edit_that_the_server_stumbles_over_lets_the_others_through(
    grid: Page, stub: Stub
) -> None:
    def stumble(route: Route) -> None:
        if "毒" in json.dumps(route.request.post_data_json, ensure_ascii=False):
            route.fulfill(status=500, json={"reason": "服务器出了问题"})
        else:
            route.continue_()

    grid.clock.install()
    grid.route(POSTS, stumble)
    write(grid, 0, "address", "毒")
    write(grid, 1, "address", "二")
    write(grid, 2, "address", "三")
    for _ in range(30):
        grid.clock.run_for(2000)
        grid.wait_for_timeout(100)
        if stub.rows["r00002"]["address"] == "三":
            break
    assert [stub.rows[f"r0000{n}"]["address"] for n in (1, 2)] == ["二", "三"]
    assert len(unsaved(grid)) == 1  # and it is still tried


def test_a_session_that_ends_in_the_middle_of_the_queue(grid: Page, stub: Stub) -> None:
    stub.slow = 0.3
    for n in range(4):
        write(grid, n, "address", f"街{n}")
    until(grid, lambda: stub.applied >= 1)
    stub.signed_in = False
    status(grid, "登录已过期")
    write(grid, 4, "address", "街4")
    stub.signed_in, stub.slow = True, 0.0
    status(grid, "已保存")
    assert [stub.rows[f"r0000{n}"]["address"] for n in range(5)] == [f"街{n}" for n in range(5)]
    assert stub.applied == 5


# — several tabs, several people, no room, an odd clock —


def test_two_tabs_that_hold_the_same_edits_store_them_once(grid: Page, stub: Stub) -> None:
    stub.signed_in = False
    for n in range(5):
        write(grid, n, "age", "七十" if n == 4 else f"{n + 1}")
    status(grid, "登录已过期，5 处")
    stub.signed_in = True
    fails(grid, 100, status=503)
    other = grid.context.new_page()
    other.goto(stub.address)
    status(other, "1 处未保存：1 处填写有误")
    grid.unroute(POSTS)
    status(grid, "1 处未保存：1 处填写有误")
    assert [stub.rows[f"r0000{n}"]["age"] for n in range(5)] == [1, 2, 3, 4, 70]
    assert stub.applied == 4
    write(grid, 4, "age", "75")  # corrected in one, forgotten in the other
    status(grid, "已保存")
    status(other, "已保存")
    assert unsaved(other) == []


def test_what_a_closed_tab_left_is_sent_by_the_one_that_is_open(grid: Page, stub: Stub) -> None:
    grid.clock.install()
    opened(grid, stub)  # its timers go by that clock
    other = twin(grid, stub)
    fails(other, 100, status=503)
    write(other, 0, "address", "还没存")
    status(other, "连接中断，1 处已存在本机")
    other.close()
    grid.clock.run_for(90_000)
    until(grid, lambda: stub.rows["r00000"]["address"] == "还没存")
    assert stub.applied == 1


def test_the_queue_of_another_person_stays_theirs(grid: Page, stub: Stub) -> None:
    stub.signed_in = False
    write(grid, 0, "address", "甲写的")
    status(grid, "登录已过期，1 处")
    stub.signed_in = True
    grid.goto(stub.address + '?data={"user": "u2"}')
    status(grid, "已保存")
    expect(cell(grid, 0, "address")).to_have_text("桂花树路 0 号")
    grid.keyboard.press("Control+z")
    grid.wait_for_timeout(500)
    assert changes(stub) == []
    assert len(unsaved(grid)) == 1
    grid.goto(stub.address)
    status(grid, "已保存")
    expect(cell(grid, 0, "address")).to_have_text("甲写的")
    assert stub.applied == 1


def test_a_change_of_person_in_the_page_stops_the_queue_of_the_first(
    grid: Page, stub: Stub
) -> None:
    fails(grid, 1, status=503)
    write(grid, 0, "address", "甲写的")
    status(grid, "连接中断")
    grid.evaluate("void window.give({user: 'u2'})")
    expect(cell(grid, 0, "name")).to_have_text("居民1")
    write(grid, 1, "address", "乙写的")
    status(grid, "已保存")
    grid.wait_for_timeout(1500)
    assert [change["after"]["address"] for change in changes(stub)] == ["乙写的"]
    grid.evaluate("void window.give({})")
    status(grid, "已保存")
    assert stub.rows["r00000"]["address"] == "甲写的"


FILL = """() => {
  let chunk = 'x'.repeat(1 << 20);
  for (let n = 0; chunk; n += 1) {
    try { localStorage.setItem(`other.${n}`, chunk); } catch { chunk = chunk.slice(1); n -= 1;
      chunk = chunk.slice(0, chunk.length / 2); }
  }
}"""


def test_with_no_room_on_this_machine_nothing_is_lost_and_one_is_told(
    grid: Page, stub: Stub
) -> None:
    grid.evaluate(FILL)
    fails(grid, 1000, status=503)
    for n in range(3):
        write(grid, n, "address", f"街{n}")
    status(grid, "本机存储已满，保存完之前请不要关闭页面")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    grid.once("dialog", stay)
    grid.evaluate("setTimeout(() => location.reload(), 0)")
    until(grid, lambda: asked == ["beforeunload"])
    grid.unroute(POSTS)
    status(grid, "已保存")
    assert [stub.rows[f"r0000{n}"]["address"] for n in range(3)] == ["街0", "街1", "街2"]
    assert stub.applied == 3
    assert unsaved(grid) == []
    grid.reload()  # asks nothing any more
    expect(cell(grid, 0, "address")).to_have_text("街0")


def test_room_that_comes_back_is_used(grid: Page, stub: Stub) -> None:
    grid.evaluate(FILL)
    fails(grid, 1000, status=503)
    write(grid, 0, "address", "街0")
    status(grid, "本机存储已满")
    grid.evaluate("localStorage.removeItem('other.0')")
    write(grid, 1, "address", "街1")
    status(grid, "连接中断，2 处已存在本机")
    assert len(unsaved(grid)) == 2


def test_a_clock_put_back_does_not_mix_up_the_order(grid: Page, stub: Stub) -> None:
    stub.signed_in = False
    write(grid, 0, "address", "一")
    grid.add_init_script("const now = Date.now; Date.now = () => now() - 864e5")
    grid.goto(stub.address)
    stub.signed_in = True
    fails(grid, 1, status=503)
    grid.goto(stub.address)
    write(grid, 0, "address", "二")
    status(grid, "已保存")
    assert stub.rows["r00000"]["address"] == "二"
    assert stub.applied == 2


# — undo —


def test_undo_of_what_is_under_way_waits_for_it(grid: Page, stub: Stub) -> None:
    stub.slow = 0.8
    write(grid, 0, "address", "一")
    grid.keyboard.press("Control+z")
    expect(cell(grid, 0, "address")).to_have_text("桂花树路 0 号")
    status(grid, "已保存")
    assert stub.rows["r00000"]["address"] == "桂花树路 0 号"
    assert len(stub.batches) == 2


def test_an_undo_whose_answers_were_lost_is_done_once(grid: Page, stub: Stub) -> None:
    def lose(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    write(grid, 0, "address", "一")
    write(grid, 0, "address", "二")
    status(grid, "已保存")
    grid.route("**/api/v1/undo", lose, times=4)
    grid.keyboard.press("Control+z")
    expect(grid.locator(".remark")).to_contain_text("没有成功")
    grid.keyboard.press("Control+z")
    expect(grid.locator(".remark")).to_contain_text("已撤销 1 处")
    assert stub.rows["r00000"]["address"] == "一"
    grid.keyboard.press("Control+z")
    expect(cell(grid, 0, "address")).to_have_text("桂花树路 0 号")


def test_a_switch_of_page_while_edits_are_under_way(grid: Page, stub: Stub) -> None:
    stub.slow = 0.8
    write(grid, 0, "address", "一")
    cell(grid, 1, "address").click()
    grid.keyboard.type("二")  # open, and not left
    grid.evaluate("window.unmount()")
    until(grid, lambda: stub.applied == 2)
    grid.evaluate("void window.give({})")
    expect(cell(grid, 1, "address")).to_have_text("二")
    status(grid, "已保存")
    assert stub.rows["r00000"]["address"] == "一"
