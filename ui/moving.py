"""Who moves into a bed, books one, moves out; the queue in its order."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from db import dates, ids
from db.changes import Change
from db.registers.facilities import BOOKED, STAYING
from db.sessions import Session
from logic.beds import FREE, Place, Row
from ui import doing, lists, people

Names = dict[str, str]


def move_in(here: Session, area: str, board: list[Place], queue: list[Row], names: Names) -> None:
    """Somebody of the queue, the first in turn, or anybody else, today or from a day to come."""
    st.header("安排入住")
    waiting = {row["id"]: row for row in queue}
    chosen = st.selectbox(
        "谁入住",
        [*waiting, None],
        format_func=lambda one: _asked(waiting[one], names) if one else "不在轮候名单里的人",
        key="waiting",
    )
    who = waiting[chosen]["resident_id"] if chosen else people.pick(here, area, "in")
    kind = waiting[chosen]["kind"] if chosen else None
    free = [one.bed for one in board if one.state == FREE and kind in (None, one.bed["kind"])]
    if not free:
        st.caption("没有空床。")
        return
    bed = st.selectbox(
        "哪一张床", free, format_func=lambda one: f"{names.get(one['room_id'], '')} {one['number']}"
    )
    day = st.date_input(
        "从哪天起（以后的日子就是预订）",
        dates.today(),
        min_value=dates.today(),
        format="YYYY-MM-DD",
    )
    booked = day > dates.today()
    if st.button("预订" if booked else "入住", type="primary", disabled=who is None):
        state, said = (BOOKED, "已预订") if booked else (STAYING, "已安排入住")
        stay = {
            "area_id": area, "bed_id": bed["id"], "resident_id": str(who), "state": state,
            "started_on": day.isoformat(), "fee": bed["fee"],
        }  # fmt: skip
        changes = [Change("stays", ids.new(), None, stay)]
        doing.do(here, [*changes, *_settled(waiting.get(chosen))], said)


def _settled(asked: Row | None) -> list[Change]:
    """Who has a bed, or has it booked, no longer waits."""
    if asked is None:
        return []
    before = {"settled_on": None, "outcome": asked["outcome"]}
    after = {"settled_on": dates.today().isoformat(), "outcome": "已安排"}
    return [Change("waitings", asked["id"], before, after)]


def _asked(row: Row, names: Names) -> str:
    urgent = "优先　" if row["urgent"] else ""
    return f"{urgent}{names.get(row['resident_id'], '')}　{row['kind']}　{row['asked_on']} 申请"


def move_out(here: Session, board: list[Place], names: Names) -> None:
    """Who stays leaves; who has booked comes, or does not."""
    st.header("退住和预订")
    lying = {one.stay["id"]: one for one in board if one.stay}
    if not lying:
        st.caption("没有人在住，也没有预订。")
        return

    def words(one: str) -> str:
        place = lying[one]
        stay = place.stay or {}
        who = names.get(stay["resident_id"], "")
        booked = f"　{stay['started_on']} 起预订" if place.state == BOOKED else ""
        return f"{who}　{names.get(place.bed['room_id'], '')} {place.bed['number']}{booked}"

    stay_id = st.selectbox("谁", list(lying), format_func=words, index=None, placeholder="请选择")
    stay = lying[stay_id].stay if stay_id else None
    if stay is None:
        return
    today, said = dates.today().isoformat(), words(str(stay_id))
    if stay["state"] == BOOKED:
        before = {name: stay[name] for name in ("state", "started_on")}
        come = {"state": STAYING, "started_on": today}
        if st.button("到了，入住", type="primary"):
            doing.do(here, [Change("stays", stay["id"], before, come)], f"{said} 已入住")
        if st.button("取消预订"):
            doing.do(here, [Change("stays", stay["id"], {}, None)], "已取消预订")
    elif st.button("退住"):
        over = Change("stays", stay["id"], {"ended_on": stay["ended_on"]}, {"ended_on": today})
        doing.do(here, [over], f"{said} 已退住")


def queued(queue: list[Row], names: Names) -> None:
    """Who waits, in turn: the urgent first, then by the day of asking."""
    if not queue:
        st.caption("没有人在等。")
        return
    today = dates.today()
    rows = [
        {
            "次序": number,
            "谁": names.get(row["resident_id"], ""),
            "想要": row["kind"],
            "优先": "优先" if row["urgent"] else "",
            "申请日期": row["asked_on"],
            "等了": f"{(today - today.fromisoformat(row['asked_on'])).days:,} 天",
            "备注": row["remark"] or "",
        }
        for number, row in enumerate(queue, start=1)
    ]
    lists.plain(pd.DataFrame(rows), "queue")
