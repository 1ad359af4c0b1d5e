"""走访: who is due, what was done, and when to come again."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from db import dates, ids
from db.changes import Change
from db.registers.contacts import KINDS, VISIT
from db.sessions import Session
from logic import care
from ui import data, doing, lists, people, places, plain, todo
from ui.data import Condition
from ui.links import Go

LATE, SOON, DONE = "已逾期", "今天起 7 天", "近 30 天完成"


def show(here: Session, go: Go) -> None:
    """The page: the overdue first."""
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
    _plan(here, area)


def _due(here: Session, found: data.Found, today: dt.date, go: Go) -> None:
    if not found.rows:
        st.caption("没有。")
        return
    st.caption("点一行，记下走访的情况。")
    table = care.visits(found.rows, found.labels, today)
    opened = lists.clicked(table, "due", table.index)
    if found.total > len(found.rows):
        st.caption(f"先列出最早的 {len(found.rows)} 次。")
    if opened is not None:
        row = found.rows[opened]
        _record(here, row, care.whom(row, found.labels), go)


def _record(here: Session, row: data.Row, whom: str, go: Go) -> None:
    """The form for what was found at a visit, and the next one."""
    with st.form(f"record-{row['id']}", border=True):
        st.header(plain.text(f"{whom} · {row['kind']}"))
        left, right = st.columns(2)
        done_on = left.date_input("完成日期", dates.today(), max_value=dates.today())
        worker = right.text_input("办理人", row["worker"] or here.actor.name, max_chars=50)
        result = st.text_area("情况", row["result"] or "", max_chars=2000)
        again = st.date_input("下次日期（不再走访的留空）", None, min_value=dates.today())
        saved = st.form_submit_button("保存", type="primary")
    if row["resident_id"] and st.button("打开这个人的页面", key=f"person-{row['id']}"):
        go.resident(row["resident_id"])
    if saved:
        before = {name: row[name] for name in ("done_on", "worker", "result")}
        after = {"done_on": done_on.isoformat(), "worker": worker, "result": result or None}
        changes = [Change("contacts", row["id"], before, after)]
        if again:
            changes.append(_again(row, again.isoformat(), worker))
        doing.do(here, changes, f"已记下 {whom} 的{row['kind']}")


def _again(row: data.Row, due_on: str, worker: str) -> Change:
    same = ("kind", "resident_id", "household_id", "volunteer_id", "pairing_id")
    kept = {name: row[name] for name in same if row[name]}
    after = {"area_id": row["area_id"], **kept, "due_on": due_on, "worker": worker}
    return Change("contacts", ids.new(), None, after)


def _done(here: Session, area: str) -> None:
    where = (Condition("done_on", "from", dates.in_days(-30)),)
    found = data.listed(here.actor, "contacts", area, where, ("-done_on",))
    st.caption(f"{found.total:,} 次" + ("，先列出最近的 200 次。" if found.total > 200 else "。"))
    if found.rows:
        lists.plain(care.done(found.rows, found.labels), "done")


def _plan(here: Session, area: str) -> None:
    """A contact that is planned, or was done without a plan."""
    with st.expander("登记一次走访或服务"):
        who = people.pick(here, area, "plan")
        if who is None:
            return
        with st.form("plan", border=False, clear_on_submit=True):
            left, right = st.columns(2)
            kind = left.selectbox("方式", KINDS, index=KINDS.index(VISIT))
            worker = right.text_input("办理人", here.actor.name, max_chars=50)
            due_on = left.date_input("应办日期", None)
            done_on = right.date_input("完成日期（还没有办的留空）", None, max_value=dates.today())
            result = st.text_area("情况", max_chars=2000)
            saved = st.form_submit_button("保存", type="primary")
    if saved:
        after = {
            "area_id": area, "resident_id": who, "kind": kind, "worker": worker,
            "due_on": due_on.isoformat() if due_on else None,
            "done_on": done_on.isoformat() if done_on else None,
            "result": result or None,
        }  # fmt: skip
        doing.do(here, [Change("contacts", ids.new(), None, after)], "已登记")
