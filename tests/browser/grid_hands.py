"""What a hand does in the grid, and what an eye sees there."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.grid_stub import Stub
from tests.browser.sheet import PASTE, cell

COPY = """() => {
  const pen = document.getElementById('host').shadowRoot.querySelector('.pen');
  const clipboardData = new DataTransfer();
  pen.dispatchEvent(new ClipboardEvent('copy', {clipboardData, bubbles: true, cancelable: true}));
  return clipboardData.getData('text/plain');
}"""
TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def opened(page: Page, stub: Stub, query: str = "") -> Page:
    """The page with the grid drawn."""
    page.goto(stub.address + query)
    expect(cell(page, 0, "name")).to_have_text("居民1")
    return page


def paste(page: Page, text: str) -> None:
    """A block out of a spreadsheet, into what is selected."""
    before = page.locator(".remark").text_content()
    page.evaluate(PASTE, text)
    # What is said of it may be gone at once: a refusal speaks over it.
    # While lines are fetched nothing is laid down yet.
    waiting = re.compile(f"^({re.escape(before or '')}|正在读取…)$")
    expect(page.locator(".remark")).not_to_have_text(waiting)


def status(page: Page, text: str) -> None:
    """What the status line says once the last act is drawn."""
    page.evaluate(TWO_FRAMES)  # what was done last has been drawn
    expect(page.locator(".status .state")).to_contain_text(text)


def unsaved(page: Page) -> list[str]:
    """What is kept on this machine for lack of an answer."""
    found = page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('sanshe.unsaved'))")
    return list(found)


def changes(stub: Stub) -> list[dict[str, Any]]:
    """Every edit that reached the server, in order."""
    return [change for request in stub.requests for change in request["changes"]]
