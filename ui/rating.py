"""What is thought of a project: evaluations, what those served say, and its end."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from db import dates, ids
from db.changes import Change
from db.registers.deliveries import EVALUATIONS, FINAL
from db.sessions import Session
from logic import figures
from ui import data, doing, lists, people
from ui.dossier import Project
from ui.links import Go
from ui.reports import making

GOOD = 4  # of five
SAYS = {5: "很满意", 4: "满意", 3: "一般", 2: "不满意", 1: "很不满意"}


def show(here: Session, found: Project, go: Go) -> None:
    """Evaluations, satisfaction, and the day on which the project ends."""
    _evaluations(here, found)
    _satisfaction(here, found)
    _end(here, found, go)


def _evaluations(here: Session, found: Project) -> None:
    if not data.may(here.actor, "evaluations")["read"]:
        return
    st.header("评估")
    rows = found.rows["evaluations"]
    if rows:
        told = [
            {"评估": one["kind"], "日期": one["done_on"], "得分": f"{one['score']:g}",
             "意见": one["opinion"] or ""}
            for one in sorted(rows, key=lambda one: one["done_on"])
        ]  # fmt: skip
        lists.plain(pd.DataFrame(told), "evaluations")
    else:
        st.caption("还没有评估。")
    left = [one for one in EVALUATIONS if one not in {row["kind"] for row in rows}]
    may = data.may(here.actor, "evaluations", found.row["area_id"])["add"]
    if left and may and found.row["closed_on"] is None:
        with st.popover("登记评估"), st.form("evaluation", border=False):
            cells: data.Row = {"kind": st.selectbox("评估阶段", left)}
            cells["score"] = st.number_input("评估得分", 0.0, 100.0, None, 1.0)
            cells["opinion"] = st.text_area("评估意见", max_chars=2000) or None
            cells["evaluator"] = st.text_input("评估人", max_chars=50) or None
            if st.form_submit_button("存入评估"):
                _send(here, found, "evaluations", cells, f"{cells['kind']}评估已登记")


def _satisfaction(here: Session, found: Project) -> None:
    """How many of those who were asked are content, never a share alone."""
    if not data.may(here.actor, "satisfactions")["read"]:
        return
    st.header("满意度")
    scores = Counter(one["score"] for one in found.rows["satisfactions"])
    total, good = sum(scores.values()), sum(n for score, n in scores.items() if score >= GOOD)
    if total:
        st.markdown(f"回访 {total:,} 人，满意 {figures.of(good, total)}")
        st.caption("　".join(f"{words} {scores[one]:,}" for one, words in SAYS.items()))
    else:
        st.caption("还没有回访。")
    if not data.may(here.actor, "satisfactions", found.row["area_id"])["add"]:
        return
    with st.popover("登记回访"):
        who = people.pick(here, found.row["area_id"], "said", "居民（可以不填）")
        score = st.segmented_control(
            "满意度", list(SAYS), format_func=SAYS.__getitem__, default=5, required=True
        )
        words = st.text_area("原话", max_chars=1000)
        worker = st.text_input("回访人", here.actor.name, max_chars=50)
        if st.button("存入回访", key="said-send", type="primary"):
            cells = {"resident_id": who, "score": score, "words": words or None,
                     "worker": worker or None}  # fmt: skip
            _send(here, found, "satisfactions", cells, "回访已登记")


def _send(here: Session, found: Project, register: str, cells: data.Row, said: str) -> None:
    of = {"area_id": found.row["area_id"], "project_id": found.row["id"]}
    doing.do(here, [Change(register, ids.new(), None, of | cells)], said)


def _end(here: Session, found: Project, go: Go) -> None:
    """A project ends after its final evaluation; its report is one click away."""
    row = found.row
    st.header("结项")
    if row["closed_on"]:
        st.caption(f"{row['closed_on']} 已结项。")
    elif FINAL not in {one["kind"] for one in found.rows["evaluations"]}:
        st.caption("末期评估之后才能结项。")
    else:
        may = data.may(here.actor, "projects", row["area_id"])["change"]
        if may and st.button("结项", type="primary"):
            after = {"closed_on": dates.today().isoformat()}
            doing.do(here, [Change("projects", row["id"], {"closed_on": None}, after)], "已结项")
    seen = "report" in go.pages and not here.actor.organisation
    if seen and st.button("写结项报告"):
        said = {"kind": making.PROJECT, "row": row["id"]}
        st.switch_page(go.pages["report"], query_params=said)
