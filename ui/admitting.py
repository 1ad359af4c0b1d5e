"""What is done with what departments ask: entered for some communities, decided one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from db import dates, ids
from db.changes import Change
from db.registers.admissions import ADMITTED, DECLINED, RULE, RULES
from db.sessions import Session
from logic.admission import Item
from ui import data, doing


def decide(here: Session, waiting: list[Item], names: Mapping[str, str]) -> None:
    """The item that is decided, and both answers."""
    by_id = {one.row["id"]: one for one in waiting}

    def words(one: str) -> str:
        row = by_id[one].row
        return f"{names.get(row['area_id'], '')}　{row['department']}　{row['item']}"

    chosen = st.selectbox("审批哪一项", list(by_id), format_func=words)
    row = by_id[chosen].row
    listed = bool(row["listed"])
    st.caption(
        "清单内的事项：有依据、有经费的应当承接；缺经费的可以请部门补齐再审批。"
        if listed
        else f"清单外的事项：社区可以不同意，并引用规定（{RULE}）。"
    )
    left, right = st.columns(2)
    rule = left.selectbox("不同意的引用规定", RULES, index=1 if listed else 0)
    opinion = right.text_input("审批意见", max_chars=500)
    yes, no, _ = st.columns([1, 1, 4])
    if yes.button("同意进入", type="primary", width="stretch"):
        _send(here, row, {"decision": ADMITTED, "opinion": opinion})
    if no.button("不同意", width="stretch"):
        _send(here, row, {"decision": DECLINED, "rule": rule, "opinion": opinion})


def _send(here: Session, row: Mapping[str, Any], cells: data.Row) -> None:
    decision = {"area_id": row["area_id"], "admission_id": row["id"], **cells}
    change = Change("admission_decisions", ids.new(), None, decision)
    doing.do(here, [change], f"{row['item']}：{cells['decision']}")


def ask(here: Session) -> None:
    """A department's request, for one or several communities at once."""
    good = {
        one["id"]: one["name"]
        for one in data.communities(here.actor)
        if data.may(here.actor, "admissions", one["id"])["add"]
    }
    with st.form("asked", border=False):
        left, right = st.columns(2)
        cells: data.Row = {
            "department": left.text_input("申请部门"),
            "item": right.text_input("事项"),
            "basis": left.text_input("法律法规依据", placeholder="名称和文号，没有的留空"),
        }
        where = right.multiselect(
            "进入哪些社区", list(good), format_func=good.__getitem__,
            default=list(good) if len(good) == 1 else None, placeholder="请选择",
        )  # fmt: skip
        hours, money, start, end = st.columns(4)
        cells["hours"] = hours.number_input("每月工作量（小时）", 0.0, 10_000.0, None, 1.0)
        cells["funding"] = money.number_input("配套经费（元）", 0.0, None, None, 100.0)
        cells["started_on"] = _day(start.date_input("开始日期", dates.today()))
        cells["ended_on"] = _day(end.date_input("结束日期", None))
        cells["listed"] = st.checkbox("在市级清单内")
        if st.form_submit_button("登记申请"):
            _enter(here, cells, where)


def _day(chosen: object) -> str | None:
    return None if chosen is None else str(chosen)


def _enter(here: Session, cells: data.Row, where: list[str]) -> None:
    if not where:
        st.error("请选“进入哪些社区”，至少一个。")
        return
    asked = [Change("admissions", ids.new(), None, {**cells, "area_id": one}) for one in where]
    doing.do(here, asked, f"已登记，进入 {len(where)} 个社区，等待审批")
