"""导入名册: a file is read, its columns named, its lines checked and matched, then written."""

from __future__ import annotations

import streamlit as st

from db.sessions import Session
from logic.rosters.offering import Offer
from logic.rosters.sheets import Unreadable
from ui import data, places, plain, rosters, taking, topics
from ui.links import Go


def show(here: Session, go: Go) -> None:
    """The page; the file that is being worked on stands in the address."""
    st.title("导入名册")
    area = places.choose(here.actor, "residents", "导入到")
    if area is None:
        st.caption("您的角色不能在这里导入名册。")
        return
    taking.done(here, area, go)
    upload = st.query_params.get("file")
    if upload is None:
        _bring(here)
        taking.earlier(here, area)
        return
    try:
        book, offers = rosters.book(here.actor, upload)
    except KeyError:
        st.info("这个文件已不在了（上传的文件保留 7 天），请重新上传。")
        _other()
        return
    except Unreadable as problem:
        st.error(plain.text(str(problem)))
        _other()
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain.text(book.name)}**", width="content")
        _other()
    for note in book.notes:
        st.caption(plain.text(note))
    chosen = _sheet(offers)
    if chosen is not None:
        _work(here, area, upload, chosen, offers[chosen])


def _work(here: Session, area: str, upload: str, sheet: int, offer: Offer) -> None:
    offered = topics.kept(here, area)
    register = st.selectbox(
        "导入为",
        offered,
        index=offered.index(offer.register) if offer.register in offered else 0,
        format_func=lambda name: data.register(name).about.label,
        width=260,
        key=f"register-{upload}-{sheet}",
    )
    st.caption(plain.text(offer.reason))
    taking.steps(here, area, (upload, sheet, register, data.made(here.actor, register, area)))


def _bring(here: Session) -> None:
    """A file or a pasted block; kept at once, so that a reload loses nothing."""
    st.caption(
        "支持 Excel、WPS 的 .xlsx .xlsm .xls，.csv .tsv .ods，或装着它们的 .zip。"
        "标题行、合并的表头、序号、合计行都不用删。先核对，您确认后才写入。"
    )
    file, text = st.tabs(["上传文件", "粘贴"])
    brought = file.file_uploader("名册文件", label_visibility="collapsed", key="roster-file")
    if brought is not None:
        _keep(here, brought.name, brought.getvalue())
    block = text.text_area(
        "从表格里复制的内容",
        height=180,
        placeholder="在 Excel、WPS 里选中（连同表头），复制，粘贴到这里",
    )
    if text.button("读取", type="primary") and block.strip():
        _keep(here, rosters.PASTED, block.encode())


def _keep(here: Session, name: str, content: bytes) -> None:
    st.query_params["file"] = data.keep_upload(here.actor, name, content)
    st.rerun()


def _other() -> None:
    if st.button("换一个文件"):
        del st.query_params["file"]
        st.rerun()


def _sheet(offers: list[Offer]) -> int | None:
    """The sheet to take, where there are several; None where none can be."""
    good = [at for at, one in enumerate(offers) if one.table is not None]
    for one in offers:
        if one.table is None:
            st.caption(plain.text(f"{one.title}：{one.reason}"))
    if len(good) < 2:
        return good[0] if good else None
    return st.radio(
        "文件里有几个表，导入哪一个？",
        good,
        format_func=lambda at: _named(offers[at]),
        captions=[plain.text(offers[at].reason) for at in good],
    )


def _named(one: Offer) -> str:
    return plain.text(f"{one.title}（{one.rows:,} 行{'，隐藏的表' if one.hidden else ''}）")
