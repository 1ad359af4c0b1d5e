"""走访: who is due, what was done, and when to come again."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from db import dates
from db.sessions import Session
from logic import care
from ui import data, doing, lists, places, tallies, todo, undoing, visiting
from ui.data import Condition
from ui.links import Go

LATE, SOON, DONE = "已逾期", "今天起 7 天", "近 30 天完成"
ROW = "row"  # in the address: the visit that somebody came for


def show(here: Session, go: Go) -> None:
    """The page: the one that was come for, then the overdue first."""
    st.title("走访")
    area = places.choose(here.actor, "contacts", "社区")
    if area is None:
        st.caption(places.nowhere(here.actor, "登记走访"))
        return
    doing.tell()
    today = dates.today()
    late = todo.due(here, area, None, dates.in_days(-1))
    soon = todo.due(here, area, today.isoformat(), dates.in_days(7))
    with st.container(border=True, key="answer"):
        st.header(
            f"{late.total:,} 次走访和服务已经逾期，7 天内还有 {soon.total:,} 次"
            if late.total or soon.total
            else "7 天内没有要办的走访"
        )
    _asked_for(here, go)
    counts = {LATE: late.total, SOON: soon.total, DONE: None}
    view = st.segmented_control(
        "名单",
        list(counts),
        default=LATE if late.total else SOON,
        required=True,
        format_func=lambda one: one if counts[one] is None else f"{one} {counts[one]:,}",
        label_visibility="collapsed",
        key=f"visits-{area}",
    )
    if view == DONE:
        _done(here, area)
    else:
        _due(here, late if view == LATE else soon, today, go)
    visiting.register(here, area)
    undoing.recent(here, area, tallies.PLANNED, "近来列入的计划")


def _asked_for(here: Session, go: Go) -> None:
    """The form of the visit that the address names, until it is done."""
    wanted = st.query_params.get(ROW, "")
    found = data.row(here.actor, "contacts", wanted) if wanted else None
    if found and found.rows and found.rows[0]["done_on"] is None:
        row = found.rows[0]
        visiting.record(here, row, care.whom(row, found.labels), go)
    elif wanted:
        del st.query_params[ROW]


def _due(here: Session, found: data.Found, today: dt.date, go: Go) -> None:
    if not found.rows:
        st.caption("没有。")
        return
    st.caption("点一行，记下走访的情况。")
    table = care.visits(found.rows, found.labels, today)
    opened = lists.clicked(table, "due", table.index)
    if found.total > len(found.rows):
        st.caption(f"先列出最早的 {len(found.rows)} 次。")
    if opened is not None and found.rows[opened]["id"] != st.query_params.get(ROW):
        row = found.rows[opened]
        visiting.record(here, row, care.whom(row, found.labels), go)


def _done(here: Session, area: str) -> None:
    where = (Condition("done_on", "from", dates.in_days(-30)),)
    found = data.listed(here.actor, "contacts", area, where, ("-done_on",))
    st.caption(f"{found.total:,} 次" + ("，先列出最近的 200 次。" if found.total > 200 else "。"))
    if found.rows:
        upcoming = _upcoming(here, area, found.rows)
        lists.plain(care.done(found.rows, found.labels, upcoming), "done")


def _upcoming(here: Session, area: str, rows: list[data.Row]) -> dict[str, str]:
    """person or household → the day of its next visit, of those in the rows."""
    coming: dict[str, str] = {}
    for name in ("resident_id", "household_id"):
        whom = tuple(sorted({row[name] for row in rows if row[name]}))
        if whom:
            where = (todo.NOT_DONE, Condition(name, "in", whom))
            planned = data.listed(here.actor, "contacts", area, where, ("-due_on",), None).rows
            coming |= {row[name]: row["due_on"] for row in planned}
    return coming
