"""A new project is begun: its name and the needs that it is to answer."""

from __future__ import annotations

import streamlit as st

from db import ids
from db.changes import Change
from db.sessions import Session
from ui import chains, data, doing
from ui.links import Go


def show(here: Session, areas: list[str], need: str, go: Go) -> None:
    """The form; `need` is the one that the account came from."""
    names = {one["id"]: one["name"] for one in data.communities(here.actor)}
    area = areas[0]
    if len(areas) > 1:
        area = st.selectbox("哪个社区", areas, format_func=names.__getitem__, width=260)
    open_ = {
        row["id"]: f"{row['title']}（{row['raised_on']} 提出）"
        for row in chains.needs(here.actor, area).rows
        if not row["settled_on"] and not row["joined_id"]
    }
    first = [need] if need in open_ else []
    chosen = st.multiselect(
        "回应哪些需求", list(open_), default=first, format_func=open_.__getitem__,
        placeholder="选一件或几件还没有答复的需求", key=f"needs-{area}",
    )  # fmt: skip
    name = st.text_input("项目名称", max_chars=60, placeholder="例如：放学后的一小时")
    if st.button("建立项目", type="primary"):
        _begin(here, area, name.strip(), chosen, go)


def _begin(here: Session, area: str, name: str, needs: list[str], go: Go) -> None:
    if not name or not needs:
        st.error("请选“回应哪些需求”，再写“项目名称”。")
        return
    row_id = ids.new()
    groups = {row["group_id"] for row in data.rows(here.actor, "needs", tuple(needs))} - {None}
    project = {"area_id": area, "name": name, "group_id": min(groups) if len(groups) == 1 else None}
    changes = [Change("projects", row_id, None, project)]
    for one in needs:
        answers = {"area_id": area, "project_id": row_id, "need_id": one}
        changes.append(Change("project_needs", ids.new(), None, answers))
    if doing.done(here, changes, f"已建立“{name}”，请写目标、活动和预算"):
        go.row("projects", row_id)
