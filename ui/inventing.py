"""A column of a roster that fits nothing becomes a column of the register, made on the spot."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from db import custom
from db.registers.columns import CHOSEN, EXTENSIBLE, KINDS, LONGEST, NUMBERS
from db.sessions import Session
from logic.rosters import guessing
from logic.rosters.mapping import FIELD
from ui import data, plain

TEXT, DATE = "文本", "日期"


def allowed(here: Session, area: str, register: str) -> bool:
    """Whether this account may make columns for the rows of an area."""
    own = register in EXTENSIBLE.values()
    return own and data.may(here.actor, "custom_fields", area)["add"]


def ask(
    here: Session, area: str, register: str, label: str, texts: Sequence[str], key: str
) -> None:
    """What the column is called and holds; when it is made, the widget `key` points at it."""
    kinds = list(KINDS)
    with st.container(border=True):
        name = st.text_input("列名", label[:LONGEST], max_chars=LONGEST, key=f"{key}-name")
        kind = st.selectbox(
            "种类", kinds, index=kinds.index(likely(texts)), key=f"{key}-kind", width=260
        )
        said = ""
        if kind in CHOSEN:
            found = "、".join(list(dict.fromkeys(texts))[:12])
            said = st.text_input("可选内容（用顿号分开）", found, key=f"{key}-options")
        masked = kind == TEXT and st.checkbox(
            "遮盖：加密保存，平时只显示 ***（以后不能再改）", key=f"{key}-masked"
        )
        if kind in NUMBERS:
            st.caption("号码总是加密保存，遮盖显示。")
        column: data.Row = {"subject": _label(register), "name": name, "kind": kind}
        column |= {"options": said or None, "sensitive": True if masked else None}
        st.button(
            "建立这一列", type="primary", key=f"{key}-make",
            on_click=_make, args=(here, area, column, key),
        )  # fmt: skip
        if why := st.session_state.pop(f"{key}-why", ""):
            st.error(plain.text(why))
        st.caption(
            "建好后台账里就有这一列；撤回导入会清空其中的内容，列留着，可在“自定义列”里删除。"
        )


def likely(texts: Sequence[str]) -> str:
    """The kind that the texts of a column look like."""
    found = {"id_number": "身份证号码", "phone": "电话", "date": DATE}.get(guessing.kind(texts))
    if found:
        return found
    if texts and set(texts) <= {"是", "否"}:
        return "是否"
    whole = texts and all(one.isascii() and one.isdigit() and one[0] != "0" for one in texts)
    return "整数" if whole and max(map(len, texts)) < len("1234567") else TEXT


def _label(register: str) -> str:
    return next(label for label, name in EXTENSIBLE.items() if name == register)


def _make(here: Session, area: str, column: data.Row, key: str) -> None:
    outcome = data.put_in(here.actor, "custom_fields", area, column, "import")
    if outcome.status == "applied":
        st.session_state[key] = (FIELD, custom.name(str(outcome.id)))
    else:
        st.session_state[f"{key}-why"] = outcome.reason
