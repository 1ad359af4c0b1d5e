"""点名: a session and who came to it, a tap a person; who comes and who never does."""

from __future__ import annotations

import streamlit as st

from db import dates, ids
from db.changes import Change
from db.registers.programmes import ABSENT, CAME, EXCUSED, HELD, PLANNED
from db.sessions import Session
from ui import calling, data, doing, places, plain, turnout
from ui.data import Condition
from ui.links import Go

LATELY = 14  # days whose sessions can still be called
CALL = "点名"
WORDS = {CAME: "到场的点一下", EXCUSED: "请假的点一下"}


def show(here: Session, go: Go) -> None:
    """The page: choose a session, tap who came; beside it who came before."""
    st.title("点名")
    area = places.choose(here.actor, "attendances", "社区")
    if area is None:
        st.caption(places.nowhere(here.actor, "点名"))
        return
    doing.tell()
    view = st.segmented_control(
        "看什么",
        (CALL, turnout.PRESENT, turnout.STAFF),
        default=CALL,
        required=True,
        label_visibility="collapsed",
        key=f"rollcall-{area}",
    )
    if view == CALL:
        _today(here, area)
    else:
        turnout.show(here, area, str(view), go)


def _today(here: Session, area: str) -> None:
    found = _sessions(here, area)
    if found.rows:
        ids_ = [row["id"] for row in found.rows]
        wanted = st.query_params.get("row", "")
        chosen = st.selectbox(
            "场次",
            found.rows,
            index=ids_.index(wanted) if wanted in ids_ else 0,
            format_func=lambda row: _words(row, found.labels),
            key=f"session-{area}",
        )
        _call(here, area, chosen, found.labels)
    else:
        st.header("近 14 天没有登记场次")
        st.caption("在下面新增今天的一场，就可以点名。")
    _new(here, area)


def _sessions(here: Session, area: str) -> data.Found:
    first, last = dates.in_days(-LATELY), dates.in_days(0)
    where = (Condition("held_on", "from", first), Condition("held_on", "to", last))
    return data.listed(here.actor, "sessions_held", area, where, ("-held_on", "starts_at"), 100)


def _words(row: data.Row, labels: dict[str, str]) -> str:
    parts = [
        "今天" if row["held_on"] == dates.today().isoformat() else row["held_on"],
        row["starts_at"],
        labels.get(row["programme_id"]),
        labels.get(row["course_id"] or ""),
        "" if row["state"] == PLANNED else row["state"],
    ]
    return "　".join(part for part in parts if part)


def _call(here: Session, area: str, session: data.Row, labels: dict[str, str]) -> None:
    """Everybody who takes part; a tap is stored at once."""
    marks = {row["resident_id"]: row for row in calling.marks(here, area, session)}
    names = calling.people(here, area, session, tuple(marks))
    if not names:
        st.caption("还没有人参加这个项目：先在社区的“参加人员”台账里登记。")
        return
    came = _taps(here, area, session, marks, CAME, names)
    rest = {one: names[one] for one in names if one not in came}
    with st.expander("请假"):
        away = _taps(here, area, session, marks, EXCUSED, rest)
    left = [one for one in rest if one not in marks]
    st.header(f"{len(names):,} 人，到 {len(came):,} 人，请假 {len(away):,} 人")
    if session["state"] == HELD and not left:
        st.caption("已点完名；还可以改。")
        return
    words = f"点完了，其余 {len(left):,} 人记缺席" if left else "点完了"
    if st.button(words, type="primary"):
        changes = [calling.mark(area, session, one, ABSENT, marks) for one in left]
        doing.do(here, [*changes, *calling.held(session)], "已点完名")


def _taps(
    here: Session,
    area: str,
    session: data.Row,
    marks: calling.Marks,
    presence: str,
    names: dict[str, str],
) -> list[str]:
    """The people with this mark, pressed; what is pressed or let go is written at once.

    Only what this tap has changed is written: another may be calling the same session.
    """
    key = f"{presence}-{session['id']}"
    shown = [one for one in names if one in marks and marks[one]["presence"] == presence]
    st.session_state[key] = shown

    def tapped() -> None:
        pressed = set(st.session_state[key])
        changes = [calling.mark(area, session, one, presence, marks) for one in pressed - {*shown}]
        changes += [calling.mark(area, session, one, ABSENT, marks) for one in {*shown} - pressed]
        doing.keep(here, changes)

    st.pills(
        WORDS[presence],
        list(names),
        selection_mode="multi",
        format_func=lambda one: plain.text(names[one]),
        on_change=tapped,
        key=key,
        wrap=True,
    )
    return shown


def _new(here: Session, area: str) -> None:
    programmes = data.listed(here.actor, "programmes", area, (), ("name",), None).rows
    courses = data.listed(here.actor, "courses", area, (), ("name",), None).rows
    with st.expander("新增今天的一场", expanded=False):
        if not programmes:
            st.caption("先在社区的“服务项目”台账里登记一个项目。")
            return
        names = {row["id"]: row["name"] for row in [*programmes, *courses]}
        programme = st.selectbox(
            "服务项目", [row["id"] for row in programmes], format_func=names.__getitem__
        )
        own = [row["id"] for row in courses if row["programme_id"] == programme]
        course = st.selectbox(
            "课程", own, index=None, format_func=names.__getitem__, placeholder="不分课程"
        )
        if st.button("新增"):
            after = {
                "area_id": area, "programme_id": programme, "course_id": course,
                "held_on": dates.today().isoformat(), "state": PLANNED,
            }  # fmt: skip
            doing.do(here, [Change("sessions_held", ids.new(), None, after)], "已新增一场")
