"""The frame of every page: the product's name, who is signed in, the way out."""

from __future__ import annotations

from html import escape

import streamlit as st

from db.permissions import ROLE_BY_NAME
from db.sessions import Session
from ui import data, plain, scripts

NAME = scripts.NAME
FEW = 8  # communities in the sidebar; more are found by search
OUT = """<form class="sanshe-out" method="post" action="/signout">
<input type="hidden" name="csrf" value="{csrf}"><button type="submit">退出登录</button></form>
<style>.sanshe-out button {{ font: inherit; font-size: 14px; border: 0; background: none;
  padding: 0; min-height: 44px; color: #1F5F8B; cursor: pointer; text-decoration: underline; }}
</style>"""


def sidebar(here: Session) -> None:
    """Below the navigation: whose account this is, the way out, whether people are invented."""
    with st.sidebar:
        role = ROLE_BY_NAME[here.actor.role].label
        st.caption(plain.text(f"{here.actor.name}（{role}）"))
        if data.is_sample():
            st.caption("示例数据：人物均为虚构")
        st.html(OUT.format(csrf=escape(here.csrf)))
