"""资金: what was granted, paid and spent, by source, community and purpose; nobody goes beyond."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from db.sessions import Session
from logic import money
from logic.money import Account
from ui import data, doing, lists, places, spending
from ui.links import Go

Accounts = dict[str, Account]


def show(here: Session, go: Go) -> None:
    """The page: how much of all is paid and spent, by what, then one fund with its vouchers."""
    st.title("资金")
    if not all(data.may(here.actor, name)["read"] for name in ("funds", "payments", "spendings")):
        st.caption("您的角色不能查看资金。")
        return
    area = places.within(here.actor)
    if area is None:
        st.info("还没有社区。请管理员在“区域与类别”里添加。")
        return
    doing.tell()
    funds = data.listed(here.actor, "funds", area, (), ("-granted_on",), None).rows
    if not funds:
        _nothing(here, area, go)
        return
    paid = data.listed(here.actor, "payments", area, (), ("paid_on",), None).rows
    spent = data.listed(here.actor, "spendings", area, (), ("spent_on",), None).rows
    known = money.accounts(funds, paid, spent)
    _answer(money.total(known.values()))
    _by(here, funds, known)
    _one(here, funds, known, paid, spent)


def _nothing(here: Session, area: str, go: Go) -> None:
    st.header("还没有登记资金")
    st.caption("先在社区的“荣誉与资金 › 资金”里登记一笔预算，这里就可以登记拨付和支出。")
    may = area in go.pages and data.may(here.actor, "funds", area)["add"]
    if may and st.button("登记资金", type="primary"):
        go.register(area, "funds")


def _answer(total: Account) -> None:
    with st.container(border=True, key="answer"):
        st.header(
            f"预算 {money.yuan(total.budget)} 元，已拨付 {money.rate(total.paid, total.budget)}，"
            f"已支出 {money.rate(total.spent, total.paid)}"
        )
        st.caption(
            f"拨付率是拨付占预算，支出率是支出占拨付；结余 {money.yuan(total.left)} 元。"
            "拨付不能超过预算，支出不能超过已拨付的。"
        )


def _by(here: Session, funds: list[data.Row], known: Accounts) -> None:
    names = {one["id"]: one["name"] for one in data.communities(here.actor)}
    ways: dict[str, Callable[[data.Row], str]] = {
        "来源": lambda row: row["source"],
        "社区": lambda row: names.get(row["area_id"], data.path(row["area_id"])[-1]),
        "用途": lambda row: row["purpose"],
    }
    st.header("执行率")
    way = st.segmented_control(
        "按什么分", list(ways), default="来源", required=True, label_visibility="collapsed",
        key="by", bind="query-params",
    )  # fmt: skip
    sums = money.grouped(funds, known, ways[way or "来源"])
    table = pd.DataFrame([money.line(way or "来源", name, one) for name, one in sums.items()])
    lists.plain(table, key="rates")


def _one(
    here: Session,
    funds: list[data.Row],
    known: Accounts,
    paid: list[data.Row],
    spent: list[data.Row],
) -> None:
    names = {one["id"]: one["name"] for one in data.communities(here.actor)}
    st.header("一笔资金")
    fund = st.selectbox(
        "看哪一笔",
        funds,
        format_func=lambda row: "　".join(
            (names.get(row["area_id"], ""), row["purpose"], row["source"])
        ),
    )
    account = known[fund["id"]]
    pay, spend = money.rate(account.paid, account.budget), money.rate(account.spent, account.paid)
    st.markdown(
        f"预算 {money.yuan(account.budget)} 元，拨付 {pay}，支出 {spend}，"
        f"结余 {money.yuan(account.left)} 元"
    )
    spending.enter(here, fund, account)
    st.header("拨付和支出")
    mine = [_line("拨付", row, row["paid_on"], "") for row in paid if row["fund_id"] == fund["id"]]
    mine += [
        _line("支出", row, row["spent_on"], row["item"])
        for row in spent
        if row["fund_id"] == fund["id"]
    ]
    mine.sort(key=lambda one: one["日期"], reverse=True)
    lists.plain(pd.DataFrame(mine or {"日期": []}), key="vouchers")


def _line(kind: str, row: data.Row, day: str, what: str) -> dict[str, str]:
    return {
        "日期": day, "": kind, "金额（元）": money.yuan(row["amount"]), "内容": what,
        "凭证号": row["voucher"] or "", "对方": row["payee"] or "",
    }  # fmt: skip
