"""One project: its design and review, who is to carry it out, what was done and what it changed."""

from __future__ import annotations

import streamlit as st

from db.sessions import Session
from logic import designs
from ui import (
    approving,
    calls,
    data,
    delivering,
    designing,
    doing,
    dossier,
    effects,
    links,
    plain,
    rating,
    releasing,
)  # fmt: skip
from ui.dossier import Project
from ui.links import Go

DESIGN, CONTEST, DELIVERY = VIEWS = ("设计", "征集", "执行")
FIRST = {
    designs.PASSED: CONTEST, designs.CALLING: CONTEST, designs.JUDGING: CONTEST,
    designs.CARRIED: DELIVERY, designs.ENDED: DELIVERY,
}  # fmt: skip


def show(here: Session, go: Go) -> None:
    """The page of the project whose id stands in the address."""
    found = dossier.project(here.actor, links.asked())
    if found is None:
        st.title("没有找到这个项目")
        st.write("可能已被删除，或不在您的工作范围内。")
        return
    doing.tell()
    row = found.row
    st.title(plain.text(row["name"]))
    st.caption(plain.text(data.path(row["area_id"])[-1]))
    phase = found.phase
    with st.container(border=True, key="answer"):
        st.header(plain.text(_answer(found, phase)))
        st.caption(designs.NEXT[phase])
    view = st.segmented_control(
        "看哪一步", VIEWS, default=FIRST.get(phase, DESIGN), required=True,
        label_visibility="collapsed", key=f"view-{row['id']}-{phase}",
    )  # fmt: skip
    if view == DESIGN:
        _design(here, found, go)
    elif view == CONTEST:
        calls.of_project(here, found, go)
    elif found.award is None:
        st.caption("还没有承接决定。征集、评分、决定之后，这里安排执行。")
    else:
        _delivery(here, found, go)


def _answer(found: Project, phase: str) -> str:
    """What it is about, and where it stands."""
    row, group = found.row, found.labels.get(found.row["group_id"] or "", "")
    whom = f"{group}（计划 {row['expected']:,} 人）" if row["expected"] else group
    by = f"由{found.by}承接" if found.by else ""
    return "，".join(part for part in (phase, f"服务{whom}" if whom else "", by) if part)


def _design(here: Session, found: Project, go: Go) -> None:
    left, right = st.columns((3, 2), gap="large")
    with left:
        designing.show(here, found)
    with right:
        effects.unserved(here, found, go)
        designing.answered(here, found, go)
        designing.budget(here, found)
        approving.show(here, found)


def _delivery(here: Session, found: Project, go: Go) -> None:
    left, right = st.columns((3, 2), gap="large")
    with left:
        effects.compared(here, found)
        delivering.show(here, found, go)
    with right:
        releasing.show(here, found)
        rating.show(here, found, go)
