"""The server's memory with twenty people at work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil
from playwright.sync_api import Page

from bench.figures import Figure
from bench.screens import Screen, chromium, context, opened
from bench.visitors import Visitor, served, sign_in
from tests.servers import Server

PEOPLE, GOAL = 20, 250.0  # MB
USERS = ("admin", "guihuashu-shuji", "liumiqiao-ganshi", "taohuaping-shuji", "taohuaping-ganshi")
PLACES = {"admin": "guihuashu"}
SETTLE = 15_000  # ms in which every open grid asks for news several times


def figures(url: str, folder: Path) -> Iterator[Figure]:
    """Resident memory idle and with twenty open pages; what is shared with others, beside it."""
    visitors = sign_in(url, [USERS[place % len(USERS)] for place in range(PEOPLE)])
    with served(url, folder) as server:
        idle, _ = used(server)
        yield Figure("memory.idle", "服务内存：刚启动", idle, "MB")
        with chromium() as browser:
            pages = [context(browser, server, visitor).new_page() for visitor in visitors]
            for page, visitor in zip(pages, visitors, strict=True):
                _at_work(page, server, visitor)
            pages[-1].wait_for_timeout(SETTLE)
            resident, proportional = used(server)
    note = f"其中独占与分摊（PSS）{proportional:.0f}；每人 {(resident - idle) / PEOPLE:.1f}"
    what = "服务内存：20 人各开着一个社区的表格"
    yield Figure("memory.20", what, resident, "MB", GOAL, note)


def _at_work(page: Page, server: Server, visitor: Visitor) -> None:
    """Looks at the figures first, as people do, then opens the grid and stays."""
    place = PLACES.get(visitor.username) or visitor.username.partition("-")[0]
    opened(page, server, Screen("", "", f"/community-{place}"))
    opened(page, server, Screen("", "", f"/community-{place}?view=居民", sheet=True))


def used(server: Server) -> tuple[float, float]:
    """RSS and PSS of the server and what it has started, in MB."""
    assert server.process
    root = psutil.Process(server.process.pid)
    parts = [one.memory_full_info() for one in (root, *root.children(recursive=True))]
    return sum(one.rss for one in parts) / 2**20, sum(one.pss for one in parts) / 2**20
