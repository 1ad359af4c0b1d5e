"""床位: which beds are free, taken or booked, who waits, and who moves in or out."""

from __future__ import annotations

from html import escape
from itertools import groupby

import streamlit as st

from db import dates, ids
from db.changes import Change
from db.registers.facilities import BED_KINDS, BOOKED, STAYING
from db.sessions import Session
from logic import beds as standing
from logic.beds import CLOSED, FREE, TAKEN, Place, Row
from ui import data, doing, people, places, todo

SHADES = {FREE: "free", TAKEN: "taken", BOOKED: "booked", CLOSED: "closed"}


def show(here: Session) -> None:
    """The page: how many beds are free, the board, the queue, and the two deeds."""
    st.title("床位")
    area = places.choose(here.actor, "stays", "社区")
    if area is None:
        st.caption(places.nowhere(here.actor, "安排床位"))
        return
    doing.tell()
    board, queue = todo.board(here, area)
    if not board:
        st.header("还没有登记床位")
        st.caption("先在社区的“设施”“房间”“床位”台账里登记，这里就会显示床位图。")
        return
    with st.container(border=True, key="answer"):
        st.header(_sentence(board))
        st.caption(f"轮候 {len(queue):,} 人，按优先和申请先后排列。")
    names = _names(here, area, board, queue)
    left, right = st.columns(2, gap="large")
    with left:
        _move_in(here, area, board, queue, names)
    with right:
        _move_out(here, board, names)
    st.header("床位图")
    _board(board, names)


def _sentence(board: list[Place]) -> str:
    parts = []
    for kind in BED_KINDS:
        counted = standing.counted(board, kind)
        if total := sum(counted.values()):
            shut = f"，停用 {counted[CLOSED]:,} 张" if counted[CLOSED] else ""
            parts.append(f"{kind} {total:,} 张，空 {counted[FREE]:,} 张{shut}")
    return "；".join(parts)


def _names(here: Session, area: str, board: list[Place], queue: list[Row]) -> dict[str, str]:
    """The names of the rooms and of the people that the page speaks of."""
    who = {one.stay["resident_id"] for one in board if one.stay}
    who |= {row["resident_id"] for row in queue}
    residents = data.rows(here.actor, "residents", tuple(sorted(who)))
    rooms = data.listed(here.actor, "rooms", area, (), (), None).rows
    return {row["id"]: row["name"] for row in [*residents, *rooms]}


def _board(board: list[Place], names: dict[str, str]) -> None:
    ordered = sorted(
        board,
        key=lambda one: (
            one.bed["kind"],
            standing.order(names.get(one.bed["room_id"], "")),
            standing.order(one.bed["number"]),
        ),
    )
    parts = []
    for room, found in groupby(ordered, key=lambda one: one.bed["room_id"]):
        cells = "".join(_cell(one, names) for one in found)
        title = escape(names.get(room, ""))
        parts.append(f"<section><h3>{title}</h3><ul>{cells}</ul></section>")
    st.html(f'<div class="sanshe-beds">{"".join(parts)}</div>')


def _cell(one: Place, names: dict[str, str]) -> str:
    who = names.get(one.stay["resident_id"], "") if one.stay else ""
    said = escape(f"{one.state} {who}".strip())
    return f'<li class="{SHADES[one.state]}"><b>{escape(one.bed["number"])}</b> {said}</li>'


def _move_in(
    here: Session, area: str, board: list[Place], queue: list[Row], names: dict[str, str]
) -> None:
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
    if st.button("入住", type="primary", disabled=who is None):
        doing.do(here, _moving_in(area, bed, str(who), waiting.get(chosen)), "已安排入住")


def _moving_in(area: str, bed: Row, who: str, asked: Row | None) -> list[Change]:
    today = dates.today().isoformat()
    stay = {
        "area_id": area, "bed_id": bed["id"], "resident_id": who, "state": STAYING,
        "started_on": today, "fee": bed["fee"],
    }  # fmt: skip
    changes = [Change("stays", ids.new(), None, stay)]
    if asked:
        before = {"settled_on": None, "outcome": asked["outcome"]}
        after = {"settled_on": today, "outcome": "已安排"}
        changes.append(Change("waitings", asked["id"], before, after))
    return changes


def _asked(row: Row, names: dict[str, str]) -> str:
    urgent = "优先　" if row["urgent"] else ""
    return f"{urgent}{names.get(row['resident_id'], '')}　{row['kind']}　{row['asked_on']} 申请"


def _move_out(here: Session, board: list[Place], names: dict[str, str]) -> None:
    st.header("退住")
    lying = {one.stay["id"]: one for one in board if one.stay}
    if not lying:
        st.caption("没有人在住。")
        return

    def words(one: str) -> str:
        place = lying[one]
        who = names.get(place.stay["resident_id"], "") if place.stay else ""
        return f"{who}　{names.get(place.bed['room_id'], '')} {place.bed['number']}"

    stay_id = st.selectbox(
        "谁退住", list(lying), format_func=words, index=None, placeholder="请选择"
    )
    if st.button("退住", disabled=stay_id is None) and stay_id:
        today = dates.today().isoformat()
        leaving = [Change("stays", stay_id, {"ended_on": None}, {"ended_on": today})]
        doing.do(here, leaving, f"{words(stay_id)} 已退住")
