"""Words to rows: which row a roster means by the name, the number or the ID that stands in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from db import likeness, permissions
from db.actors import Actor
from db.base import Register
from db.changes import Values
from db.doors import labels
from db.doors.questions import Forbidden
from db.matches import WORDS
from db.registers import BY_NAME

BIRTH, ADDRESS = "birth_date", "address"
LABEL = ("",)  # the words for a row, among the names of what may be said of it
Rows = Sequence[Mapping[str, Any]]


@dataclass
class Directory:
    """The rows that a reference may point at, found by what was said of them."""

    register: Register
    rows: dict[str, Values]
    found: dict[tuple[tuple[str, Any], ...], list[str]] = field(default_factory=dict)
    asked: set[tuple[str, ...]] = field(default_factory=set)

    def of(self, said: Mapping[str, Any]) -> list[str]:
        """The ids of all rows of which everything said is true, or whose own label is said."""
        if WORDS in said:
            named, more = self._labelled(str(said[WORDS])), dict(said)
            del more[WORDS]
            return [one for one in named if one in self.of(more)] if more else named
        if ADDRESS in said and len(said) > 1:
            # It is written in many ways: it tells apart, but nobody is another person by it.
            rest = self.of({name: value for name, value in said.items() if name != ADDRESS})
            home = _plain(said[ADDRESS])
            here = [one for one in rest if _plain(self.rows[one].get(ADDRESS)) == home]
            return here if len(rest) > 1 and here else rest
        names = tuple(sorted(said))
        if names not in self.asked:
            self.asked.add(names)
            for row_id, row in self.rows.items():
                key = tuple((name, row.get(name)) for name in names)
                self.found.setdefault(key, []).append(row_id)
        found = self.found.get(tuple((name, said[name]) for name in names), [])
        if not found and BIRTH in said and len(said) > 1:
            # A roster may know only the year, or we.
            rest = self.of({name: value for name, value in said.items() if name != BIRTH})
            return [one for one in rest if likeness.agree(said[BIRTH], self.rows[one].get(BIRTH))]
        if not found and len(self.register.about.names) > 1 and len(said) == 1:
            return self._labelled(str(*said.values()))
        return found

    def _labelled(self, words: str) -> list[str]:
        """The rows that what leaves the house says in these words: a number with an address."""
        if LABEL not in self.asked:
            self.asked.add(LABEL)
            for row_id, row in self.rows.items():
                label = row.get(WORDS) or labels.text(self.register, row)
                self.found.setdefault((("", label),), []).append(row_id)
        return self.found.get((("", words),), [])


def _plain(address: str | None) -> str:
    return "".join(unicodedata.normalize("NFKC", address or "").split())


def directories(
    conn: Connection, actor: Actor, register: Register, area: str, rows: Rows
) -> dict[str, Directory]:
    """reference → the rows that it may point at from this area, with the cells asked of them."""
    asked: dict[str, set[str]] = {}
    for dotted in {name for row in rows for name in row if "." in name}:
        reference, inner = dotted.split(".", 1)
        asked.setdefault(reference, set()).add(inner)
    return {
        reference: _directory(conn, actor, BY_NAME[register.fields[reference].refers], area, inner)
        for reference, inner in asked.items()
    }


def _directory(
    conn: Connection, actor: Actor, register: Register, area: str, names: Iterable[str]
) -> Directory:
    grant = permissions.grant(conn, actor, "read", register)
    if grant is None:
        raise Forbidden(f"您的角色不能查看“{register.about.label}”")
    table = register.table
    asked = {*names, *register.about.names}
    worded = any(register.fields[name].refers for name in register.about.names)
    columns = [table.c[name] for name in sorted(asked) if name in register.fields]
    living = select(table.c.id, *columns).where(table.c.deleted_at.is_(None), grant.rows())
    if not register.about.public:
        living = living.where(table.c.area_id == area)
    found = {row["id"]: dict(row) for row in conn.execute(living.order_by(table.c.id)).mappings()}
    for row_id, said in (
        labels.texts(conn, actor, register, found.values()).items() if worded else ()
    ):
        found[row_id][WORDS] = said
    return Directory(register, found)
