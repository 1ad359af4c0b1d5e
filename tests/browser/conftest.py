"""A real Chromium: one for all tests in this folder, a context of its own for each page."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from db.accounts import SAMPLE_PASSWORD
from tests.servers import Server

HERE = Path(__file__).resolve().parent
SHOTS = HERE.parent / "shots"
PATIENCE = 20_000  # milliseconds; the machine may be busy with the other half of the tests
WIDTHS = (1440, 390)
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
FAILED = pytest.StashKey[bool]()
# A clerk's morning: two minutes of two people at once; `make test-hard` has it.
collect_ignore = [] if os.environ.get("HARD") else ["test_morning.py"]

OpenPage = Callable[..., Page]
SignIn = Callable[..., None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


# Not for the whole session: Playwright leaves an event loop running, in which others can't start.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """`open_page(width=1440)`: a page of another person, with cookies of its own.

    At the end: no script of any page may have failed, and a failed test leaves its screens.
    """
    pages: list[Page] = []
    errors: list[str] = []

    def open_one(width: int = WIDTHS[0], height: int = 900) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=width < 600,
        )
        context.set_default_timeout(PATIENCE)
        pages.append(context.new_page())
        pages[-1].on("pageerror", lambda error: errors.append(str(error)))
        return pages[-1]

    yield open_one
    for number, page in enumerate(pages):
        if request.node.stash.get(FAILED, False):
            _keep(page, f"failed-{_plain(request.node.name)}-{number}")
        page.context.close()
    assert not errors


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A page at a desk."""
    return open_page()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A page on a phone."""
    return open_page(WIDTHS[1], 844)


@pytest.fixture
def settled() -> Callable[[Page], Page]:
    """`settled(page)` returns it once Streamlit has drawn it whole."""
    return _settled


@pytest.fixture
def shot() -> Callable[[Page, str], None]:
    """`shot(page, name)` keeps the screen in tests/shots, to be looked at."""

    def take(page: Page, name: str) -> None:
        width = (page.viewport_size or {"width": 0})["width"]
        _settled(page).screenshot(path=SHOTS / f"{_plain(name)}-{width}.png")

    return take


@pytest.fixture
def sign_in(sample_server: Server) -> SignIn:
    """`sign_in(page, "admin")`: by the form, as a person does, into the sample server."""

    def by_form(page: Page, user: str, password: str = SAMPLE_PASSWORD) -> None:
        page.goto(f"{sample_server.address}/signin")
        page.locator("[name=username]").fill(user)
        page.locator("[name=password]").fill(password)
        page.locator("[name=password]").press("Enter")
        page.wait_for_url(re.compile(rf"{sample_server.address}/(?!signin)"))
        _settled(page)

    return by_form


def _settled(page: Page) -> Page:
    page.wait_for_selector(IDLE)
    return page


def _keep(page: Page, name: str) -> None:
    with suppress(Error):  # of a page that is no more
        page.screenshot(path=SHOTS / f"{name}.png")


def _plain(name: str) -> str:
    return re.sub(r"[^\w-]+", "-", name).strip("-")
