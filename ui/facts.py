"""Labels and values in pairs, close together: a definition list that folds on a phone."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

LOOK = """<style>
.sanshe-facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr));
  gap: 12px 24px; margin: 0 !important; padding: 0 !important; }
.sanshe-facts div { min-width: 0; }
.sanshe-facts dt, .sanshe-facts dd { margin: 0 !important; padding: 0; }
.sanshe-facts dt { font-size: 13px; color: #5F6368; font-weight: 400; }
.sanshe-facts dd { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
</style>"""


def show(pairs: Iterable[tuple[str, str]]) -> None:
    """One list; the text is escaped, whatever it is."""
    items = "".join(f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in pairs)
    st.html(f'{LOOK}<dl class="sanshe-facts">{items}</dl>')


def long(pairs: Iterable[tuple[str, str]]) -> None:
    """Labels above texts that take the whole width; what is empty is left out."""
    items = "".join(
        f"<div><dt>{escape(k)}</dt><dd style='white-space: pre-wrap'>{escape(v)}</dd></div>"
        for k, v in pairs
        if v
    )
    if items:
        st.html(f'{LOOK}<dl class="sanshe-facts" style="grid-template-columns: 1fr">{items}</dl>')
