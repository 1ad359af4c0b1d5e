"""From a checked roster and what its lines mean to what is written, and to what is said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from db import ids
from db.changes import Change, Outcome, Values, Written
from db.matches import BAD, CHANGED, NEW, REVIEW, STATUSES, Match, Matched
from db.registers import BY_NAME
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


def without(
    counted: dict[str, int], matched: Matched, refused: Sequence[Outcome]
) -> dict[str, int]:
    """The tally where some lines were not taken after all: they are bad."""
    gone = {one.id for one in refused}
    left = Counter(one.status for one in matched.lines if one.id in gone)
    return {
        status: count - left[status] + (left.total() if status == BAD else 0)
        for status, count in counted.items()
    }


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


def insist(
    write: Callable[[list[Change]], Written], changed: list[Change], some: bool
) -> tuple[str | None, list[Outcome]]:
    """The batch that was written, and what the write door did not take after all: where there is
    such, nothing is written, or, if `some` will do, all the rest."""
    refused: list[Outcome] = []
    while changed:
        written = write(changed)
        wrong = [one for one in written.outcomes if one.status != "applied"]
        refused += wrong
        if not wrong:
            return written.batch, refused
        gone = {one.id for one in wrong}
        changed = [one for one in changed if one.id not in gone] if some else []
    return None, refused


def turned_away(
    checked: Checked, lines: Lines, matched: Matched, refused: Sequence[Outcome]
) -> list[dict[str, Any]]:
    """Why lines were not taken after all, as `rejected` says it; row 0 is about a household that
    the roster brought."""
    places = {one.id: at for at, one in enumerate(matched.lines)}
    fields = BY_NAME[checked.register].fields
    found = []
    for one in refused:
        at = places.get(str(one.id))
        known = fields.get(one.field or "")
        found.append(
            {
                "sheet": checked.sheet,
                "row": 0 if at is None else lines.numbers[at],
                "column": known.label if known else "",
                "value": "" if at is None else _name(lines.rows[at]),
                "reason": one.reason or "刚刚被别人改过，请重新核对",
            }
        )
    return sorted(found, key=lambda one: one["row"])


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
