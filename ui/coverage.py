"""Coverage of one community: the sentence, the bars, and the names behind the bar clicked."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import streamlit as st

from charts import coverage as charts
from db import dates
from db.actors import Actor
from db.sessions import Session
from logic import coverage as shaping
from logic import people as persons
from ui import data
from ui.links import Go

INDICATOR = "pairing"


def group_key(area: str) -> str:
    """The choice of a group is remembered for each community."""
    return f"group-{area}"


def table(actor: Actor, area: str, day: str) -> pd.DataFrame:
    """The community's figures, groups without members last."""
    found = data.coverage(actor, INDICATOR, day, area)
    return found.sort_values("N", key=lambda n: n.fillna(1) == 0, kind="stable")


def chosen(found: pd.DataFrame, area: str) -> pd.Series | None:
    """The row of the group that was clicked, else of the one to speak of first."""
    group = st.session_state.get(group_key(area)) or shaping.leading(found)
    rows = found[found["group_id"] == group]
    return rows.iloc[0] if len(rows) else None


def show(here: Session, area: str, go: Go) -> None:
    """Date, bars, and the list behind the group that is chosen."""
    known = data.indicator(INDICATOR)
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    day = left.date_input("统计日期", dates.today(), max_value=dates.today(), format="YYYY-MM-DD")
    right.caption(f"{known.label}：{known.definition}。各类人员有交叉，不能相加。")
    on = _iso(day)
    found = table(here.actor, area, on)
    if not found["N"].fillna(1).any():
        st.info("还没有登记服务对象。到“服务对象”里登记后，这里会显示每一类的结对情况。")
        return
    _bars(found, area, known.done, known.undone)
    row = chosen(found, area)
    if row is not None:
        _list(here, area, row, on, go)


def _iso(day: dt.date | None) -> str:
    return (day or dates.today()).isoformat()


def _bars(found: pd.DataFrame, area: str, done: str, undone: str) -> None:
    figure = charts.bars(found, "group", "group_id", done, undone)
    words = "；".join(f"{row['group']} {charts.written(row)}" for _, row in found.iterrows())
    event = st.plotly_chart(
        figure,
        key=f"bars-{area}",
        on_select="rerun",
        selection_mode="points",
        config={"displayModeBar": False},
        alt=words,
    )
    points = event["selection"]["points"]
    group = points[0]["customdata"][0] if points else None
    if group and st.session_state.get(group_key(area)) != group:
        st.session_state[group_key(area)] = group
        st.rerun()


def _list(here: Session, area: str, row: pd.Series, day: str, go: Go) -> None:
    known = data.indicator(INDICATOR)
    st.subheader(shaping.sentence(row, known.done, known.undone), anchor=f"list-{area}")
    try:
        found = data.behind(here.actor, INDICATOR, str(row["group_id"]), day, area)
    except data.Forbidden:
        st.caption("您的角色只看汇总数字，不看名单。")
        return
    sides = {f"{known.undone} {len(found.unserved):,}": found.unserved}
    sides[f"{known.done} {len(found.served):,}"] = found.served
    side = st.segmented_control(
        "名单",
        list(sides),
        default=next(iter(sides)),
        required=True,
        label_visibility="collapsed",
        key=f"side-{area}-{row['group_id']}-{len(found.served)}",
    )
    _people(here, sides[side], found.unit, go, key=f"list-{area}-{row['group_id']}-{side}")


def _people(here: Session, ids: tuple[str, ...], unit: str, go: Go, key: str) -> None:
    if not ids:
        st.caption("名单为空。")
        return
    if unit == "户":
        st.dataframe(persons.homes(data.rows(here.actor, "households", ids)), hide_index=True)
        return
    shown = persons.persons(data.rows(here.actor, "residents", ids), dates.today())
    st.caption("点一行打开这个人的页面。")
    event = st.dataframe(
        shown, hide_index=True, on_select="rerun", selection_mode="single-row", key=key
    )
    if event["selection"]["rows"]:
        go.resident(str(shown.index[event["selection"]["rows"][0]]))
