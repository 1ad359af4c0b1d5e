"""One need from 提出 to 反馈: its story, what came of it, and what is done about it next."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from db.changes import Change
from db.sessions import Session
from db.stages import Story
from logic import history as telling
from logic import linkage, needs, story
from logic import people as persons
from ui import answering, chains, data, doing, facts, lists, plain, timeline
from ui.links import Go

TOLD = ("number", "way", "raised_on", "group_id", "place", "urgency", "phone")


def show(here: Session, go: Go) -> None:
    """The page of the need whose id stands in the address."""
    row_id = st.query_params.get("id", "")
    found = data.row(here.actor, "needs", row_id) if chains.readable(here.actor) else None
    if found is None or not found.rows:
        st.title("没有找到这件需求")
        st.write("可能已被删除，或不在您的工作范围内。")
        return
    doing.tell()
    need, told = found.rows[0], data.story(here.actor, row_id)
    course = chains.course(here.actor, need["area_id"], told.project)
    labels = {**course.labels, **found.labels}
    st.title(plain.text(need["title"]))
    st.caption(plain.text(" · ".join((data.path(need["area_id"])[-1], need["number"]))))
    with st.container(border=True, key="answer"):
        st.header(_answer(told, chains.places(here.actor, {row_id: told})[row_id]))
        if need["description"]:
            st.write(plain.text(need["description"]))
    left, right = st.columns((3, 2), gap="large")
    with left:
        st.header("来龙去脉")
        timeline.show(story.lines(told, need, course.rows, labels))
    with right:
        _about(here, need, labels, go)
        _projects(here, need, go)
        _others(here, need, go)
    if data.may(here.actor, "needs", need["area_id"])["change"]:
        answering.show(here, need)
    _history(here, row_id)
    if st.button("回到需求"):
        go.job("needs", data.path(need["area_id"])[-1])


def _answer(told: Story, where: linkage.Place) -> str:
    if told.waits_for is None:
        return f"已经反馈，从提出到反馈用了 {sum(told.spans().values()):,} 天"
    late = "，已经超期" if where.late else ""
    return f"走到“{where.stage}”，等“{told.waits_for}”等了 {where.days:,} 天{late}"


def _about(here: Session, need: data.Row, labels: dict[str, str], go: Go) -> None:
    """Who and where."""
    st.header("登记的信息")
    fields = data.fields(here.actor, "needs")
    said = [("提出人", needs.raiser(need, labels))]
    said += [
        (fields[name].label, persons.shown(need[name], labels))
        for name in TOLD
        if need[name] not in (None, "")
    ]
    facts.show(said)
    if need["resident_id"] and st.button("打开提出人的页面"):
        go.resident(need["resident_id"])


def _projects(here: Session, need: data.Row, go: Go) -> None:
    """All that answer it; what it joined is answered with it."""
    st.header("由它产生的项目")
    main = need["joined_id"] or need["id"]
    if not data.may(here.actor, "project_needs")["read"]:
        return
    found = data.pointing(here.actor, "project_needs", "need_id", main)
    if not found.rows:
        st.caption("还没有项目答复它。")
        may = data.may(here.actor, "projects", need["area_id"])["add"]
        if may and not need["settled_on"] and st.button("为它设计项目", type="primary"):
            go.job("design", data.path(need["area_id"])[-1], row=main)
        return
    names = [found.labels.get(row["project_id"], "（看不到）") for row in found.rows]
    ids = [row["project_id"] for row in found.rows]
    at = lists.clicked(pd.DataFrame({"项目": names}), "projects", ids)
    if at is not None and "projects" in go.pages:
        go.row("projects", ids[at])


def _others(here: Session, need: data.Row, go: Go) -> None:
    """The needs that joined this one, or the one that it joined."""
    joined = data.pointing(here.actor, "needs", "joined_id", need["id"]).rows
    main = data.row(here.actor, "needs", need["joined_id"]).rows if need["joined_id"] else []
    for title, rows in (("并到这里的需求", joined), ("已并入", main)):
        if not rows:
            continue
        st.header(f"{title}（{len(rows):,} 件）")
        table = pd.DataFrame({"需求": [r["title"] for r in rows],
                              "提出日期": [r["raised_on"] for r in rows]})  # fmt: skip
        if (at := lists.clicked(table, title, [r["id"] for r in rows])) is not None:
            go.row("story", rows[at]["id"])
    may = data.may(here.actor, "needs", need["area_id"])["change"]
    if need["joined_id"] and may and st.button("分开办理"):
        before, after = {"joined_id": need["joined_id"]}, {"joined_id": None}
        doing.do(here, [Change("needs", need["id"], before, after)], "已分开")


def _history(here: Session, row_id: str) -> None:
    entries = data.history(here.actor, "needs", row_id)
    with st.expander(f"修改历史（{len(entries)} 次）"):
        words = {name: one.label for name, one in data.fields(here.actor, "needs").items()}
        lists.plain(telling.table(entries, words), f"history-{row_id}")
