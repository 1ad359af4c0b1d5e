"""房间: which rooms are taken in the coming days, and a booking that clashes with none."""

from __future__ import annotations

import streamlit as st

from db import dates, ids
from db.changes import Change
from db.parsers import Refused
from db.sessions import Session
from logic import rooms
from ui import data, doing, lists, places, plain
from ui.data import Condition

AHEAD = 20  # days that are shown, besides the first


def show(here: Session) -> None:
    """The page: what is taken, then the form."""
    st.title("房间")
    area = places.choose(here.actor, "room_bookings", "社区")
    if area is None:
        st.caption(places.nowhere(here.actor, "预订房间"))
        return
    doing.tell()
    found = data.listed(here.actor, "rooms", area, (), ("name",), None)
    names = {
        row["id"]: f"{found.labels.get(row['facility_id'], '')}　{row['name']}"
        for row in found.rows
        if row["use"] != "居室"
    }
    if not names:
        st.header("还没有登记房间")
        st.caption("先在社区的“设施”“房间”台账里登记，这里就能看哪间空着、预订。")
        return
    sessions, bookings = _taken(here, area)
    table = rooms.taken(sessions.rows, bookings.rows, sessions.labels | bookings.labels)
    today = int((table["日期"] == dates.today().isoformat()).sum())
    with st.container(border=True, key="answer"):
        st.header(
            f"今天用 {today:,} 次房间，三周内共 {len(table):,} 次"
            if len(table)
            else "三周内没有人用房间"
        )
    _book(here, area, names, [*sessions.rows, *bookings.rows])
    if len(table):
        lists.plain(table, "rooms")
    _cancel(here, bookings.rows, names)


def _taken(here: Session, area: str) -> tuple[data.Found, data.Found]:
    first, last = dates.today().isoformat(), dates.in_days(AHEAD)
    held = (Condition("held_on", "from", first), Condition("held_on", "to", last))
    used = (Condition("used_on", "from", first), Condition("used_on", "to", last))
    return (
        data.listed(here.actor, "sessions_held", area, held, ("held_on",), None),
        data.listed(here.actor, "room_bookings", area, used, ("used_on",), None),
    )


def _book(here: Session, area: str, names: dict[str, str], rows: list[data.Row]) -> None:
    with st.expander("预订一间房间"), st.form("book", border=False):
        left, right = st.columns(2)
        room = left.selectbox("房间", list(names), format_func=names.__getitem__)
        day = right.date_input("日期", dates.today(), min_value=dates.today(), format="YYYY-MM-DD")
        starts = left.text_input("开始时间", placeholder="例如 8点半、14:00", max_chars=10)
        ends = right.text_input("结束时间", placeholder="例如 10:00", max_chars=10)
        purpose = left.text_input("用途", max_chars=100)
        by = right.text_input("预订人", here.actor.name, max_chars=50)
        saved = st.form_submit_button("预订", type="primary")
    if not saved:
        return
    fields = data.register("room_bookings").fields
    try:
        start, end = fields["starts_at"].parse(starts), fields["ends_at"].parse(ends)
    except Refused as why:
        st.error(plain.text(why))
        return
    same = [
        row
        for row in rows
        if row["room_id"] == room and (row.get("held_on") or row.get("used_on")) == str(day)
    ]
    if other := rooms.clash(same, start, end):
        st.error(f"{names[room]}这一天 {other['starts_at']} 至 {other['ends_at']} 已有人用。")
        return
    after = {
        "area_id": area, "room_id": room, "used_on": day.isoformat(), "starts_at": start,
        "ends_at": end, "purpose": purpose, "booked_by": by or None,
    }  # fmt: skip
    doing.do(here, [Change("room_bookings", ids.new(), None, after)], "已预订")


def _cancel(here: Session, rows: list[data.Row], names: dict[str, str]) -> None:
    words = {
        row["id"]: f"{row['used_on']} {row['starts_at']}　{names.get(row['room_id'], '')}　"
        f"{row['purpose']}"
        for row in rows
    }
    if not words:
        return
    with st.expander("取消预订"):
        chosen = st.selectbox("哪一次", list(words), format_func=words.__getitem__)
        if st.button("取消这次预订"):
            doing.do(here, [Change("room_bookings", chosen, {}, None)], "已取消")
