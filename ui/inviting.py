"""A call is prepared: what is asked, how bids are scored and by whom; then published, or ended."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from db import dates, ids
from db.changes import Change
from db.registers.calls import DRAFT, OPEN, STOPPED
from db.sessions import Session
from ui import data, doing, lists, plain, tallies
from ui.dossier import Call

FULL = 100


def prepare(here: Session, found: Call) -> None:
    """The draft: words, criteria, judges, and the button that publishes it."""
    left, right = st.columns((3, 2), gap="large")
    with left:
        st.header("征集什么")
        _words(here, found)
    with right:
        _criteria(here, found)
        judges(here, found)
    marks = sum(one["weight"] for one in found.rows["criteria"])
    if marks != FULL:
        st.caption(f"各项满分合计 {marks} 分，调整到 {FULL} 分才能发布。")
    if st.button("发布征集", type="primary", disabled=marks != FULL):
        before, after = {"state": DRAFT}, {"state": OPEN}
        doing.do(
            here, [Change("calls", found.row["id"], before, after)], "已发布，社会组织可以申请"
        )


def _words(here: Session, found: Call) -> None:
    row = found.row
    with st.form(f"call-{row['id']}", border=False):
        cells: data.Row = {"title": st.text_input("征集名称", row["title"], max_chars=80)}
        left, middle, right = st.columns(3)
        day = left.date_input("截止日期", row["closes_on"], min_value=dates.today())
        clock = middle.time_input("截止时间", dt.time.fromisoformat(row["closes_at"]), step=300)
        cells |= {"closes_on": str(day), "closes_at": f"{clock:%H:%M}"}
        cells["ceiling"] = right.number_input(
            "最高限价（元）", 0.0, 100_000_000.0, row["ceiling"], 100.0
        )
        cells["requirements"] = st.text_area(
            "要求", row["requirements"] or "", max_chars=4000,
            placeholder="例如：有相应专职人员；每月报送活动记录；按里程碑拨付",
        )  # fmt: skip
        if st.form_submit_button("保存"):
            after = {name: value or None for name, value in cells.items()}
            before = {name: row[name] for name in after}
            doing.do(here, [Change("calls", row["id"], before, after)], "已保存")


def _criteria(here: Session, found: Call) -> None:
    """Each with its full marks; a name that is emptied goes."""
    st.header("评分标准")
    rows = found.rows["criteria"]
    with st.form(f"criteria-{found.row['id']}", border=False):
        said = []
        for number, row in enumerate([*rows, {"id": "", "name": "", "weight": None}]):
            left, right = st.columns([3, 2])
            name = left.text_input(f"评分项 {number + 1}", row["name"], max_chars=40)
            weight = right.number_input(f"满分 {number + 1}", 1, FULL, row["weight"])
            said.append((row, name.strip(), weight))
        if st.form_submit_button("保存评分标准"):
            doing.do(here, _marked(found, said), "评分标准已保存")


def _marked(found: Call, said: list[tuple[data.Row, str, int | None]]) -> list[Change]:
    changes = []
    for row, name, weight in said:
        after = {"name": name, "weight": weight}
        if not row["id"] and name:
            cells = {"area_id": found.row["area_id"], "call_id": found.row["id"], **after}
            changes.append(Change("criteria", ids.new(), None, cells))
        elif row["id"] and not name:
            changes.append(Change("criteria", row["id"], {}, None))
        elif row["id"]:
            before = {one: row[one] for one in after}
            changes.append(Change("criteria", row["id"], before, after))
    return changes


def judges(here: Session, found: Call) -> None:
    """Who scores; conflicts of interest stand beside the name."""
    if not data.may(here.actor, "judges")["read"]:
        return
    st.header("评委")
    rows = found.rows["judges"]
    told = [
        {"评委": one["name"], "回避": f"回避：{one['conflict_reason']}" if one["conflict"] else "",
         "所属社会组织": found.labels.get(one["organisation_id"] or "", "")}
        for one in rows
    ]  # fmt: skip
    if told:
        lists.plain(pd.DataFrame(told), "judges")
    else:
        st.caption("还没有评委。至少两位更公正。")
    may = data.may(here.actor, "judges", found.row["area_id"])["add"]
    if may and found.award is None and found.row["state"] != STOPPED:
        with st.expander("请评委", expanded=not rows):
            _invite(here, found)


def _invite(here: Session, found: Call) -> None:
    known = {one["account"] for one in found.rows["judges"]}
    free = {
        one.username: one
        for one in tallies.jurors(here.actor, found.row["area_id"])
        if one.username not in known
    }
    if not free:
        st.caption("没有别的评委账号了。请管理员添加角色为“评委”的账号。")
        return
    chosen = st.multiselect(
        "评委账号", list(free), format_func=lambda one: free[one].name, placeholder="请选择"
    )
    if st.button("请他们评审", disabled=not chosen):
        of = {"area_id": found.row["area_id"], "call_id": found.row["id"]}
        changes = [
            Change("judges", ids.new(), None,
                   {**of, "account": one, "name": free[one].name,
                    "organisation_id": free[one].organisation})
            for one in chosen
        ]  # fmt: skip
        names = "、".join(free[one].name for one in chosen)
        doing.do(here, changes, f"已请{plain.text(names)}")


def end(here: Session, found: Call) -> None:
    """A call that comes to nothing is ended, for another one to begin."""
    may = data.may(here.actor, "calls", found.row["area_id"])["change"]
    if not may or found.award is not None or found.row["state"] != OPEN:
        return
    with st.popover("终止这次征集"):
        st.write("终止之后不能恢复，可以重新发起。已收到的申请书会留着。")
        if st.button("确定终止"):
            before, after = {"state": OPEN}, {"state": STOPPED}
            doing.do(here, [Change("calls", found.row["id"], before, after)], "已终止")
