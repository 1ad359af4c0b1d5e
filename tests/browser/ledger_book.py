"""What a clerk's ledgers should say: a plain model that a script of steps keeps as it goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from db import registers, tables
from db.base import Register
from db.fields import Field

Rows = dict[str, dict[str, Any]]  # id → field → value; rows made meanwhile under their names
Place = tuple[str, str, str]  # register, id, field
HERE = "guihuashu"
THERE = "deleted"  # of a row: whether it is gone
BLANK = "（空行）"
DRAFT = "（草稿）"
DEFAULTS = {"residents": {"status": "常住"}, "volunteers": {"status": "在册"}}
KEPT = ("residents", "volunteers", "households")


@dataclass(frozen=True)
class Step:
    """One line of a script: what is done, and with what."""

    number: int
    line: str

    @property
    def words(self) -> list[str]:
        return [word.strip() for word in self.line.split("|")]


def steps(file: str) -> list[Step]:
    """The lines of a script beside this file, without its headings."""
    lines = Path(__file__).with_name(file).read_text(encoding="utf-8").splitlines()
    return [Step(n, line) for n, line in enumerate(lines, 1) if line and not line.startswith("#")]


def stored(engine: Engine) -> dict[str, Rows]:
    """Every row of the community that is not deleted, as the database has it, unsealed."""
    assert tables.METADATA
    return {name: _rows(engine, registers.BY_NAME[name]) for name in KEPT}


def _rows(engine: Engine, register: Register) -> Rows:
    table = register.table
    alive = (table.c.area_id == HERE) & table.c.deleted_at.is_(None)
    asked = select(table.c.id, *(table.c[name] for name in register.fields)).where(alive)
    with engine.connect() as conn:
        return {row.pop("id"): row for row in map(dict, conn.execute(asked).mappings())}


@dataclass
class Book:
    """`batches` are what the clerk can take back, `undone` what he took back."""

    rows: dict[str, Rows]
    register: str = "residents"
    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    batches: list[list[tuple[Place, Any, Any]]] = field(default_factory=list)
    undone: list[list[tuple[Place, Any, Any]]] = field(default_factory=list)
    said: list[tuple[str, ...]] = field(default_factory=list)  # register, who, field, comment

    def __post_init__(self) -> None:
        for register, rows in self.rows.items():
            for row, values in sorted(rows.items(), reverse=True):  # the first of a name counts
                self.ids[register, values.get("name") or values["number"]] = row

    def field(self, label: str) -> Field:
        """The column of the open register that has this label, or is called so."""
        fields = registers.BY_NAME[self.register].fields.values()
        return next(one for one in fields if label in (one.label, one.name))

    def row(self, who: str) -> str:
        """The id of the row that goes by this name."""
        return self.ids[self.register, who]

    def value(self, who: str, label: str) -> Any:
        """What should stand in a cell."""
        return self.rows[self.register][self.row(who)].get(self.field(label).name)

    def read(self, label: str, text: str) -> Any:
        """The value that a script means by a text."""
        column = self.field(label)
        if column.refers and text:
            return self.ids[column.refers, text]
        return {"": None, "是": True, "否": False}.get(text, text)

    def write(self, cells: Iterable[tuple[str, str, str]], mine: bool = True) -> None:
        """Cells (who, label, text) as one batch; another person's cannot be taken back here."""
        batch = []
        for who, label, text in cells:
            place = self.register, self.row(who), self.field(label).name
            before, after = self.value(who, label), self.read(label, text)
            if before == after:
                continue
            batch.append((place, before, after))
            if place[2] == "name":
                self.ids[self.register, text] = place[1]
        self._lay(batch, mine)

    def values(self, cells: Iterable[tuple[str, str]]) -> dict[str, Any]:
        """Field → value of (label, text)."""
        return {self.field(label).name: self.read(label, text) for label, text in cells}

    def begin(self, rows: dict[str, dict[str, Any]]) -> None:
        """New rows as one batch, each of which goes by its name from now on."""
        fields = registers.BY_NAME[self.register].fields
        for who, values in rows.items():
            self.ids[self.register, who] = who
            fresh = dict.fromkeys(fields) | DEFAULTS[self.register] | values
            self.rows[self.register][who] = fresh | {THERE: True}
        self._lay([((self.register, who, THERE), True, False) for who in rows])

    def remove(self, *people: str) -> None:
        """Rows deleted as one batch."""
        self._lay([((self.register, self.row(who), THERE), False, True) for who in people])

    def _lay(self, batch: list[tuple[Place, Any, Any]], mine: bool = True) -> None:
        if mine and batch:
            self.batches.append(batch)
            self.undone.clear()
        for (register, row, name), _, after in batch:
            self.rows[register][row][name] = after

    def step(self, forward: bool) -> list[Place]:
        """The latest batch taken back, or done again; the cells it touched."""
        source, target = (self.undone, self.batches) if forward else (self.batches, self.undone)
        batch = source.pop()
        target.append(batch)
        for (register, row, name), before, after in batch:
            self.rows[register][row][name] = after if forward else before
        return [place for place, _, _ in batch]

    def living(self, register: str) -> Rows:
        """The rows that should be there, without the mark that says so."""
        return {
            row: {name: value for name, value in values.items() if name != THERE}
            for row, values in self.rows[register].items()
            if not values.get(THERE)
        }

    def differences(self, found: dict[str, Rows]) -> list[str]:
        """Every cell of every row in which the database says something else."""
        return [line for register in KEPT for line in self._compare(register, found[register])]

    def _compare(self, register: str, found: Rows) -> Iterator[str]:
        due, left = self.living(register), dict(found)
        fresh: Rows = {}
        for row in [row for row in left if row not in self.rows[register]]:
            if left[row].get("name") not in fresh:  # one made twice stays behind
                made = left.pop(row)
                fresh[made["name"]] = made
        for row, values in due.items():
            there = left.pop(row, None) or fresh.pop(values.get("name", ""), None)
            if there is None:
                yield f"{register} {values} is not there"
                continue
            wrong = {name: (due, there[name]) for name, due in values.items() if due != there[name]}
            if wrong:
                yield f"{register} {values.get('name')}: due, found {wrong}"
        yield from (f"{register} {values} should not be there" for values in left.values())
        yield from (f"{register} {values} should not be there" for values in fresh.values())
