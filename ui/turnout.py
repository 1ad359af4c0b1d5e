"""Attendance of a programme by day and by person, who never comes, and who worked there."""

from __future__ import annotations

import streamlit as st

from db import dates
from db.registers.programmes import HELD
from db.sessions import Session
from logic import attendance
from ui import data, lists, plain
from ui.data import Condition
from ui.links import Go

PERIODS = {30: "近 30 天", 90: "近 90 天"}
PRESENT, STAFF = "出勤", "工作人员"


def show(here: Session, area: str, view: str, go: Go) -> None:
    """Chooses the programme, the course and the period; then the table."""
    programmes = data.listed(here.actor, "programmes", area, (), ("name",), None).rows
    if not programmes:
        st.caption("先在社区的“服务项目”台账里登记一个项目。")
        return
    courses = data.listed(here.actor, "courses", area, (), ("name",), None).rows
    names = {row["id"]: row["name"] for row in [*programmes, *courses]}
    left, middle, right = st.columns(3)
    programme = left.selectbox(
        "服务项目", [r["id"] for r in programmes], format_func=names.__getitem__
    )
    own = [row["id"] for row in courses if row["programme_id"] == programme]
    course = middle.selectbox(
        "课程", own, index=None, format_func=names.__getitem__, placeholder="全部", disabled=not own
    )
    days = right.selectbox("时间", list(PERIODS), format_func=PERIODS.__getitem__)
    where = [
        Condition("programme_id", "eq", programme),
        Condition("state", "eq", HELD),
        Condition("held_on", "from", dates.in_days(1 - days)),
    ]
    where += [Condition("course_id", "eq", course)] if course else []
    held = data.listed(here.actor, "sessions_held", area, tuple(where), ("held_on",), None)
    if not held.rows:
        st.header(f"{PERIODS[days]}没有举办过")
    elif view == STAFF:
        _staff(here, area, held)
    else:
        _present(here, area, str(programme), course, held, go)


def _present(
    here: Session, area: str, programme: str, course: str | None, held: data.Found, go: Go
) -> None:
    of = tuple(row["id"] for row in held.rows)
    marks = data.listed(
        here.actor, "attendances", area, (Condition("session_id", "in", of),), (), None
    ).rows
    where = [Condition("programme_id", "eq", programme), Condition("ended_on", "empty")]
    where += [Condition("course_id", "in", (course, ""))] if course else []
    taking = data.listed(here.actor, "enrolments", area, tuple(where), (), None)
    people = {row["resident_id"]: taking.labels.get(row["resident_id"], "") for row in taking.rows}
    table = attendance.by_day(people, held.rows, marks)
    never = attendance.never(table)
    came, asked = int(table["到"].sum()), int(table["应到"].sum())
    share = f"，到场率 {came / asked:.1%}（{came:,}/{asked:,}）" if asked else ""
    st.header(f"{len(people):,} 人参加，办了 {len(held.rows):,} 场{share}，{len(never):,} 人从不来")
    if never:
        said = "、".join(people[one] for one in never)
        st.markdown(f"**从不来的**：{plain.text(said)}")
    st.caption("✓ 到，假 请假，— 缺席，空白 没有点名。来得最少的在前；点一行，打开这个人的页面。")
    if len(table):
        at = lists.clicked(table, "turnout", table.index)
        if at is not None:
            go.resident(str(table.index[at]))


def _staff(here: Session, area: str, held: data.Found) -> None:
    of = tuple(row["id"] for row in held.rows)
    staff = data.listed(
        here.actor, "session_staff", area, (Condition("session_id", "in", of),), (), None
    ).rows
    table = attendance.staffed(held.rows, staff, held.labels)
    all_three = int((table["三者都到"] == "是").sum())
    st.header(f"{len(table):,} 场中，{all_three:,} 场心理辅导老师、社工、志愿者都到了")
    lists.plain(table, "staffed")
