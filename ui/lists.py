"""Tables that are read: a click opens what a row stands for; printed, they are whole."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

NOTHING = "—"
PRINTED = 300  # rows on paper; on the screen a table shows what fits and scrolls


def clicked(table: pd.DataFrame, key: str, ids: Iterable[str], **config: Any) -> int | None:
    """Shows the table; the number of the row that was just clicked, else None.

    `ids` are what the rows stand for.
    """
    key = _of(key, ids)
    with st.container(key=f"screen-{key}"):
        event = st.dataframe(
            table,
            hide_index=True,
            on_select="rerun",
            selection_mode="single-cell",
            placeholder=NOTHING,
            column_config=_money(table) | config,
            key=key,
        )
    _paper(table, key)
    cells = event["selection"]["cells"]
    return int(cells[0][0]) if cells else None


def crossed(table: pd.DataFrame, shares: pd.DataFrame, key: str) -> tuple[str, str] | None:
    """Shows a cross table, each cell the darker the larger its share (0 to 1, or None); the row's
    index and the column of the cell that was just clicked, else None. The first column names rows.
    """
    key = _of(key, [*table.index, *table.columns])
    tints = shares.map(lambda one: "" if one is None else f"background-color: {_tint(one)}")
    with st.container(key=f"screen-{key}"):
        event = st.dataframe(
            table.style.apply(lambda _: tints, axis=None),
            hide_index=True,
            on_select="rerun",
            selection_mode="single-cell",
            key=key,
        )
    _paper(table, key)
    cells = event["selection"]["cells"]
    if not cells or cells[0][1] == table.columns[0]:
        return None
    return str(table.index[int(cells[0][0])]), str(cells[0][1])


def _of(key: str, ids: Iterable[str]) -> str:
    """A key for this list alone: another one under it would take over the click or the ticks of
    whoever stood there before."""
    return f"{key}-{zlib.crc32(''.join(ids).encode())}"


def _tint(share: float) -> str:
    """From white to a blue on which dark letters can still be read."""
    return f"rgba(31, 95, 139, {0.05 + 0.4 * share:.2f})"


def ticked(table: pd.DataFrame, key: str, ids: Iterable[str]) -> list[int]:
    """Shows a table whose rows, standing for `ids`, can be ticked; the numbers of the ticked."""
    event = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        placeholder=NOTHING,
        key=_of(key, ids),
    )
    return [int(at) for at in event["selection"]["rows"]]


def plain(table: pd.DataFrame, key: str) -> None:
    """Shows a table that leads nowhere."""
    with st.container(key=f"screen-{key}"):
        st.dataframe(
            table, hide_index=True, placeholder=NOTHING, column_config=_money(table), key=key
        )
    _paper(table, key)


def _money(table: pd.DataFrame) -> dict[str, Any]:
    """Yuan have their thousands set apart."""
    money = [one for one in table.columns if str(one).endswith("（元）")]
    return {one: st.column_config.NumberColumn(format="localized") for one in money}


def _paper(table: pd.DataFrame, key: str) -> None:
    """The same for the printer, since a scrolling table prints only what is in sight."""
    with st.container(key=f"paper-{key}"):
        # Not st.table: it reads Markdown, in which a bare address becomes a link.
        st.html(_html(table.head(PRINTED)))


def _html(table: pd.DataFrame) -> str:
    """A plain table; pandas takes ten times as long to write one."""
    heads = "".join(f"<th>{escape(str(one))}</th>" for one in table.columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{_told(cell)}</td>' for cell in row)}</tr>"
        for row in table.itertuples(index=False, name=None)
    )
    return (
        f'<table class="sanshe-paper"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'
    )


def _told(cell: Any) -> str:
    empty = cell is None or cell is pd.NA or (isinstance(cell, float) and math.isnan(cell))
    return NOTHING if empty else escape(str(cell))
