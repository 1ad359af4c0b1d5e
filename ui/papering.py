"""A report leaves the house: as Word, Excel or a page to print; and the template of its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from db import moments
from db.dates import BEIJING
from db.sessions import Session
from logic.reports import book, paper, sheet, word
from logic.reports.saying import Report
from ui import data, papers, plain
from ui.reports import making

LEAST = 2  # signs of a reason


def take_out(here: Session, area: str, kind: str, make: Callable[[], Report]) -> None:
    """Why it is taken, then the three files; who may says how it looks."""
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    reason = left.text_input("用途", placeholder="例如：上报街道", max_chars=100)
    ready = len(reason.strip()) >= LEAST
    if right.button("生成文件", type="primary", disabled=not ready, width="stretch"):
        _files(here, area, kind, make(), reason)
    elif not ready:
        st.caption("写明用途（至少 2 个字）才能生成文件，会记入历史。")
    with st.expander("报告模板"):
        _template(here, area, kind)


def _files(here: Session, area: str, kind: str, report: Report, reason: str) -> None:
    try:
        own = papers.template(here.actor, area, making.NAMES[kind])
        why = papers.note_taken(here.actor, area, report.title, reason)
        now = moments.now().astimezone(BEIJING)
        made = f"导出：{here.actor.name}，{now:%Y-%m-%d %H:%M}，用途：{why}"
        done = replace(report, made=made)
        files = (
            ("Word 文档", "docx", word.file(done, own.content if own else None), word.MIME),
            ("Excel 工作簿", "xlsx", book.file(done), book.MIME),
            ("打印版网页", "html", sheet.file(done), sheet.MIME),
        )
    except (data.Refused, data.Forbidden) as refusal:
        st.error(plain.text(str(refusal)))
        return
    columns = st.columns(len(files))
    for column, (words, form, content, mime) in zip(columns, files, strict=True):
        column.download_button(
            f"下载 {words}", content, f"{report.filename}.{form}", mime, on_click="ignore",
            width="stretch",
        )  # fmt: skip


def _template(here: Session, area: str, kind: str) -> None:
    name = making.NAMES[kind]
    own = papers.template(here.actor, area, name)
    if own is None:
        st.caption("现在用自带的模板（公文格式）。下载后在 Word 或 WPS 里改版式，再传上来替换。")
    else:
        where = data.path(own.area_id)[-1]
        st.caption(
            plain.text(
                f"现在用{where}的模板“{own.name}”，{own.who} 于 {moments.day(own.at)} 上传。"
            )
        )
    st.download_button(
        "下载自带的模板", paper.template(), "报告模板.docx", word.MIME, on_click="ignore"
    )
    if not data.may(here.actor, "communities", area)["change"]:
        return
    brought = st.file_uploader("换成自己的模板", type=["docx"], key=f"template-{area}-{name}")
    if brought is not None and st.button("替换模板"):
        _replace(here, area, name, brought.name, brought.getvalue())
    if own is not None and own.area_id == area and st.button("恢复上一级的模板"):
        papers.drop_template(here.actor, area, name)
        st.rerun()


def _replace(here: Session, area: str, kind: str, name: str, content: bytes) -> None:
    try:
        word.checked(name, content)
        papers.keep_template(here.actor, area, kind, name, content)
    except (data.Refused, data.Forbidden) as refusal:
        st.error(plain.text(str(refusal)))
        return
    st.rerun()
