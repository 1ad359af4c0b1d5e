"""离线工作簿: a register out into the field as a workbook, and what was changed in it back."""

from __future__ import annotations

import streamlit as st

from db.sessions import Session
from logic.books import returning
from ui import carrying, data, places, plain, topics


def show(here: Session) -> None:
    """Out and back, one below the other on a phone."""
    st.title("离线工作簿")
    st.caption(
        "入户、下乡没有网络时：带出一份工作簿，用 WPS 或 Excel 改，回来再带回。"
        "别人同时改过的地方会并排列出，由您选择，谁的都不会丢。"
    )
    area = places.choose(here.actor, "residents", "社区")
    if area is None:
        st.caption("您的角色不能在这里修改台账。")
        return
    carrying.said()
    upload = st.query_params.get("file")
    if upload is None:
        out, back = st.columns(2, gap="large")
        with out:
            _out(here, area)
        with back:
            _bring(here)
        return
    brought = data.upload(here.actor, upload)
    if st.button("换一个文件"):
        del st.query_params["file"]
        st.rerun()
    if brought is None:
        st.info("这个文件已不在了（上传的文件保留 7 天），请重新上传。")
        return
    try:
        found = returning.read(brought.content, lambda name: data.fields(here.actor, name))
    except returning.NotCarried as problem:
        st.error(plain.text(str(problem)))
        return
    carrying.settle(here, found, upload)


def _out(here: Session, area: str) -> None:
    st.header("带出")
    register = st.selectbox(
        "台账", topics.kept(here, area), format_func=lambda name: data.register(name).about.label
    )
    part = carrying.part(here, register)
    reason = st.text_input("用途", placeholder="例如：入户核对", max_chars=100)
    empty = st.toggle("只要空表（用来收集新的行）", help="列名上有每一列的填法和例子")
    if len(reason.strip()) < 2:
        st.button("生成工作簿", type="primary", disabled=True)
        st.caption("写明用途（至少 2 个字）才能带出，会记入历史。")
    elif st.button("生成工作簿", type="primary"):
        name, content = carrying.made(here, area, reason, part, rows=not empty)
        st.download_button(f"下载 {name}", content, name, on_click="ignore", type="primary")


def _bring(here: Session) -> None:
    st.header("带回")
    brought = st.file_uploader("改好的工作簿", type=["xlsx"], key="carried-file")
    if brought is not None:
        st.query_params["file"] = data.keep_upload(here.actor, brought.name, brought.getvalue())
        st.rerun()
