"""征集: the calls that wait for this account: to be bid on, to be judged, to be decided."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from db.registers.calls import JUDGE
from db.sessions import Session
from ui import calls, data, doing, dossier, lists, places
from ui.links import Go

OPEN, MINE, PAST = "可以申请", "本组织已申请", "已有结果"


def show(here: Session, go: Go) -> None:
    """The page: an organisation's open calls, a judge's bids, else all calls by state."""
    st.title("征集")
    actor = here.actor
    if not data.may(actor, "calls")["read"] or not data.communities(actor):
        st.caption(places.nowhere(actor, "查看征集"))
        return
    doing.tell()
    area = actor.area_id if actor.organisation or actor.role == JUDGE else places.within(actor)
    found = data.listed(actor, "calls", area, (), ("-closes_on",), None)
    won = {one["call_id"] for one in dossier.every(actor, "awards", area)}
    states = {row["id"]: calls.state(row, row["id"] in won) for row in found.rows}
    if actor.organisation:
        _organisation(here, found, states, go)
    elif actor.role == JUDGE:
        _judge(here, found, states, go)
    else:
        _everybody(here, found, states, go)


def _organisation(here: Session, found: data.Found, states: dict[str, str], go: Go) -> None:
    """What is open to it, what it has bid on, how others ended."""
    own = {one["call_id"] for one in dossier.every(here.actor, "bids", here.actor.area_id)}
    views: dict[str, str] = {}
    for row in found.rows:
        waiting = states[row["id"]] == calls.RECEIVING
        decided = states[row["id"]] in (calls.DECIDED, calls.ENDED)
        mine = row["id"] in own
        views[row["id"]] = PAST if decided else MINE if mine else OPEN if waiting else PAST
    counts = Counter(views.values())
    with st.container(border=True, key="answer"):
        open_ = counts[OPEN]
        st.header(f"{open_:,} 次征集可以申请" if open_ else "现在没有可以申请的征集")
        st.caption("截止前可以随时修改或撤回申请书；截止前别人谁也看不到。")
    _views(here, found, states, views, (OPEN, MINE, PAST), go)


def _judge(here: Session, found: data.Found, states: dict[str, str], go: Go) -> None:
    """The calls that the account judges, those that wait for points first."""
    mine = {one["call_id"] for one in dossier.every(here.actor, "judges", None)}
    views = {row["id"]: states[row["id"]] for row in found.rows if row["id"] in mine}
    waiting = Counter(views.values())[calls.CHOOSING]
    with st.container(border=True, key="answer"):
        st.header(f"{waiting:,} 次征集等着您打分" if waiting else "现在没有等着您打分的征集")
        st.caption("截止之后才能看到申请书。与申请方有关系的，先申报回避。")
    shown = (calls.CHOOSING, calls.RECEIVING, calls.DECIDED)
    _views(here, found, states, views, shown, go)


def _everybody(here: Session, found: data.Found, states: dict[str, str], go: Go) -> None:
    counts = Counter(states.values())
    with st.container(border=True, key="answer"):
        st.header(_answer(counts))
        st.caption("申请书在截止前是密封的：街道、社区和评委都看不到，也不知道有几份。")
    shown = (calls.CHOOSING, calls.RECEIVING, calls.PREPARED, calls.DECIDED, calls.ENDED)
    _views(here, found, states, states, shown, go)


def _answer(counts: Counter[str]) -> str:
    if not counts:
        return "还没有发起过征集"
    words = ((calls.CHOOSING, "次等着评选和决定"), (calls.RECEIVING, "次正在征集"))
    parts = [f"{counts[one]:,} {said}" for one, said in words if counts[one]]
    return "，".join(parts) if parts else f"{counts[calls.DECIDED]:,} 次征集都已决定"


def _views(
    here: Session, found: data.Found, states: dict[str, str], views: dict[str, str],
    names: tuple[str, ...], go: Go,
) -> None:  # fmt: skip
    counts = Counter(views.values())
    view = st.segmented_control(
        "名单", names, default=next((one for one in names if counts[one]), names[0]),
        required=True, format_func=lambda one: f"{one} {counts[one]:,}",
        label_visibility="collapsed", key="calls-view",
    )  # fmt: skip
    rows = [row for row in found.rows if views.get(row["id"]) == view]
    if not rows:
        st.caption("没有。")
        return
    st.caption("点一行，打开这次征集。")
    table = calls.table(here, rows, found.labels, states)
    if (at := lists.clicked(table, f"calls-{view}", table.index)) is not None:
        go.row("call", str(table.index[at]))
