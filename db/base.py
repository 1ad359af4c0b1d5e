"""What every table and every register has in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, MetaData, String, Table, text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from db import custom, finding
from db.actors import Actor
from db.fields import Field

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
CELLS = JSON(none_as_null=True)
Check = Callable[[dict[str, Any]], str | None]


class Base(DeclarativeBase):
    """All tables of the product."""

    metadata = MetaData(naming_convention=NAMES)


class Row(Base):
    """What every register's rows carry besides their fields.

    `area_id` is the key of every permission and would be the key of every shard;
    a deleted row keeps its place, so that history and undo have something to return to.
    """

    __abstract__ = True
    about: ClassVar[About]

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    created_at: Mapped[str] = mapped_column(String(27))
    deleted_at: Mapped[str | None] = mapped_column(String(27))

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        table = table_of(cls)
        # What says whether a row is there stands in the index too: rows are counted and passed
        # over without being fetched. First in the order of their making, as every grid begins.
        there = (table.c.id, table.c.deleted_at, table.c.created_at)
        Index(f"ix_{table.name}_area", table.c.area_id, *there)
        for column in finding.columns(declared_fields(table)):
            table.append_column(column)
            if column.type is finding.SPELLED:
                Index(f"ix_{table.name}_{column.name}", table.c.area_id, column, *there)

    @declared_attr
    def area_id(cls) -> Mapped[str]:
        return mapped_column(String(36), ForeignKey("areas.id"))


class Extensible:
    """Room in a register's rows for the cells of columns that users make."""

    extra: Mapped[dict[str, Any] | None] = mapped_column(CELLS)


def living_unique(table: str, *columns: str) -> Index:
    """No two rows of one area that are not deleted share the values of `columns`."""
    alive = text("deleted_at IS NULL")
    return Index(
        "_".join(("uq", table, *columns)),
        "area_id",
        *columns,
        unique=True,
        sqlite_where=alive,
        postgresql_where=alive,
    )


@dataclass(frozen=True)
class About:
    """A register in words: its label, which fields name a row, what must hold across a row.

    `scope` is the column that places a row in an area: its own id for an area itself.
    `public` registers are read by everybody who is signed in, whatever the area.
    `names` are the fields whose text stands for the row wherever another row points at it.
    `keys` are the sets of fields by which a roster's line is known to mean a stored row, the
    surest first.
    `open_rows` says in SQL which rows need no clearance of their own to be seen.
    `attached` rows are about cells (subject, subject_id, subject_field): who may not read the cell
    in plain does not see them. `author` is the field with the account that alone, beside those
    who lead, may take the row away. `kept_by` is the field with the account that alone sees the
    row at all; `outcome` is the field by whose choices such rows may be counted by the others.
    `of` is the field with the organisation whose accounts alone write the row. `signed` is the
    field with the account that alone, whoever leads, may change or delete the row. `guarded`
    registers have rules that the database keeps (`db/guards.py`). `shown` says in SQL which rows
    are open to an actor at this moment, whatever the role.
    """

    label: str
    names: tuple[str, ...]
    unit: str = "条"
    keys: tuple[tuple[str, ...], ...] = ()
    scope: str = "area_id"
    public: bool = False
    checks: tuple[Check, ...] = ()
    open_rows: Callable[[Table], ColumnElement[bool]] | None = None
    attached: bool = False
    author: str = ""
    kept_by: str = ""
    outcome: str = ""
    of: str = ""
    signed: str = ""
    guarded: bool = False
    shown: Callable[[Table, Actor], ColumnElement[bool]] | None = None


@dataclass(frozen=True)
class Register:
    """A table its users edit: the model, its words, its fields by name in order.

    `made` are the fields that users made and the one who asks knows of; None: nobody asked yet.
    """

    model: type[Row]
    about: About = field(hash=False, compare=False)
    made: tuple[Field, ...] | None = None

    @cached_property
    def name(self) -> str:
        return self.model.__tablename__

    @cached_property
    def table(self) -> Table:
        return table_of(self.model)

    @cached_property
    def fields(self) -> dict[str, Field]:
        return declared_fields(self.table) | {one.name: one for one in self.made or ()}

    @property
    def extensible(self) -> bool:
        """Whether users can make fields of their own for its rows."""
        return custom.COLUMN in self.table.c

    def column(self, name: str) -> ColumnElement[Any]:
        """The SQL of a field's cells."""
        if custom.is_name(name):
            return custom.cell(self.table.c[custom.COLUMN], self.fields[name])
        return self.table.c[name]

    def columns(self, names: Iterable[str]) -> list[ColumnElement[Any]]:
        """The same of several fields, each under its name."""
        return [self.column(name).label(name) for name in names]

    def whole(self) -> list[Any]:
        """Every column of its table, and the cells of the fields that users made."""
        return [self.table, *self.columns(one.name for one in self.made or ())]


def table_of(model: type[Base]) -> Table:
    """The table of a model."""
    table = model.__table__
    assert isinstance(table, Table)
    return table


def declared_fields(table: Table) -> dict[str, Field]:
    """The Fields that the table's columns carry, each with its column's name."""
    return {
        column.name: replace(column.info["field"], name=column.name)
        for column in table.columns
        if "field" in column.info
    }
