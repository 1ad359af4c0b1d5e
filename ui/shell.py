"""The frame of every page: the product's name, who is signed in, the way out."""

from __future__ import annotations

import streamlit as st

from db.permissions import ROLE_BY_NAME
from db.sessions import Session
from ui import data

NAME = "三社联动工作台"
FEW = 8  # communities in the sidebar; more are found by search


def sidebar(here: Session) -> None:
    """Below the navigation: whose account this is, and whether the people are invented."""
    with st.sidebar:
        role = ROLE_BY_NAME[here.actor.role].label
        st.caption(f"{here.actor.name}（{role}）")
        if data.is_sample():
            st.caption("示例数据：人物均为虚构")
