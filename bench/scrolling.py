"""How evenly the grid scrolls: real turns of the wheel, and the time from frame to frame."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page

from bench.figures import Figure
from bench.screens import CELL, chromium
from tests.browser.grid_stub import Stub

ROWS = 12_500
SLOW = 33.4  # ms: two frames' time
GOAL = 2.0  # per cent
TURNS = 150
FRAMES = """() => {
  window.frames_ = [];
  let last = 0;
  const tick = now => {
    if (last) window.frames_.push(now - last);
    last = now;
    window.ticking = requestAnimationFrame(tick);
  };
  window.ticking = requestAnimationFrame(tick);
}"""


def figures() -> Iterator[Figure]:
    """Down, and to the right, over rows of 30 columns that are fetched on the way."""
    server = Stub()
    server.fill(ROWS)
    with chromium() as browser:
        try:
            page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
            page.goto(server.start().address)
            page.locator(CELL).first.wait_for()
            page.mouse.move(600, 500)
            for what, x, y in (("往下", 0, 120), ("往上", 0, -120), ("往右再往左", 60, 0)):
                yield _scrolled(page, what, x, y)
        finally:
            server.stop()


def _scrolled(page: Page, what: str, x: int, y: int) -> Figure:
    page.evaluate(FRAMES)
    for turn in range(TURNS):
        page.mouse.wheel(x if turn % 60 < 30 else -x, y)
        page.wait_for_timeout(16)
    taken = page.evaluate("() => (cancelAnimationFrame(window.ticking), window.frames_)")
    slow = sum(frame > SLOW for frame in taken)
    share = 100 * slow / len(taken)
    note = f"{len(taken)} 帧，最长 {max(taken):.0f} ms"
    name = f"Chromium：滚动 12,500 行 × 30 列，{what}，超过 33 ms 的帧"
    return Figure(f"browser.scroll.{x}.{y}", name, share, "%", GOAL, note)
