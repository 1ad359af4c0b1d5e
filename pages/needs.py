"""需求: what residents ask for, how long they wait, and what has become of it."""

from __future__ import annotations

import streamlit as st

from db.sessions import Session
from db.stages import ANSWERED, RAISED
from logic import linkage
from logic import needs as telling
from ui import chains, data, doing, lists, places, poster, raising
from ui.links import Go

NEW, UNDER_WAY, DONE = "待办理", "办理中", "已反馈"
EMPTY = "还没有需求。登记一件，或把二维码贴到楼道里，居民可以自己提。"
OFTEN = 15  # seconds between two looks for needs that somebody raised meanwhile


def show(here: Session, go: Go) -> None:
    """The page: those that wait first."""
    st.title("需求")
    area = places.seen(here.actor)
    if area is None or not chains.readable(here.actor, area):
        st.caption(places.nowhere(here.actor, "查看需求"))
        return
    doing.tell()
    found = chains.needs(here.actor, area)
    where = chains.places(here.actor, chains.stories(here.actor, area))
    _watch(here, area, found.total)
    counted = linkage.counts(where.values())
    with st.container(border=True, key="answer"):
        st.header(_answer(counted))
        if said := linkage.stalls(where.values()):
            st.caption(said)
    _list(found, where, counted, go)
    if data.may(here.actor, "needs", area)["add"]:
        with st.expander("登记一件需求", expanded=not found.rows):
            raising.show(here, area, found.rows)
        with st.expander("居民自己提：二维码和网址"):
            poster.show(area)


@st.fragment(run_every=OFTEN)
def _watch(here: Session, area: str, known: int) -> None:
    """A resident who writes on the public page is seen without asking."""
    if chains.needs(here.actor, area).total != known:
        st.rerun()


def _answer(counted: dict[str, int]) -> str:
    if not counted["waiting"]:
        return "没有等着办的需求"
    late = f"，其中 {counted['late']:,} 件超期" if counted["late"] else "，都在期限内"
    return f"{counted['waiting']:,} 件需求等着办{late}"


def _list(
    found: data.Found, where: dict[str, linkage.Place], counted: dict[str, int], go: Go
) -> None:
    counts = {NEW: counted["new"], UNDER_WAY: counted["under_way"], DONE: counted["done"]}
    view = st.segmented_control(
        "名单",
        list(counts),
        default=NEW,
        required=True,
        format_func=lambda one: f"{one} {counts[one]:,}",
        label_visibility="collapsed",
        key="needs-view",
    )
    known = [row for row in found.rows if row["id"] in where]
    rows = [row for row in known if _view(where[row["id"]].stage) == view]
    if not rows:
        st.caption("没有。" if found.rows else EMPTY)
        return
    st.caption("点一行，看它的来龙去脉，答复或并入别的需求。")
    table = telling.table(telling.pressing(rows, where), found.labels, where)
    if (opened := lists.clicked(table, f"needs-{view}", table.index)) is not None:
        go.row("story", str(table.index[opened]))


def _view(stage: str) -> str:
    return {RAISED: NEW, ANSWERED: DONE}.get(stage, UNDER_WAY)
