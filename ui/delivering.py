"""How an awarded project is carried out: its programmes, whom they serve, sessions and contacts."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from db import dates, ids
from db.changes import Change
from db.registers.programmes import CAME, HELD, KINDS, PLANNED
from db.sessions import Session
from ui import data, doing, enrolling, lists, plain
from ui.data import Condition
from ui.dossier import Project
from ui.links import Go

SHOWN = 8  # sessions that are named; the rest is in the register


@dataclass(frozen=True)
class Work:
    """What the registers of the services hold of a programme."""

    enrolled: list[data.Row]
    sessions: list[data.Row]
    came: list[data.Row]
    contacts: list[data.Row]

    @property
    def held(self) -> list[data.Row]:
        return [one for one in self.sessions if one["state"] == HELD]


def show(here: Session, found: Project, go: Go) -> None:
    """Each programme with its people and its sessions; the first one is made here."""
    st.header("服务项目")
    may = data.may(here.actor, "programmes", found.row["area_id"])["add"]
    programmes = found.rows["programmes"]
    if not data.may(here.actor, "programmes")["read"]:
        st.caption("您的账号看不到服务的登记。")
        return
    if not programmes:
        st.caption(
            "还没有安排。社区建立服务项目、登记参加人员之后，承接组织的社工就能看到这些人、排活动、点名。"
        )
    for one in programmes:
        _programme(here, found, one, go)
    if may and found.row["closed_on"] is None:
        with st.expander("建立服务项目", expanded=not programmes):
            _begin(here, found)


def work(here: Session, programme: data.Row) -> Work:
    """The rows of a programme, not copies."""
    area = programme["area_id"]
    within = (Condition("programme_id", "eq", programme["id"]),)

    def rows(register: str, where: tuple[Condition, ...]) -> list[data.Row]:
        if not data.may(here.actor, register)["read"]:
            return []
        return data.listed(here.actor, register, area, where, (), None).rows

    sessions = rows("sessions_held", within)
    ids_ = tuple(one["id"] for one in sessions)
    came = (Condition("session_id", "in", ids_), Condition("presence", "eq", CAME))
    return Work(
        rows("enrolments", within),
        sorted(sessions, key=lambda one: (one["held_on"], one["starts_at"] or "")),
        rows("attendances", came) if ids_ else [],
        rows("contacts", (*within, Condition("done_on", "filled"))),
    )


def _programme(here: Session, found: Project, programme: data.Row, go: Go) -> None:
    told = work(here, programme)
    served = {one["resident_id"] for one in (*told.came, *told.contacts)}
    taking = {one["resident_id"] for one in told.enrolled if not one["ended_on"]}
    with st.container(border=True, key=f"programme-{programme['id']}"):
        st.markdown(f"**{plain.text(programme['name'])}**")
        st.markdown(
            f"{len(taking):,} 人参加，办了 {len(told.held):,} 场，到场 {len(told.came):,} 人次，"
            f"走访和服务 {len(told.contacts):,} 次，服务到 {len(served):,} 人"
        )
        _sessions(told, programme, go)
        if found.row["closed_on"] is None:
            _plan(here, programme)
            enrolling.show(here, found, programme, taking)


def _sessions(told: Work, programme: data.Row, go: Go) -> None:
    """Those to come and the latest; a click opens the roll call."""
    planned = [one for one in told.sessions if one["state"] == PLANNED][:SHOWN]
    shown = [*planned, *reversed(told.held[-SHOWN:])]
    if not shown:
        st.caption("还没有排活动。")
        return
    count = {one["id"]: 0 for one in shown}
    for row in told.came:
        if row["session_id"] in count:
            count[row["session_id"]] += 1
    rows = [
        {"日期": one["held_on"], "时间": one["starts_at"] or "", "状态": one["state"],
         "到场": f"{count[one['id']]:,} 人" if one["state"] == HELD else ""}
        for one in shown
    ]  # fmt: skip
    at = lists.clicked(pd.DataFrame(rows), f"sessions-{programme['id']}", [o["id"] for o in shown])
    if at is not None and "rollcall" in go.pages:
        go.job("rollcall", data.path(programme["area_id"])[-1], row=shown[at]["id"])


def _plan(here: Session, programme: data.Row) -> None:
    """One more session, for the team that carries it out or the community."""
    if not data.may(here.actor, "sessions_held", programme["area_id"])["add"]:
        return
    with st.popover("排一场活动"), st.form(f"plan-{programme['id']}", border=False):
        day = st.date_input("日期", dates.today())
        left, right = st.columns(2)
        starts, ends = (
            left.time_input("开始", None, step=900),
            right.time_input("结束", None, step=900),
        )
        if st.form_submit_button("排上"):
            cells = {"area_id": programme["area_id"], "programme_id": programme["id"],
                     "held_on": str(day), "starts_at": starts and f"{starts:%H:%M}",
                     "ends_at": ends and f"{ends:%H:%M}"}  # fmt: skip
            doing.do(here, [Change("sessions_held", ids.new(), None, cells)], f"已排 {day} 的活动")


def _begin(here: Session, found: Project) -> None:
    row = found.row
    with st.form("programme", border=False):
        left, right = st.columns(2)
        name = left.text_input("服务项目名称", row["name"], max_chars=60)
        kind = right.selectbox("类型", KINDS)
        started = left.date_input("开始日期", dates.today())
        place = right.text_input("地点", row["place"] or "", max_chars=60)
        if st.form_submit_button("建立"):
            cells = {
                "area_id": row["area_id"], "project_id": row["id"], "name": name or None,
                "kind": kind, "started_on": str(started), "place": place or None,
                "group_id": row["group_id"],
            }  # fmt: skip
            change = Change("programmes", ids.new(), None, cells)
            doing.do(here, [change], f"已建立“{name}”，请登记参加人员")
