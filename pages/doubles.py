"""查找重复: residents who may be one person, side by side, made one with a choice a field."""

from __future__ import annotations

import streamlit as st

from db.sessions import Session
from ui import apart, data, places, plain, reviewing
from ui.twins import pair

AT_ONCE = 10


def show(here: Session) -> None:
    """The page: the surest pairs first."""
    st.title("查找重复")
    area = places.all_or_one(here.actor, "residents", "社区")
    if area is None:
        st.caption("您的角色不能在这里合并居民。")
        return
    found = data.doubles(here.actor, area)
    if not found:
        st.header("没有发现可能重复的居民")
        st.caption("比对姓名（含同音）、身份证号码、出生日期、电话和住址。导入名册以后可以再来看。")
    else:
        st.header(f"{len(found):,} 对居民可能是同一个人")
        st.caption("合并后，服务对象、结对等记录都归到留下的人；合错了可以在下面撤回。")
    for one in found[:AT_ONCE]:
        pair(here, one)
    if len(found) > AT_ONCE:
        st.caption(f"先列出最像的 {AT_ONCE} 对，处理后再列后面的。")
    _earlier(here, area)


def _earlier(here: Session, area: str) -> None:
    for title, batches in (
        ("近来的合并", data.settled(here.actor, area, "merge")),
        ("近来认定不是同一人的", data.settled(here.actor, area, apart.SOURCE)),
    ):
        if batches:
            st.header(title)
            _listed(here, batches)


def _listed(here: Session, batches: list[data.Batch]) -> None:
    for one in batches:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain.text(f"{reviewing.when(one.when)}　{one.who}"), width="content")
            if one.undone:
                st.caption("已撤回", width="content")
                continue
            split = st.button("撤回", key=f"split-{one.id}")
        if split:
            _split(here, one.id)


def _split(here: Session, batch: str) -> None:
    try:
        outcomes = data.take_back(here.actor, batch).outcomes
    except data.Forbidden as why:
        st.error(plain.text(str(why)))
        return
    kept = [one for one in outcomes if one.status != "applied"]
    if kept:
        st.warning(f"有 {len(kept)} 处后来又改过，没有动。")
        st.dataframe(reviewing.kept(here, "residents", kept), hide_index=True)
    else:
        st.rerun()
