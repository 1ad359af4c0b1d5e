"""今天: what waits for a community today; each line leads to where it is dealt with."""

from __future__ import annotations

import streamlit as st

from db import dates
from db.sessions import Session
from ui import coverage, data, places, plain, todo
from ui.links import Go

WEEK = "一二三四五六日"


def show(here: Session, go: Go) -> None:
    """The page that a community's people land on."""
    st.title("今天")
    area = places.seen(here.actor)
    today = dates.today()
    st.caption(f"{today.year} 年 {today.month} 月 {today.day} 日 · 星期{WEEK[today.weekday()]}")
    if area is None:
        st.info("还没有社区。请管理员在“区域与类别”里添加，然后就可以录入居民。")
        return
    waiting = todo.items(here, area)
    with st.container(border=True, key="answer"):
        st.header(f"有 {len(waiting)} 件事要看一看" if waiting else "今天没有等着办的事")
        if not waiting:
            st.caption("到期的走访、没有联系的结对、没有开展的巡逻、空床和轮候会列在这里。")
    for number, item in enumerate(waiting):
        _line(area, item, number, go)


def _line(area: str, item: todo.Item, number: int, go: Go) -> None:
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", key=f"todo-{number}"
    ):
        with st.container(gap=None):
            st.markdown(f"**{plain.text(item.title)}**")
            st.caption(plain.text(item.detail))
        opened = st.button("去办", key=f"open-{number}", width=96)
    if opened and item.page:
        go.job(item.page, data.path(area)[-1])
    elif opened and item.indicator:
        st.session_state[coverage.INDICATOR] = item.indicator
        go.community(area)
    elif opened:
        go.register(area, item.register)
