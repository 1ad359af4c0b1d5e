"""荣誉与资金: what a community received and earned: money by source, titles, praise."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from db.sessions import Session
from logic import figures
from ui import data, lists, places, praise, tallies
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
    if may["funds"]["read"]:
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
    by = {
        name: tallies.tally(here.actor, "funds", area, ("source",), (), name, "received_on").rows
        for name in ("amount", "spent")
    }
    received = sum(one["sum"] for one in by["amount"])
    spent = sum(one["sum"] for one in by["spent"])
    share = figures.share(round(spent), round(received))
    with st.container(border=True, key="answer"):
        st.header(
            f"收到 {received:,.0f} 元，已支出 {spent:,.0f} 元（{share}）"
            if received
            else "还没有登记收到的资金"
        )
    if not received:
        return
    count = sum(one["count"] for one in by["amount"])
    row(
        [
            Figure("收到", f"{received:,.0f} 元", f"{count:,} 笔"),
            Figure("已支出", f"{spent:,.0f} 元", f"余 {received - spent:,.0f} 元"),
            Figure("荣誉", f"{honours:,} 项"),
        ],
        key="received",
    )
    st.header("按来源")
    lists.plain(_by_source(by["amount"], by["spent"]), "funds")


def _by_source(amounts: list[data.Row], spent: list[data.Row]) -> pd.DataFrame:
    """来源, 笔数, 收到, 已支出, 支出比例, 最近到账, the most received first."""
    used = {one["source"]: one["sum"] for one in spent}
    return pd.DataFrame(
        [
            {
                "来源": one["source"],
                "笔数": one["count"],
                "收到（元）": round(one["sum"]),
                "已支出（元）": round(used[one["source"]]),
                "支出比例": figures.share(round(used[one["source"]]), round(one["sum"])),
                "最近到账": one["last"],
            }
            for one in sorted(amounts, key=lambda one: -one["sum"])
        ]
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
