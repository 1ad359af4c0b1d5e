"""The latest batches of one kind, each to be taken back with a click."""

from __future__ import annotations

import streamlit as st

from db.sessions import Session
from ui import data, doing, plain, reviewing

FEW = 5


def recent(here: Session, area: str, source: str, title: str) -> None:
    """What was written lately by this source, who did it, and the way back."""
    batches = data.settled(here.actor, area, source)[:FEW]
    if not batches:
        return
    with st.expander(title):
        for one in batches:
            with st.container(horizontal=True, vertical_alignment="center"):
                label = data.register(one.register).about.label
                said = f"{reviewing.when(one.when)}　{one.who}　{label} {one.rows:,} 行"
                st.markdown(plain.text(said), width="content")
                if one.undone:
                    st.caption("已撤回", width="content")
                elif st.button("撤回", key=f"undo-{one.id}"):
                    _take_back(here, one.id)


def _take_back(here: Session, batch: str) -> None:
    try:
        outcomes = data.take_back(here.actor, batch).outcomes
    except data.Forbidden as why:
        st.error(plain.text(why))
        return
    kept = sum(one.status != "applied" for one in outcomes)
    left = f"；有 {kept:,} 处后来又改过，没有动" if kept else ""
    st.session_state[doing.SAID] = f"已撤回{left}"
    st.rerun()
