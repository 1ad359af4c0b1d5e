"""Tables that are read: a click on any cell opens what its row stands for."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

NOTHING = "—"


def clicked(table: pd.DataFrame, key: str, **config: Any) -> int | None:
    """Shows the table; the number of the row that was just clicked, else None."""
    event = st.dataframe(
        table,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-cell",
        placeholder=NOTHING,
        column_config=config,
        key=key,
    )
    cells = event["selection"]["cells"]
    return int(cells[0][0]) if cells else None


def plain(table: Any, key: str | None = None) -> None:
    """Shows a table that leads nowhere."""
    st.dataframe(table, hide_index=True, placeholder=NOTHING, key=key)
