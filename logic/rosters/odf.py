"""The parts of an .ods that tell more than its values do, looked through without parsing them."""

from __future__ import annotations

import html
import re
from xml.parsers import expat

from logic.rosters.oddities import UNSOLVED, Oddities
from logic.rosters.packages import HALF, LOCKED, Package
from logic.rosters.sheets import Merge, Unreadable

TAG = re.compile(
    rb"<table:(table-row|table-cell|covered-table-cell|table)(?![\w-])([^>]*?)(/?)>"
    rb"(?:\s*<text:p[^>]*>([^<]*))?"
)
ATTRIBUTE = re.compile(rb"""([\w:-]+)\s*=\s*["']([^"']*)["']""")
FAR = 2**31


def look_through(package: Package) -> dict[str, Oddities]:
    """What is odd about each table, by its name; every member's size is proved."""
    sources = {name: package.read(name) for name in package.names}
    if b"encryption-data" in sources.get("META-INF/manifest.xml", b""):
        raise Unreadable(LOCKED)
    content = sources["content.xml"]
    prove_whole(content)
    return _Walk().through(content)


def prove_whole(source: bytes) -> None:
    """Refuses what is no well-formed XML: a reader may wait for its end for ever. Office programs
    declare no entities, bombs do."""
    if b"<!" in source[:4096].replace(b"<!--", b""):
        raise Unreadable(HALF)
    try:
        expat.ParserCreate().Parse(source, True)
    except expat.ExpatError:
        raise Unreadable(HALF) from None


class _Walk:
    """Counts rows and columns as a reader would lay them out."""

    def __init__(self) -> None:
        self.found: dict[str, Oddities] = {}
        self.odd = Oddities()
        self.row = self.column = self.repeated = 0

    def through(self, source: bytes) -> dict[str, Oddities]:
        for match in TAG.finditer(source):
            said = {
                key: value.decode("utf-8", "replace") for key, value in ATTRIBUTE.findall(match[2])
            }
            if match[1] == b"table":
                self.odd = self.found.setdefault(
                    html.unescape(said.get(b"table:name", "")), Oddities()
                )
                self.row, self.repeated = 0, 0
            elif match[1] == b"table-row":
                self._next_row(said)
            else:
                self._cell(said, (match[4] or b"").decode("utf-8", "replace"))
        return self.found

    def _next_row(self, said: dict[bytes, str]) -> None:
        self.row += self.repeated
        self.column = 0
        self.repeated = _count(said, b"table:number-rows-repeated")
        if said.get(b"table:visibility") in ("collapse", "filter") and self.repeated < 1000:
            self.odd.hidden_rows += range(self.row, self.row + self.repeated)

    def _cell(self, said: dict[bytes, str], shown: str) -> None:
        repeated = _count(said, b"table:number-columns-repeated")
        place = self.row, self.column
        if b"office:value-type" in said or b"table:formula" in said or shown:
            self.odd.reach(self.row + self.repeated - 1, self.column + repeated - 1)
        if b"table:formula" in said:
            self.odd.formulas += 1
            if b"office:value-type" not in said:
                self.odd.broken[place] = UNSOLVED
        if said.get(b"calcext:value-type") == "error":
            self.odd.failed(place, shown)
        down = _count(said, b"table:number-rows-spanned")
        right = _count(said, b"table:number-columns-spanned")
        if down * right > 1:
            self.odd.merged.append(Merge(*place, place[0] + down - 1, place[1] + right - 1))
        self.column += repeated


def _count(said: dict[bytes, str], key: bytes) -> int:
    """A repetition, at least one; what is no number counts as endless."""
    written = said.get(key, "1")
    return min(max(int(written), 1), FAR) if re.fullmatch(r"\d{1,10}", written) else FAR
