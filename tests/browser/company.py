"""What the words of a script mean that are about other people, and about bad luck."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.desk import Desk

POSTS = "**/api/v1/changes"


class Company(Desk):
    """Others at the same sheet; a line that is cut, a server that dies."""

    # — others —

    def other(self, who: str, label: str, text: str) -> None:
        """Another person writes, and it appears here."""
        self._other(who, label, text)
        self.sees(who, label)

    def _other(self, who: str, label: str, text: str) -> None:
        self.cell(who, label, self.colleague).click()
        self.colleague.keyboard.type(text)
        with self.colleague.expect_response(POSTS) as answer:
            self.colleague.keyboard.press("Enter")
        assert answer.value.json()["results"][0]["status"] == "applied"
        self.book.write([(who, label, text)], mine=False)

    def conflict(self, who: str, label: str, theirs: str, mine: str, choice: str) -> None:
        """Another writes into the cell that is open here; one of both is chosen."""
        self.cell(who, label).click()
        self.page.keyboard.type(mine)
        self._other(who, label, theirs)
        self.press("Enter")
        self.says("1 处与别人的修改冲突")
        self.cell(who, label).click()
        note = self.page.locator(".note")
        expect(note).to_contain_text(theirs)
        note.get_by_role("button", name=choice).click()
        if choice == "用我的":
            self.book.write([(who, label, mine)])
        self.sees(who, label)
        self.saved()

    def clash(self, people: str, label: str, theirs: str, mine: str, choice: str) -> None:
        """Cells written while the line is cut, which another changed meanwhile; settled in one."""
        self.offline()
        for who, text in zip(people.split(), mine.split(), strict=True):
            self._pen(who, label, text)
        for who, text in zip(people.split(), theirs.split(), strict=True):
            self._other(who, label, text)
        self.page.context.set_offline(False)
        self.away = False
        self.says(f"{len(people.split())} 处与别人的修改冲突")
        self.button("查看").click()
        self.page.locator(".problems").get_by_role("button", name=choice).click()
        if choice == "全部用我的":
            for who, text in zip(people.split(), mine.split(), strict=True):
                self.book.write([(who, label, text)])
        self.saved()
        self.page.locator(".problems").get_by_role("button", name="关闭").click()
        for who in people.split():
            self.sees(who, label)

    def comment(self, who: str, label: str, text: str) -> None:
        """On a cell, in the panel beside the sheet."""
        found = self.cell(who, label)
        found.click()
        self.press("Shift+F2")
        self.page.keyboard.type(text)
        self.button("发表").click()
        expect(self.page.locator(".panel article")).to_contain_text(text)
        self.saved()
        self.press("Escape")
        expect(found).to_have_class(re.compile(r"\btalk\b"))
        self.book.said.append((self.book.register, who, self.book.field(label).name, text))
        self.book.batches.append([])

    def back(self, who: str, label: str, text: str) -> None:
        """From the history of a cell: 恢复为此值, of its latest change."""
        self.cell(who, label).click()
        self.press("Control+Shift+h")
        latest = self.page.locator(".panel article").first
        expect(latest).to_contain_text(text)
        latest.get_by_role("button", name="恢复为此值").click()
        self.book.write([(who, label, text)])
        self.sees(who, label)
        self.saved()
        self.page.locator(".panel").get_by_role("button", name="关闭").click()

    # — trouble —

    def offline(self) -> None:
        """The line is cut."""
        self.page.context.set_offline(True)
        self.away = True

    def online(self) -> None:
        """The line is back, once the page has said that it was gone."""
        self.says("已存在本机")
        self.page.context.set_offline(False)
        self.away = False
        self.saved()

    def hold(self) -> None:
        """Nothing that is written reaches the server."""
        self.page.route(POSTS, lambda route: route.abort())

    def release(self) -> None:
        """It does again."""
        self.page.unroute(POSTS)

    def reload(self) -> None:
        """The page anew; what is not saved is still there."""
        self.page.reload()
        self.total(len(self.book.living(self.book.register)))

    def kill(self) -> None:
        """The server, as by a power cut."""
        self.server.kill()
        self.away = True

    def start(self) -> None:
        """The server again."""
        self.server.start()
        self.away = False
        self.saved()

    def look(self, name: str) -> None:
        """The screen is kept, to be looked at."""
        self.shot(self.page, name)
