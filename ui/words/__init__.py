"""Streamlit's own words in Chinese, on every page that calls `show()`."""

from __future__ import annotations

import streamlit as st

from ui.words import modules

_words = st.components.v2.component("sanshe_words", js=modules.START)


def show() -> None:
    """Before anything that may stop the script; `look.css` keeps it from taking up space."""
    _words(key="words")
