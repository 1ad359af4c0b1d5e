"""值班: a recurring duty month by month, who is on, held or missed; signing in and out."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

import streamlit as st

from db import dates, ids
from db.changes import Change
from db.registers.duties import DUE
from db.sessions import Session
from logic import shifts
from ui import data, doing, duty, lists, places, plain
from ui.data import Condition

DAY = "view"  # in the address: the day that is looked at


def show(here: Session) -> None:
    """The page: an activity, its month in a sentence, a day with its people, all days."""
    st.title("值班")
    area = places.choose(here.actor, "shifts", "社区")
    if area is None:
        st.caption(places.nowhere(here.actor, "排班"))
        return
    doing.tell()
    found = data.listed(here.actor, "activities", area, (), ("name",), None).rows
    if not found:
        st.header("还没有例行活动")
        st.caption("先在社区的“例行活动”台账里登记，例如每天的义务巡逻，这里就能排班、签到。")
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        activity = _activity(found)
        day = _day()
    first, last = shifts.month(day)
    where = (
        Condition("activity_id", "eq", activity["id"]),
        Condition("held_on", "from", first.isoformat()),
        Condition("held_on", "to", last.isoformat()),
    )
    rows = data.listed(here.actor, "shifts", area, where, ("held_on",), None).rows
    on = (Condition("shift_id", "in", tuple(row["id"] for row in rows)),)
    hours = data.listed(here.actor, "hours", area, on, ("starts_at",), None)
    _month(here, activity, rows, hours, day)


def _activity(found: list[data.Row]) -> data.Row:
    ids_ = [row["id"] for row in found]
    asked = st.query_params.get("row", "")
    at = ids_.index(asked) if asked in ids_ else 0
    if len(found) == 1:
        return found[0]
    return st.selectbox(
        "活动", found, index=at, format_func=lambda row: row["name"], key="activity", width=260
    )


def _day() -> dt.date:
    """The day that is looked at: the one in the address, else today."""
    asked = dates.today()
    with suppress(ValueError):
        asked = dt.date.fromisoformat(st.query_params.get(DAY, ""))
    chosen = st.date_input("日期", asked, format="YYYY-MM-DD", width=200, key=f"day-{asked}")
    return chosen or asked


def _month(
    here: Session, activity: data.Row, rows: list[data.Row], hours: data.Found, day: dt.date
) -> None:
    today, (first, last) = dates.today(), shifts.month(day)
    crews: dict[str, list[str]] = {}
    for row in hours.rows:
        crews.setdefault(row["shift_id"], []).append(hours.labels.get(row["volunteer_id"], ""))
    missing = shifts.unplanned(activity, rows, first, last)
    table = shifts.table(rows, crews, missing, today.isoformat())
    with st.container(border=True, key="answer"):
        st.header(plain.text(f"{day.month} 月{activity['name']}：{shifts.summed(table)}"))
        to_come = [one for one in missing if one >= today.isoformat()]
        if to_come and st.button(f"排出本月余下的 {len(to_come)} 天"):
            doing.do(here, [_due(activity, one) for one in to_come], "已排出，请逐日排人")
    shift = next((row for row in rows if row["held_on"] == day.isoformat()), None)
    duty.show(here, activity, day.isoformat(), shift, hours)
    st.header(f"{day.month} 月每一天")
    if not len(table):
        st.caption("这个月还没有排班。")
        return
    st.caption("点一行，看那一天。")
    at = lists.clicked(table, "month", table.index)
    if at is not None and table.index[at] != day.isoformat():
        st.query_params[DAY] = str(table.index[at])
        st.rerun()


def _due(activity: data.Row, day: str) -> Change:
    cells = {"activity_id": activity["id"], "held_on": day, "state": DUE}
    return Change("shifts", ids.new(), None, {"area_id": activity["area_id"], **cells})
