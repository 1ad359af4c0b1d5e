"""The log of looks: who saw a number whole or took a register out, when and why."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from db.actors import Actor
from db.exports import REPORTS
from db.registers import BY_NAME
from logic import history
from ui import data, lists

DID = {"reveal": "查看完整号码", "export": "导出"}


def _what(register: str) -> str:
    return "报告" if register == REPORTS else BY_NAME[register].about.label


def show(actor: Actor, area: str) -> None:
    """The latest looks in an area and all below it, for who answers for it."""
    found = data.looks(actor, area)
    if not found:
        st.caption("还没有人查看过完整号码，也没有人导出过。")
        return
    st.caption(f"最近 {len(found):,} 次，最新的在前；谁看的、为什么，删不掉。")
    places = {one["id"]: one["name"] for one in data.areas(actor)}
    rows = [
        {
            "时间": history.when(one.when), "谁": one.who, "做了什么": DID[one.verb],
            "台账": _what(one.register), "区域": places.get(one.area_id, "—"),
            "用途": one.reason,
        }
        for one in found
    ]  # fmt: skip
    lists.plain(pd.DataFrame(rows), key="looks")
