"""Milestones of a project, each with the money that is released once it is reached."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd
import streamlit as st

from db import dates, ids
from db.changes import Change
from db.registers.money import PROJECT, PURCHASE
from db.sessions import Session
from logic import designs, money
from ui import data, doing, dossier, lists, plain
from ui.data import Condition
from ui.dossier import Project


def show(here: Session, found: Project) -> None:
    """The milestones, what of each is paid, and what may be done about them next."""
    if not data.may(here.actor, "milestones")["read"]:
        return
    st.header("里程碑和拨付")
    rows = sorted(found.rows["milestones"], key=lambda one: (one["due_on"], one["id"]))
    paid = _paid(here, found)
    if rows:
        lists.plain(_table(rows, paid), "milestones")
    else:
        st.caption("还没有里程碑。写明每一步应达的日期和应付的金额，达到之后才能拨付。")
    if found.row["closed_on"] is None:
        area = found.row["area_id"]
        if data.may(here.actor, "milestones", area)["add"]:
            _reach(here, rows)
            with st.popover("加一个里程碑"):
                _add(here, found)
        if data.may(here.actor, "payments", area)["add"]:
            _pay(here, found, rows, paid)


def _paid(here: Session, found: Project) -> dict[str, float]:
    """milestone → yuan paid on it."""
    funds = tuple(one["id"] for one in found.rows["funds"])
    sums: dict[str, float] = defaultdict(float)
    if funds and data.may(here.actor, "payments")["read"]:
        where = (Condition("fund_id", "in", funds),)
        for row in data.listed(here.actor, "payments", found.row["area_id"], where, (), None).rows:
            if row["milestone_id"]:
                sums[row["milestone_id"]] = round(sums[row["milestone_id"]] + row["amount"], 2)
    return sums


def _table(rows: list[data.Row], paid: dict[str, float]) -> pd.DataFrame:
    today = dates.today().isoformat()

    def state(row: data.Row) -> str:
        if row["done_on"]:
            return f"{row['done_on']} 达到"
        return "已经超期" if row["due_on"] < today else "还没有达到"

    return pd.DataFrame(
        {"里程碑": row["name"], "应达": row["due_on"], "进度": state(row),
         "应付": f"{money.yuan(row['amount'])} 元" if row["amount"] else "",
         "已拨付": f"{money.yuan(paid[row['id']])} 元" if paid.get(row["id"]) else ""}
        for row in rows
    )  # fmt: skip


def _reach(here: Session, rows: list[data.Row]) -> None:
    """That a milestone is reached, today or on a day before."""
    open_ = {one["id"]: one["name"] for one in rows if not one["done_on"]}
    if not open_:
        return
    with st.popover("登记达到"):
        chosen = st.selectbox("哪一个里程碑", list(open_), format_func=open_.__getitem__)
        day = st.date_input("达到日期", dates.today(), max_value=dates.today())
        said = st.text_input("完成情况", max_chars=200)
        if st.button("达到了", type="primary"):
            row = next(one for one in rows if one["id"] == chosen)
            before = {name: row[name] for name in ("done_on", "remark")}
            after = {"done_on": str(day), "remark": said or row["remark"]}
            done = f"“{row['name']}”已达到，可以拨付"
            doing.do(here, [Change("milestones", chosen, before, after)], done)


def _add(here: Session, found: Project) -> None:
    with st.form("milestone", border=False, clear_on_submit=True):
        name = st.text_input("里程碑", max_chars=100, placeholder="例如：中期，满 8 次活动")
        due = st.date_input("应达日期", dates.today())
        amount = st.number_input("应付金额（元）", 0.0, 100_000_000.0, None, 100.0)
        if st.form_submit_button("加上"):
            cells = {"area_id": found.row["area_id"], "project_id": found.row["id"],
                     "name": name or None, "due_on": str(due), "amount": amount}  # fmt: skip
            doing.do(here, [Change("milestones", ids.new(), None, cells)], f"已加上“{name}”")


def _pay(here: Session, found: Project, rows: list[data.Row], paid: dict[str, float]) -> None:
    """What is due of milestones that are reached is paid from the project's fund."""
    if not found.rows["funds"]:
        with st.popover("核定资金"):
            _grant(here, found)
        return
    due = {
        one["id"]: round((one["amount"] or 0) - paid.get(one["id"], 0), 2)
        for one in rows
        if one["done_on"]
    }
    due = {one: rest for one, rest in due.items() if rest > 0}
    if not due:
        st.caption("现在没有该拨付的：里程碑达到之后，这里可以拨付。")
        return
    names = {one["id"]: one["name"] for one in rows}
    with st.popover("拨付"):
        chosen = st.selectbox(
            "哪一个里程碑", list(due),
            format_func=lambda one: f"{names[one]}（应付 {money.yuan(due[one])} 元）",
        )  # fmt: skip
        funds = {one["id"]: f"{one['source']}　{one['purpose']}" for one in found.rows["funds"]}
        fund = st.selectbox("从哪笔资金", list(funds), format_func=funds.__getitem__)
        amount = st.number_input("金额（元）", 0.0, None, due[chosen], 100.0, key=f"pay-{chosen}")
        voucher = st.text_input("凭证号", max_chars=60)
        if st.button("登记拨付", type="primary"):
            cells = {
                "area_id": found.row["area_id"], "fund_id": fund, "milestone_id": chosen,
                "amount": amount, "payee": found.by or None, "voucher": voucher or None,
            }  # fmt: skip
            said = f"已拨付 {money.yuan(amount or 0)} 元"
            doing.do(here, [Change("payments", ids.new(), None, cells)], plain.text(said))


def _grant(here: Session, found: Project) -> None:
    """The money that the project has: at first what its organisation asked for."""
    price = designs.total(found.rows["budget_lines"])
    bids = dossier.every(here.actor, "bids", found.row["area_id"])
    won = found.award or {}
    for one in bids:
        if (one["call_id"], one["organisation_id"]) == (won["call_id"], won["organisation_id"]):
            price = one["price"]
    with st.form("fund", border=False):
        source = st.selectbox("来源", (PURCHASE, PROJECT))
        amount = st.number_input("核定金额（元）", 0.0, None, price, 100.0)
        giver = st.text_input("拨付单位", max_chars=100)
        if st.form_submit_button("核定"):
            cells = {
                "area_id": found.row["area_id"], "project_id": found.row["id"], "source": source,
                "purpose": found.row["name"], "amount": amount, "giver": giver or None,
            }  # fmt: skip
            doing.do(here, [Change("funds", ids.new(), None, cells)], "资金已核定")
