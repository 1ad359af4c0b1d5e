"""The grid's browser side against a stand-in server: typing, trouble, and nothing lost."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.grid_stub import Stub
from ui.grid import modules

OpenPage = Callable[..., Page]
PASTE = """text => {
  const pen = document.getElementById('host').shadowRoot.querySelector('.pen');
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  pen.dispatchEvent(new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true}));
}"""
COPY = """() => {
  const pen = document.getElementById('host').shadowRoot.querySelector('.pen');
  const clipboardData = new DataTransfer();
  pen.dispatchEvent(new ClipboardEvent('copy', {clipboardData, bubbles: true, cancelable: true}));
  return clipboardData.getData('text/plain');
}"""

TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture
def stub() -> Iterator[Stub]:
    server = Stub()
    server.fill(300)
    yield server.start()
    server.stop()


@pytest.fixture
def grid(stub: Stub, open_page: OpenPage) -> Page:
    """A page at a desk with the grid drawn."""
    return _opened(open_page(), stub)


def _opened(page: Page, stub: Stub, query: str = "") -> Page:
    page.goto(stub.address + query)
    expect(_cell(page, 0, "name")).to_have_text("居民1")
    return page


def _cell(page: Page, row: int, name: str) -> Locator:
    return page.locator(f'.cell[data-row="{row}"][data-name="{name}"]')


def _type(page: Page, row: int, name: str, text: str, key: str = "Enter") -> None:
    _cell(page, row, name).click()
    page.keyboard.type(text)
    page.keyboard.press(key)


def _paste(page: Page, text: str) -> None:
    page.evaluate(PASTE, text)
    expect(page.locator(".remark")).to_contain_text("已粘贴")


def _status(page: Page, text: str) -> None:
    page.evaluate(TWO_FRAMES)  # what was done last has been drawn
    expect(page.locator(".status .state")).to_contain_text(text)


def _unsaved(page: Page) -> list[str]:
    found = page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('sanshe.unsaved'))")
    return list(found)


def _changes(stub: Stub) -> list[dict[str, Any]]:
    return [change for request in stub.requests for change in request["changes"]]


# — moving and typing —


def test_typing_replaces_a_selected_cell_and_enter_goes_down(grid: Page, stub: Stub) -> None:
    _type(grid, 2, "name", "张三")
    grid.keyboard.type("李四")
    grid.keyboard.press("Enter")
    _status(grid, "已保存")
    assert [stub.rows[i]["name"] for i in ("r00002", "r00003")] == ["张三", "李四"]
    assert [change["before"] for change in _changes(stub)] == [{"name": "居民3"}, {"name": "居民4"}]
    assert len({request["batch"] for request in stub.requests}) == 2  # undone one by one
    assert _unsaved(grid) == []


def test_keys_walk_the_cells(grid: Page) -> None:
    def at() -> tuple[str | None, str | None]:
        active = grid.locator(".cell.active")
        return active.get_attribute("data-row"), active.get_attribute("data-name")

    _cell(grid, 0, "name").click()
    for key, expected in [
        ("ArrowDown", ("1", "name")), ("ArrowRight", ("1", "sex")), ("Tab", ("1", "birth_date")),
        ("Shift+Tab", ("1", "sex")), ("Tab", ("1", "birth_date")), ("Enter", ("2", "sex")),
        ("Shift+Enter", ("1", "sex")), ("End", ("1", "remark")), ("Tab", ("2", "name")),
        ("Control+End", ("300", "remark")), ("Control+Home", ("0", "name")),
        ("Control+ArrowDown", ("300", "name")), ("Control+ArrowUp", ("0", "name")),
    ]:  # fmt: skip
        grid.keyboard.press(key)
        grid.wait_for_timeout(60)
        assert at() == expected, key


def test_f2_edits_the_text_and_escape_gives_it_up(grid: Page, stub: Stub) -> None:
    _cell(grid, 0, "address").click()
    grid.keyboard.press("F2")
    grid.keyboard.type("东")
    grid.keyboard.press("Enter")
    _cell(grid, 0, "address").dblclick()
    grid.keyboard.type("错")
    grid.keyboard.press("Escape")
    _status(grid, "已保存")
    assert stub.rows["r00000"]["address"] == "桂花树路 0 号东"
    assert len(_changes(stub)) == 1


def test_a_click_elsewhere_stores_and_delete_empties(grid: Page, stub: Stub) -> None:
    _cell(grid, 0, "address").click()
    grid.keyboard.type("新街")
    _cell(grid, 1, "address").click()
    _cell(grid, 2, "address").click(modifiers=["Shift"])
    grid.keyboard.press("Delete")
    expect(_cell(grid, 2, "address")).to_have_text("")
    _status(grid, "已保存")
    assert [stub.rows[f"r0000{n}"]["address"] for n in range(4)] == [
        "新街", None, None, "桂花树路 3 号",
    ]  # fmt: skip


def test_only_what_is_in_sight_is_drawn_and_pages_come_as_needed(
    open_page: OpenPage, stub: Stub
) -> None:
    stub.fill(12500)
    page = _opened(open_page(), stub)
    drawn = page.locator(".row").count()
    assert drawn < 60
    assert page.locator('.cell[data-name="extra5"]').count() == 0
    _cell(page, 0, "name").click()
    page.keyboard.press("Control+End")
    expect(_cell(page, 12499, "name")).to_have_text("居民12500")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    page.keyboard.type("末人")
    page.keyboard.press("Enter")
    _status(page, "已保存")
    assert stub.rows["r12499"]["name"] == "末人"


def test_search_and_sort_ask_the_server(grid: Page) -> None:
    grid.locator(".search").fill("居民29")
    expect(grid.locator(".total")).to_have_text("共 11 人")
    expect(_cell(grid, 0, "name")).to_have_text("居民29")
    grid.locator(".search").fill("")
    grid.locator('.head [data-sort="name"]').click()
    expect(grid.locator('.head [aria-sort="ascending"]')).to_contain_text("姓名")
    expect(_cell(grid, 1, "name")).to_have_text("居民10")


# — drop-downs —


def test_choices_are_picked_by_keyboard_and_by_pinyin_initials(grid: Page, stub: Stub) -> None:
    _cell(grid, 0, "status").click()
    grid.keyboard.press("F2")
    grid.keyboard.press("ArrowDown")
    grid.keyboard.press("Enter")
    _type(grid, 1, "status", "wc", "Tab")  # 外出
    _cell(grid, 1, "lives_alone").click()
    grid.keyboard.press("Space")
    _cell(grid, 0, "skills").click()
    grid.keyboard.press("F2")
    for key in ("ArrowDown", "ArrowDown", "Space", "ArrowUp", "Space", "Enter"):
        grid.keyboard.press(key)
    _status(grid, "已保存")
    assert [stub.rows[i]["status"] for i in ("r00000", "r00001")] == ["流入", "外出"]
    assert stub.rows["r00001"]["lives_alone"] is True
    assert stub.rows["r00000"]["skills"] == "文艺、体育"


def test_a_reference_is_picked_from_names(grid: Page, stub: Stub) -> None:
    _cell(grid, 0, "household_id").click()
    grid.keyboard.type("李家")
    expect(grid.locator(".option")).to_have_text(["1 栋 102 李家"])
    grid.keyboard.press("Enter")
    _status(grid, "已保存")
    expect(_cell(grid, 0, "household_id")).to_have_text("1 栋 102 李家")
    assert stub.rows["r00000"]["household_id"] == "h2"


def test_pasted_names_become_references_or_are_refused(grid: Page, stub: Stub) -> None:
    _cell(grid, 0, "household_id").click()
    _paste(grid, "2 栋 201 张家\n没有这家")
    _status(grid, "1 处填写有误")
    assert stub.rows["r00000"]["household_id"] == "h3"
    expect(_cell(grid, 1, "household_id")).to_have_text("没有这家")
    assert stub.rows["r00001"]["household_id"] == "h2"


# — blocks —


def test_a_pasted_block_is_one_batch_and_undone_as_one(grid: Page, stub: Stub) -> None:
    _cell(grid, 1, "name").click()
    _paste(grid, '甲\t女\t1990年5月\r\n"乙\n""二"""\t男\t1991\r\n')
    _status(grid, "已保存")
    assert [stub.rows["r00001"][f] for f in ("name", "sex", "birth_date")] == ["甲", "女", "1990-5"]
    assert stub.rows["r00002"]["name"] == '乙 "二"'
    assert len({request["batch"] for request in stub.requests}) == 1
    grid.keyboard.press("Control+z")
    expect(_cell(grid, 1, "name")).to_have_text("居民2")
    expect(_cell(grid, 2, "birth_date")).to_have_text("1956-03")
    grid.keyboard.press("Control+y")
    expect(_cell(grid, 1, "name")).to_have_text("甲")
    assert stub.rows["r00002"]["birth_date"] == "1991"


