"""What a column that somebody makes may be called: no row has two columns of one name."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from db import places, widening
from db.changes import Change, Values
from db.registers import BY_NAME
from db.registers.columns import EXTENSIBLE, CustomField

CUSTOM = CustomField.__tablename__
MOST = 40  # columns that one row may have beside its register's own
Named = tuple[str, str, frozenset[str]]  # register's label, name as compared, areas


@dataclass
class Names:
    """The living columns that users made, by row id, and what lies below each place touched."""

    taken: dict[str, Named] = field(default_factory=dict)
    below: dict[str, frozenset[str]] = field(default_factory=dict)


def names(conn: Connection, changes: Sequence[Change], rows: Sequence[Values]) -> Names:
    """All that a change of the columns must be held against; nothing where there is none."""
    found = Names()
    if not any(change.register == CUSTOM for change in changes):
        return found
    there = widening.living(conn)
    asked = {str((change.after or {}).get("area_id") or "") for change in changes}
    found.below = places.subtrees(conn, asked | {row["area_id"] for row in [*there, *rows]})
    for row in there:
        hold(found, row["id"], row, row["area_id"])
    return found


def hold(known: Names, row_id: str, row: dict[str, Any], area: str) -> None:
    """The column is there from now on."""
    known.taken[row_id] = row["subject"], _key(row["name"]), known.below[area]


def problem(known: Names, row_id: str, row: dict[str, Any], area: str) -> str | None:
    """Why the column may not be called so here."""
    register, key = row["subject"], _key(row["name"])
    if key in {_key(one.label) for one in BY_NAME[EXTENSIBLE[register]].fields.values()}:
        return f"“{register}”本来就有“{row['name']}”这一列"
    others = [
        name
        for other, (of, name, within) in known.taken.items()
        if other != row_id and of == register and within & known.below[area]
    ]
    if key in others:
        return f"这里或上下级已有名为“{row['name']}”的列，请换一个名称"
    return f"自定义列已有 {MOST} 个，请先删去不用的" if len(others) >= MOST else None


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).lower()
    return "".join(sign for sign in plain if sign.isalnum())
