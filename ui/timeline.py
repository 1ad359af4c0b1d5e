"""The stages of a need one below the other: when, who, what, after how many days."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from logic.story import Line


def show(lines: Iterable[Line]) -> None:
    """One list; the text is escaped, whatever it is."""
    st.html(f'<ol class="sanshe-story">{"".join(map(_item, lines))}</ol>')


def _item(line: Line) -> str:
    if not line.day:
        return f'<li class="ahead"><b>{line.stage}</b><span>还没有到</span></li>'
    after = f"<i>用了 {line.days:,} 天</i>" if line.days is not None else ""
    parts = [escape(part) for part in (line.who, line.what) if part]
    return f"<li><b>{line.stage}</b><span>{line.day}　{after}</span><p>{'　'.join(parts)}</p></li>"
