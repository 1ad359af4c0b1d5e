"""Tables that are read: a click opens what a row stands for; printed, they are whole."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any

import pandas as pd
import streamlit as st

NOTHING = "—"
PRINTED = 300  # rows on paper; on the screen a table shows what fits and scrolls


def clicked(table: pd.DataFrame, key: str, ids: Iterable[str], **config: Any) -> int | None:
    """Shows the table; the number of the row that was just clicked, else None.

    `ids` are what the rows stand for: another list under the same key would open whoever now
    stands where the click fell.
    """
    key = f"{key}-{zlib.crc32(''.join(ids).encode())}"
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
    shown = table.head(PRINTED).astype(object).fillna(NOTHING)
    with st.container(key=f"paper-{key}"), pd.option_context("display.max_colwidth", None):
        # Not st.table: it reads Markdown, in which a bare address becomes a link.
        st.html(shown.to_html(index=False, border=0, classes="sanshe-paper"))
