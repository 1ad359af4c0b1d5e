"""What a roster's lines come to when they are set against what is stored, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from db.changes import Values

STATUSES = NEW, CHANGED, UNCHANGED, REVIEW, BAD = "new", "changed", "unchanged", "review", "bad"
OUT = "out"
WORDS = "words"  # of a row that is pointed at: all that it is named by, as our exports say it
Decisions = Mapping[int, str]  # line → NEW, OUT, or the id of the row that it is or means


@dataclass(frozen=True)
class Match:
    """What becomes of one line: the row that it means (a new one's id), and its cells.

    `cells` are what would be stored; of a row that is there, only what differs, with `old` as the
    actor sees it now. `like` are the rows that it may be, where a person has to say; or, where
    `of` names a reference, the rows that this may mean.
    """

    status: str
    id: str
    cells: Values = field(default_factory=dict)
    old: Values = field(default_factory=dict)
    why: str = ""
    like: tuple[str, ...] = ()
    of: str = ""


@dataclass(frozen=True)
class Matched:
    """A Match a line; ids of stored rows that no line means; households to be made: id → cells."""

    seq: int
    lines: tuple[Match, ...]
    absent: tuple[str, ...]
    homes: dict[str, Values]
