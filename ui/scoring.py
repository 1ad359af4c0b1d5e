"""A judge scores the bids of a call, each by every criterion; a conflict of interest keeps out."""

from __future__ import annotations

import streamlit as st

from db import ids
from db.changes import Change
from db.sessions import Session
from ui import attached, bidding, data, doing, plain
from ui.dossier import Call


def show(here: Session, found: Call) -> None:
    """The bids, once the call is closed; before that nothing of them."""
    me = next(iter(found.rows["judges"]), None)
    if me is None:
        st.caption("您不是这次征集的评委。")
        return
    if found.award is None:
        _conflict(here, me)
    if not found.over:
        st.caption("截止之后，申请书会出现在这里。")
        return
    if me["conflict"]:
        st.caption("您已申报回避，不参加这次评分。")
        return
    if not found.rows["bids"]:
        st.caption("没有收到申请书。")
    mine = {
        (one["bid_id"], one["criterion_id"]): one
        for one in found.rows["scores"]
        if one["judge_id"] == me["id"]
    }
    for bid in found.rows["bids"]:
        _bid(here, found, me, bid, mine)


def _conflict(here: Session, me: data.Row) -> None:
    """Declared before one scores; taken back as long as nothing is decided."""
    before = {"conflict": me["conflict"], "conflict_reason": me["conflict_reason"]}
    if me["conflict"]:
        if st.button("撤销回避"):
            after: data.Row = {"conflict": None, "conflict_reason": None}
            doing.do(here, [Change("judges", me["id"], before, after)], "已撤销回避")
        return
    with st.popover("申报回避"):
        st.write("您或亲属在申请的社会组织任职，或有别的利害关系的，请申报。")
        reason = st.text_input("原因", max_chars=200)
        if st.button("申报", disabled=not reason.strip()):
            after = {"conflict": True, "conflict_reason": reason.strip()}
            doing.do(here, [Change("judges", me["id"], before, after)], "已申报回避")


def _bid(
    here: Session, found: Call, me: data.Row, bid: data.Row,
    mine: dict[tuple[str, str], data.Row],
) -> None:  # fmt: skip
    criteria = found.rows["criteria"]
    given = [mine.get((bid["id"], one["id"])) for one in criteria]
    left = sum(one is None for one in given)
    who = found.labels.get(bid["organisation_id"], "")
    said = f"还差 {left} 项" if left else f"已打 {sum(o['points'] for o in given if o):g} 分"
    with st.container(border=True, key=f"bid-{bid['id']}"):
        st.header(plain.text(f"{who}（{said}）"))
        bidding.told(bid)
        attached.show(here, bid, found.files(bid["id"]))
        if found.award is not None:
            return
        with st.form(f"score-{bid['id']}", border=False):
            points = [
                column.number_input(
                    f"{one['name']}（满分 {one['weight']}）", 0.0, float(one["weight"]),
                    row["points"] if row else None, 1.0, help=one["definition"],
                )
                for column, one, row in zip(
                    st.columns(len(criteria)), criteria, given, strict=True
                )
            ]  # fmt: skip
            if st.form_submit_button("保存评分", type="primary"):
                _save(here, me, bid, list(zip(criteria, given, points, strict=True)), who)


def _save(
    here: Session, me: data.Row, bid: data.Row,
    said: list[tuple[data.Row, data.Row | None, float | None]], who: str,
) -> None:  # fmt: skip
    changes = []
    for criterion, row, points in said:
        if row is None and points is not None:
            cells = {"judge_id": me["id"], "bid_id": bid["id"], "criterion_id": criterion["id"]}
            cells |= {"area_id": bid["area_id"], "points": points}
            changes.append(Change("scores", ids.new(), None, cells))
        elif row is not None and points != row["points"]:
            changes.append(
                Change("scores", row["id"], {"points": row["points"]}, {"points": points})
            )
    doing.do(here, changes, f"已保存对{who}的评分")
