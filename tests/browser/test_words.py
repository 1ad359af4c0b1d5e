"""No English on any screen: Streamlit's own words are Chinese, users' words stay as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser.words_server import running

LEFT = Path(__file__).with_name("words_left.js").read_text(encoding="utf-8")
# What stands on words_page.py; each is also a word of Streamlit's somewhere.
USERS = (
    "Rerun", "Download as CSV", "Download", "Press Enter to apply", "Search", "Close", "Error",
    "Upload", "Open", "No results", "Clear all", "Select all", "Stop", "Show password", "Cancel",
    "Settings", "Help", "Print", "Main menu", "Dismiss", "Page not found", "Sidebar", "Zoom",
    "View less",
)  # fmt: skip
SAME = ("XLSX", "CSV", "MB", "GB", "KB", "PNG", "Ctrl", "Enter", "Tab", "Esc")
OURS = re.compile("|".join(map(re.escape, sorted(USERS + SAME, key=len, reverse=True))))
SUBMENU = (
    "[data-testid=stDataFrameStatisticsMetrics], [data-testid=stDataFrameColumnFormattingMenu]"
)
CALENDAR = "[data-testid$=CalendarButton]"
LATIN = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("words")) as here:
        yield here


@pytest.fixture(params=["zh-CN", "en-US"])
def locale(request: pytest.FixtureRequest) -> str:
    """The browser's own language makes no difference."""
    return str(request.param)


@pytest.fixture
def page(chromium: Browser, address: str, locale: str) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1440, "height": 1000}, locale=locale)
    context.set_default_timeout(30_000)
    opened = context.new_page()
    failed: list[str] = []
    opened.on("pageerror", lambda error: failed.append(str(error)))
    opened.goto(address)
    opened.get_by_test_id("stCode").wait_for()
    opened.locator(".modebar-btn").first.wait_for(state="attached")
    yield opened
    context.close()
    assert not failed


def english(page: Page) -> set[str]:
    """What is left of Streamlit's English on the page as it stands now."""
    return {text for text in page.evaluate(LEFT) if LATIN.search(OURS.sub("", text))}


def press(page: Page, test_id: str, inside: str, number: int = 0) -> None:
    page.get_by_test_id(test_id).nth(number).locator(inside).first.click()


def unfold(page: Page, test_id: str, number: int = 0) -> None:
    """By the keyboard: a click would scroll there first, and scrolling folds a list."""
    page.get_by_test_id(test_id).nth(number).locator("input").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("listbox").wait_for()


def write(page: Page, test_id: str, words: str, number: int = 0) -> None:
    press(page, test_id, "input, textarea", number)
    page.keyboard.type(words)


def column_menu(page: Page, part: float, item: int = 0) -> None:
    """The table is a picture: the sign at a column's right end is looked for with the pointer."""
    box = page.get_by_test_id("stDataFrame").bounding_box()
    assert box
    for x in range(int(box["width"] * part), int(box["width"]), 8):
        page.mouse.click(box["x"] + x, box["y"] + 17)
        if page.get_by_test_id("stDataFrameColumnMenu").count():
            break
    page.get_by_test_id("stDataFrameColumnMenu").locator("[aria-haspopup]").nth(item).hover()
    page.locator(SUBMENU).first.wait_for()


def toolbar(page: Page, number: int) -> None:
    page.get_by_test_id("stDataFrame").hover()
    page.get_by_test_id("stElementToolbarButton").nth(number).hover()
    page.get_by_role("tooltip").wait_for()
    page.get_by_test_id("stElementToolbarButton").nth(number).locator("button").click()


def search_in_table(page: Page) -> None:
    toolbar(page, 1)
    page.keyboard.type("e")
    page.get_by_test_id("search-result-area").wait_for()


def upload(page: Page, number: int, *names: str) -> None:
    files: list[FilePayload] = [
        {"name": name, "mimeType": "text/plain", "buffer": b"1"} for name in names
    ]
    page.get_by_test_id("stFileUploaderDropzoneInput").nth(number).set_input_files(files)
    page.get_by_test_id("stFileChip").nth(0).wait_for()


def too_much(page: Page) -> None:
    write(page, "stNumberInput", "99")
    page.keyboard.press("Enter")
    page.locator("[data-testid=stNumberInput] [role=alert]").wait_for()


def changed(page: Page) -> None:
    write(page, "stTextInput", "改")
    page.get_by_text("按回车确认").wait_for()


def full(page: Page) -> None:
    unfold(page, "stMultiSelect", 1)
    page.get_by_text("最多选 2 项").wait_for()


