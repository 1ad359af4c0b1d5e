"""Tables that are read: a click opens what a row stands for; printed, they are whole."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ui.plain import text

NOTHING = "—"
PRINTED = 300  # rows on paper; on the screen a table shows what fits and scrolls


def clicked(table: pd.DataFrame, key: str, **config: Any) -> int | None:
    """Shows the table; the number of the row that was just clicked, else None."""
    with st.container(key=f"screen-{key}"):
        event = st.dataframe(
            table,
            hide_index=True,
            on_select="rerun",
            selection_mode="single-cell",
            placeholder=NOTHING,
            column_config=config,
            key=key,
        )
    _paper(table, key)
    cells = event["selection"]["cells"]
    return int(cells[0][0]) if cells else None


def plain(table: pd.DataFrame, key: str) -> None:
    """Shows a table that leads nowhere."""
    with st.container(key=f"screen-{key}"):
        st.dataframe(table, hide_index=True, placeholder=NOTHING, key=key)
    _paper(table, key)


def _paper(table: pd.DataFrame, key: str) -> None:
    """The same for the printer, since a scrolling table prints only what is in sight."""
    with st.container(key=f"paper-{key}"):
        shown = table.head(PRINTED).reset_index(drop=True).astype(object).fillna(NOTHING)
        st.table(shown.map(_written).rename(columns=text))


def _written(cell: Any) -> Any:
    return text(cell) if isinstance(cell, str) else cell
