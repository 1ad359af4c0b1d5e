"""What stands in a column beside a cell so that it can be found: its pinyin, or its tail."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Column, LargeBinary, Text
from sqlalchemy.types import TypeEngine

from db import pinyin, secrecy
from db.secrecy import Seals

if TYPE_CHECKING:
    from db.fields import Field
    from db.kinds import Kind

TAIL = 4  # signs: fewer fit too many people, and what a mask shows is not longer
# Ordered by bytes on every database: PostgreSQL's own order would skip spaces and tones.
SPELLED = Text().with_variant(Text(collation="C"), "postgresql")


@dataclass(frozen=True)
class Finder:
    """A way of being found: the column that it needs, and what that holds for a value."""

    ending: str
    sql: TypeEngine[Any]
    key: Callable[[str, Kind, Seals], str | bytes | None]


def tail(value: str, kind: Kind, seals: Seals) -> bytes | None:
    """The end of a number, sealed, where its mask shows it; else nobody may ask for it."""
    shown = kind.mask(value).rpartition("*")[2]
    return seals[_purpose(kind)][shown] if len(shown) == TAIL else None


def sealed(end: str, kind: Kind) -> bytes:
    """A tail as it is stored: not to be told from any other without the key."""
    return secrecy.seal(end, _purpose(kind))


def _purpose(kind: Kind) -> str:
    return f"{kind.name} tail"


FINDERS = {
    "person": Finder("pinyin", SPELLED, lambda name, *_: pinyin.key(name, person=True)),
    "pinyin": Finder("pinyin", SPELLED, lambda name, *_: pinyin.key(name, person=False)),
    "tail": Finder("tail", LargeBinary(), tail),
}


def column_name(field: Field, name: str) -> str:
    """The name of the column beside the column `name`."""
    return f"{name}_{FINDERS[field.found_by].ending}"


def columns(fields: dict[str, Field]) -> Iterator[Column[Any]]:
    """The columns that a register needs beside those of its fields."""
    for name, field in fields.items():
        if field.found_by:
            yield Column(column_name(field, name), FINDERS[field.found_by].sql, nullable=True)


def beside(fields: Mapping[str, Field]) -> dict[str, Field]:
    """The field that each column is beside, by that column's name."""
    return {column_name(one, name): one for name, one in fields.items() if one.found_by}


def keys(field: Field, values: Iterable[str | None], seals: Seals) -> list[str | bytes | None]:
    """What the column beside holds for these values of a field."""
    key, kind = FINDERS[field.found_by].key, field.kind
    said = list(values)
    made: dict[str | None, str | bytes | None] = {None: None}
    for value in set(said) - {None}:  # many share a name
        made[value] = key(str(value), kind, seals)
    return [made[value] for value in said]
