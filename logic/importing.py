"""From a checked roster and what its lines mean to what is written, and to what is said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from db import ids
from db.changes import Change, Outcome, Values
from db.matches import BAD, CHANGED, NEW, REVIEW, STATUSES, Match, Matched
from db.sweeping import unswept
from logic.rosters.checking import Checked
from logic.rosters.problems import ERROR, Problem


@dataclass(frozen=True)
class Lines:
    """The lines of a roster that can be matched: their cells, their rows in the file, which of
    them are one household, and the masks that stood in some of them."""

    rows: list[Values]
    numbers: list[int]
    homes: list[int]
    covered: dict[int, dict[str, str]] = field(default_factory=dict)


def sound(checked: Checked) -> Lines:
    """The lines without an error."""
    bad = checked.bad
    kept = [at for at, number in enumerate(checked.numbers) if number not in bad]
    return Lines(
        [checked.rows[at] for at in kept],
        [checked.numbers[at] for at in kept],
        [checked.households[at] for at in kept],
        {line: checked.covered[at] for line, at in enumerate(kept) if at in checked.covered}
        if checked.covered
        else {},
    )


def changes(register: str, area: str, matched: Matched) -> list[Change]:
    """What is to be written of the lines that are new or changed, new households first."""
    made = [
        Change("households", row_id, None, {**cells, "area_id": area})
        for row_id, cells in matched.homes.items()
    ]
    meant = [one for one in matched.lines if one.status in (NEW, CHANGED)]
    with unswept(len(meant)):
        ops = ids.several(len(meant))
        each = zip(meant, ops, strict=True)
        return made + [_change(register, area, one, op, matched.seq) for one, op in each]


def _change(register: str, area: str, one: Match, op: str, seq: int) -> Change:
    if one.status == NEW:
        return Change(register, one.id, None, {**one.cells, "area_id": area}, op)
    return Change(register, one.id, one.old, one.cells, op, seq)


def tally(checked: Checked, matched: Matched) -> dict[str, int]:
    """How many lines are new, changed, unchanged, for review and bad."""
    counted = Counter(one.status for one in matched.lines)
    counted[BAD] += len(checked.bad)
    return {status: counted[status] for status in STATUSES}


def rejected(checked: Checked, lines: Lines, matched: Matched) -> list[dict[str, Any]]:
    """Every reason why a line is not written: {sheet, row, column, value, reason}."""
    wrong = [_said(one) for one in checked.problems if one.level == ERROR]
    wrong += [
        {
            "sheet": checked.sheet,
            "row": number,
            "column": "",
            "value": _name(row),
            "reason": _reason(one),
        }
        for number, row, one in zip(lines.numbers, lines.rows, matched.lines, strict=True)
        if one.status in (BAD, REVIEW)
    ]
    return sorted(wrong, key=lambda one: (one["sheet"], one["row"]))


def _reason(one: Match) -> str:
    if one.status == BAD:
        return one.why
    return f"{one.why}，请在网页上选定" if one.of else f"{one.why}，可能已经有了，请在网页上核对"


def refused(lines: Lines, matched: Matched, outcomes: Sequence[Outcome]) -> list[tuple[int, str]]:
    """(row in the file, reason) for what the write door did not take after all; row 0 is about a
    household that the roster brought."""
    at = {one.id: number for number, one in zip(lines.numbers, matched.lines, strict=True)}
    return [
        (at.get(str(one.id), 0), one.reason or "刚刚被别人改过，请重新核对")
        for one in outcomes
        if one.status != "applied"
    ]


def _said(one: Problem) -> dict[str, Any]:
    return {
        "sheet": one.sheet,
        "row": one.row,
        "column": one.column,
        "value": one.read,
        "reason": one.expected,
    }


def _name(row: Values) -> str:
    return str(next((value for value in row.values() if value), ""))
