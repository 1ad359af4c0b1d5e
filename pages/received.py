"""荣誉与资金: what a community received and earned: money by source, titles, praise."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from db.sessions import Session
from logic import figures, money
from ui import data, lists, places, praise
from ui.figures import Figure, row


def show(here: Session) -> None:
    """The page: the sums, then who got what."""
    st.title("荣誉与资金")
    area = places.seen(here.actor)
    if area is None:
        st.caption(places.nowhere(here.actor, "查看荣誉"))
        return
    honours = data.listed(here.actor, "honours", area, (), ("-given_on",), None)
    may = data.rights(here.actor, area)
    if all(may[one]["read"] for one in ("funds", "payments", "spendings")):
        _funds(here, area, honours.total)
    st.header(f"荣誉 {honours.total:,} 项")
    if honours.rows:
        lists.plain(_honours(honours.rows), "honours")
    else:
        st.caption("还没有。在社区的“荣誉”台账里登记。")
    if may["recognitions"]["read"]:
        st.header("志愿者和服务队的表彰")
        praise.praised(here, area)


def _funds(here: Session, area: str, honours: int) -> None:
    funds = data.listed(here.actor, "funds", area, (), (), None).rows
    paid = data.listed(here.actor, "payments", area, (), (), None).rows
    spent = data.listed(here.actor, "spendings", area, (), (), None).rows
    known = money.accounts(funds, paid, spent)
    total = money.total(known.values())
    share = figures.share(total.spent, total.paid)
    with st.container(border=True, key="answer"):
        st.header(
            f"收到 {money.yuan(total.paid)} 元，已支出 {money.yuan(total.spent)} 元（{share}）"
            if total.paid
            else "还没有登记收到的资金"
        )
    if not funds:
        return
    row(
        [
            Figure("收到", f"{money.yuan(total.paid)} 元", f"{len(paid):,} 笔"),
            Figure("已支出", f"{money.yuan(total.spent)} 元", f"余 {money.yuan(total.left)} 元"),
            Figure("荣誉", f"{honours:,} 项"),
        ],
        key="received",
    )
    st.header("按来源")
    sums = money.grouped(funds, known, lambda one: one["source"])
    lists.plain(
        pd.DataFrame([money.line("来源", name, one) for name, one in sums.items()]), "funds"
    )


def _honours(rows: list[data.Row]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "名称": one["title"],
                "级别": one["level"] or "",
                "时间": one["given_on"] or "",
                "颁发单位": one["issuer"] or "",
                "说明": one["remark"] or "",
            }
            for one in rows
        ]
    )
