"""A visit or another contact: how it was, when to come again, and one that nobody had planned."""

from __future__ import annotations

import streamlit as st

from db import dates, ids
from db.changes import Change
from db.registers.contacts import KINDS, VISIT
from db.sessions import Session
from ui import data, doing, people, plain
from ui.data import Condition
from ui.links import Go

ALONE, WHOLE = "只记这个人", "入户，记全户"


def record(here: Session, row: data.Row, whom: str, go: Go) -> None:
    """The form for what was found at a visit, and the next one; before it, what was there last."""
    with st.form(f"record-{row['id']}", border=True):
        st.header(plain.text(f"{whom} · {row['kind']}"))
        if last := _last(here, row):
            st.caption(plain.text(last))
        left, right = st.columns(2)
        done_on = left.date_input(
            "完成日期", dates.today(), max_value=dates.today(), format="YYYY-MM-DD"
        )
        worker = right.text_input("办理人", row["worker"] or here.actor.name, max_chars=50)
        result = st.text_area("情况", row["result"] or "", max_chars=2000)
        again = st.date_input(
            "下次日期（不再走访的留空）", None, min_value=dates.today(), format="YYYY-MM-DD"
        )
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


def _last(here: Session, row: data.Row) -> str:
    """上次 2026-10-01 走访：身体平稳."""
    name = "resident_id" if row["resident_id"] else "household_id"
    where = (Condition(name, "eq", row[name]), Condition("done_on", "filled"))
    found = data.listed(here.actor, "contacts", row["area_id"], where, ("-done_on",), 1).rows
    if not found:
        return "还没有办过。"
    last = found[0]
    said = f"：{last['result']}" if last["result"] else ""
    return f"上次 {last['done_on']} {last['kind']}{said}"


def _again(row: data.Row, due_on: str, worker: str) -> Change:
    same = ("kind", "resident_id", "household_id", "volunteer_id", "pairing_id")
    kept = {name: row[name] for name in same if row[name]}
    after = {"area_id": row["area_id"], **kept, "due_on": due_on, "worker": worker}
    return Change("contacts", ids.new(), None, after)


def register(here: Session, area: str) -> None:
    """A contact that is planned, or was done without a plan, with a person or a whole home."""
    with st.expander("登记一次走访或服务"):
        who = people.pick(here, area, "plan")
        if who is None:
            return
        person = data.row(here.actor, "residents", who).rows[0]
        whole = person["household_id"] and st.segmented_control(
            "记给谁", (ALONE, WHOLE), default=ALONE, required=True, key=f"whole-{who}"
        )
        with st.form("plan", border=False, clear_on_submit=True):
            left, right = st.columns(2)
            kind = left.selectbox("方式", KINDS, index=KINDS.index(VISIT))
            worker = right.text_input("办理人", here.actor.name, max_chars=50)
            due_on = left.date_input("应办日期", None, format="YYYY-MM-DD")
            done_on = right.date_input(
                "完成日期（还没有办的留空）", None, max_value=dates.today(), format="YYYY-MM-DD"
            )
            result = st.text_area("情况", max_chars=2000)
            saved = st.form_submit_button("保存", type="primary")
    if saved:
        target = (
            {"household_id": person["household_id"]} if whole == WHOLE else {"resident_id": who}
        )
        after = {
            "area_id": area, **target, "kind": kind, "worker": worker,
            "due_on": due_on.isoformat() if due_on else None,
            "done_on": done_on.isoformat() if done_on else None,
            "result": result or None,
        }  # fmt: skip
        doing.do(here, [Change("contacts", ids.new(), None, after)], "已登记")
