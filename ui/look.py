"""What the theme in config.toml can't say: space, sizes, phones, paper."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from db import dates
from ui import scripts

SHEET = Path(__file__).with_name("look.css").read_text(encoding="utf-8")


def apply() -> None:
    """On every run; a style sheet alone takes no room on the page."""
    said = f":root {{ --name: '{scripts.NAME}'; --printed: '{_printed()}'; }}"
    st.html(f"<style>{SHEET}\n{said}</style>")


def _printed() -> str:
    """What a sheet of paper says at its foot: figures are worth as much as their date."""
    return f"{scripts.NAME}　打印日期 {dates.today().isoformat()}"
