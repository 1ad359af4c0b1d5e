"""What a person waits for: the community's grid in Chromium, and every page with its bytes."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page

from bench import screens, typing
from bench.figures import Figure, number
from bench.screens import CELL, GRID, IDLE, Screen, chromium, context, opened
from bench.visitors import Visitor, served, sign_in
from tests.servers import Server

SHEET = Screen("grid", "", GRID, sheet=True)
GOAL = 1.0  # s
TIMES = 9


class Wire:
    """Counts what comes to a page: files, answers, and what Streamlit sends by its socket."""

    def __init__(self, page: Page) -> None:
        self.files = self.socket = 0
        self._listening = page.context.new_cdp_session(page)
        self._listening.send("Network.enable")
        self._listening.on("Network.loadingFinished", self._file)
        self._listening.on("Network.webSocketFrameReceived", self._frame)

    def _file(self, event: dict[str, Any]) -> None:
        self.files += int(event["encodedDataLength"])

    def _frame(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        data = frame["payloadData"]
        self.socket += len(base64.b64decode(data)) if frame["opcode"] == 2 else len(data)


def figures(url: str, folder: Path, resident: str) -> Iterator[Figure]:
    """The grid first, on a server and in a browser that know it already; then every page."""
    visitor, admin = sign_in(url, ["taohuaping-shuji", "admin"])
    with served(url, folder) as server, chromium() as browser:
        yield from _grid(browser, server, visitor)
        yield from typing.figures(browser, server, visitor)
        for screen in screens.screens(resident):
            yield _cost(browser, server, admin, screen)


def _grid(browser: Browser, server: Server, visitor: Visitor) -> Iterator[Figure]:
    page = context(browser, server, visitor).new_page()
    first = opened(page, server, SHEET) / 1000
    yield Figure("browser.first", "Chromium：服务刚启动、浏览器初次打开居民表格", first, "s")
    taken = sorted(opened(page, server, SHEET) / 1000 for _ in range(TIMES))
    note = f"最快 {taken[0]:.2f}，最慢 {taken[-1]:.2f}，共 {TIMES} 次"
    what = "Chromium：打开桃花坪的居民表格，到看见第一格"
    yield Figure("browser.grid", what, median(taken), "s", GOAL, note)
    turned = sorted(_turned(page, server) for _ in range(TIMES))
    yield Figure("browser.turn", "　　同一页上点“居民”，到看见第一格", median(turned), "s")
    page.context.close()


def _turned(page: Page, server: Server) -> float:
    opened(page, server, Screen("", "", GRID.partition("?")[0]))
    page.wait_for_timeout(1500)  # until the chart is drawn and the browser has nothing else to do
    begun = float(page.evaluate("performance.now()"))
    page.get_by_role("radio", name="居民", exact=True).click()
    page.locator(CELL).first.wait_for()
    return (float(page.evaluate("performance.now()")) - begun) / 1000


def _cost(browser: Browser, server: Server, visitor: Visitor, screen: Screen) -> Figure:
    """Seconds until drawn when it is opened again, and the bytes of both times."""
    page = context(browser, server, visitor).new_page()
    wire = Wire(page)
    opened(page, server, screen)
    page.wait_for_timeout(300)  # what is fetched for later belongs to the first time as well
    new = f"{(wire.files + wire.socket) / 1024:,.0f} kB"
    wire.files = wire.socket = 0
    taken = opened(page, server, screen) / 1000
    page.wait_for_selector(IDLE)
    again = f"{number(wire.files / 1024)} kB + 消息 {number(wire.socket / 1024)} kB"
    page.context.close()
    return Figure(
        f"page.{screen.name}", f"再次打开“{screen.what}”", taken, "s", None, f"{again}；初次 {new}"
    )
