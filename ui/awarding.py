"""The bids of a closed call by their scores, and the decision who carries the project out."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from db import ids
from db.changes import Change
from db.registers.calls import STOPPED
from db.sessions import Session
from logic import money, ranking
from logic.ranking import Ranked
from ui import attached, bidding, data, doing, lists, plain
from ui.dossier import Call


def show(here: Session, found: Call) -> None:
    """Nothing before the call is closed; then the ranking, the bids, the decision."""
    if not data.may(here.actor, "bids")["read"]:
        return
    st.header("申请书和评分")
    if not found.over:
        st.caption("截止之前申请书是密封的，截止后在这里拆封。")
        return
    bids = found.rows["bids"]
    if not bids:
        st.caption("没有收到申请书。")
        return
    free = ranking.free(found.rows["judges"], bids)
    ranked = ranking.ranking(bids, free, found.rows["criteria"], found.rows["scores"])
    lists.plain(_table(found, ranked, free), "ranking")
    for one in ranked:
        with st.expander(plain.text(_who(found, one))):
            bidding.told(one.bid)
            attached.show(here, one.bid, found.files(one.bid["id"]))
    if found.award is None and found.row["state"] != STOPPED:
        _decide(here, found, ranked)


def _who(found: Call, one: Ranked) -> str:
    return found.labels.get(one.bid["organisation_id"], "")


def _table(found: Call, ranked: list[Ranked], judges: list[data.Row]) -> pd.DataFrame:
    won = found.award["organisation_id"] if found.award else None
    rows = []
    for one in ranked:
        place = "未评完" if one.place is None else f"第 {one.place} 名" + "（并列）" * one.tied
        row = {
            "名次": place,
            "社会组织": _who(found, one) + "（承接）" * (one.bid["organisation_id"] == won),
            "报价": f"{money.yuan(one.bid['price'])} 元",
        }
        row |= {
            judge["name"]: "—"
            if one.totals[judge["id"]] is None
            else f"{one.totals[judge['id']]:g}"
            for judge in judges
        }
        rows.append(row | {"平均分": "—" if one.mean is None else f"{one.mean:g}"})
    return pd.DataFrame(rows)


def _decide(here: Session, found: Call, ranked: list[Ranked]) -> None:
    """Who may decides; the database keeps it to one decision, after all points are given."""
    if not data.may(here.actor, "awards", found.row["area_id"])["add"]:
        st.caption("评完后由街道或市里作出承接决定。")
        return
    st.header("承接决定")
    if any(one.place is None for one in ranked):
        st.caption("评委把每份申请书的每一项都打完分，才能决定。")
        return
    names = {one.bid["organisation_id"]: _who(found, one) for one in ranked}
    chosen = st.selectbox("由谁承接", list(names), format_func=names.__getitem__, width=360)
    if len(ranked) == 1:
        st.caption("只有一家申请。承接决定会注明“只有一家申请”，请在理由里说明为什么仍然可行。")
    elif next(one for one in ranked if one.bid["organisation_id"] == chosen).place != 1:
        st.caption("不是第一名，请在理由里说明为什么。")
    elif ranked[0].tied:
        st.caption("并列第一，请在理由里说明取舍。")
    reason = st.text_area("理由", max_chars=1000)
    if st.button("作出决定", type="primary", disabled=not reason.strip()):
        cells = {"area_id": found.row["area_id"], "call_id": found.row["id"],
                 "organisation_id": chosen, "reason": reason.strip()}  # fmt: skip
        said = f"由{names[chosen]}承接"
        doing.do(here, [Change("awards", ids.new(), None, cells)], said)
