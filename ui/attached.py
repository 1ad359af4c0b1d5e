"""The files of a bid: a link to each, and for its organisation a way to bring and drop them."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

import streamlit as st

from db.changes import Change
from db.sessions import Session
from ui import data, doing, plain, tallies


def show(here: Session, bid: data.Row, files: list[data.Row], *, changing: bool = False) -> None:
    """Who sees the bid opens its files; the server asks again who asks."""
    if files:
        items = "".join(
            f'<li><a href="/api/v1/bid-files?id={quote(one["id"])}" download>'
            f"{escape(one['name'])}</a>（{_size(one['size'])}）</li>"
            for one in files
        )
        st.html(f"<ul class=sanshe-files>{items}</ul>")
    else:
        st.caption("没有附件。")
    if changing:
        _bring(here, bid)
        if files:
            _drop(here, files)


def _size(count: int) -> str:
    return f"{count / 1_000_000:,.1f} MB" if count >= 100_000 else f"{max(1, count // 1000):,} KB"


def _bring(here: Session, bid: data.Row) -> None:
    brought = st.file_uploader(
        "上传附件", type=list(tallies.FORMS), accept_multiple_files=True, max_upload_size=10,
        key=f"files-{bid['id']}-{st.session_state.get('brought', 0)}",
    )  # fmt: skip
    if not brought or not st.button("存入附件"):
        return
    try:
        for one in brought:
            tallies.attach(here.actor, bid["id"], one.name, one.getvalue())
    except (data.Forbidden, data.Refused) as why:
        st.error(plain.text(str(why)))
        return
    st.session_state["brought"] = st.session_state.get("brought", 0) + 1  # an empty uploader
    st.session_state[doing.SAID] = f"已存入 {len(brought)} 个附件"
    st.rerun()


def _drop(here: Session, files: list[data.Row]) -> None:
    names = {one["id"]: one["name"] for one in files}
    with st.popover("去掉一个附件"):
        gone = st.selectbox("哪一个", list(names), format_func=names.__getitem__)
        if st.button("去掉"):
            doing.do(here, [Change("bid_files", gone, {}, None)], "附件已去掉")
