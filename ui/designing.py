"""The design of a project: what it is for, whom, with what; which needs it answers; its budget."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from db import ids
from db.changes import Change
from db.registers.projects import AIMS
from db.sessions import Session
from logic import designs, money
from ui import chains, data, doing, facts, lists, plain
from ui.dossier import Project
from ui.links import Go

TOLD = ("place", "started_on", "ended_on", "aims", "submitted_on")
LONG = ("goal", "activities")


def open_(here: Session, found: Project) -> bool:
    """Whether this account may still change the design."""
    may = data.may(here.actor, "projects", found.row["area_id"])["change"]
    return may and found.phase in designs.STATES and found.state != designs.PASSED


def show(here: Session, found: Project) -> None:
    """The form, or what stands in it."""
    st.header("设计")
    if not open_(here, found):
        _told(here, found)
        return
    row = found.row
    groups: dict[str | None, str] = {one["id"]: one["name"] for one in data.groups(here.actor)}
    with st.form(f"design-{row['id']}", border=False):
        cells: data.Row = {"goal": st.text_area("目标", row["goal"] or "", max_chars=1000)}
        left, right = st.columns(2)
        choices = [None, *groups]
        cells["group_id"] = left.selectbox(
            "服务对象类别", choices, index=choices.index(row["group_id"]),
            format_func=lambda one: groups.get(one, "不限"),
        )  # fmt: skip
        cells["expected"] = right.number_input("计划服务人数", 0, 1_000_000, row["expected"])
        cells["activities"] = st.text_area(
            "活动安排", row["activities"] or "", max_chars=4000,
            placeholder="做什么、多久一次、谁来做",
        )  # fmt: skip
        aims = [one for one in AIMS if one in (row["aims"] or "").split("、")]
        chosen = st.multiselect("预期改善的指标", AIMS, default=aims, placeholder="请选择")
        cells["aims"] = "、".join(chosen)
        left, right = st.columns(2)
        cells["place"] = left.text_input("服务地点", row["place"] or "", max_chars=100)
        cells |= _days(right, row)
        if st.form_submit_button("保存设计"):
            _save(here, row, cells)


def _days(where: object, row: data.Row) -> data.Row:
    """The first and the last day as they are planned."""
    before = [dt.date.fromisoformat(row[one]) for one in ("started_on", "ended_on") if row[one]]
    said = where.date_input("计划开始和结束", before, format="YYYY-MM-DD")  # type: ignore[attr-defined]
    days = [str(one) for one in said] if isinstance(said, tuple | list) else [str(said)]
    first, last = (*days, None, None)[:2]
    return {"started_on": first, "ended_on": last}


def _save(here: Session, row: data.Row, cells: data.Row) -> None:
    after = {name: value or None for name, value in cells.items()}
    before = {name: row[name] for name in after}
    doing.do(here, [Change("projects", row["id"], before, after)], "设计已保存")


def _told(here: Session, found: Project) -> None:
    fields = data.fields(here.actor, "projects")
    said = [(fields[name].label, str(found.row[name])) for name in TOLD if found.row.get(name)]
    long = [(fields[name].label, found.row[name] or "") for name in LONG if name in found.row]
    facts.long(long)
    if said:
        facts.show(said)
    elif not any(text for _, text in long):
        st.caption("还没有写设计。")


def answered(here: Session, found: Project, go: Go) -> None:
    """The needs that the project answers; more of them are put to it, or taken off."""
    if not data.may(here.actor, "project_needs")["read"]:
        return
    ties = found.rows["project_needs"]
    st.header(f"回应的需求（{len(ties):,} 件）")
    names = [found.labels.get(one["need_id"], "（看不到）") for one in ties]
    if ties:
        rows = [one["need_id"] for one in ties]
        at = lists.clicked(pd.DataFrame({"需求": names}), "answered", rows)
        if at is not None and "story" in go.pages:
            go.row("story", rows[at])
    if open_(here, found):
        with st.expander("再加几件需求"):
            _tie(here, found, {one["need_id"] for one in ties})


def _tie(here: Session, found: Project, known: set[str]) -> None:
    area = found.row["area_id"]
    more = {
        row["id"]: f"{row['title']}（{row['raised_on']} 提出）"
        for row in chains.needs(here.actor, area).rows
        if row["id"] not in known and not row["settled_on"] and not row["joined_id"]
    }
    chosen = st.multiselect(
        "还没有答复的需求", list(more), format_func=more.__getitem__, placeholder="请选择"
    )
    if st.button("加入项目", disabled=not chosen):
        tie = {"area_id": area, "project_id": found.row["id"]}
        changes = [Change("project_needs", ids.new(), None, tie | {"need_id": n}) for n in chosen]
        doing.do(here, changes, f"已加入 {len(chosen)} 件需求")


def budget(here: Session, found: Project) -> None:
    """The lines and their sum."""
    if not data.may(here.actor, "budget_lines")["read"]:
        return
    lines = found.rows["budget_lines"]
    st.header(f"预算 {money.yuan(designs.total(lines))} 元")
    if lines:
        told = [
            {"用途": one["item"], "金额": f"{money.yuan(one['amount'])} 元",
             "测算依据": one["remark"] or ""}
            for one in lines
        ]  # fmt: skip
        lists.plain(pd.DataFrame(told), "budget")
    if open_(here, found) and data.may(here.actor, "budget_lines", found.row["area_id"])["add"]:
        with st.expander("加一项预算", expanded=not lines):
            _line(here, found)
        if lines:
            _drop(here, lines)


def _line(here: Session, found: Project) -> None:
    with st.form("line", border=False, clear_on_submit=True):
        left, right = st.columns([3, 2])
        item = left.text_input("用途", max_chars=100)
        amount = right.number_input("金额（元）", 0.0, 100_000_000.0, None, 100.0)
        remark = st.text_input("测算依据", max_chars=200, placeholder="例如：2 人 × 12 次 × 150 元")
        if st.form_submit_button("加入预算"):
            of = {"area_id": found.row["area_id"], "project_id": found.row["id"]}
            cells = {"item": item or None, "amount": amount, "remark": remark or None}
            doing.do(here, [Change("budget_lines", ids.new(), None, of | cells)], "预算已加入")


def _drop(here: Session, lines: list[data.Row]) -> None:
    names = {one["id"]: f"{one['item']} {money.yuan(one['amount'])} 元" for one in lines}
    with st.popover("去掉一项"):
        gone = st.selectbox("哪一项", list(names), format_func=names.__getitem__)
        if st.button("去掉"):
            said = f"已去掉“{plain.text(names[gone])}”"
            doing.do(here, [Change("budget_lines", gone, {}, None)], said)
