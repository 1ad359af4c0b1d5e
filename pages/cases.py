"""调解: one's own cases with their next step, their handing over, and how all came out."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from db import dates, ids
from db.changes import Change
from db.registers.cases import OPEN, SETTLED
from db.sessions import Session
from logic import figures
from ui import data, doing, lists, places, plain, tallies
from ui.data import Condition


def show(here: Session) -> None:
    """The page: what came of all cases, as far as it may be told, then one's own."""
    st.title("调解")
    area = places.seen(here.actor)
    if area is None:
        st.caption(places.nowhere(here.actor, "调解"))
        return
    doing.tell()
    _counts(here, area)
    may = data.may(here.actor, "cases", area)
    if may["read"] and may["change"]:
        _own(here, area)
    if may["add"]:
        _take_in(here, area)


def _counts(here: Session, area: str) -> None:
    """How many were settled; fewer than five are not told."""
    told = tallies.outcomes(here.actor, "cases", area)
    whole = tallies.counted(here.actor, "cases", area)
    closed = None if told[OPEN] is None else whole - int(told[OPEN] or 0)
    with st.container(border=True, key="answer"):
        if not whole:
            st.header("还没有受理过纠纷")
        elif told[SETTLED] is None or not closed:
            st.header(f"受理 {whole:,} 件")
        else:
            said = figures.of(told[SETTLED], closed)
            st.header(f"受理 {whole:,} 件，已结的 {closed:,} 件中调解成功 {said}")
        parts = (f"{one} {'少于 5 或不便显示' if n is None else n}" for one, n in told.items())
        st.caption("　".join(parts) + "　案情只有办理的人看得到。")


def _own(here: Session, area: str) -> None:
    found = data.listed(here.actor, "cases", area, (), ("-received_on",), None).rows
    st.header(f"我办理的 {len(found):,} 件")
    if not found:
        st.caption("在下面受理，谁受理谁办理。")
        return
    table = pd.DataFrame(
        [
            {
                "编号": row["number"],
                "类型": row["kind"],
                "受理日期": row["received_on"],
                "结果": row["outcome"],
                "当事人": row["parties"] or "",
            }
            for row in found
        ]
    )
    st.caption("点一行，记经过、结案，或移交给别人。")
    at = lists.clicked(table, "cases", [row["id"] for row in found])
    if at is not None:
        _one(here, found[at])


def _take_in(here: Session, area: str) -> None:
    kinds = data.register("cases").fields["kind"].choices
    with st.expander("受理一件"), st.form("case", border=False, clear_on_submit=True):
        left, right = st.columns(2)
        number = left.text_input("编号", max_chars=40)
        kind = right.selectbox("纠纷类型", kinds)
        parties = st.text_input("当事人", max_chars=500)
        facts = st.text_area("纠纷情况", max_chars=4000)
        if st.form_submit_button("受理", type="primary"):
            after = {
                "area_id": area, "number": number, "kind": kind, "parties": parties or None,
                "facts": facts or None, "received_on": dates.today().isoformat(),
            }  # fmt: skip
            doing.do(here, [Change("cases", ids.new(), None, after)], f"已受理 {number}")


def _one(here: Session, row: data.Row) -> None:
    st.header(plain.text(f"{row['number']} · {row['kind']}"))
    steps = data.listed(
        here.actor, "case_steps", row["area_id"], (Condition("case_id", "eq", row["id"]),),
        ("taken_on",),
    ).rows  # fmt: skip
    for step in steps:
        st.markdown(f"{step['taken_on']}　{plain.text(step['what'])}")
    with st.form(f"step-{row['id']}", border=True, clear_on_submit=True):
        what = st.text_area("经过", max_chars=4000)
        if st.form_submit_button("记下经过", type="primary"):
            cells = {"case_id": row["id"], "what": what, "taken_on": dates.today().isoformat()}
            after = {"area_id": row["area_id"], **cells}
            doing.do(here, [Change("case_steps", ids.new(), None, after)], "已记下")
    if row["outcome"] == OPEN:
        _close(here, row)
    _hand_over(here, row)


def _close(here: Session, row: data.Row) -> None:
    outcomes = data.register("cases").fields["outcome"].choices
    with st.expander("结案"), st.form(f"close-{row['id']}", border=False):
        outcome = st.selectbox("结果", [one for one in outcomes if one != OPEN])
        agreement = st.text_area("协议内容", row["agreement"] or "", max_chars=4000)
        if st.form_submit_button("结案", type="primary"):
            before = {name: row[name] for name in ("outcome", "closed_on", "agreement")}
            day = dates.today().isoformat()
            after = {"outcome": outcome, "closed_on": day, "agreement": agreement or None}
            doing.do(here, [Change("cases", row["id"], before, after)], f"{row['number']} 已结案")


def _hand_over(here: Session, row: data.Row) -> None:
    """The case is another's from then on; this account sees it no more."""
    able = tallies.handlers(here.actor, row["area_id"])
    with st.expander("移交"):
        if not able:
            st.caption("没有别的账号可以办理这里的案件。")
            return
        words = {one.id: f"{one.name}（{one.role}）" for one in able}
        to = st.selectbox("移交给", list(words), format_func=words.__getitem__, key="heir")
        st.caption("移交以后，案件、经过和历史都归对方，您不再看得到。")
        if st.button("移交", key="hand-over"):
            try:
                tallies.hand_over(here.actor, row["id"], str(to))
            except data.Forbidden as why:
                st.error(plain.text(why))
                return
            st.session_state[doing.SAID] = f"{row['number']} 已移交给{words[str(to)]}"
            st.rerun()
