"""The households of a roster: found by number or head, made where there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from db import ids
from db.changes import Values
from db.doors.resolving import Directory
from db.registers.people import HEAD

LIVERS = "residents"  # whose rosters may bring new households; elsewhere one must be known


class Housing:
    """Which household each line of a roster of residents belongs to."""

    def __init__(
        self, register: str, stored: Mapping[str, Values], known: Directory | None,
        groups: Sequence[int],
    ) -> None:  # fmt: skip
        self.builds = register == LIVERS
        self.known, self.groups = known, groups
        self.heads: dict[str, set[str | None]] = {}
        for row in stored.values() if self.builds and known else ():
            if row.get("relation") == HEAD:
                self.heads.setdefault(row["name"], set()).add(row.get("household_id"))
        self.new: dict[Any, str] = {}
        self.cells: dict[str, Values] = {}

    def of(self, at: int, said: Values, cells: Values) -> str | None:
        """The household of a line: by its number, else by its head's name; else a new one."""
        number, head = said.get("number"), said.get("head")
        if self.known is None or not (number or head):
            return None
        if number and (found := self.known.of({"number": number})):
            return found[0]
        homes = self.heads.get(str(head), set()) - {None}
        if not number and len(homes) == 1:
            return homes.pop()
        key = number or (head, self.groups[at] if at < len(self.groups) else 0)
        if key not in self.new:
            self.new[key] = row_id = ids.new()
            address = cells.get("address")
            self.cells[row_id] = {"number": number or self._number(f"{head}户")}
            self.cells[row_id] |= {"address": address} if address else {}
        return self.new[key]

    def _number(self, wanted: str) -> str:
        used = {home["number"] for home in self.cells.values()}
        assert self.known is not None
        return next(
            one for one in _numbers(wanted)
            if one not in used and not self.known.of({"number": one})
        )  # fmt: skip

    def made(self, used: set[Any]) -> dict[str, Values]:
        """The new households that lines point at: id → cells."""
        return {row_id: cells for row_id, cells in self.cells.items() if row_id in used}


def _numbers(wanted: str) -> Iterator[str]:
    yield wanted
    number = 2
    while True:
        yield f"{wanted}{number}"
        number += 1
