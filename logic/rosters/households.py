"""Rows of one household told by what stands on its first row alone."""

from __future__ import annotations

from itertools import pairwise

from db.registers.people import HEAD as HEAD_RELATION
from db.registers.people import Resident
from logic.rosters import synonyms
from logic.rosters.mapping import FIELD, Mapping
from logic.rosters.oddities import listed
from logic.rosters.tables import Table
from logic.rosters.targets import HEAD, HOUSEHOLD

LIVERS = "residents"
LABEL = Resident.__table__.c.household_id.info["field"].label  # of our own exports: said in full
OWN = {HEAD_RELATION} | {
    word for word, meant in synonyms.CHOICES["relation"].items() if meant == HEAD_RELATION
}


def filled_down(table: Table, mapping: Mapping) -> tuple[list[list[str]], list[int], list[str]]:
    """The rows with householder and household number in each, the household that each row
    belongs to (counted from 1; all 0 where nothing tells), and what was done, in sentences."""
    at = {one.target: place for place, one in enumerate(mapping.choices) if one.way == FIELD}
    keys = [at[target] for target in (HOUSEHOLD, HEAD) if target in at]
    # Elsewhere a blank household says that a person alone is meant.
    ours = any(mapping.choices[key].column.label == LABEL for key in keys)
    if not keys or mapping.register != LIVERS or ours or _in_full(table.rows, keys):
        return table.rows, [0] * len(table.rows), []
    rows: list[list[str]] = []
    groups: list[int] = []
    touched: list[int] = []
    for number, row in zip(table.numbers, table.rows, strict=True):
        begins = "relation" in at and row[at["relation"]].strip() in OWN
        same = bool(rows) and not begins and all(row[key] in ("", rows[-1][key]) for key in keys)
        filled = _filled(row, rows[-1], keys) if same else _own_head(row, at, begins)
        if filled is not row:
            touched.append(number)
        told = any(filled[key] for key in keys)
        groups.append((groups[-1] if groups else 0) + (told and not same))
        rows.append(filled)
    said = f"第 {listed(touched)} 行没有写全户主或户号，已按同一户填上" if touched else ""
    return rows, groups, [said] if said else []


def _in_full(rows: list[list[str]], keys: list[int]) -> bool:
    """Whether the roster names the household on every row, so that a blank means none."""
    blank = sum(not any(row[key] for key in keys) for row in rows)
    again = sum(
        any(one[key] and one[key] == row[key] for key in keys) for one, row in pairwise(rows)
    )
    return 0 < blank < again


def _filled(row: list[str], above: list[str], keys: list[int]) -> list[str]:
    if all(row[key] == above[key] for key in keys):
        return row
    return [above[place] if place in keys else text for place, text in enumerate(row)]


def _own_head(row: list[str], at: dict[str, int], begins: bool) -> list[str]:
    """A householder's own row, where the column for the householder's name was left blank."""
    if not begins or HEAD not in at or "name" not in at or row[at[HEAD]]:
        return row
    return [row[at["name"]] if place == at[HEAD] else text for place, text in enumerate(row)]
