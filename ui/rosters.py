"""A roster that somebody brought, step by step; each step is worked out once for its input."""

from __future__ import annotations

from collections.abc import Mapping as Decisions
from functools import lru_cache

from db import dates
from db.actors import Actor
from db.fields import Field
from db.matches import Matched
from logic import importing
from logic.rosters import checking, guessing, mapping, offering, reading
from logic.rosters.checking import Checked
from logic.rosters.mapping import Mapping
from logic.rosters.offering import Offer
from logic.rosters.sheets import Book
from ui import data

FEW = 4  # rosters held in memory at once; a large one is some hundred megabytes
Made = tuple[Field, ...]  # the columns that users made for the place
Choices = tuple[tuple[int, str, str], ...]  # (column's index, way, target)
PASTED = "粘贴的内容.tsv"
MAPPING = "mapping-{}"  # how columns under a header were settled, by the header's signature
DECISIONS = "roster-decisions"  # on the lines of the file that is being worked on


@lru_cache(FEW)
def book(actor: Actor, upload: str) -> tuple[Book, list[Offer]]:
    """The file and what its sheets seem to be; raises Unreadable, or KeyError where it is gone."""
    brought = data.upload(actor, upload)
    if brought is None:
        raise KeyError(upload)
    if brought.name == PASTED:
        read = reading.pasted(brought.content.decode())
    else:
        read = reading.read(brought.content, brought.name)
    return read, offering.offers(read)


@lru_cache(FEW)
def mapped(
    actor: Actor, upload: str, sheet: int, register: str, made: Made, said: Choices
) -> Mapping:
    """The columns' targets, as guessed or as settled last time, and as corrected by somebody."""
    table = book(actor, upload)[1][sheet].table
    assert table is not None
    guessed = mapping.guess(table, register, made)
    last = data.remembered(actor, MAPPING.format(guessed.signature)).get("choices")
    if last is not None:
        guessed = mapping.recalled(guessed, last)
    return mapping.corrected(guessed, {at: (way, target) for at, way, target in said})


def texts(actor: Actor, upload: str, sheet: int, at: int) -> list[str]:
    """What stands in a column, the first few hundred cells that are not empty."""
    table = book(actor, upload)[1][sheet].table
    assert table is not None
    return guessing.sample(table.rows, at)


def settle(actor: Actor, settled: Mapping) -> None:
    """Remembers how the columns were corrected, for a reload and for the next file like this."""
    name, choices = MAPPING.format(settled.signature), mapping.saved(settled)
    if data.remembered(actor, name).get("choices") != choices:
        data.remember(actor, name, {"choices": choices})


def decided(actor: Actor, upload: str) -> dict[int, str]:
    """What was said of lines of this file before a reload, by their rows in it."""
    kept = data.remembered(actor, DECISIONS)
    said = kept.get("said", {}) if kept.get("file") == upload else {}
    return {int(row): one for row, one in said.items()}


def decide(actor: Actor, upload: str, said: Decisions[int, str]) -> None:
    """Remembers what was said of lines of this file."""
    if dict(said) != decided(actor, upload):
        rows = {str(row): one for row, one in said.items()}
        data.remember(actor, DECISIONS, {"file": upload, "said": rows})


@lru_cache(FEW)
def checked(
    actor: Actor, upload: str, sheet: int, register: str, made: Made, said: Choices
) -> Checked:
    """Every cell through its field; raises Undecided."""
    table = book(actor, upload)[1][sheet].table
    assert table is not None
    return checking.check(table, mapped(actor, upload, sheet, register, made, said))


@lru_cache(FEW)
def marked(
    actor: Actor, upload: str, sheet: int, register: str, made: Made, said: Choices
) -> tuple[str, bytes]:
    """The same workbook with its problems shown in it: file name and content."""
    brought = data.upload(actor, upload)
    assert brought is not None
    problems = checked(actor, upload, sheet, register, made, said).problems
    day = dates.today().isoformat()
    from logic.rosters import marking  # with openpyxl, which few visits need: 7 MB

    return marking.marked(brought.content, book(actor, upload)[0], problems, day)


def matched(actor: Actor, area: str, found: Checked, decisions: Decisions[int, str]) -> Matched:
    """What its lines mean now: asked anew after every write anywhere."""
    lines = importing.sound(found)
    return data.match(actor, found.register, area, lines, dict(decisions))
