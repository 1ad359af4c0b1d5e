"""What the theme in config.toml can't say: space, sizes, phones, paper."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

SHEET = Path(__file__).with_name("look.css")


def apply() -> None:
    """On every run; as a style sheet alone it takes no room on the page."""
    st.html(SHEET)
