"""The parts of an .xlsx that tell more than its values do, looked through without parsing them."""

from __future__ import annotations

import html
import posixpath
import re

from logic.rosters.oddities import UNSOLVED, Oddities
from logic.rosters.packages import Package
from logic.rosters.sheets import MOST_ROWS

# A place beyond column AZ or row 99,999. Rare, so that most sheets are not counted cell by cell.
FAR = re.compile(
    rb"""r\s*=\s*["'](?:[A-Za-z]{0,3}\d{6,}|(?:[A-Za-z]{3,}|[B-Zb-z][A-Za-z])\d+)["']"""
)
ELEMENT = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*)>(?!</)")
PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+)(\d+)["']""")
HIDDEN = re.compile(rb"""<(?:\w+:)?row\b(?=[^>]*\bhidden=["'](?:1|true)["'])[^>]*>""")
NUMBER = re.compile(rb"""\br\s*=\s*["'](\d+)["']""")
FORMULA = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/>])>\s*<(?:\w+:)?f\b.*?</(?:\w+:)?c>", re.S)
VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)(?:\s[^>]*)?>[^<]+<")
ERROR = re.compile(rb"""<(?:\w+:)?c\b([^>]*\bt=["']e["'][^>]*)>.*?<(?:\w+:)?v>([^<]*)<""", re.S)
SHEET = re.compile(rb"<(?:\w+:)?sheet\b([^>]*)/?>")
LINK = re.compile(rb"<(?:\w+:)?Relationship\b([^>]*)/?>")
ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*["']([^"']*)["']""")


def look_through(package: Package) -> dict[str, Oddities]:
    """What is odd about each worksheet, by the sheet's name; refuses what no reader may open.

    Every member is unpacked once, so that the size of each is proved before others trust it.
    """
    found = {}
    for name in package.names:
        source = package.read(name)
        if b"sheetData" in source:
            found[name] = _oddities(source)
    paths = _paths(package)
    return {title: found[path] for title, path in paths.items() if path in found}


def _oddities(source: bytes) -> Oddities:
    odd = Oddities()
    if FAR.search(source) or source.count(b"row>") > MOST_ROWS:
        _measure(source, odd)
    if b"hidden=" in source:
        rows = (NUMBER.search(match[0]) for match in HIDDEN.finditer(source))
        odd.hidden_rows = [int(row[1]) - 1 for row in rows if row]
    if b"<f" in source or b":f" in source:
        _formulas(source, odd)
    if b't="e"' in source or b"t='e'" in source:
        for match in ERROR.finditer(source):
            if place := _place(match[1]):
                odd.failed(place, match[2].decode("utf-8", "replace"))
    return odd


def _measure(source: bytes, odd: Oddities) -> None:
    """How far the cells reach that hold something: a style on a million empty rows is no roster.
    A cell or row without a place of its own follows the one before it."""
    row = column = -1
    for match in ELEMENT.finditer(source):
        if match[1] == b"row":
            said = NUMBER.search(match[2])
            row, column = (int(said[1][:9]) - 1 if said else row + 1), -1
            continue
        at, column = _place(match[2]) or (row, column + 1)
        if not match[2].endswith(b"/"):
            odd.reach(at, column)


def _formulas(source: bytes, odd: Oddities) -> None:
    for match in FORMULA.finditer(source):
        odd.formulas += 1
        place = _place(match[1])
        if place and not VALUE.search(match[0]) and b't="str"' not in match[1]:
            odd.broken[place] = UNSOLVED


def _place(attributes: bytes) -> tuple[int, int] | None:
    match = PLACE.search(attributes)
    if not match:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + letter - 64
    return int(match[2][:9]) - 1, column - 1


def _paths(package: Package) -> dict[str, str]:
    """Which member holds the sheet of each name."""
    try:
        book = package.read("xl/workbook.xml")
        links = package.read("xl/_rels/workbook.xml.rels")
    except KeyError:
        return {}
    targets = {one.get("Id"): one.get("Target", "") for one in map(_said, LINK.findall(links))}
    paths = {}
    for said in map(_said, SHEET.findall(book)):
        target = targets.get(next((said[key] for key in said if key.endswith(":id")), ""), "")
        path = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        paths[said.get("name", "")] = path
    return paths


def _said(attributes: bytes) -> dict[str, str]:
    return {
        key.decode(): html.unescape(value.decode("utf-8", "replace"))
        for key, value in ATTRIBUTE.findall(attributes)
    }