def test_a_paste_loads_the_rows_it_falls_on_and_adds_those_past_the_end(
    grid: Page, stub: Stub
) -> None:
    _cell(grid, 1, "name").click()
    _paste(grid, "\n".join(f"人{n}\t男" for n in range(298)))
    _status(grid, "已保存")
    assert stub.rows["r00001"]["name"] == "人0"
    assert stub.rows["r00298"]["name"] == "人297"
    assert stub.rows["r00299"]["name"] == "居民300"
    assert max(len(request["changes"]) for request in stub.requests) <= 500
    grid.keyboard.press("Control+End")
    grid.keyboard.press("Home")
    _paste(grid, "新甲\t男\t\t\t\t\t\t常住\n新乙\t女\t\t\t\t\t\t常住\n")
    expect(grid.locator(".total")).to_have_text("共 302 人")
    _status(grid, "已保存")
    assert sorted(row["name"] for row in stub.rows.values() if row["name"][0] == "新") == [
        "新乙", "新甲",
    ]  # fmt: skip


def test_copy_gives_text_that_a_spreadsheet_reads(grid: Page) -> None:
    _cell(grid, 0, "name").click()
    _cell(grid, 1, "birth_date").click(modifiers=["Shift"])
    assert grid.evaluate(COPY) == "居民1\t男\t1956-03\r\n居民2\t女\t1956-03"


