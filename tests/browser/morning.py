"""What the words of a script mean that are about whole rows and their order."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser import sheet
from tests.browser.company import Company
from tests.browser.ledger_book import BLANK, DRAFT, THERE

VIEWS = {"居民": "residents", "志愿者": "volunteers"}


class Morning(Company):
    """All verbs of morning.txt."""

    # — rows —

    def new(self, who: str, label: str, text: str) -> None:
        """A line begun at the end: its name makes it a row, anything else a draft."""
        self.button("新增").click()
        self._pen(BLANK, label, text)
        self.book.begin({who: self.book.values([(label, text)])})
        if label == "姓名":
            self.saved()
            self.sees(who, label)
        else:
            self.says("1 行草稿，还缺“姓名”")

    def complete(self, who: str, label: str, text: str) -> None:
        """The draft gets another cell; its name makes it a row. All of it is one batch."""
        self._pen(DRAFT, label, text)
        self.book.rows[self.book.register][who] |= self.book.values([(label, text)])
        if label == "姓名":
            self.saved()
            self.sees(who, label)

    def append(self, people: str, labels: str, block: str) -> None:
        """A block pasted past the last line: new rows, one batch."""
        columns, lines = labels.split(), [line.split(",") for line in block.split(";")]
        self.button("新增").click()
        self.clip(lines)
        self.cell(BLANK, columns[0]).click()
        self.press("Control+v")
        fresh = {
            who: self.book.values(zip(columns, (one.split("=")[-1] for one in line), strict=True))
            for who, line in zip(people.split(), lines, strict=True)
        }
        self.book.begin(fresh)
        for who in fresh:
            self.sees(who, *columns)

    def duplicate(self, who: str, name: str) -> None:
        """The row again at the end, where it is given a name: two batches."""
        self.cell(who, "姓名")
        self.row(who).locator(".number").click()
        self.button("复制为新行").click()
        expect(self.page.locator(".remark")).to_contain_text("已复制 1 行")
        expect(self.page.locator(".cell.active")).to_have_text(who)
        row = self.book.rows[self.book.register][self.book.row(who)]
        fields = [self.book.field(one) for one in row if one != THERE]
        plain = [one.name for one in fields if not one.sensitive and not one.unique]
        copy = {one: row[one] for one in plain}
        self.book.begin({name: copy})
        self.page.keyboard.type(name)
        self.press("Enter")
        self.book.write([(name, "姓名", name)])
        self.sees(name, "姓名")

    def delete(self, people: str) -> None:
        """Whole lines selected by their numbers, and sure of it."""
        rows = people.split()
        self.cell(rows[0], "姓名")
        self.row(rows[0]).locator(".number").click()
        if rows[1:]:
            self.row(rows[-1]).locator(".number").click(modifiers=["Shift"])
        self.button("删除").click()
        asked = self.page.get_by_role("dialog", name=f"删除选中的 {len(rows)} 行？")
        asked.get_by_role("button", name="删除").click()
        self.book.remove(*rows)
        for who in rows:
            expect(self.row(who)).to_have_count(0)

    # — order and view —

    def go(self, view: str) -> None:
        """Another register of the community."""
        group = self.page.get_by_test_id("stButtonGroup")
        group.get_by_role("radio", name=view, exact=True).click()
        self.book.register = VIEWS[view]
        expect(self.page.get_by_placeholder(f"搜索{view}")).to_have_count(1)
        expect(self.page.locator(".grid")).to_have_count(1)  # the former one is gone
        self.total(len(self.book.living(self.book.register)))

    def sort(self, first: str, second: str = "") -> None:
        """By the head of a column, and among it by another's with Shift."""
        self.head(first).locator(".label").click()
        expect(sheet.header(self.page, first).locator(".order")).to_have_text("▲")
        if second:
            self.head(second).locator(".label").click(modifiers=["Shift"])
            expect(sheet.header(self.page, second).locator(".order")).to_have_text("▲2")

    def unsort(self, *labels: str) -> None:
        """The order as it was, by the menus."""
        for label in labels:
            menu = self.menu(label)
            menu.get_by_role("button", name="不排序").click()
            expect(sheet.header(self.page, label).locator(".order")).to_have_count(0)

    def tick(self, label: str, values: str) -> None:
        """A filter by choice; as many rows are left as the book has."""
        menu = self.menu(label)
        for value in values.split():
            menu.get_by_role("checkbox", name=value).check()
        menu.get_by_role("button", name="筛选", exact=True).click()
        name = self.book.field(label).name
        wanted = [self.book.read(label, value) for value in values.split()]
        self.total(self._count(lambda row: row[name] in wanted))

    def narrow(self, label: str, hint: str, text: str) -> None:
        """A filter by what a text contains or a date begins with (从, 到)."""
        menu = self.menu(label)
        menu.get_by_placeholder(hint, exact=True).fill(text)
        self.press("Enter")
        name = self.book.field(label).name
        fits = {
            "包含": lambda value: text in value,
            "从": lambda value: value >= text,
            "到": lambda value: value[: len(text)] <= text,
        }[hint]
        self.total(self._count(lambda row: bool(row[name]) and fits(row[name])))

    def widen(self) -> None:
        """All filters taken away."""
        self.button("清除筛选").click()
        self.total(len(self.book.living(self.book.register)))

    def _count(self, fits: Callable[[dict[str, Any]], bool]) -> int:
        return sum(bool(fits(row)) for row in self.book.living(self.book.register).values())

    def search(self, text: str, who: str) -> None:
        """By name, pinyin initials, the last digits of a phone or a place."""
        box = self.page.get_by_role("searchbox").first
        box.fill(text)
        box.press("Enter")
        expect(self.page.locator(".total")).not_to_have_text(
            re.compile(f"^共 {len(self.book.living(self.book.register)):,} ")
        )
        expect(self.row(who)).to_have_count(1)

    def all(self) -> None:
        """The search given up."""
        self.page.get_by_role("searchbox").first.press("Escape")
        self.total(len(self.book.living(self.book.register)))

    def column(self, label: str, deed: str) -> None:
        """A column moved or hidden by its menu."""
        self.menu(label).get_by_role("button", name=deed).click()
        if deed.startswith("隐藏"):
            expect(sheet.header(self.page, label)).to_have_count(0)

    def usual(self) -> None:
        """All columns as they are by default."""
        self.button("列").click()
        self.button("恢复默认").click()
