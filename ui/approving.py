"""A design is sent to be reviewed, and the street, the county or the city decides on it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from db import dates, ids
from db.changes import Change
from db.registers.projects import APPROVED, RETURNED
from db.sessions import Session
from logic import designs
from ui import data, designing, doing, lists
from ui.dossier import Project


def show(here: Session, found: Project) -> None:
    """What is to be done about the review by this account, and what was decided."""
    if not data.may(here.actor, "reviews")["read"]:
        return
    st.header("送审和评审")
    reviews = sorted(found.rows["reviews"], key=lambda one: (one["reviewed_on"], one["id"]))
    if reviews:
        _told(reviews)
    state = found.state
    if designing.open_(here, found):
        _submit(here, found, state)
    if state == designs.SUBMITTED and data.may(here.actor, "reviews", found.row["area_id"])["add"]:
        _decide(here, found)
    elif state == designs.SUBMITTED:
        st.caption(f"{found.row['submitted_on']} 送审，等街道或市里评审。")


def _told(reviews: list[data.Row]) -> None:
    rows = [
        {"评审": one["decision"], "日期": one["reviewed_on"], "意见": one["opinion"] or "",
         "评审人": one["reviewer"]}
        for one in reviews
    ]  # fmt: skip
    lists.plain(pd.DataFrame(rows), "reviews")


def _submit(here: Session, found: Project, state: str) -> None:
    """Sent to be reviewed; what lacks is said, and nothing keeps it back."""
    lacking = designs.lacks(found.row, found.rows["project_needs"], found.rows["budget_lines"])
    if lacking:
        st.caption(f"还没有写：{'、'.join(lacking)}。写全了评审更快。")
    row, again = found.row, state == designs.SENT_BACK
    if state == designs.SUBMITTED:
        if st.button("撤回，再改改"):
            before = {"submitted_on": row["submitted_on"]}
            back = Change("projects", row["id"], before, {"submitted_on": None})
            doing.do(here, [back], "已撤回")
        return
    if st.button("重新送审" if again else "送审", type="primary", disabled=len(lacking) > 4):
        returned = sum(one["decision"] == RETURNED for one in found.rows["reviews"])
        after = {"submitted_on": dates.today().isoformat(), "reworked": returned or None}
        before = {name: row[name] for name in after}
        doing.do(here, [Change("projects", row["id"], before, after)], "已送审")


def _decide(here: Session, found: Project) -> None:
    opinion = st.text_area("评审意见", max_chars=1000, placeholder="退回的要写明理由")
    with st.container(horizontal=True):
        yes = st.button("批准", type="primary")
        no = st.button("退回修改")
    if yes or no:
        cells = {
            "area_id": found.row["area_id"], "project_id": found.row["id"],
            "decision": APPROVED if yes else RETURNED, "opinion": opinion or None,
        }  # fmt: skip
        said = f"“{found.row['name']}”已{'批准' if yes else '退回'}"
        doing.do(here, [Change("reviews", ids.new(), None, cells)], said)
