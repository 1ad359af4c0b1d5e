"""The grid's browser side against a stand-in server: typing, choosing, pasting, the page around."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from api import assets
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


# — moving and typing —


def test_typing_replaces_a_selected_cell_and_enter_goes_down(grid: Page, stub: Stub) -> None:
    write(grid, 2, "name", "张三")
    grid.keyboard.type("李四")
    grid.keyboard.press("Enter")
    status(grid, "已保存")
    assert [stub.rows[i]["name"] for i in ("r00002", "r00003")] == ["张三", "李四"]
    assert [change["before"] for change in changes(stub)] == [{"name": "居民3"}, {"name": "居民4"}]
    assert len({request["batch"] for request in stub.requests}) == 2  # undone one by one
    assert unsaved(grid) == []


def test_keys_walk_the_cells(grid: Page) -> None:
    cell(grid, 0, "name").click()
    for key, expected in [
        ("ArrowDown", ("1", "name")), ("ArrowRight", ("1", "sex")), ("Tab", ("1", "birth_date")),
        ("Shift+Tab", ("1", "sex")), ("Tab", ("1", "birth_date")), ("Enter", ("2", "sex")),
        ("Shift+Enter", ("1", "sex")), ("End", ("1", "remark")), ("Tab", ("2", "name")),
        ("Control+End", ("299", "remark")), ("Control+Home", ("0", "name")),
        ("Control+ArrowDown", ("299", "name")), ("Control+ArrowDown", ("300", "name")),
        ("Control+ArrowUp", ("299", "name")), ("Control+ArrowUp", ("0", "name")),
        ("Control+ArrowRight", ("0", "lives_alone")), ("Control+ArrowRight", ("0", "age")),
        ("Control+ArrowLeft", ("0", "lives_alone")), ("Home", ("0", "name")),
        ("PageDown", ("20", "name")), ("Shift+PageUp", ("20", "name")),
    ]:  # fmt: skip
        grid.keyboard.press(key)
        row, name = expected
        active = grid.locator(f'.cell.active[data-row="{row}"][data-name="{name}"]')
        expect(active, key).to_be_attached()


def test_f2_edits_the_text_and_escape_gives_it_up(grid: Page, stub: Stub) -> None:
    cell(grid, 0, "address").click()
    grid.keyboard.press("F2")
    grid.keyboard.type("东")
    grid.keyboard.press("Enter")
    cell(grid, 0, "address").dblclick()
    grid.keyboard.type("错")
    grid.keyboard.press("Escape")
    status(grid, "已保存")
    assert stub.rows["r00000"]["address"] == "桂花树路 0 号东"
    assert len(changes(stub)) == 1


def test_a_click_elsewhere_stores_and_delete_empties(grid: Page, stub: Stub) -> None:
    cell(grid, 0, "address").click()
    grid.keyboard.type("新街")
    cell(grid, 1, "address").click()
    cell(grid, 2, "address").click(modifiers=["Shift"])
    grid.keyboard.press("Delete")
    expect(cell(grid, 2, "address")).to_have_text("")
    status(grid, "已保存")
    assert [stub.rows[f"r0000{n}"]["address"] for n in range(4)] == [
        "新街", None, None, "桂花树路 3 号",
    ]  # fmt: skip


def test_only_what_is_in_sight_is_drawn_and_pages_come_as_needed(
    open_page: OpenPage, stub: Stub
) -> None:
    stub.fill(12500)
    page = opened(open_page(), stub)
    drawn = page.locator(".row").count()
    assert drawn < 60
    assert page.locator('.cell[data-name="extra5"]').count() == 0
    cell(page, 0, "name").click()
    page.keyboard.press("Control+End")
    expect(cell(page, 12499, "name")).to_have_text("居民12500")
    page.keyboard.press("Home")
    page.keyboard.type("末人")
    page.keyboard.press("Enter")
    status(page, "已保存")
    assert stub.rows["r12499"]["name"] == "末人"


def test_search_and_sort_ask_the_server(grid: Page) -> None:
    grid.locator(".search").fill("居民29")
    expect(grid.locator(".total")).to_have_text("共 11 人")
    expect(cell(grid, 0, "name")).to_have_text("居民29")
    grid.locator(".search").fill("")
    grid.locator('.head [data-sort="name"]').click()
    expect(grid.locator('.head [aria-sort="ascending"]')).to_contain_text("姓名")
    expect(cell(grid, 1, "name")).to_have_text("居民10")


# — drop-downs —


def test_choices_are_picked_by_keyboard_and_by_pinyin_initials(grid: Page, stub: Stub) -> None:
    cell(grid, 0, "status").click()
    grid.keyboard.press("F2")
    grid.keyboard.press("ArrowDown")
    grid.keyboard.press("Enter")
    write(grid, 1, "status", "wc", "Tab")  # 外出
    cell(grid, 1, "lives_alone").click()
    grid.keyboard.press("Space")
    cell(grid, 0, "skills").click()
    grid.keyboard.press("F2")
    for key in ("ArrowDown", "ArrowDown", "Space", "ArrowUp", "Space", "Enter"):
        grid.keyboard.press(key)
    status(grid, "已保存")
    assert [stub.rows[i]["status"] for i in ("r00000", "r00001")] == ["流入", "外出"]
    assert stub.rows["r00001"]["lives_alone"] is True
    assert stub.rows["r00000"]["skills"] == "文艺、体育"


def test_a_reference_is_picked_from_names(grid: Page, stub: Stub) -> None:
    cell(grid, 0, "household_id").click()
    grid.keyboard.type("李家")
    expect(grid.locator(".option")).to_have_text(["1 栋 102 李家"])
    grid.keyboard.press("Enter")
    status(grid, "已保存")
    expect(cell(grid, 0, "household_id")).to_have_text("1 栋 102 李家")
    assert stub.rows["r00000"]["household_id"] == "h2"


def test_pasted_names_become_references_or_are_refused(grid: Page, stub: Stub) -> None:
    cell(grid, 0, "household_id").click()
    paste(grid, "2 栋 201 张家\n没有这家")
    status(grid, "1 处填写有误")
    assert stub.rows["r00000"]["household_id"] == "h3"
    expect(cell(grid, 1, "household_id")).to_have_text("没有这家")
    assert stub.rows["r00001"]["household_id"] == "h2"


# — blocks —


def test_a_pasted_block_is_one_batch_and_undone_as_one(grid: Page, stub: Stub) -> None:
    cell(grid, 1, "name").click()
    paste(grid, '甲\t女\t1990年5月\r\n"乙\n""二"""\t男\t1991\r\n')
    status(grid, "已保存")
    assert [stub.rows["r00001"][f] for f in ("name", "sex", "birth_date")] == ["甲", "女", "1990-5"]
    assert stub.rows["r00002"]["name"] == '乙 "二"'
    assert len({request["batch"] for request in stub.requests}) == 1
    grid.keyboard.press("Control+z")
    expect(cell(grid, 1, "name")).to_have_text("居民2")
    expect(cell(grid, 2, "birth_date")).to_have_text("1956-03")
    grid.keyboard.press("Control+y")
    expect(cell(grid, 1, "name")).to_have_text("甲")
    assert stub.rows["r00002"]["birth_date"] == "1991"


