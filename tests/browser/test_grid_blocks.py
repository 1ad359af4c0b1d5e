"""Blocks, rows and dates in the grid: filling, copying what is not read yet, calendar, form."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.grid_hands import changes, opened, paste, status
from tests.browser.grid_stub import Stub
from tests.browser.sheet import PASTE, cell, write

OpenPage = Callable[..., Page]
MILLION = 1_000_000


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


def drag(page: Page, row: int, name: str) -> None:
    """The handle, to a cell."""
    start, end = page.locator(".handle").bounding_box(), cell(page, row, name).bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 4, start["y"] + 4)
    page.mouse.down()
    page.mouse.move(end["x"] + 9, end["y"] + 9, steps=5)
    page.mouse.up()


# — filling —


def test_ctrl_d_repeats_the_first_line_and_is_undone_as_one(grid: Page, stub: Stub) -> None:
    cell(grid, 1, "address").click()
    cell(grid, 4, "status").click(modifiers=["Shift"])
    grid.keyboard.press("Control+d")
    expect(grid.locator(".remark")).to_have_text("已填充 3 处")  # 居住状态 is the same already
    status(grid, "已保存")
    assert [stub.rows[f"r0000{n}"]["address"] for n in range(6)] == [
        "桂花树路 0 号", *["桂花树路 1 号"] * 4, "桂花树路 5 号",
    ]  # fmt: skip
    assert len({request["batch"] for request in stub.requests}) == 1
    grid.keyboard.press("Control+z")
    expect(cell(grid, 4, "address")).to_have_text("桂花树路 4 号")
    assert stub.rows["r00002"]["address"] == "桂花树路 2 号"


def test_ctrl_r_takes_the_cell_before_and_masks_are_not_copied(grid: Page, stub: Stub) -> None:
    cell(grid, 0, "phone").click()
    grid.keyboard.press("Control+r")
    expect(grid.locator(".remark")).to_contain_text("1 处不能修改")
    cell(grid, 0, "address").click()
    grid.keyboard.press("Control+r")
    expect(cell(grid, 0, "address")).to_have_text("1 栋 101 王家")
    status(grid, "已保存")
    assert [change["after"] for change in changes(stub)] == [{"address": "1 栋 101 王家"}]


def test_the_handle_repeats_a_block_and_fills_down_to_the_end(grid: Page, stub: Stub) -> None:
    cell(grid, 0, "address").click()
    cell(grid, 1, "address").click(modifiers=["Shift"])
    drag(grid, 4, "address")
    expect(grid.locator(".remark")).to_have_text("已填充 3 处")
    status(grid, "已保存")
    streets = [stub.rows[f"r0000{n}"]["address"][5] for n in range(6)]
    assert streets == ["0", "1", "0", "1", "0", "5"]
    write(grid, 0, "skills", "文艺")
    cell(grid, 0, "skills").click()
    grid.locator(".handle").dblclick()
    expect(grid.locator(".remark")).to_have_text("已填充 299 处")
    status(grid, "已保存")
    assert {row["skills"] for row in stub.rows.values()} == {"文艺"}


# — copying —


def test_rows_not_read_yet_are_copied_too(stub: Stub, open_page: OpenPage) -> None:
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, stub)
    cell(page, 0, "name").click()
    page.keyboard.press("Control+Space")
    page.keyboard.press("Control+c")
    expect(page.locator(".remark")).to_have_text("已复制 300 处")
    copied = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert copied == [f"居民{n}" for n in range(1, 301)]


def test_where_the_clipboard_is_withheld_one_copies_again(stub: Stub, open_page: OpenPage) -> None:
    page = open_page()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    opened(page, stub)
    cell(page, 0, "name").click()
    page.keyboard.press("Control+Space")
    page.keyboard.press("Control+c")
    expect(page.locator(".remark")).to_have_text("已准备好，请再按一次 Ctrl+C")
    page.keyboard.press("Control+c")
    expect(page.locator(".remark")).to_have_text("已复制 300 处")


def test_a_large_paste_says_how_far_it_is_and_is_one_batch(grid: Page, stub: Stub) -> None:
    stub.fill(1000)
    opened(grid, stub)
    grid.evaluate(
        """() => { window.said = []; const line = document.getElementById('host').shadowRoot;
        new MutationObserver(() => window.said.push(line.querySelector('.remark').textContent))
          .observe(line.querySelector('.remark'), {childList: true}); }"""
    )
    cell(grid, 0, "address").click()
    paste(grid, "\n".join(["新街\t外出\t是\t文艺\t71"] * 1000))
    expect(grid.locator(".remark")).to_contain_text("已粘贴 4,666 处")
    status(grid, "已保存")
    # 独居 says 是 already in every third row, so three rows are 14 edits; a row goes whole.
    assert [said for said in grid.evaluate("window.said") if "/" in said] == [
        "已粘贴 2,002/4,666", "已粘贴 4,004/4,666",
    ]  # fmt: skip
    assert [len(request["changes"]) for request in stub.requests] == [2000, 2000, 666]
    assert len({request["batch"] for request in stub.requests}) == 1
    assert stub.rows["r00999"]["age"] == 71


# — rows —


def test_rows_are_copied_without_what_is_masked(grid: Page, stub: Stub) -> None:
    grid.locator('.cell.number[data-row="1"]').click()
    grid.get_by_role("button", name="复制为新行").click()
    expect(cell(grid, 300, "name")).to_have_text("居民2")
    status(grid, "已保存")
    (made,) = [row for row in stub.rows.values() if row["id"][0] != "r"]
    assert (made["address"], made["status"]) == ("桂花树路 1 号", "常住")
    assert (made["phone"], made["id_number"], made["code"]) == (None, None, None)


def test_on_a_phone_a_row_is_a_form(phone: Page, stub: Stub) -> None:
    page = opened(phone, stub)
    cell(page, 1, "name").tap()
    page.get_by_role("button", name="编辑此行").tap()
    form = page.locator(".form")
    form.get_by_label("性别").select_option("男")
    form.get_by_label("所在户").fill("2 栋 201 张家")
    form.get_by_label("特长").select_option(["文艺", "医护"])
    form.get_by_label("年龄").fill("七十")
    form.get_by_label("现住址").fill("新街 1 号")
    expect(form.get_by_text("“年龄”读到“七十”，应为整数")).to_be_visible()
    form.get_by_role("button", name="关闭").tap()
    status(page, "1 处填写有误")
    row = stub.rows["r00001"]
    assert (row["sex"], row["household_id"], row["skills"]) == ("男", "h3", "文艺、医护")
    assert (row["age"], row["address"]) == (70, "新街 1 号")
    assert row["phone"] == "13800000001"  # a masked field left alone stays
    assert page.evaluate("document.documentElement.scrollWidth") == 390


# — dates —


def test_a_date_is_picked_or_typed_as_precisely_as_it_is_known(grid: Page, stub: Stub) -> None:
    cell(grid, 0, "birth_date").click()
    grid.keyboard.press("Alt+ArrowDown")
    grid.locator(".days button").nth(11).click()
    cell(grid, 1, "birth_date").click()
    grid.keyboard.press("F4")
    grid.keyboard.press("ArrowDown")  # a month is known: by a month
    grid.keyboard.press("Enter")
    cell(grid, 2, "birth_date").dblclick()
    grid.locator(".calendar").get_by_role("button", name="1956年").click()
    write(grid, 3, "birth_date", "1990年5月")
    status(grid, "已保存")
    assert [stub.rows[f"r0000{n}"]["birth_date"] for n in range(4)] == [
        "1956-03-12", "1956-04", "1956", "1990-5",
    ]  # fmt: skip


# — conflicts of a block —


@pytest.mark.parametrize(("choice", "stored"), [("全部用我的", "我"), ("全部用对方的", "她")])
def test_a_block_of_conflicts_is_settled_at_once(
    grid: Page, stub: Stub, choice: str, stored: str
) -> None:
    cell(grid, 0, "address").click()
    for n in range(20):
        stub.other(f"r{n:05d}", address=f"她{n}")
    grid.evaluate(PASTE, "\n".join(f"我{n}" for n in range(20)))
    status(grid, "20 处与别人的修改冲突")
    grid.get_by_role("button", name="查看").click()
    grid.get_by_role("button", name=choice).click()
    status(grid, "已保存")
    assert [stub.rows[f"r{n:05d}"]["address"] for n in range(20)] == [
        f"{stored}{n}" for n in range(20)
    ]
    expect(grid.get_by_text("没有未保存的内容")).to_be_visible()


def test_a_long_list_of_problems_stays_where_one_is_reading(grid: Page, stub: Stub) -> None:
    cell(grid, 0, "age").click()
    grid.evaluate(PASTE, "\n".join(f"x{n}" for n in range(220)))
    status(grid, "220 处填写有误")
    grid.get_by_role("button", name="查看").click()
    expect(grid.get_by_text("还有 20 处")).to_be_attached()
    grid.locator(".problems").evaluate("node => { node.scrollTop = 900; }")
    stub.other("r00001", address="别处")
    expect(cell(grid, 1, "address")).to_have_text("别处")
    assert grid.locator(".problems").evaluate("node => node.scrollTop") == 900
    grid.get_by_role("button", name="去看").nth(30).click()
    expect(cell(grid, 30, "age")).to_have_id("active-cell")


# — a million rows —


def test_a_million_rows_are_reached_by_wheel_bar_and_keys(open_page: OpenPage) -> None:
    server = Stub(endless=MILLION)
    page = opened(open_page(), server.start())
    try:
        cell(page, 0, "name").click()
        page.keyboard.press("Control+End")
        expect(cell(page, MILLION - 1, "name")).to_have_text("居民1000000")
        page.keyboard.press("Home")
        page.keyboard.press("PageUp")
        expect(page.locator(".cell.active")).to_have_attribute("data-row", str(MILLION - 21))
        page.locator(".pane").evaluate("node => { node.scrollTop = node.scrollHeight / 2; }")
        expect(page.locator(".row:not(.loading):not(.head) .cell.name").first).to_contain_text(
            "居民"
        )
        before = _first(page)
        assert 400_000 < before < 600_000
        page.mouse.move(600, 500)
        for _ in range(5):
            page.mouse.wheel(0, 340)  # ten rows
            page.wait_for_timeout(300)  # long enough for the sheet to settle in between
        assert _first(page) == before + 50
        page.keyboard.press("Control+Home")
        expect(cell(page, 0, "name")).to_have_text("居民1")
        assert page.locator(".pane").evaluate("node => node.scrollTop") == 0
    finally:
        server.stop()


def _first(page: Page) -> int:
    """The first line that is drawn."""
    found = page.locator(".cell.number[data-row]")
    return min(int(one.get_attribute("data-row") or 0) for one in found.all())
