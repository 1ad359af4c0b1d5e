"""Hands on the grid of a real page: what tests do to it, as a person would."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

PASTE = """text => {
  const found = [...document.querySelectorAll('*')].map(one => one.shadowRoot).filter(Boolean);
  const pen = found.map(root => root.querySelector('.pen')).find(Boolean);
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  const how = {clipboardData, bubbles: true, cancelable: true, composed: true}; // as a real one
  pen.dispatchEvent(new ClipboardEvent('paste', how));
}"""


def cell(page: Page, row: int, name: str) -> Locator:
    """The cell of a column (its field's name) in a row counted from 0."""
    return page.locator(f'.cell[data-row="{row}"][data-name="{name}"]')


def header(page: Page, label: str) -> Locator:
    """The head of a column, by what stands in it."""
    return page.locator(".head .cell", has=page.locator(f'.label:text-is("{label}")'))


def menu(page: Page, label: str) -> Locator:
    """The menu of a column, opened."""
    header(page, label).locator(".more").click()
    return page.get_by_role("dialog", name=label)


def drawn(page: Page, text: str = "") -> Page:
    """Waits until the first row is there (with this text in its name)."""
    expect(cell(page, 0, "name")).to_have_text(re.compile(text or r".+"))
    return page


def write(page: Page, row: int, name: str, text: str, key: str = "Enter") -> None:
    """Clicks the cell, types, leaves it by the key."""
    cell(page, row, name).click()
    page.keyboard.type(text)
    page.keyboard.press(key)


def paste(page: Page, row: int, name: str, block: str) -> None:
    """Selects a cell and pastes a block as Excel puts it on the clipboard.

    What the grid remarks on it may be gone at once: a refusal speaks over it.
    """
    cell(page, row, name).click()
    page.evaluate(PASTE, block)


def saved(page: Page) -> None:
    """Waits until the line below says that everything is saved."""
    expect(page.locator(".status .state")).to_contain_text("已保存")
