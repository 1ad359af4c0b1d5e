"""今天: what waits for a community today, and what others did; each line leads to its place."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from db import dates, moments
from db.sessions import Session
from ui import data, lists, places, plain, tallies, todo
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
    _others(here, area, go)


def _line(area: str, item: todo.Item, number: int, go: Go) -> None:
    """The title and its button; below it some of those it is about, each by its name."""
    opened = None
    with st.container(border=True, gap=None, key=f"todo-{number}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            with st.container(gap=None):
                st.markdown(f"**{plain.text(item.title)}**")
                st.caption(plain.text(item.detail))
            if st.button("去办", key=f"open-{number}", width=96):
                opened = item.row
        if item.rows:
            with st.container(horizontal=True, gap="small", key=f"names-{number}"):
                for place, (words, row) in enumerate(item.rows):
                    name = plain.text(words)
                    if st.button(name, key=f"row-{number}-{place}", type="tertiary"):
                        opened = row
    if opened is not None:
        go.job(item.page, data.path(area)[-1], row=opened, view=item.view)


def _others(here: Session, area: str, go: Go) -> None:
    """What others changed since yesterday began."""
    found = tallies.others(here.actor, area)
    if not found:
        return
    st.header("昨天以来别人改动的")
    st.caption("点一行，打开那个台账；每一格是谁改的，看台账里的历史。")
    shown = pd.DataFrame(
        [
            {
                "谁": one.who,
                "台账": data.register(one.register).about.label,
                "行数": one.rows,
                "最近": moments.clock(one.when),
            }
            for one in found
        ]
    )
    at = lists.clicked(shown, "others", [f"{one.who}{one.register}" for one in found])
    if at is not None:
        go.register(area, found[at].register)