def test_a_paste_loads_the_rows_it_falls_on_and_adds_those_past_the_end(
    grid: Page, stub: Stub
) -> None:
    cell(grid, 1, "name").click()
    paste(grid, "\n".join(f"人{n}\t男" for n in range(298)))
    status(grid, "已保存")
    assert stub.rows["r00001"]["name"] == "人0"
    assert stub.rows["r00298"]["name"] == "人297"
    assert stub.rows["r00299"]["name"] == "居民300"
    grid.keyboard.press("Control+End")
    grid.keyboard.press("ArrowDown")
    grid.keyboard.press("Home")
    paste(grid, "新甲\t男\t\t\t\t\t\t常住\n新乙\t女\t\t\t\t\t\t常住\n")
    expect(grid.locator(".total")).to_have_text("共 302 人")
    status(grid, "已保存")
    assert sorted(row["name"] for row in stub.rows.values() if row["name"][0] == "新") == [
        "新乙", "新甲",
    ]  # fmt: skip


def test_copy_gives_text_that_a_spreadsheet_reads(grid: Page) -> None:
    cell(grid, 0, "name").click()
    cell(grid, 1, "birth_date").click(modifiers=["Shift"])
    assert grid.evaluate(COPY) == "居民1\t男\t1956-03\r\n居民2\t女\t1956-03"


