"""床位: which beds are free, taken or booked, what they bring in, who waits, who moves."""

from __future__ import annotations

from html import escape
from itertools import groupby

import streamlit as st

from db.registers.facilities import BED_KINDS, BOOKED, STAYING
from db.sessions import Session
from logic import beds as standing
from logic.beds import CLOSED, FREE, TAKEN, Place, Row
from ui import data, doing, moving, places, tallies, todo
from ui.data import Condition

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
        st.caption(f"轮候 {len(queue):,} 人，按优先和申请先后排列。{_fees(here, area)}")
    names = _names(here, area, board, queue)
    left, right = st.columns(2, gap="large")
    with left:
        moving.move_in(here, area, board, queue, names)
    with right:
        moving.move_out(here, board, names)
    st.header("床位图")
    _board(board, names)
    st.header(f"轮候 {len(queue):,} 人")
    moving.queued(queue, names)


def _sentence(board: list[Place]) -> str:
    parts = []
    for kind in BED_KINDS:
        counted = standing.counted(board, kind)
        if total := sum(counted.values()):
            shut = f"，停用 {counted[CLOSED]:,} 张" if counted[CLOSED] else ""
            parts.append(f"{kind} {total:,} 张，空 {counted[FREE]:,} 张{shut}")
    return "；".join(parts)


def _fees(here: Session, area: str) -> str:
    """What those who stay now pay a month, all together."""
    now = (Condition("state", "eq", STAYING), Condition("ended_on", "empty"))
    (found,) = tallies.tally(here.actor, "stays", area, (), now, "fee").rows
    return f"在住 {found['count']:,} 人，月收费合计 {found['sum']:,.0f} 元。"


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
