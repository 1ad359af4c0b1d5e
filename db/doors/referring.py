"""What the references of a roster's lines mean: one row, or what a person has to say first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from db.changes import Values
from db.doors.housing import Housing
from db.doors.keying import Shelf
from db.doors.resolving import Directory
from db.fields import Field
from db.matches import BAD, OUT, REVIEW, Decisions, Match

HOME = "household_id"


class References:
    """The references of a roster; `chosen` are the lines of which somebody said what one means."""

    def __init__(
        self, found: Mapping[str, Directory], housing: Housing, fields: Mapping[str, Field],
        shelf: Shelf, decisions: Decisions, ids: Iterator[str],
    ) -> None:  # fmt: skip
        self.found, self.housing, self.fields = found, housing, fields
        self.shelf, self.decisions, self.ids = shelf, decisions, ids
        self.chosen: set[int] = set()

    def resolved(self, at: int, row: Values) -> tuple[Values, Match | None]:
        """The line's own cells with its references as ids; how it ends where one is unclear."""
        if not self.found:
            return row, None
        cells = {name: value for name, value in row.items() if "." not in name}
        unclear: dict[str, list[str]] = {}
        words: dict[str, Values] = {}
        for reference, known in self.found.items():
            said = {
                name.split(".", 1)[1]: value
                for name, value in row.items()
                if name.startswith(f"{reference}.") and value not in (None, "")
            }
            if reference == HOME and self.housing.builds:
                cells |= {reference: home} if (home := self.housing.of(at, said, cells)) else {}
                continue
            found = known.of(said) if said else []
            if said and len(found) != 1:
                unclear[reference], words[reference] = found, said
            elif said or self.fields[reference].required:
                if not found:
                    return cells, Match(BAD, "", cells, why=self._lacking(reference))
                cells |= {reference: found[0]}
        return self._cleared(at, cells, unclear, words) if unclear else (cells, None)

    def _cleared(
        self, at: int, cells: Values, unclear: dict[str, list[str]], words: dict[str, Values]
    ) -> tuple[Values, Match | None]:
        """With what somebody said that the references mean, or what is stored tells."""
        if at not in self.decisions and all(unclear.values()):
            cells |= self._told(cells, unclear)
        for reference in [one for one in unclear if one not in cells]:
            row_id = self._chosen(at, unclear[reference])
            if row_id is None:
                found = unclear[reference]
                return cells, self._unclear(at, reference, words[reference], found, cells)
            cells |= {reference: row_id}
        return cells, None

    def _lacking(self, reference: str) -> str:
        return f"“{self.fields[reference].label}”必须填写"

    def _chosen(self, at: int, found: list[str]) -> str | None:
        """Which of several somebody said that the line means."""
        said = self.decisions.get(at)
        if said not in found or at in self.chosen:
            return None
        self.chosen.add(at)
        return said

    def _unclear(
        self, at: int, reference: str, said: Values, found: list[str], cells: Values
    ) -> Match:
        """Nobody is meant, or one of several: then a person has to say which."""
        label = self.fields[reference].label
        words = "、".join(str(value) for value in said.values())
        if not found:
            return Match(BAD, "", cells, why=f"“{label}”：没有找到“{words}”")
        if self.decisions.get(at) == OUT:
            return Match(BAD, "", cells, why="由您选定不导入")
        if at in self.chosen:  # of one line only one thing can be said
            return Match(
                BAD, "", cells, why=f"“{label}”：“{words}”不止一个，请加上身份证号码、电话或住址"
            )
        why = f"“{label}”：“{words}”不止一个"
        return Match(REVIEW, next(self.ids), cells, why=why, like=tuple(found), of=reference)

    def _told(self, cells: Values, unclear: Mapping[str, list[str]]) -> Values:
        """Which of several are meant, told by a row that says all of the line about one of them:
        the same file brings nothing new, whoever bears whose name."""
        reference, first = next(iter(unclear.items()))
        held = (one for like in first for one in self.shelf.held((reference,), (like,)))
        for row_id in held:
            meant = {name: self.shelf.rows[row_id][name] for name in unclear}
            same = all(meant[name] in like for name, like in unclear.items())
            if same and self.shelf.says(row_id, cells):
                return meant
        return {}
