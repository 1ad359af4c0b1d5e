"""What the words of a script mean at a desk: cells and blocks, by mouse and keys."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.clerk import Clerk

UNDO = "**/api/v1/undo"


class Desk(Clerk):
    """The verbs of tests/browser/morning.txt."""

    # — one cell —

    def type(self, who: str, label: str, text: str, stored: str | None = None) -> None:
        """Click, type over what is there, Enter."""
        self._pen(who, label, text)
        self.book.write([(who, label, text if stored is None else stored)])
        if self.away:  # as typed: it is the server that puts it into its form
            expect(self.cell(who, label)).to_have_text(text)
        else:
            self.sees(text if label == "姓名" else who, label)

    def _pen(self, who: str, label: str, text: str, key: str = "Enter") -> None:
        self.cell(who, label).click()
        self.page.keyboard.type(text)
        self.press(key)

    def press(self, keys: str) -> None:
        """Keys, one after the other."""
        for key in keys.split():
            self.page.keyboard.press(key)

    def spell(self, who: str, label: str, letters: str, text: str) -> None:
        """By an input method: letters compose in the cell, the choice of a word ends it."""
        self.cell(who, label).click()
        wire = self.page.context.new_cdp_session(self.page)
        for end in range(1, len(letters) + 1):
            caret = {"selectionStart": end, "selectionEnd": end}
            wire.send("Input.imeSetComposition", {"text": letters[:end], **caret})
        wire.send("Input.insertText", {"text": text})
        wire.detach()
        self.press("Enter")
        self.book.write([(who, label, text)])
        self.sees(who, label)

    def add_to(self, who: str, label: str, more: str) -> None:
        """F2 opens the cell with its text, the caret at its end."""
        self.cell(who, label).click()
        self.press("F2")
        self.page.keyboard.type(more)
        self.press("Enter")
        self.book.write([(who, label, (self.book.value(who, label) or "") + more)])
        self.sees(who, label)

    def keys(self, who: str, label: str, keys: str, stored: str) -> None:
        """A cell changed by single keys: the calendar, space, Delete."""
        self.cell(who, label).click()
        self.press(keys)
        self.book.write([(who, label, stored)])
        self.sees(who, label)

    def pick(self, who: str, label: str, letters: str, stored: str) -> None:
        """From the drop-down, by initials."""
        self.cell(who, label).click()
        self.page.keyboard.type(letters)
        named = stored.split("、")[-1] if "、" in stored else stored
        expect(self.page.locator(".list .option.at")).to_contain_text(named)
        self.press("Enter")
        self.book.write([(who, label, stored)])
        self.sees(who, label)

    def refused(self, who: str, label: str, text: str, reason: str) -> None:
        """What cannot be stored stays in its cell, and says why."""
        self._pen(who, label, text)
        found = self.cell(who, label)
        expect(found).to_have_attribute("aria-invalid", "true")
        expect(found).to_have_attribute("title", re.compile(reason))
        expect(found).to_have_text(text)
        self.says("填写有误")

    def run(self, who: str, labels: str, texts: str, stored: str) -> None:
        """Cells side by side, Tab between them and Enter at the end."""
        names = labels.split()
        self.cell(who, names[0]).click()
        typed = texts.split(";")
        for place, text in enumerate(typed):
            self.page.keyboard.type(text)
            self.press("Tab" if place < len(typed) - 1 else "Enter")
        for label, text in zip(names, stored.split(";"), strict=True):
            self.book.write([(who, label, text)])
        self.sees(who, *names)

    # — blocks —

    def _select(self, people: str, labels: str) -> tuple[list[str], list[str]]:
        rows, columns = people.split(), labels.split()
        self.cell(rows[0], columns[0]).click()
        if len(rows) + len(columns) > 2:
            self.cell(rows[-1], columns[-1]).click(modifiers=["Shift"])
        return rows, columns

    def paste(self, people: str, labels: str, block: str) -> None:
        """A block as a spreadsheet copies it; what begins with ! cannot be stored."""
        rows, columns = people.split(), labels.split()
        lines = [line.split(",") for line in block.split(";")]
        self.clip(lines)
        self.cell(rows[0], columns[0]).click()
        self.press("Control+v")
        self._lay(rows, columns, lines)

    def clip(self, lines: list[list[str]]) -> None:
        """A block onto the clipboard, as a spreadsheet puts it there."""
        plain = [[text.split("=")[0].lstrip("!") for text in line] for line in lines]
        text = "\r\n".join("\t".join(line) for line in plain)
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)

    def _lay(self, rows: list[str], columns: list[str], lines: list[list[str]]) -> None:
        cells = [
            (who, label, text.split("=")[-1])
            for who, line in zip(rows, lines, strict=True)
            for label, text in zip(columns, line, strict=True)
        ]
        self.book.write(cell for cell in cells if cell[2][:1] != "!")
        for who, label, text in cells:
            if text[:1] == "!":
                expect(self.cell(who, label)).to_have_attribute("aria-invalid", "true")
            else:
                self.sees(who, label)

    def copy(self, people: str, labels: str, onto: str, columns: str) -> None:
        """A block copied and pasted over another; a single cell fills all of it."""
        rows, names = self._select(people, labels)
        self.press("Control+c")
        lines = [[str(self.shown(who, label)) for label in names] for who in rows]
        targets, below = self._select(onto, columns)
        self.press("Control+v")
        if len(rows) + len(names) == 2:
            lines = [lines[0] * len(below)] * len(targets)
        self._lay(targets, below, lines)

    def cut(self, who: str, label: str, onto: str) -> None:
        """A cell's text goes to another line: two batches."""
        text = self.book.value(who, label)
        self.cell(who, label).click()
        self.press("Control+x")
        self.book.write([(who, label, "")])
        self.sees(who, label)
        self.cell(onto, label).click()
        self.press("Control+v")
        self._lay([onto], [label], [[text]])

    def fill(self, people: str, labels: str) -> None:
        """Down over a range by Ctrl+D."""
        rows, columns = self._select(people, labels)
        self.press("Control+d")
        self._filled(rows, columns)

    def drag(self, people: str, label: str) -> None:
        """Down over a range by the handle at its corner."""
        rows = people.split()
        self.cell(rows[0], label).click()
        self.page.locator(".handle").hover(position={"x": 2, "y": 2})
        self.page.mouse.down()
        self.cell(rows[-1], label).hover(force=True)
        self.page.mouse.up()
        self._filled(rows, [label])

    def _filled(self, rows: list[str], columns: list[str]) -> None:
        top = [str(self.shown(rows[0], label)) for label in columns]
        self._lay(rows[1:], columns, [top] * (len(rows) - 1))

    def clear(self, people: str, labels: str) -> None:
        """Emptied by Delete."""
        rows, columns = self._select(people, labels)
        cells = [(who, label) for who in rows for label in columns]
        full = [(who, label, "") for who, label in cells if self.book.value(who, label)]
        self.press("Delete")
        self.book.write(full)
        for who, label, _ in full:
            self.sees(who, label)

    # — back and forward —

    def undo(self, key: str = "Control+z") -> None:
        """By the keys or the button."""
        self._step(False, key)

    def redo(self, key: str = "Control+y") -> None:
        """By the keys or the button."""
        self._step(True, key)

    def _step(self, forward: bool, key: str) -> None:
        with self.page.expect_response(UNDO) as answer:
            if key.startswith("Control"):
                self.press(key)
            else:
                self.button(key).click()
        assert [one["status"] for one in answer.value.json()["results"]].count("applied")
        self.sees_again(self.book.step(forward))
