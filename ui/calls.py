"""Calls as lists, each with what it has come to; and those of one project, with a way to begin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pandas as pd
import streamlit as st

from db import dates, ids
from db.changes import Change
from db.registers.calls import DRAFT, OPEN, STOPPED
from db.sessions import Session
from logic import designs
from ui import data, doing, lists
from ui.dossier import Project
from ui.links import Go

OPEN_FOR = 20  # days that a call is open, unless somebody says otherwise
USUAL = (("方案可行", 50), ("团队经验", 30), ("报价合理", 20))
PREPARED, RECEIVING, CHOOSING, DECIDED, ENDED = STATES = (
    "草稿", "征集中", "评选中", "已决定", "已终止",
)  # fmt: skip


def state(call: data.Row, awarded: bool) -> str:
    """What a call has come to, in a word."""
    if call["state"] == STOPPED:
        return ENDED
    if awarded:
        return DECIDED
    if call["state"] == DRAFT:
        return PREPARED
    return CHOOSING if designs.over(call, dates.minute()) else RECEIVING


def closes(call: data.Row) -> str:
    """11月30日 17:00 截止，还有 3 天."""
    day = dt.date.fromisoformat(call["closes_on"])
    words = f"{day.year} 年 {day.month} 月 {day.day} 日 {call['closes_at']} "
    if call["state"] == DRAFT:
        return f"{words}截止（还没有发布）"
    if designs.over(call, dates.minute()):
        return f"{words}已截止"
    left = (day - dates.today()).days
    return f"{words}截止，" + (f"还有 {left:,} 天" if left else "就在今天")


def table(here: Session, calls: Iterable[data.Row], labels: dict[str, str],
          states: dict[str, str]) -> pd.DataFrame:  # fmt: skip
    """A row a call, indexed by its id."""
    names = {one["id"]: one["name"] for one in data.communities(here.actor)}
    found = list(calls)
    told = [
        {
            "征集": row["title"],
            "社区": names.get(row["area_id"], ""),
            "项目": labels.get(row["project_id"], ""),
            "到了哪一步": states[row["id"]],
            "截止": f"{row['closes_on']} {row['closes_at']}",
        }
        for row in found
    ]
    return pd.DataFrame(told, index=[row["id"] for row in found])


def of_project(here: Session, found: Project, go: Go) -> None:
    """The calls of a project; one can be begun where none is under way."""
    rows = found.rows["calls"]
    won = {one["call_id"] for one in found.rows["awards"]}
    states = {one["id"]: state(one, one["id"] in won) for one in rows}
    st.header("征集和承接")
    if rows:
        st.caption("点一行，打开这次征集：评分标准、评委、申请书、承接决定。")
        shown = table(here, rows, found.labels | {found.row["id"]: found.row["name"]}, states)
        at = lists.clicked(shown, "calls", shown.index)
        if at is not None and "call" in go.pages:
            go.row("call", str(shown.index[at]))
    under_way = any(one["state"] in (DRAFT, OPEN) for one in rows)
    may = data.may(here.actor, "calls", found.row["area_id"])["add"]
    if not rows:
        st.caption(
            "还没有发起征集。" if found.phase == designs.PASSED else "批准之后才能发起征集。"
        )
    if may and not under_way and found.award is None and found.phase == designs.PASSED:
        _begin(here, found, go)


def _begin(here: Session, found: Project, go: Go) -> None:
    """A draft with the usual criteria; nobody sees it before it is published."""
    if not st.button("发起征集", type="primary"):
        return
    call, area = ids.new(), found.row["area_id"]
    cells = {
        "area_id": area, "project_id": found.row["id"], "title": f"{found.row['name']}承接征集",
        "closes_on": dates.in_days(OPEN_FOR), "ceiling": designs.total(found.rows["budget_lines"]),
    }  # fmt: skip
    changes = [Change("calls", call, None, cells)]
    for name, weight in USUAL:
        criterion = {"area_id": area, "call_id": call, "name": name, "weight": weight}
        changes.append(Change("criteria", ids.new(), None, criterion))
    if doing.done(here, changes, "已建好草稿，核对后发布"):
        go.row("call", call)