# — new rows, deletion —


def test_a_new_row_is_a_draft_until_what_is_required_is_there(grid: Page, stub: Stub) -> None:
    grid.get_by_role("button", name="新增").click()
    grid.keyboard.type("新人")
    grid.keyboard.press("Tab")
    _status(grid, "1 行草稿，还缺“居住状态”")
    assert len(stub.rows) == 300
    grid.reload()
    _status(grid, "1 行草稿")
    _cell(grid, 0, "name").click()
    grid.keyboard.press("Control+ArrowDown")
    grid.keyboard.press("ArrowUp")
    expect(_cell(grid, 300, "name")).to_have_text("新人")
    _type(grid, 300, "status", "常住")
    _status(grid, "已保存")
    made = [row for row in stub.rows.values() if row["name"] == "新人"]
    assert [(row["status"], row["id"][14]) for row in made] == [("常住", "7")]  # a UUIDv7


def test_deleted_rows_come_back_by_undo(grid: Page, stub: Stub) -> None:
    grid.locator('.cell.number[data-row="1"]').click()
    grid.locator('.cell.number[data-row="2"]').click(modifiers=["Shift"])
    grid.get_by_role("button", name="删除").click()
    expect(grid.get_by_text("删除选中的 2 行？")).to_be_visible()
    grid.locator("dialog .main").click()
    expect(_cell(grid, 1, "name")).to_have_text("居民4")
    assert "r00001" not in stub.rows
    grid.get_by_role("button", name="撤销").click()
    expect(_cell(grid, 1, "name")).to_have_text("居民2")
    assert stub.rows["r00002"]["name"] == "居民3"


# — trouble —


