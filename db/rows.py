"""Many rows into one table at once, by the quickest way that its database has.

The names in these statements are those of our own tables; every value is passed beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Table,
    TableValuedAlias,
    any_,
    func,
    literal,
    select,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute

from db.secrecy import Sealed, Seals
from db.sweeping import MANY

Column = ColumnElement[Any] | InstrumentedAttribute[Any]
FEW = 20  # rows or values up to which the plain way is the quickest


def among(
    conn: Connection, column: Column, values: list[Any], seals: Seals | None = None
) -> ColumnElement[bool]:
    """`column IN (values)`; of many values as one parameter, which is far quicker to prepare.
    `seals` remember what each value of a sealed column came to."""
    if len(values) <= FEW:
        return column.in_(values)
    if conn.dialect.name != "sqlite":
        return column == any_(literal(values, ARRAY(column.type)))
    if isinstance(column.type, Sealed):
        sealing = (Seals() if seals is None else seals)[column.type.purpose]
        texts = [sealing[one].hex() for one in values]
        return column.in_(select(func.unhex(_each(texts).c.value)))
    return column.in_(select(_each(values).c.value))


def _each(values: list[Any]) -> TableValuedAlias:
    return func.json_each(orjson.dumps(values).decode()).table_valued("value")


def roomy(conn: Connection, count: int) -> None:
    """Room for the pages that so many rows touch: with less, SQLite would write most of them out
    and read them again, once for each index."""
    if conn.dialect.name == "sqlite" and count >= MANY:
        conn.exec_driver_sql("PRAGMA cache_size=-32000")


def insert(
    conn: Connection, table: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Inserts the rows, whose values are as the database keeps them, in the order of `names`.

    Nothing is converted on the way: sealed values come as bytes, JSON as text.
    """
    quoted = conn.dialect.identifier_preparer.quote
    into = f"{quoted(table.name)} ({', '.join(map(quoted, names))})"
    if conn.dialect.name != "sqlite" and len(rows) > FEW:
        _copy(conn, f"COPY {into} FROM STDIN", rows)
        return
    marks = ", ".join([_mark(conn)] * len(names))
    conn.exec_driver_sql(f"INSERT INTO {into} VALUES ({marks})", _given(rows))  # noqa: S608


def update(
    conn: Connection, table: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """New values of these columns; after a row's values comes its id."""
    quoted, mark = conn.dialect.identifier_preparer.quote, _mark(conn)
    new = ", ".join(f"{quoted(name)} = {mark}" for name in names)
    statement = f"UPDATE {quoted(table.name)} SET {new} WHERE id = {mark}"  # noqa: S608
    conn.exec_driver_sql(statement, _given(rows))


def _given(rows: Sequence[tuple[Any, ...]]) -> Any:
    return list(rows) if len(rows) > 1 else rows[0]


def _mark(conn: Connection) -> str:
    return "?" if conn.dialect.name == "sqlite" else "%s"


def _copy(conn: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    import psycopg  # 8 MB that an embedded database does without

    raw: Any = conn.connection.driver_connection
    try:
        with raw.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except psycopg.IntegrityError as error:
        raise IntegrityError(statement, None, error) from error