STEPS: dict[str, Callable[[Page], None]] = {
    "text column": lambda page: column_menu(page, 0.05),
    "numbers' formats": lambda page: column_menu(page, 0.4, 0),
    "numbers' statistics": lambda page: column_menu(page, 0.4, 1),
    "columns": lambda page: toolbar(page, 0),
    "search in the table": search_in_table,
    "the whole screen": lambda page: toolbar(page, 2),
    "options": lambda page: unfold(page, "stSelectbox"),
    "no such option": lambda page: write(page, "stSelectbox", "zz"),
    "an option of one's own": lambda page: write(page, "stSelectbox", "新", 1),
    "several": lambda page: unfold(page, "stMultiSelect"),
    "matches": lambda page: write(page, "stMultiSelect", "甲"),
    "as many as may be": full,
    "calendar": lambda page: press(page, "stDateInput", CALENDAR),
    "calendar without a date": lambda page: press(page, "stDateInput", CALENDAR, 1),
    "calendar of two": lambda page: press(page, "stDateInput", CALENDAR, 2),
    "calendar and clock": lambda page: press(page, "stDateTimeInput", CALENDAR),
    "text": changed,
    "password": lambda page: press(page, "stTextInput", "button", 1),
    "number": too_much,
    "form": lambda page: write(page, "stTextArea", "改"),
    "files": lambda page: upload(page, 1, *(f"{n}.csv" for n in range(8))),
    "a file that is not taken": lambda page: upload(page, 0, "甲.exe"),
    "popover": lambda page: press(page, "stPopover", "button"),
    "toast": lambda page: page.get_by_role("button", name="提示").click(),
    "dialog": lambda page: page.get_by_role("button", name="打开对话框").click(),
}


def test_nothing_of_streamlits_is_english(page: Page, locale: str) -> None:
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.get_by_text("再看 10 项")).to_be_visible()
    assert english(page) == set()
    for name, step in STEPS.items():
        if locale == "en-US" and "calendar" not in name:
            continue  # only what has to do with dates knows the browser's language
        step(page)
        page.wait_for_timeout(400)  # what glides in has arrived
        left = {text for text in english(page) if not re.fullmatch(r".*\.(csv|exe).*", text)}
        assert left == set(), name
        page.keyboard.press("Escape")
        page.mouse.click(2, 2)


@pytest.mark.parametrize("locale", ["zh-CN"], indirect=True)
def test_words_that_users_wrote_too_are_chinese_in_streamlits_controls(page: Page) -> None:
    for test_id, name in (
        ("stDataFrame", "搜索"),
        ("stSelectbox", "展开选项"),
        ("stMultiSelect", "全部清除"),
        ("stFileUploader", "选择文件"),
        ("stPlotlyChart", "框选放大"),
    ):
        named = page.get_by_test_id(test_id).first.get_by_role("button", name=name, exact=True)
        expect(named).to_have_count(1)
    page.get_by_role("button", name="提示").click()
    expect(page.get_by_role("alertdialog").get_by_role("button", name="关闭")).to_be_visible()
    page.get_by_role("button", name="打开对话框").click()
    expect(page.get_by_role("dialog").get_by_role("button", name="关闭")).to_be_visible()


@pytest.mark.parametrize("locale", ["zh-CN"], indirect=True)
def test_users_words_are_never_touched(page: Page) -> None:
    expect(page.get_by_role("heading", name="Rerun", exact=True)).to_be_visible()
    expect(page.get_by_text("Download", exact=True)).to_be_visible()
    expect(page.get_by_text("Press Enter to apply", exact=True)).to_be_visible()
    expect(page.locator("[role=gridcell]", has_text="Search")).to_have_count(1)
    expect(page.get_by_label("Show password", exact=True)).to_be_editable()
    for label in ("Cancel", "Download as CSV", "Main menu"):
        expect(page.get_by_role("button", name=label, exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="移除 Select all")).to_be_visible()
    unfold(page, "stMultiSelect")
    expect(page.get_by_role("option")).to_have_text(["全选", "甲", "丙"])
    unfold(page, "stSelectbox")
    expect(page.get_by_role("option")).to_have_text(["甲", "No results", "丙"])
    page.keyboard.type("zz")
    expect(page.get_by_role("option")).to_have_text(["没有相符的"])
    page.keyboard.press("Escape")
    page.get_by_label("“Show password”的说明").hover()
    expect(page.get_by_role("tooltip")).to_have_text("Search")


@pytest.mark.parametrize("locale", ["zh-CN"], indirect=True)
def test_words_hold_when_pages_change_and_fail(page: Page, address: str) -> None:
    page.get_by_role("link", name="页1", exact=True).click()
    expect(page.get_by_role("heading", name="第二页")).to_be_visible()
    page.get_by_role("link", name="Sidebar", exact=True).click()
    expect(page.get_by_placeholder("请选择", exact=True)).to_be_visible()
    assert english(page) == set()
    page.goto(f"{address}/nowhere")
    page.get_by_test_id("stCode").wait_for()
    assert english(page) == set()
    page.goto(f"{address}/p1?fail=1")
    expect(page.get_by_role("alert")).to_contain_text("这一页出错了")
    assert english(page) == set()
    assert "secret" not in page.content()


@pytest.mark.parametrize("locale", ["zh-CN"], indirect=True)
def test_page_is_ours_before_streamlit_begins(page: Page, address: str) -> None:
    """With Streamlit's own script held back, what the browser shows is already ours."""
    page.route("**/static/js/index*", lambda route: route.abort())
    page.goto(address)
    expect(page).to_have_title("三社联动工作台")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert english(page) == set()