def test_a_refused_value_stays_with_its_reason_until_corrected(grid: Page, stub: Stub) -> None:
    _type(grid, 0, "age", "七十")
    _status(grid, "1 处未保存：1 处填写有误")
    grid.reload()
    _status(grid, "1 处未保存：1 处填写有误")
    grid.get_by_role("button", name="查看").click()
    grid.get_by_role("button", name="去看").click()
    expect(_cell(grid, 0, "age")).to_have_text("七十")
    expect(_cell(grid, 0, "age")).to_have_attribute("aria-invalid", "true")
    expect(grid.locator(".note")).to_contain_text("应为整数")
    grid.keyboard.type("71")
    grid.keyboard.press("Enter")
    _status(grid, "已保存")
    assert stub.rows["r00000"]["age"] == 71
    assert _changes(stub)[-1]["before"] == {"age": 70}
    assert _unsaved(grid) == []


@pytest.mark.parametrize(("choice", "stored"), [("用我的", "我"), ("用对方的", "她")])
def test_a_conflict_shows_both_and_lets_one_choose(
    grid: Page, stub: Stub, choice: str, stored: str
) -> None:
    _cell(grid, 0, "address").click()
    grid.keyboard.type("我")  # the cell is open: what others do now was not seen
    stub.other("r00000", address="她")
    grid.wait_for_timeout(2500)  # the feed has brought it, under the open editor
    grid.keyboard.press("Enter")
    _status(grid, "1 处与别人的修改冲突")
    assert stub.rows["r00000"]["address"] == "她"
    _cell(grid, 0, "address").click()
    expect(grid.locator(".note")).to_contain_text("王芳")
    expect(grid.locator(".note")).to_contain_text("她")
    grid.locator(".note").get_by_role("button", name=choice).click()
    _status(grid, "已保存")
    expect(_cell(grid, 0, "address")).to_have_text(stored)
    assert stub.rows["r00000"]["address"] == stored


def test_what_others_change_appears_in_place(grid: Page, stub: Stub) -> None:
    _cell(grid, 3, "name").click()
    stub.other("r00000", name="改了名")
    expect(_cell(grid, 0, "name")).to_have_text("改了名")
    expect(_cell(grid, 0, "name")).to_have_attribute("title", "王芳 改过")
    expect(grid.locator(".cell.active")).to_have_attribute("data-row", "3")
    stub.write("r00001", None)
    expect(_cell(grid, 1, "name")).to_have_text("居民3")
    expect(grid.locator(".cell.active")).to_have_text("居民4")  # still on its row


def test_a_reload_right_after_enter_loses_nothing(grid: Page, stub: Stub) -> None:
    stub.slow = 1.0
    _type(grid, 0, "name", "快手")
    grid.reload()
    stub.slow = 0.0
    expect(_cell(grid, 0, "name")).to_have_text("快手")
    _status(grid, "已保存")
    assert stub.rows["r00000"]["name"] == "快手"
    assert stub.applied == 1


def test_an_answer_lost_after_it_was_applied_is_stored_once(grid: Page, stub: Stub) -> None:
    stub.drop = 2
    _type(grid, 0, "address", "一")
    _type(grid, 0, "address", "二")
    _type(grid, 0, "address", "三")
    _status(grid, "已保存")
    assert stub.rows["r00000"]["address"] == "三"
    assert stub.applied == 3
    assert stub.seq == 4


def test_a_dead_server_is_waited_for(grid: Page, stub: Stub) -> None:
    stub.stop()
    for n in range(5):
        _type(grid, n, "address", f"街{n}")
    _status(grid, "连接中断，5 处已存在本机")
    assert len(_unsaved(grid)) == 5
    stub.start()
    _status(grid, "已保存")
    assert [stub.rows[f"r0000{n}"]["address"] for n in range(5)] == [f"街{n}" for n in range(5)]
    assert stub.applied == 5


def test_an_ended_session_keeps_the_queue_until_one_signs_in(grid: Page, stub: Stub) -> None:
    stub.signed_in = False
    _type(grid, 0, "address", "等待")
    _status(grid, "登录已过期，1 处已存在本机")
    expect(grid.get_by_role("link", name="重新登录")).to_have_attribute("href", "/signin?next=%2F")
    stub.signed_in = True
    _status(grid, "已保存")
    assert stub.rows["r00000"]["address"] == "等待"


