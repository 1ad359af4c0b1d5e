"""A resident found by name, initials or the end of a number; a household by number or address."""

from __future__ import annotations

import streamlit as st

from db.sessions import Session
from ui import data, plain


def pick(here: Session, area: str, key: str, label: str = "居民") -> str | None:
    """The id of the resident who was found and chosen, None before."""
    typed = st.text_input(
        label, placeholder="姓名、拼音首字母或电话末四位", key=f"{key}-typed"
    ).strip()
    if not typed:
        return None
    found = data.listed(here.actor, "residents", area, (), (), 20, typed).rows
    if not found:
        st.caption(f"没有找到“{plain.text(typed)}”。")
        return None
    words = {
        row["id"]: "　".join(
            str(part)
            for part in (row["name"], row["sex"], row["birth_date"], row["address"])
            if part
        )
        for row in found
    }
    return st.selectbox("是哪一位", list(words), format_func=words.__getitem__, key=f"{key}-who")


def home(here: Session, area: str, key: str) -> str | None:
    """The id of the household that was found by its number or address, None before."""
    typed = st.text_input("户", placeholder="户号或住址", key=f"{key}-typed").strip()
    if not typed:
        return None
    found = data.listed(here.actor, "households", area, (), (), 20, typed).rows
    if not found:
        st.caption(f"没有找到“{plain.text(typed)}”。")
        return None
    words = {row["id"]: f"{row['number']}　{row['address'] or ''}" for row in found}
    return st.selectbox("是哪一户", list(words), format_func=words.__getitem__, key=f"{key}-which")
