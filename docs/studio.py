"""Where pictures are taken: a server on a new sample database, a browser, a page for anybody."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from db.accounts import SAMPLE_PASSWORD
from tests.browser import sheet
from tests.servers import HOME, Server

DESK, PHONE = (1440, 900), (390, 844)
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
RESIDENTS = "/community-guihuashu?view=居民"
SECRETARY, CLERK = "guihuashu-shuji", "guihuashu-ganshi"


@dataclass
class Studio:
    """A server with sample data and a browser, to be asked for anybody's page."""

    server: Server
    browser: Browser

    def page(self, user: str | None, path: str, size: tuple[int, int] = DESK) -> Page:
        """The page as this person sees it."""
        width, height = size
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=size == PHONE,
        )
        page = context.new_page()
        page.goto(f"{self.server.address}{path if user is None else '/signin'}")
        if user is not None:
            self._enter(page, user, path)
        return page

    def _enter(self, page: Page, user: str, path: str) -> None:
        page.locator("[name=username]").fill(user)
        page.locator("[name=password]").fill(SAMPLE_PASSWORD)
        page.locator("[name=password]").press("Enter")
        page.wait_for_url(re.compile(r"/(?!signin)[^/]*$"))
        page.goto(f"{self.server.address}{path}")
        settle(page)
        if "view=" in path:
            sheet.drawn(page)


def settle(page: Page) -> None:
    """Waits until Streamlit has drawn the page, and its charts and tables after it."""
    page.wait_for_selector(IDLE, timeout=60_000)
    page.wait_for_timeout(1500)
    page.wait_for_selector(IDLE)


@contextmanager
def studio() -> Iterator[Studio]:
    """A server on a new sample database, and a Chromium."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        url = f"sqlite:///{folder}/sanshe.db"
        own = os.environ | {"DATABASE_URL": url, "SANSHE_DATA": folder}
        subprocess.run([sys.executable, "manage.py", "init", "--sample"], cwd=HOME, env=own,
                       check=True)  # fmt: skip
        path = os.environ.get("CHROMIUM") or shutil.which("chromium")
        server = Server(url, Path(folder))
        browser = playwright.chromium.launch(executable_path=path, args=["--disable-gpu"])
        try:
            yield Studio(server.start(), browser)
        finally:
            browser.close()
            server.stop()
