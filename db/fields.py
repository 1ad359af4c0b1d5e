"""One declaration a column: `field()` is a mapped_column that carries its Field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeEngine

from db import custom
from db.kinds import REFERENCE, Kind
from db.parsers import Refused
from db.secrecy import Sealed


@dataclass(frozen=True)
class Field:
    """A column as its users know it; `name` is filled in by the register that holds it.

    `refers` names the register whose rows a reference points at; `past` forbids dates to come;
    `search` lets the search box look into it; `found_by` is another way to find it (one of
    `finding.FINDERS`), with a column of its own; `width` is in pixels. `default` is what an added
    row gets where nothing is said (`today` for the day of its adding). `stamp` is what the write
    door itself puts into an added row: the `id` or `name` of its author, `now`, or a `receipt`
    number. A field that a user made is only of rows `within` some areas, and may be meant for some
    `roles` alone, told by their labels, beside those who lead.
    """

    kind: Kind
    label: str
    name: str = ""
    required: bool = False
    unique: bool = False
    sensitive: bool = False
    readonly: bool = False
    search: bool = False
    found_by: str = ""
    past: bool = False
    multiline: bool = False
    choices: tuple[str, ...] = ()
    refers: str = ""
    longest: int = 100
    least: float | None = None
    most: float | None = None
    unit: str = ""
    default: str | None = None
    stamp: str = ""
    help: str = ""
    width: int = 110
    within: frozenset[str] | None = None
    roles: tuple[str, ...] = ()

    def fits(self, area_id: str) -> bool:
        """Whether the rows of an area have this field."""
        return self.within is None or area_id in self.within

    @property
    def purpose(self) -> str:
        """What its cells are sealed for, if it is sensitive."""
        return self.kind.name if self.within is None else custom.PURPOSE

    def parse(self, raw: Any) -> Any:
        """The value to store; raises Refused with a sentence that names this column."""
        if raw is None or (isinstance(raw, str) and (not raw or raw.isspace())):
            if self.required:
                raise Refused(f"“{self.label}”必须填写")
            return None
        try:
            value = self.kind.parse(raw, self)
        except Refused as refusal:
            raise Refused(f"“{self.label}”{refusal}") from None
        if value is None and self.required:
            raise Refused(f"“{self.label}”必须填写")
        return value

    def mask(self, value: Any) -> Any:
        """What stands in the cell for those who may not see it whole."""
        return None if value is None else self.kind.mask(value)


def field(kind: Kind, label: str, **options: Any) -> Any:
    """A mapped_column for `kind`; sensitive ones are encrypted, references are foreign keys."""
    declared = Field(kind, label, **options)
    links = [ForeignKey(f"{declared.refers}.id")] if declared.refers else []
    column_type = _column_type(declared)
    return mapped_column(
        column_type,
        *links,
        nullable=not declared.required,
        index=bool(declared.refers) or None,
        info={"field": declared},
    )


def _column_type(declared: Field) -> TypeEngine[Any]:
    if declared.sensitive:
        # Sealed by kind, not by table: one person's number in two registers stays comparable.
        return Sealed(declared.kind.name)
    return String(36) if declared.kind is REFERENCE else declared.kind.sql()
