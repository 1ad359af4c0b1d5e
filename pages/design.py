"""设计: the projects that communities design for needs, and those that wait to be reviewed."""

from __future__ import annotations

from collections import Counter, defaultdict

import pandas as pd
import streamlit as st

from db.sessions import Session
from logic import designs, money
from ui import data, doing, dossier, drafting, lists, places, plain
from ui.links import Go

EMPTY = "还没有设计项目。从一件或几件需求开始，设计一个。"


def show(here: Session, go: Go) -> None:
    """The page: what waits for this account first."""
    st.title("设计")
    area = places.within(here.actor)
    if area is None or not data.may(here.actor, "reviews")["read"]:
        st.caption(places.nowhere(here.actor, "查看项目的设计"))
        return
    doing.tell()
    found = data.listed(here.actor, "projects", area, (), ("-designed_on",), None)
    reviews = _by_project(dossier.every(here.actor, "reviews", area))
    states = {row["id"]: designs.state(row, reviews[row["id"]]) for row in found.rows}
    counts = Counter(states.values())
    may = data.may(here.actor, "reviews", area)["add"]
    with st.container(border=True, key="answer"):
        st.header(_answer(counts, may))
        st.caption("需求 → 项目 → 街道评审；批准之后才能发起征集。")
    _list(here, area, found, states, may, go)
    _draft(here, area, go)


def _by_project(rows: list[data.Row]) -> dict[str, list[data.Row]]:
    found: dict[str, list[data.Row]] = defaultdict(list)
    for row in rows:
        found[row["project_id"]].append(row)
    return found


def _answer(counts: Counter[str], reviewing: bool) -> str:
    if not counts:
        return "还没有项目"
    waiting = counts[designs.SUBMITTED]
    if reviewing and waiting:
        return f"{waiting:,} 个项目等着您评审"
    parts = [f"{counts[one]:,} 个{one}" for one in designs.STATES[:3] if counts[one]]
    return "，".join(parts) if parts else f"{counts[designs.PASSED]:,} 个项目都已批准"


def _list(
    here: Session, area: str, found: data.Found, states: dict[str, str], reviewing: bool, go: Go
) -> None:
    counts = Counter(states.values())
    first = designs.SUBMITTED if reviewing else designs.DRAWN
    order = [first, *(one for one in designs.STATES if one != first)]
    view = st.segmented_control(
        "名单", designs.STATES, default=next((one for one in order if counts[one]), first),
        required=True, format_func=lambda one: f"{one} {counts[one]:,}",
        label_visibility="collapsed", key="design-view",
    )  # fmt: skip
    rows = [row for row in found.rows if states[row["id"]] == view]
    if not rows:
        st.caption("没有。" if found.rows else EMPTY)
        return
    st.caption("点一行，打开这个项目。")
    table = _table(here, area, rows, found.labels)
    if (opened := lists.clicked(table, f"design-{view}", table.index)) is not None:
        go.row("projects", str(table.index[opened]))


def _table(here: Session, area: str, rows: list[data.Row], labels: dict[str, str]) -> pd.DataFrame:
    names = {one["id"]: one["name"] for one in data.communities(here.actor)}
    needs = _by_project(dossier.every(here.actor, "project_needs", area))
    lines = _by_project(dossier.every(here.actor, "budget_lines", area))
    told = [
        {
            "项目": row["name"],
            "社区": names.get(row["area_id"], ""),
            "需求（件）": len(needs[row["id"]]),
            "服务对象类别": labels.get(row["group_id"] or "", ""),
            "预算": f"{money.yuan(designs.total(lines[row['id']]))} 元",
            "设计日期": row["designed_on"],
            "送审日期": row["submitted_on"] or "",
        }
        for row in rows
    ]
    return pd.DataFrame(told, index=[row["id"] for row in rows])


def _draft(here: Session, area: str, go: Go) -> None:
    """A new project, for who may design one."""
    good = [
        one["id"]
        for one in data.communities(here.actor)
        if data.may(here.actor, "projects", one["id"])["add"]
        and area in (one["id"], here.actor.area_id)
    ]
    if not good:
        return
    chosen = plain.text(st.query_params.get("row", ""))
    with st.expander("设计一个新项目", expanded=bool(chosen)):
        drafting.show(here, good, chosen, go)
