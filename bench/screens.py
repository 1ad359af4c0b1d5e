"""The pages that are measured, and how they are opened: in this process, or in a Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.visitors import COOKIE, Visitor
from tests.servers import Server

IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
CELL = '.cell[data-row="0"]'  # of the grid's first row, whichever column comes first
VIEWS = ("居民", "志愿者", "结对", "服务对象", "户", "志愿服务队", "队员")
GRID = "/community-taohuaping?view=居民"


@dataclass(frozen=True)
class Screen:
    """A page as somebody asks for it: `address` begins with a slash and may have a query."""

    name: str
    what: str
    address: str
    sheet: bool = False  # whether a grid is on it


def screens(resident: str) -> list[Screen]:
    """Every page there is, the community's in each of its views."""
    community = "/community-taohuaping"
    views = [
        Screen(f"community.{place}", f"社区：{view}", f"{community}?view={view}", sheet=True)
        for place, view in enumerate(VIEWS, 1)
    ]
    return [
        Screen("overview", "总览", "/overview"),
        Screen("community.0", "社区：服务覆盖", community),
        *views,
        Screen("resident", "居民", f"/resident?id={resident}"),
        Screen("setup", "区域与类别", "/setup", sheet=True),
        Screen("account", "我的账号", "/account"),
    ]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, or Playwright's own."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        # Root, in a container, has no sandbox to run it in; it only opens pages of our own.
        arguments = ["--disable-gpu", "--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


def context(browser: Browser, server: Server, visitor: Visitor) -> BrowserContext:
    """A browser of the visitor's own: signed in, nothing cached."""
    made = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    made.set_default_timeout(60_000)
    made.add_cookies([{"name": COOKIE, "value": visitor.token, "url": server.address}])
    return made


def opened(page: Page, server: Server, screen: Screen) -> float:
    """Milliseconds from the navigation until the page is drawn, its grid's first cell with it."""
    page.goto(server.address + screen.address, wait_until="commit")
    page.wait_for_selector(IDLE)
    if screen.sheet:
        page.locator(CELL).first.wait_for()
    return float(page.evaluate("performance.now()"))
