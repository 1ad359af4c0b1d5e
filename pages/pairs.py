"""结对: whom nobody looks after and who suits, the pairs that run, are silent, have ended."""

from __future__ import annotations

import streamlit as st

from db import dates, ids
from db.changes import Change
from db.registers.contacts import KINDS, VISIT
from db.sessions import Session
from logic import care, pairing
from ui import data, doing, lists, matching, pairs, places, plain
from ui.data import Condition
from ui.links import Go

VIEWS = (pairs.ALONE, pairs.SILENT, pairs.RUNNING, pairs.ENDED)
WHY = ("志愿者工作变动", "双方协商更换", "志愿者搬离", "帮扶对象情况好转", "其他")


def show(here: Session, go: Go) -> None:
    """The page: a sentence, then one of four lists."""
    st.title("结对")
    area = places.choose(here.actor, "pairings", "社区")
    if area is None:
        st.caption(places.nowhere(here.actor, "安排结对"))
        return
    doing.tell()
    found, fresh = pairs.running(here, area), pairs.in_touch(here, area)
    last, aid = pairs.heard(here, area)
    silent = [row for row in found.rows if row["id"] not in fresh]
    with st.container(border=True, key="answer"):
        st.header(plain.text(matching.sentence(here, area)))
        st.caption(
            f"{len(found.rows):,} 对正在结对，{len(silent):,} 对超过 30 天没有联系；"
            f"送去的物资共值 {sum(aid.values()):,.0f} 元。"
        )
    asked = st.query_params.get("view", pairs.ALONE)
    view = st.segmented_control(
        "名单",
        VIEWS,
        default=asked if asked in VIEWS else pairs.ALONE,
        required=True,
        label_visibility="collapsed",
        key=f"pairs-{area}",
    )
    if view == pairs.ALONE:
        matching.alone(here, area)
    elif view == pairs.ENDED:
        _ended(here, area, aid)
    else:
        rows = silent if view == pairs.SILENT else found.rows
        _running(here, rows, found.labels, (last, aid), str(view))


def _running(
    here: Session,
    rows: list[data.Row],
    labels: dict[str, str],
    heard: tuple[dict[str, str], dict[str, float]],
    view: str,
) -> None:
    """The pairs; a click, or the address, opens one of them."""
    wanted = next((row for row in rows if row["id"] == st.query_params.get("row")), None)
    if wanted:
        _one(here, wanted, labels)
    if not rows:
        st.caption("没有。")
        return
    st.caption("点一行，记一次联系，或结束结对。")
    table = pairing.running(rows, labels, *heard)
    at = lists.clicked(table, view, table.index)
    if at is not None and rows[at] is not wanted:
        _one(here, rows[at], labels)


def _one(here: Session, row: data.Row, labels: dict[str, str]) -> None:
    """A contact within the pairing, or its end and why."""
    who, whom = labels.get(row["volunteer_id"], ""), care.whom(row, labels)
    st.header(plain.text(f"{who} 与 {whom}"))
    with st.form(f"met-{row['id']}", border=True):
        left, right = st.columns(2)
        kind = left.selectbox("方式", KINDS, index=KINDS.index(VISIT))
        done_on = right.date_input(
            "联系日期", dates.today(), max_value=dates.today(), format="YYYY-MM-DD"
        )
        result = left.text_input("情况", max_chars=500)
        aid = right.number_input("物资价值（元）", min_value=0.0, value=None, step=10.0)
        met = st.form_submit_button("记下这次联系", type="primary")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        why = st.selectbox("结束原因", WHY, key=f"why-{row['id']}", width=220)
        end = st.button("结束结对", key=f"end-{row['id']}")
    if met:
        target = {name: row[name] for name in ("resident_id", "household_id") if row[name]}
        after = {
            "area_id": row["area_id"], "kind": kind, **target, "done_on": done_on.isoformat(),
            "volunteer_id": row["volunteer_id"], "pairing_id": row["id"], "aid_value": aid,
            "result": result or None,
        }  # fmt: skip
        doing.do(here, [Change("contacts", ids.new(), None, after)], f"已记下 {whom} 的联系")
    if end:
        before = {"ended_on": None, "end_reason": row["end_reason"]}
        over = {"ended_on": dates.today().isoformat(), "end_reason": why}
        doing.do(here, [Change("pairings", row["id"], before, over)], f"已结束 {whom} 的结对")


def _ended(here: Session, area: str, aid: dict[str, float]) -> None:
    where = (Condition("ended_on", "filled"),)
    found = data.listed(here.actor, "pairings", area, where, ("-ended_on",))
    if not found.rows:
        st.caption("没有。")
        return
    lists.plain(pairing.ended(found.rows, found.labels, aid), "ended")
