"""Columns and their menus: wider, elsewhere, hidden, remembered; sort by several; filters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.grid_doors import FIELDS
from tests.browser.grid_hands import COPY, TWO_FRAMES, changes, opened, paste, status
from tests.browser.grid_stub import Stub
from tests.browser.sheet import cell, header, menu, write

OpenPage = Callable[..., Page]
FIRST = ["姓名", "性别", "出生日期", "身份证号码"]


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


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def labels(page: Page) -> list[str]:
    page.evaluate(TWO_FRAMES)
    return page.locator(".head .label").all_text_contents()


def width(page: Page, label: str) -> float:
    page.evaluate(TWO_FRAMES)
    box = header(page, label).bounding_box()
    assert box
    return box["width"]


def drag(page: Page, label: str, by: float, at_edge: bool = False) -> None:
    box = header(page, label).bounding_box()
    assert box
    x = box["x"] + (box["width"] - 3 if at_edge else 20)
    page.mouse.move(x, box["y"] + 17)
    page.mouse.down()
    page.mouse.move(x + by / 2, box["y"] + 17)
    page.mouse.move(x + by, box["y"] + 17)
    page.mouse.up()


def remembered(page: Page, stub: Stub, name: str, value: object) -> None:
    for _ in range(100):
        if stub.look.get(name) == value:
            return
        page.wait_for_timeout(50)
    raise AssertionError(stub.look)


def filter_by(page: Page, label: str, choice: str) -> None:
    menu(page, label).locator(".option", has_text=choice).click()
    press(page, "筛选")
    expect(page.get_by_role("dialog")).to_have_count(0)


# — width, place, in sight —


def test_an_edge_is_dragged_and_the_width_is_there_after_a_reload(grid: Page, stub: Stub) -> None:
    drag(grid, "性别", 60, at_edge=True)
    assert width(grid, "性别") == 130
    assert stub.asked[-1]["sort"] == ""  # an edge is no click on the name
    drag(grid, "性别", -400, at_edge=True)
    assert width(grid, "性别") == 48
    remembered(grid, stub, "widths", {"sex": 48})
    grid.reload()
    expect(cell(grid, 0, "name")).to_have_text("居民1")
    assert width(grid, "性别") == 48


def test_a_double_click_on_the_edge_fits_what_is_loaded(grid: Page, stub: Stub) -> None:
    write(grid, 5, "address", "湖北省咸宁市赤壁市蒲纺工业园桂花树社区桂花树路一百二十三号院内")
    box = header(grid, "现住址").locator(".edge").bounding_box()
    assert box
    grid.mouse.dblclick(box["x"] + 3, box["y"] + 10)
    assert width(grid, "现住址") > 31 * 14
    node = cell(grid, 5, "address")
    assert node.evaluate("node => node.scrollWidth <= node.clientWidth")
    expect(grid.locator(".pen.open")).to_have_count(0)
    menu(grid, "性别")
    press(grid, "适合内容")
    assert 48 <= width(grid, "性别") < 100


def test_a_header_is_dragged_elsewhere_and_the_first_one_stays_frozen(
    grid: Page, stub: Stub
) -> None:
    drag(grid, "出生日期", -60)  # onto 性别
    assert labels(grid)[:4] == ["姓名", "出生日期", "性别", "身份证号码"]
    assert cell(grid, 0, "birth_date").get_attribute("aria-colindex") == "3"
    menu(grid, "出生日期")
    press(grid, "左移")
    assert labels(grid)[:2] == ["出生日期", "姓名"]
    expect(cell(grid, 0, "birth_date")).to_have_class("cell name")  # frozen
    expect(grid.locator(".cell.active")).to_have_attribute("data-name", "name")  # as before
    remembered(grid, stub, "order", ["birth_date", "name", "sex", *FIELDS[3:]])
    assert [change for change in stub.asked if change["sort"]] == []


def test_a_column_that_came_later_stands_behind_its_neighbour(
    stub: Stub, open_page: OpenPage
) -> None:
    known = [name for name in FIELDS if name not in ("name", "sex", "birth_date")]
    stub.look = {"order": ["gone", "sex", "name", *known], "hidden": ["gone"]}
    page = opened(open_page(), stub)
    assert labels(page)[:4] == ["性别", "出生日期", "姓名", "身份证号码"]


def test_a_hidden_column_is_left_out_of_copy_and_paste_and_comes_back(
    grid: Page, stub: Stub
) -> None:
    menu(grid, "性别")
    press(grid, "隐藏这一列")
    assert labels(grid)[:2] == ["姓名", "出生日期"]
    cell(grid, 0, "name").click()
    cell(grid, 0, "birth_date").click(modifiers=["Shift"])
    assert grid.evaluate(COPY) == "居民1\t1956-03"
    cell(grid, 1, "name").click()
    paste(grid, "甲\t1990")
    status(grid, "已保存")
    told = stub.rows["r00001"]
    assert (told["name"], told["sex"], told["birth_date"]) == ("甲", "女", "1990")
    remembered(grid, stub, "hidden", ["sex"])
    press(grid, "列")
    boxes = grid.get_by_role("dialog", name="显示哪些列").get_by_role("checkbox")
    expect(boxes.nth(1)).not_to_be_checked()
    boxes.nth(1).check()
    assert labels(grid)[:3] == ["姓名", "性别", "出生日期"]
    press(grid, "恢复默认")
    remembered(grid, stub, "hidden", [])
    assert labels(grid)[:4] == FIRST


def test_the_last_column_cannot_be_hidden(grid: Page) -> None:
    press(grid, "列")
    boxes = grid.get_by_role("dialog").get_by_role("checkbox")
    for n in range(1, boxes.count()):
        boxes.nth(n).uncheck()
    boxes.nth(0).click()
    expect(boxes.nth(0)).to_be_checked()
    assert labels(grid) == ["姓名"]


def test_a_new_row_leads_to_the_hidden_column_that_it_lacks(grid: Page, stub: Stub) -> None:
    menu(grid, "居住状态")
    press(grid, "隐藏这一列")
    press(grid, "新增")
    grid.keyboard.type("新人")
    grid.keyboard.press("Enter")
    status(grid, "1 行草稿，还缺“居住状态”")
    press(grid, "查看")
    press(grid, "去看")
    expect(cell(grid, 300, "status")).to_have_class("cell chosen active lacking")
    grid.keyboard.type("常住")
    grid.keyboard.press("Enter")
    status(grid, "已保存")
    assert [row["status"] for row in stub.rows.values() if row["name"] == "新人"] == ["常住"]


def test_an_open_cell_is_stored_before_its_column_goes(grid: Page, stub: Stub) -> None:
    cell(grid, 0, "address").click()
    grid.keyboard.type("新街")
    menu(grid, "现住址")
    press(grid, "隐藏这一列")
    status(grid, "已保存")
    assert stub.rows["r00000"]["address"] == "新街"
    assert "现住址" not in labels(grid)


# — order —


def test_several_columns_sort_in_the_order_of_the_clicks(grid: Page, stub: Stub) -> None:
    tries: list[tuple[str, list[Literal["Shift"]], str, str | None]] = [
        ("性别", [], "sex", "▲"),
        ("姓名", ["Shift"], "sex,name", "▲2"),
        ("姓名", ["Shift"], "sex,-name", "▼2"),
        ("性别", ["Shift"], "-sex,-name", "▼1"),
        ("性别", ["Shift"], "-name", None),
        ("性别", ["Shift"], "-name,sex", "▲2"),
        ("性别", [], "sex", "▲"),
        ("性别", [], "-sex", "▼"),
        ("性别", [], "", None),
    ]
    for label, keys, sort, sign in tries:
        header(grid, label).locator(".label").click(modifiers=keys)
        expect(header(grid, label).locator(".order")).to_have_text([sign] if sign else [])
        assert stub.asked[-1]["sort"] == sort
    menu(grid, "性别")
    press(grid, "降序")
    expect(header(grid, "性别")).to_have_attribute("aria-sort", "descending")
    menu(grid, "姓名").get_by_label("保留其他列的排序").check()
    press(grid, "升序")
    expect(header(grid, "姓名").locator(".order")).to_have_text("▲2")
    assert stub.asked[-1]["sort"] == "-sex,name"
    assert grid.locator('.head [aria-sort="descending"]').count() == 1
    expect(cell(grid, 0, "name")).to_have_text("居民1")
    expect(cell(grid, 0, "sex")).to_have_text("男")


# — filters —


def test_choices_with_counts_become_a_chip_that_can_be_taken_away(grid: Page, stub: Stub) -> None:
    open_menu = menu(grid, "性别")
    expect(open_menu.locator(".option")).to_have_text(["男150", "女150"])
    open_menu.locator(".option", has_text="女").click()
    press(grid, "筛选")
    expect(cell(grid, 0, "name")).to_have_text("居民2")
    expect(grid.locator(".total")).to_have_text("共 150 人（已筛选，全部 300 人）")
    assert stub.asked[-1]["where"] == [{"field": "sex", "op": "in", "value": ["女"]}]
    other = menu(grid, "独居")  # its counts are of what the other filter leaves
    expect(other.locator(".option")).to_have_text(["否100", "是50"])
    grid.keyboard.press("Escape")
    expect(menu(grid, "性别").get_by_label("女")).to_be_checked()  # and its own counts of all
    expect(grid.locator("dialog .option").first).to_have_text("男150")
    grid.keyboard.press("Escape")
    grid.get_by_role("button", name="去掉筛选 性别：女").click()
    expect(grid.locator(".total")).to_have_text("共 300 人")
    expect(grid.locator(".pen")).to_be_focused()


def test_values_are_found_by_initials_or_where_there_are_many_by_the_server(
    grid: Page, stub: Stub
) -> None:
    menu(grid, "所在户").get_by_placeholder("查找，可用拼音首字母").fill("lj")
    expect(grid.locator("dialog .option")).to_have_text(["1 栋 102 李家100"])
    press(grid, "全选")
    press(grid, "筛选")
    expect(grid.locator(".chip")).to_have_text("所在户：1 栋 102 李家 ×")
    assert stub.asked[-1]["where"][0]["value"] == ["h2"]
    press(grid, "清除筛选")
    stub.several = 2
    expect(menu(grid, "所在户").locator(".option")).to_have_count(2)
    expect(grid.get_by_text("只列出了一部分，请查找")).to_be_visible()
    grid.get_by_placeholder("查找，可用拼音首字母").fill("张")
    expect(grid.locator("dialog .option")).to_have_text(["2 栋 201 张家100"])
    press(grid, "全选")
    press(grid, "筛选")
    expect(grid.locator(".total")).to_contain_text("共 100 人")


def test_ranges_text_and_emptiness(grid: Page, stub: Stub) -> None:
    stub.other("r00003", birth_date="2015-03-09")
    stub.other("r00004", birth_date="2016", remark="听力差")
    menu(grid, "出生日期").get_by_placeholder("从", exact=True).fill("2015")
    grid.get_by_placeholder("到", exact=True).fill("2015")
    grid.keyboard.press("Enter")
    expect(grid.locator(".total")).to_contain_text("共 1 人")
    expect(grid.locator(".chip")).to_have_text("出生日期：2015 起，到 2015 ×")
    menu(grid, "出生日期").get_by_placeholder("到", exact=True).fill("")
    grid.keyboard.press("Enter")
    expect(grid.locator(".total")).to_contain_text("共 2 人")
    menu(grid, "年龄").get_by_placeholder("到", exact=True).fill("60")
    grid.keyboard.press("Enter")
    expect(grid.get_by_text("没有找到相符的内容")).to_be_visible()
    assert [one["op"] for one in stub.asked[-1]["where"]] == ["from", "to"]
    press(grid, "清除筛选")
    menu(grid, "姓名").get_by_placeholder("包含").fill("民29")
    grid.keyboard.press("Enter")
    expect(grid.locator(".total")).to_contain_text("共 11 人")
    menu(grid, "特长").get_by_label("有没有内容").select_option("只看有内容的")
    press(grid, "筛选")
    expect(grid.locator(".total")).to_contain_text("共 0 人")
    assert stub.asked[-1]["where"][1] == {"field": "skills", "op": "filled", "value": None}
    menu(grid, "特长")
    press(grid, "不筛选")
    expect(grid.locator(".chip")).to_have_count(1)


def test_a_bound_that_cannot_be_read_says_so_and_leaves_the_rows(grid: Page) -> None:
    menu(grid, "出生日期").get_by_placeholder("从", exact=True).fill("昨天")
    grid.keyboard.press("Enter")
    expect(grid.locator("dialog .why")).to_have_text("“出生日期”读到“昨天”，应为日期")
    grid.keyboard.press("Escape")
    expect(grid.locator(".chip")).to_have_count(0)
    expect(grid.locator(".total")).to_have_text("共 300 人")
    status(grid, "已保存")
    cell(grid, 0, "name").click()
    grid.keyboard.press("Control+End")
    grid.keyboard.press("Home")
    grid.keyboard.press("ArrowUp")
    expect(cell(grid, 299, "name")).to_have_text("居民300")


def test_a_masked_column_is_neither_sorted_nor_filtered(grid: Page) -> None:
    masked = menu(grid, "身份证号码")
    expect(masked.get_by_text("这一列已遮盖，不能排序和筛选")).to_be_visible()
    expect(masked.get_by_role("button", name="筛选", exact=True)).to_have_count(0)


def test_filters_outlive_the_page_and_are_not_the_other_registers(grid: Page, stub: Stub) -> None:
    filter_by(grid, "性别", "女")
    grid.evaluate("window.unmount()")
    grid.evaluate("void window.give({area: 'liumiqiao'})")
    expect(cell(grid, 0, "name")).to_have_text("居民1")
    expect(grid.locator(".chip")).to_have_count(0)
    grid.evaluate("window.unmount = window.give({area: 'liumiqiao'}); window.unmount()")
    grid.evaluate("void window.give({})")
    expect(grid.locator(".chip")).to_have_text("性别：女 ×")
    expect(cell(grid, 0, "name")).to_have_text("居民2")


# — what is edited under a filter —


def test_a_row_edited_out_of_filter_and_order_stays_until_asked_anew(
    grid: Page, stub: Stub
) -> None:
    filter_by(grid, "性别", "女")
    header(grid, "姓名").locator(".label").click()
    expect(cell(grid, 0, "name")).to_have_text("居民10")
    write(grid, 0, "sex", "男")
    write(grid, 1, "name", "改名")
    status(grid, "已保存")
    grid.wait_for_timeout(2500)  # the feed has told of both
    expect(cell(grid, 0, "name")).to_have_text("居民10")
    expect(cell(grid, 0, "sex")).to_have_text("男")
    expect(cell(grid, 1, "name")).to_have_text("改名")
    header(grid, "姓名").locator(".label").click()
    expect(cell(grid, 0, "name")).to_have_text("改名")
    expect(grid.locator(".total")).to_contain_text("共 149 人")
    assert len(changes(stub)) == 2


def test_a_new_row_stays_in_sight_under_a_filter(grid: Page, stub: Stub) -> None:
    filter_by(grid, "性别", "女")
    press(grid, "新增")
    paste(grid, "新人\t男\t\t\t\t\t\t常住")
    status(grid, "已保存")
    grid.wait_for_timeout(2500)
    expect(cell(grid, 150, "name")).to_have_text("新人")
    expect(cell(grid, 150, "sex")).to_have_text("男")


def test_rows_edited_out_of_the_filter_make_none_of_the_others_vanish(
    grid: Page, stub: Stub
) -> None:
    filter_by(grid, "性别", "女")
    for row in range(3):
        write(grid, row, "sex", "男")
    status(grid, "已保存")
    cell(grid, 0, "name").click()
    grid.keyboard.press("Control+End")
    grid.keyboard.press("Home")
    expect(cell(grid, 146, "name")).to_have_text("居民300")
    names = []
    for row in range(90, 110):
        grid.locator(".pane").evaluate(f"pane => (pane.scrollTop = {row - 5} * 34)")
        names.append(cell(grid, row, "name").text_content())
    assert names == [f"居民{2 * (row + 4)}" for row in range(90, 110)]


# — a menu in use —


def test_a_press_on_a_menu_counts_though_the_sheet_is_drawn_anew_meanwhile(grid: Page) -> None:
    box = header(grid, "性别").locator(".more").bounding_box()
    assert box
    grid.mouse.move(box["x"] + 5, box["y"] + 8)
    grid.mouse.down()
    grid.set_viewport_size({"width": 1400, "height": 880})  # as an answer to a search does
    grid.evaluate(TWO_FRAMES)
    grid.mouse.up()
    expect(grid.get_by_role("dialog", name="性别")).to_be_visible()


def test_a_menu_closes_when_it_is_told_to_and_is_within_reach_whole(grid: Page) -> None:
    grid.set_viewport_size({"width": 1024, "height": 520})
    dialog = menu(grid, "姓名")
    text = dialog.get_by_placeholder("包含")
    text.fill("民29")
    box, edge = text.bounding_box(), dialog.bounding_box()
    assert box
    assert edge
    grid.mouse.move(box["x"] + 11, box["y"] + 10)
    grid.mouse.down()
    grid.mouse.move(edge["x"] + edge["width"] + 60, box["y"] + 10, steps=3)
    grid.mouse.up()  # what was chosen with the mouse ended beside the menu
    grid.keyboard.type("居民3")
    expect(text).to_have_value("居民3")
    grid.mouse.click(edge["x"] + edge["width"] + 60, box["y"] + 10)
    expect(dialog).to_have_count(0)
    several = menu(grid, "居住状态")
    expect(several.locator(".option").first).to_be_visible()
    grid.evaluate(TWO_FRAMES)
    whole = several.bounding_box()
    assert whole
    assert whole["y"] + whole["height"] <= 520


# — keys, touch —


def test_the_menu_is_reached_and_left_by_keys(grid: Page) -> None:
    cell(grid, 3, "sex").click()
    grid.keyboard.press("Alt+ArrowUp")
    dialog = grid.get_by_role("dialog", name="性别")
    expect(dialog).to_be_visible()
    for expected in ("升序", "降序", "不排序"):
        grid.keyboard.press("Tab")
        expect(dialog.get_by_role("button", name=expected)).to_be_focused()
    grid.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(grid.locator(".pen")).to_be_focused()
    grid.keyboard.type("nan")
    expect(grid.locator(".pen.open")).to_have_count(1)
    expect(grid.locator(".cell.active")).to_have_attribute("data-row", "3")


def test_by_touch_the_header_opens_a_sheet_at_the_foot(phone: Page, stub: Stub) -> None:
    page = opened(phone, stub)
    header(page, "性别").tap()
    dialog = page.get_by_role("dialog", name="性别")
    box = dialog.bounding_box()
    assert box
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 390, 844)
    for target in dialog.locator("button:not(.link), .option, select, input[type=search]").all():
        size = target.bounding_box()
        assert size
        assert size["height"] >= 44
    dialog.locator(".option", has_text="女").tap()
    page.get_by_role("button", name="筛选", exact=True).tap()
    expect(cell(page, 0, "name")).to_have_text("居民2")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert stub.asked[-1]["sort"] == ""
    header(page, "出生日期").tap()
    for side in page.locator("dialog .range input").all():
        place = side.bounding_box()
        assert place
        assert 8 <= place["x"] < place["x"] + place["width"] <= 382
