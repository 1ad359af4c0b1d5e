"""By what stored rows are looked up: the values of a key, the sound of a name, a day of birth."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from db import likeness
from db.changes import Values


class Shelf:
    """The stored rows, by id, and which of them lines of the roster mean already: row → line."""

    def __init__(self, rows: Mapping[str, Values]) -> None:
        self.rows = rows
        self.taken: dict[str, int] = {}
        self._indexes: dict[tuple[str, ...], dict[tuple[Any, ...], list[str]]] = {}

    def held(self, key: tuple[str, ...], values: tuple[Any, ...]) -> list[str]:
        """The rows with these values; what no line asks for is never looked through."""
        if key not in self._indexes:
            self._indexes[key] = index(self.rows, key)
        return self._indexes[key].get(values, [])

    @cached_property
    def sounds(self) -> dict[tuple[str, str], list[str]]:
        return sounding(self.rows)

    def says(self, row_id: str, cells: Values) -> bool:
        """Whether no other line means the row and it says all this already."""
        row = self.rows[row_id]
        return row_id not in self.taken and all(
            value is None or row[name] == value for name, value in cells.items()
        )


def index(stored: Mapping[str, Values], key: tuple[str, ...]) -> dict[tuple[Any, ...], list[str]]:
    found: dict[tuple[Any, ...], list[str]] = {}
    for row_id, row in stored.items():
        found.setdefault(tuple([row.get(name) for name in key]), []).append(row_id)
    return found


def sounding(stored: Mapping[str, Values]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for row_id, row in stored.items():
        for key in soundings(row):
            found.setdefault(key, []).append(row_id)
    return found


def soundings(cells: Values) -> list[tuple[str, str]]:
    """Under what a person may be looked for: the sound of the name, and the day of birth."""
    keys = [("sound", likeness.sound(str(cells.get("name") or "")))]
    birth = cells.get("birth_date")
    return [*keys, ("birth", str(birth))] if birth and len(str(birth)) == 10 else keys


def whole(key: tuple[str, ...], cells: Values) -> bool:
    """A year of birth proves nothing."""
    return "birth_date" not in key or len(str(cells["birth_date"])) > 4


def coarser(value: Any, stored: Any) -> bool:
    """Whether a date says less than the stored one and nothing else."""
    dates = isinstance(value, str) and isinstance(stored, str)
    return dates and len(value) in (4, 7) and stored.startswith(f"{value}-")