# — new rows, deletion —


def test_a_new_row_is_a_draft_until_what_is_required_is_there(grid: Page, stub: Stub) -> None:
    grid.get_by_role("button", name="新增").click()
    grid.keyboard.type("新人")
    grid.keyboard.press("Tab")
    status(grid, "1 行草稿，还缺“居住状态”")
    assert len(stub.rows) == 300
    grid.reload()
    status(grid, "1 行草稿")
    cell(grid, 0, "name").click()
    grid.keyboard.press("Control+ArrowDown")
    grid.keyboard.press("ArrowUp")
    expect(cell(grid, 300, "name")).to_have_text("新人")
    write(grid, 300, "status", "常住")
    status(grid, "已保存")
    made = [row for row in stub.rows.values() if row["name"] == "新人"]
    assert [(row["status"], row["id"][14]) for row in made] == [("常住", "7")]  # a UUIDv7


def test_deleted_rows_come_back_by_undo(grid: Page, stub: Stub) -> None:
    grid.locator('.cell.number[data-row="1"]').click()
    grid.locator('.cell.number[data-row="2"]').click(modifiers=["Shift"])
    grid.get_by_role("button", name="删除").click()
    expect(grid.get_by_text("删除选中的 2 行？")).to_be_visible()
    grid.locator("dialog .main").click()
    expect(cell(grid, 1, "name")).to_have_text("居民4")
    assert "r00001" not in stub.rows
    grid.get_by_role("button", name="撤销").click()
    expect(cell(grid, 1, "name")).to_have_text("居民2")
    assert stub.rows["r00002"]["name"] == "居民3"


# — the page around —


def test_the_page_is_told_once_edits_have_paused(grid: Page, stub: Stub) -> None:
    write(grid, 0, "name", "甲")
    write(grid, 1, "name", "乙")
    grid.wait_for_function("window.triggers.length > 0")
    grid.wait_for_timeout(500)
    assert grid.evaluate("window.triggers") == [["changed", 3]]


def test_mounting_again_keeps_the_element_and_the_half_typed_text(grid: Page) -> None:
    cell(grid, 0, "name").click()
    grid.keyboard.type("半")
    grid.evaluate("void window.give({csrf: 'the-token'})")
    expect(grid.locator(".pen")).to_have_value("半")
    assert grid.locator(".grid").count() == 1
    grid.evaluate("window.unmount()")
    assert grid.locator(".grid").count() == 0
    grid.evaluate("void window.give({})")
    expect(cell(grid, 0, "name")).to_have_text("半")  # stored as the page went away


def test_on_a_phone_the_first_tap_selects_and_the_second_opens(phone: Page, stub: Stub) -> None:
    page = opened(phone, stub)
    pen = page.locator(".pen")
    cell(page, 1, "name").tap()
    expect(pen).to_have_js_property("readOnly", True)
    expect(page.locator(".pen.open")).to_have_count(0)
    cell(page, 1, "name").tap()
    expect(page.locator(".pen.open")).to_have_count(1)
    expect(pen).to_have_js_property("readOnly", False)
    page.keyboard.type("二")
    page.keyboard.press("Enter")
    status(page, "已保存")
    assert stub.rows["r00001"]["name"] == "居民2二"
    for button in page.locator(".tools > *:visible").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= 44
        assert box["y"] > 600
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_markup_in_a_cell_is_text(grid: Page, stub: Stub) -> None:
    write(grid, 0, "address", "<img src=x onerror=window.hit=1>")
    status(grid, "已保存")
    expect(cell(grid, 0, "address")).to_have_text("<img src=x onerror=window.hit=1>")
    assert grid.evaluate("window.hit") is None


def test_all_of_it_is_small() -> None:
    handed = [body for path, body in assets.ZIPPED.items() if path.startswith("/grid/")]
    assert sum(map(len, handed)) <= 37_050
