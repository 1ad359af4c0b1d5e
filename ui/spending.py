"""What is done with a fund: a payment or a spending entered, never beyond what is there."""

from __future__ import annotations

import streamlit as st

from db import dates, ids
from db.changes import Change
from db.sessions import Session
from logic import money
from logic.money import Account
from ui import data, doing


def enter(here: Session, fund: data.Row, account: Account) -> None:
    """Both forms side by side, for who may."""
    pay, spend = st.columns(2, gap="large")
    if data.may(here.actor, "payments", fund["area_id"])["add"]:
        with pay:
            _pay(here, fund, account)
    if data.may(here.actor, "spendings", fund["area_id"])["add"]:
        with spend:
            _spend(here, fund, account)


def _pay(here: Session, fund: data.Row, account: Account) -> None:
    st.header("登记拨付")
    st.caption(f"还可拨付 {money.yuan(account.unpaid)} 元。")
    with st.form(f"pay-{fund['id']}", clear_on_submit=False, border=False):
        amount = st.number_input("拨付金额（元）", 0.0, None, None, 100.0)
        day = st.date_input("拨付日期", dates.today())
        voucher = st.text_input("拨付凭证号", max_chars=60)
        if st.form_submit_button("登记拨付"):
            cells = {"amount": amount, "paid_on": str(day), "voucher": voucher}
            _send(here, "payments", fund, cells)


def _spend(here: Session, fund: data.Row, account: Account) -> None:
    st.header("登记支出")
    st.caption(f"结余 {money.yuan(account.left)} 元，支出不能超过它。")
    with st.form(f"spend-{fund['id']}", clear_on_submit=False, border=False):
        amount = st.number_input("支出金额（元）", 0.0, None, None, 100.0)
        day = st.date_input("支出日期", dates.today())
        item = st.text_input("买了什么", max_chars=100)
        voucher = st.text_input("支出凭证号", max_chars=60)
        if st.form_submit_button("登记支出"):
            cells = {"amount": amount, "spent_on": str(day), "item": item, "voucher": voucher}
            _send(here, "spendings", fund, cells)


def _send(here: Session, register: str, fund: data.Row, cells: data.Row) -> None:
    rest = {"area_id": fund["area_id"], "fund_id": fund["id"]}
    label = data.register(register).about.label
    said = f"{label} {money.yuan(cells['amount'] or 0)} 元已登记"
    doing.do(here, [Change(register, ids.new(), None, {**cells, **rest})], said)
