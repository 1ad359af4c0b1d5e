"""A figure month by month on a page: a click on a month opens the list of its last day."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts import trend as charts
from db import spans
from db.indicators import Indicator
from db.sessions import Session
from logic import trends
from ui import plain, tallies


def show(here: Session, known: Indicator, group: str, area: str | None) -> str | None:
    """The line; the last day of the month that was just clicked, else None."""
    table = trends.table(tallies.trend(here.actor, known.name, group, area), known)
    st.header("逐月", help=plain.text(_about(known)))
    if table["value"].notna().sum() == 0:
        st.caption("还没有结存过的月份。一个月结束后，第一次打开这里时结存。")
        return None
    key = f"trend-{area or 'all'}-{group}-{known.name}"
    said = [trends.said(row) for _, row in table.iterrows()]
    event = st.plotly_chart(
        charts.line(table, known.unit, said),
        theme=None,
        key=key,
        on_select="rerun",
        selection_mode="points",
        config={"displayModeBar": False},
        alt="；".join(said),
    )
    st.caption(plain.text(_last(table)))
    return _clicked(event, key)


def _about(known: Indicator) -> str:
    ends = "当月" if known.monthly else "月末"
    return f"{known.label}：{known.definition}。每点是{ends}的数字，月份结束后结存，以后不再改动。"


def _last(table: pd.DataFrame) -> str:
    """The latest month in words, and how many were corrected since."""
    corrected = int((table["now_text"] != "").sum())
    more = f"{corrected} 个月结存后有更正（菱形）。" if corrected else "结存后没有更正。"
    return f"{trends.said(table.iloc[-1])}。{more}点一个月，看月末的名单。"


def _clicked(event: dict[str, dict[str, list[dict[str, list[str]]]]], key: str) -> str | None:
    """A selection stays when the page runs anew: only a new one counts."""
    points = event["selection"]["points"]
    month = str(points[0]["customdata"][0]) if points else None
    if st.session_state.get(f"seen-{key}") == month:
        return None
    st.session_state[f"seen-{key}"] = month
    return spans.whole(month).last if month else None
