"""A register that leaves the house, as data."""

from __future__ import annotations

from dataclasses import dataclass

from db.base import About
from db.changes import Values
from db.fields import Field

SMALL = 5  # below it a figure points at persons; hidden where it is published or only counted
REPORTS = "reports"  # in the place of a register's name: a report is of many


@dataclass(frozen=True)
class Exported:
    """What it is, its columns and rows as their taker sees them (masks in place).

    `labels` are the words for ids that the rows refer to; `moment` is when it was taken (UTC),
    `seq` the version of the data then. `masked` names the columns that are behind masks.
    """

    register: str
    area: str
    seq: int
    about: About
    masked: frozenset[str]
    fields: tuple[Field, ...]
    rows: list[Values]
    labels: dict[str, str]
    who: str
    moment: str
    reason: str
