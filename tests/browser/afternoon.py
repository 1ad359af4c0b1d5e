"""What the words of a script mean on a phone: taps, the sheet of a drop-down, a row as a form."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.browser.ledger_book import THERE
from tests.browser.morning import Morning


class Afternoon(Morning):
    """All verbs of afternoon.txt; those not here are the same as at a desk."""

    def _pen(self, who: str, label: str, text: str, key: str = "Enter") -> None:
        self._twice(who, label)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
        self.press(key)

    def _twice(self, who: str, label: str) -> None:
        """The first tap selects, the second opens."""
        found = self.cell(who, label)
        if "active" not in (found.get_attribute("class") or "").split():
            found.tap()
            expect(found).to_have_class(re.compile(r"\bactive\b"))
        found.tap()
        expect(self.page.locator(".grid.writing")).to_have_count(1)

    def tap(self, who: str, label: str, choice: str) -> None:
        """A choice from the list under a cell."""
        self._twice(who, label)
        self.page.locator(".list .option", has_text=re.compile(f"^✓?{choice}$")).tap()
        self.book.write([(who, label, choice)])
        self.sees(who, label)

    def _control(self, who: str, label: str) -> Locator:
        """A field of the form of somebody's row, opened if it is not."""
        form = self.page.locator("form.form")
        if not form.count():
            self.cell(who, "姓名").tap()
            self.button("编辑此行").tap()
            expect(form.locator("strong")).to_have_text(who)
        return form.locator(
            "label", has=self.page.locator(f'span:text-matches("^{label}( \\\\*)?$")')
        )

    def form(self, who: str, label: str, text: str, value: str | None = None) -> None:
        """A field filled in and left; what is stored comes back into it."""
        self._fill(who, label, text)
        self.book.write([(who, label, text if value is None else value)])
        if not self.book.field(label).sensitive:
            expect(self._box(who, label)).to_have_value(str(self.shown(who, label)))

    def _box(self, who: str, label: str) -> Locator:
        return self._control(who, label).locator("input, select, textarea")

    def _fill(self, who: str, label: str, text: str) -> None:
        box = self._box(who, label)
        if box.evaluate("one => one.tagName") == "SELECT":
            box.select_option(label=text)
        else:
            box.tap()
            box.fill(text)
        box.evaluate("one => one.blur()")

    def refused_form(self, who: str, label: str, text: str, reason: str) -> None:
        """What cannot be stored stays in its field, with the reason beside it."""
        self._fill(who, label, text)
        expect(self._control(who, label).get_by_role("alert")).to_contain_text(reason)

    def add(self, who: str, label: str, text: str) -> None:
        """A new row begun in its form: a draft until it has a name."""
        self.button("新增").tap()
        self.button("编辑此行").tap()
        expect(self.page.locator("form.form strong")).to_have_text("新的一行")
        self._fill(who, label, text)
        self._fill(who, "姓名", who)
        self.saved()
        self.book.begin({who: self.book.values([(label, text), ("姓名", who)])})

    def close(self) -> None:
        """The form put away; the sheet shows what it said."""
        self.page.locator("form.form").get_by_role("button", name="关闭").tap()
        expect(self.page.locator("form.form")).to_have_count(0)

    def undo(self, key: str = "撤销") -> None:
        """A phone has no keys for it."""
        super().undo(key)

    def delete(self, people: str) -> None:
        """One line at a time, by its number."""
        self.cell(people, "姓名")
        super().delete(people)

    def gone(self, who: str) -> None:
        """The row is not there."""
        assert self.book.rows[self.book.register][self.book.row(who)][THERE]
        expect(self.row(who)).to_have_count(0)
