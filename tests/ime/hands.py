"""Hands on a real keyboard and mouse: keys go to the method first, and the page gets what it makes.

Playwright only looks on: what it types itself never passes an input method.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page

from tests.browser.grid_stub import Stub
from tests.browser.sheet import cell
from tests.ime.screen import Environment

PATIENCE = 10.0  # seconds; the machine may be busy
MOMENT = 0.25  # seconds in which whatever a key does has been done
SPEED = 40  # milliseconds a key
CORNER = "[screenX + (outerWidth - innerWidth) / 2, screenY + outerHeight - innerHeight]"
WRITTEN = """() => {
  const host = document.getElementById('host');
  const pen = host ? host.shadowRoot.querySelector('.pen') : document.querySelector('input');
  return pen.value.replace(/[\\s']/g, '');
}"""


@dataclass
class Hands:
    """One person at the screen, before one page."""

    page: Page
    environment: Environment

    def do(self, *words: object) -> None:
        """What xdotool is told."""
        command = ["xdotool", *map(str, words)]
        subprocess.run(command, env=self.environment, check=True, timeout=30)

    def switch(self, on: bool) -> None:
        """The method on or off."""
        command = ["fcitx5-remote", "-o" if on else "-c"]
        subprocess.run(command, env=self.environment, check=True, timeout=30)

    def point(self, at: Locator, times: int = 1) -> None:
        """Clicks in the middle of something."""
        box = at.bounding_box()
        assert box
        left, top = self.page.evaluate(CORNER)
        x, y = left + box["x"] + box["width"] / 2, top + box["y"] + box["height"] / 2
        self.do("mousemove", round(x), round(y))
        self.do("click", "--repeat", times, "--delay", 80, 1)
        time.sleep(MOMENT)

    def click(self, row: int, name: str, times: int = 1) -> None:
        """A cell."""
        self.point(cell(self.page, row, name), times)

    def press(self, *keys: str) -> None:
        """Keys that the method or the page answers to, one after the other."""
        for key in keys:
            self.do("key", key)
            time.sleep(MOMENT)

    def type(self, text: str, delay: int = SPEED) -> None:
        """Letters, and nothing else until the method has shown them all."""
        before = self.written
        self.do("type", "--delay", delay, text)
        until(lambda: self.written == before + text, f"{before + text} in the pen")

    def word(self, letters: str) -> None:
        """A word by its first candidate."""
        before = self.written
        self.type(letters)
        self.do("key", "space")
        until(lambda: letters not in self.written.removeprefix(before), f"a word for {letters}")

    @property
    def written(self) -> str:
        """What stands in the text field, without the blanks that a composition is shown with."""
        return str(self.page.evaluate(WRITTEN))


def until(holds: Callable[[], bool], what: str) -> None:
    """Waits; fails with what was waited for."""
    limit = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < limit, f"waited in vain: {what}"
        time.sleep(0.03)


def stored(stub: Stub, row: int, name: str, value: Any) -> None:
    """Waits until the server has it."""
    limit = time.monotonic() + PATIENCE
    while (found := now(stub, row, name)) != value:
        assert time.monotonic() < limit, f"stored {found!r}, expected {value!r}"
        time.sleep(0.03)


def now(stub: Stub, row: int, name: str) -> Any:
    """What the server has at this moment."""
    return stub.rows[f"r{row:05d}"][name]
