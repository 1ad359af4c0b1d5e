"""What the style sheet promises: a calm first screen, room for a thumb, a clean sheet of paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.words_server import running

THUMB = 44  # pixels, WCAG 2.5.5
DESK, PHONE = 1440, 390
STILL = 300  # milliseconds in which nothing moves that will stay
FINGERS = (
    "stButton", "stDownloadButton", "stFormSubmitButton", "stPopover", "stButtonGroup",
    "stExpandSidebarButton",
)  # fmt: skip
SCREEN_ONLY = ("stSidebar", "stHeader", "stButton", "stDownloadButton", "stPopover", "stTextInput")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(tmp_path_factory.mktemp("look")) as here:
        yield here


def opened(open_page: OpenPage, address: str, width: int) -> Page:
    page = open_page(width, 844)
    page.goto(address)
    page.get_by_test_id("stCode").wait_for()
    page.locator(".main-svg").first.wait_for()
    return page


def box(found: Locator) -> FloatRect:
    """Where it stands once it stands still: the bar at the side slides in, and charts give way."""
    before, measured = None, found.bounding_box()
    while measured != before:
        found.page.wait_for_timeout(STILL)
        before, measured = measured, found.bounding_box()
    assert measured
    return measured


def test_desk_begins_with_the_title(open_page: OpenPage, address: str) -> None:
    page = opened(open_page, address, DESK)
    title = box(page.get_by_role("heading", name="Rerun"))
    assert title["y"] < 40
    assert title["height"] < 48
    assert box(page.get_by_test_id("stSidebar"))["width"] == pytest.approx(225, abs=1)
    expect(page.get_by_test_id("stMainMenu")).to_have_count(0)
    numerals = "getComputedStyle(document.body).fontVariantNumeric"
    assert page.evaluate(numerals) == "tabular-nums"


def test_figures_stand_two_by_two_on_a_phone(open_page: OpenPage, address: str) -> None:
    page = opened(open_page, address, PHONE)
    first, second, third, _ = (box(one) for one in page.get_by_test_id("stMetric").all())
    assert first["y"] == second["y"]
    assert first["height"] == second["height"]
    assert third["y"] > first["y"] + first["height"]
    assert third["x"] == first["x"]
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE


def test_thumb_finds_room_on_a_phone(open_page: OpenPage, address: str) -> None:
    page = opened(open_page, address, PHONE)
    for name in FINGERS:
        button = page.locator(f"[data-testid={name}] button, button[data-testid={name}]").first
        assert box(button)["height"] >= THUMB, name
    for field in ("stTextInputRootElement", "stNumberInputContainer", "stDateInputField"):
        assert box(page.get_by_test_id(field).first)["height"] >= THUMB, field


def test_keyboard_is_always_seen(open_page: OpenPage, address: str) -> None:
    page = opened(open_page, address, DESK)
    style = "(({outlineStyle, outlineWidth}) => [outlineStyle, parseFloat(outlineWidth)])"
    for _ in range(8):
        page.keyboard.press("Tab")
        kind, width = page.evaluate(f"{style}(getComputedStyle(document.activeElement))")
        assert (kind, width) == ("solid", 3)


def test_paper_holds_title_figures_and_date(open_page: OpenPage, address: str) -> None:
    page = opened(open_page, address, DESK)
    page.emulate_media(media="print")
    for name in SCREEN_ONLY:
        for one in page.get_by_test_id(name).all():
            expect(one).to_be_hidden()
    expect(page.get_by_role("heading", name="Rerun")).to_be_visible()
    expect(page.get_by_test_id("stMetricValue").first).to_be_visible()
    foot = (
        "getComputedStyle(document.querySelector('[data-testid=stMainBlockContainer]'), '::after')"
    )
    assert "打印日期 20" in page.evaluate(f"{foot}.content")


def test_chart_is_whole_on_paper(open_page: OpenPage, address: str, tmp_path: Path) -> None:
    """At 1440 the chart is some 1,100 pixels wide, between the margins of A4 there are 680."""
    page = opened(open_page, address, DESK)
    chart = page.get_by_test_id("stPlotlyChart")
    wide = box(chart)["width"]
    assert wide > 1000
    page.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
    zoom = float(chart.evaluate("one => one.style.getPropertyValue('--paper')"))
    assert zoom == pytest.approx(680 / wide, abs=0.01)