def test_another_person_neither_sees_nor_sends_what_one_left(
    grid: Page, stub: Stub, open_page: OpenPage
) -> None:
    stub.signed_in = False
    _type(grid, 0, "address", "机密")
    _status(grid, "登录已过期")
    stub.signed_in = True
    _opened(grid, stub, '/?data={"user":"u2"}')
    grid.wait_for_timeout(1000)
    assert stub.rows["r00000"]["address"] == "桂花树路 0 号"
    expect(_cell(grid, 0, "address")).to_have_text("桂花树路 0 号")
    _opened(grid, stub)
    _status(grid, "已保存")
    assert stub.rows["r00000"]["address"] == "机密"


# — masks —


def test_a_mask_is_never_edited_only_replaced(grid: Page, stub: Stub) -> None:
    mask = _cell(grid, 0, "phone").inner_text()
    assert "*" in mask
    _cell(grid, 0, "phone").dblclick()
    expect(grid.locator(".pen")).to_have_value("")
    grid.keyboard.press("Enter")  # nothing typed: nothing changed
    _cell(grid, 0, "phone").click()
    assert grid.evaluate(COPY) == mask
    _paste(grid, mask)
    grid.wait_for_timeout(300)
    assert _changes(stub) == []
    _type(grid, 0, "phone", "13900001111")
    _status(grid, "已保存")
    assert _changes(stub)[0]["before"] == {"phone": mask}
    assert _changes(stub)[0]["seen"] == 1
    expect(_cell(grid, 0, "phone")).to_have_text("139******11")
    assert stub.rows["r00000"]["phone"] == "13900001111"


def test_two_values_behind_one_mask_are_told_apart(grid: Page, stub: Stub) -> None:
    _cell(grid, 0, "phone").click()
    grid.keyboard.type("13900001111")
    stub.other("r00000", phone="13855555500")  # looks like the one before: 138******00
    grid.keyboard.press("Enter")
    _status(grid, "1 处与别人的修改冲突")
    assert stub.rows["r00000"]["phone"] == "13855555500"


# — the page around —


def test_the_page_is_told_once_edits_have_paused(grid: Page, stub: Stub) -> None:
    _type(grid, 0, "name", "甲")
    _type(grid, 1, "name", "乙")
    grid.wait_for_function("window.triggers.length > 0")
    grid.wait_for_timeout(500)
    assert grid.evaluate("window.triggers") == [["changed", 3]]


def test_mounting_again_keeps_the_element_and_the_half_typed_text(grid: Page) -> None:
    _cell(grid, 0, "name").click()
    grid.keyboard.type("半")
    grid.evaluate("void window.give({csrf: 'the-token'})")
    expect(grid.locator(".pen")).to_have_value("半")
    assert grid.locator(".grid").count() == 1
    grid.evaluate("window.unmount()")
    assert grid.locator(".grid").count() == 0
    grid.evaluate("void window.give({})")
    expect(_cell(grid, 0, "name")).to_have_text("半")  # stored as the page went away


def test_on_a_phone_the_first_tap_selects_and_the_second_opens(phone: Page, stub: Stub) -> None:
    page = _opened(phone, stub)
    pen = page.locator(".pen")
    _cell(page, 1, "name").tap()
    expect(pen).to_have_js_property("readOnly", True)
    expect(page.locator(".pen.open")).to_have_count(0)
    _cell(page, 1, "name").tap()
    expect(page.locator(".pen.open")).to_have_count(1)
    expect(pen).to_have_js_property("readOnly", False)
    page.keyboard.type("二")
    page.keyboard.press("Enter")
    _status(page, "已保存")
    assert stub.rows["r00001"]["name"] == "居民2二"
    for button in page.locator(".tools > *").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= 44
        assert box["y"] > 600
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_markup_in_a_cell_is_text(grid: Page, stub: Stub) -> None:
    _type(grid, 0, "address", "<img src=x onerror=window.hit=1>")
    _status(grid, "已保存")
    expect(_cell(grid, 0, "address")).to_have_text("<img src=x onerror=window.hit=1>")
    assert grid.evaluate("window.hit") is None


def test_all_of_it_is_small() -> None:
    assert (
        sum(len(gzip.compress(text.encode(), 9)) for text in modules.ASSETS.values()) <= 30 * 1024
    )
