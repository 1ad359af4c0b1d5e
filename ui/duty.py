"""One shift: who is on, signs in and signs out, and whether it was held."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from db import dates, ids, moments
from db.changes import Change
from db.registers.duties import DUE, HELD, MISSED, ROSTERED, WAITING
from db.registers.volunteers import ACTIVE
from db.sessions import Session
from logic import shifts
from ui import data, doing, plain
from ui.data import Condition


def show(
    here: Session, activity: data.Row, day: str, shift: data.Row | None, hours: data.Found
) -> None:
    """The day that was chosen: its people, each with the button that comes next."""
    said = shifts.state(shift, day, dates.today().isoformat())
    when = dt.date.fromisoformat(day)
    st.header(plain.text(f"{when.month} 月 {when.day} 日 · {activity['name']} · {said}"))
    own = [row for row in hours.rows if shift and row["shift_id"] == shift["id"]]
    for row in own:
        _person(here, row, hours.labels.get(row["volunteer_id"], ""))
    if not own:
        st.caption("还没有排人。")
    _add(here, activity, day, shift, {row["volunteer_id"] for row in own})
    _settle(here, activity, day, shift)


def _person(here: Session, row: data.Row, name: str) -> None:
    """签到 while nobody has, then 签退; hours that were signed wait to be approved."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=row["id"]):
        st.markdown(f"**{plain.text(name)}**")
        times = f"{row['starts_at'] or ''}{'—' if row['starts_at'] else ''}{row['ends_at'] or ''}"
        length = f"{row['hours']:g} 小时" if row["hours"] else ""
        st.caption(plain.text(" ".join(p for p in (times, length, row["state"]) if p)))
        here_today = row["served_on"] == dates.today().isoformat() and row["state"] == ROSTERED
        if here_today and not row["starts_at"]:
            if st.button("签到", key=f"in-{row['id']}", width=96):
                change = Change("hours", row["id"], {"starts_at": None}, {"starts_at": _now()})
                doing.do(here, [change], f"{name} 已签到")
        elif here_today and st.button("签退", key=f"out-{row['id']}", type="primary", width=96):
            _sign_out(here, row, name)


def _now() -> str:
    return moments.now().astimezone(dates.BEIJING).strftime("%H:%M")


def _sign_out(here: Session, row: data.Row, name: str) -> None:
    end = _now()
    length = shifts.length(row["starts_at"], end)
    if length <= 0:
        st.error(f"{plain.text(name)} {row['starts_at']} 才签到，过几分钟再签退。")
        return
    before = {"ends_at": row["ends_at"], "hours": row["hours"], "state": row["state"]}
    after = {"ends_at": end, "hours": length, "state": WAITING}
    doing.do(here, [Change("hours", row["id"], before, after)], f"{name} {length:g} 小时，等待认定")


def _add(here: Session, activity: data.Row, day: str, shift: data.Row | None, on: set[str]) -> None:
    area = activity["area_id"]
    active = (Condition("status", "eq", ACTIVE),)
    found = data.listed(here.actor, "volunteers", area, active, ("name",), None).rows
    team = _team(here, activity)
    free = sorted((row for row in found if row["id"] not in on), key=lambda r: r["id"] not in team)
    names = {row["id"]: row["name"] for row in free}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.multiselect(
            "排班", list(names), format_func=names.__getitem__, key=f"crew-{day}",
            placeholder="选志愿者，本队的在前",
        )  # fmt: skip
        if st.button("排上", disabled=not chosen, key=f"add-{day}"):
            changes, shift_id = _shift(activity, day, shift)
            for one in chosen:
                cells = {"area_id": area, "volunteer_id": one, "shift_id": shift_id}
                more = {"served_on": day, "state": ROSTERED, "content": activity["name"]}
                changes.append(Change("hours", ids.new(), None, cells | more))
            doing.do(here, changes, f"已排 {len(chosen)} 人")


def _team(here: Session, activity: data.Row) -> set[str]:
    if not activity["team_id"]:
        return set()
    where = (Condition("team_id", "eq", activity["team_id"]), Condition("ended_on", "empty"))
    found = data.listed(here.actor, "team_members", activity["area_id"], where, (), None).rows
    return {row["volunteer_id"] for row in found}


def _shift(activity: data.Row, day: str, shift: data.Row | None) -> tuple[list[Change], str]:
    """The shift of a day, made where there is none."""
    if shift:
        return [], shift["id"]
    cells = {"area_id": activity["area_id"], "activity_id": activity["id"], "held_on": day}
    made = Change("shifts", ids.new(), None, {**cells, "state": DUE})
    return [made], str(made.id)


def _settle(here: Session, activity: data.Row, day: str, shift: data.Row | None) -> None:
    """That it was held, or not and why."""
    if day > dates.today().isoformat():
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        remark = st.text_input(
            "情况", (shift or {}).get("remark") or "", max_chars=500, key=f"remark-{day}"
        )
        for state in (HELD, MISSED):
            if st.button(state, key=f"{state}-{day}"):
                made, shift_id = _shift(activity, day, shift)
                old = shift or {"state": DUE, "remark": None}
                before = {name: old[name] for name in ("state", "remark")}
                after = {"state": state, "remark": remark or None}
                said = f"{day} 记为{state}"
                doing.do(here, [*made, Change("shifts", shift_id, before, after)], said)
