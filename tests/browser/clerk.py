"""A clerk before her sheet: where she finds a cell, and whether it shows what her book says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser import sheet
from tests.browser.grid_hands import TWO_FRAMES
from tests.browser.ledger_book import BLANK, DRAFT, THERE, Book, Place, Step
from tests.servers import Server

STRIDE = 400  # pixels


@dataclass
class Clerk:
    """`page` is hers, `colleague` another person's on the same register."""

    page: Page
    colleague: Page
    server: Server
    book: Book
    shot: Callable[[Page, str], None]
    away: bool = False  # whether the server is out of reach

    def work(self, steps: list[Step]) -> None:
        """All steps in turn; a failure says at which line of the script."""
        for step in steps:
            verb, *words = step.words
            try:
                getattr(self, verb.replace(" ", "_"))(*words)
            except Exception as error:
                error.add_note(f"at line {step.number}: {step.line}")
                raise

    # — where things are —

    def row(self, who: str, page: Page | None = None) -> Locator:
        """The line of somebody, by the name that stands in it."""
        page = page or self.page
        special = {BLANK: ".row.empty", DRAFT: ".row.draft"}.get(who)
        if special:
            return page.locator(special)
        return page.locator(".row").filter(
            has=page.locator(f'.cell[data-name="name"]:text-is("{who}")')
        )

    def cell(self, who: str, label: str, page: Page | None = None) -> Locator:
        """A cell, scrolled to as far as it takes until it is drawn."""
        page = page or self.page
        row = self.row(who, page)
        found = row.locator(f'.cell[data-name="{self.book.field(label).name}"]')
        self._find(page, row, "top")
        self._find(page, found, "left")
        return found

    def head(self, label: str) -> Locator:
        """The head of a column, scrolled to."""
        found = sheet.header(self.page, label)
        self._find(self.page, found, "left")
        return found

    def menu(self, label: str) -> Locator:
        """The menu of a column, opened."""
        self.head(label)
        return sheet.menu(self.page, label)

    def button(self, name: str) -> Locator:
        """A button that is called exactly so."""
        return self.page.get_by_role("button", name=name, exact=True)

    def _find(self, page: Page, found: Locator, way: str) -> None:
        if found.count():
            return
        page.evaluate(TWO_FRAMES)  # what was done last has been drawn
        if found.count():
            return
        pane = page.locator(".pane")
        for far in range(40):
            pane.evaluate("(pane, to) => pane.scrollTo(to)", {way: STRIDE * far})
            page.evaluate(TWO_FRAMES)
            if found.count():
                return
        raise AssertionError(f"not found by scrolling: {found}")

    # — what is seen —

    def sees(self, who: str, *labels: str) -> None:
        """The cells show what the book says."""
        for label in labels:
            expect(self.cell(who, label)).to_have_text(self.shown(who, label))

    def shown(self, who: str, label: str) -> Any:
        """How a value of the book reads on the screen."""
        column, value = self.book.field(label), self.book.value(who, label)
        if column.refers and value:
            kept = self.book.rows[column.refers][value]
            return re.compile("^" + re.escape(kept.get("name") or kept["number"]))
        if column.sensitive:
            return column.mask(value) or ""
        return {None: "", True: "是", False: "否"}.get(value, value)

    def sees_again(self, places: list[Place]) -> None:
        """What a step back or forward touched in this register."""
        for register, row, name in places:
            if register != self.book.register:
                continue
            values = self.book.rows[register][row]
            if values.get(THERE) or name == THERE:
                expect(self.row(values["name"])).to_have_count(0 if values.get(THERE) else 1)
            else:
                self.sees(values["name"], name)

    def says(self, text: str) -> None:
        """What stands in the line below the sheet, once the last act is drawn."""
        self.page.evaluate(TWO_FRAMES)
        expect(self.page.locator(".status .state")).to_contain_text(text)

    def saved(self) -> None:
        """Nothing is left to be stored."""
        self.says("已保存")

    def total(self, number: int) -> None:
        """How many rows there are in the sheet, as the line below says."""
        expect(self.page.locator(".total")).to_have_text(re.compile(f"^共 {number:,} "))
