"""Coverage of one community: the sentence, the bars, and the names behind the bar clicked."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import streamlit as st

from db import dates
from db.actors import Actor
from db.sessions import Session
from logic import coverage as shaping
from logic import people as persons
from ui import bars, data, lists, plain
from ui.links import Go

FIRST, INDICATOR = "pairing", "indicator"  # the figure to begin with; the key of the choice
EARLIEST = dt.date(1990, 1, 1)


def indicator() -> str:
    """The name of the indicator that is looked at, on every page the same."""
    return str(st.session_state.get(INDICATOR) or FIRST)


def choose() -> None:
    """Which indicator is looked at, with its definition one hover away."""
    names = data.indicators()
    st.session_state.setdefault(INDICATOR, FIRST)
    st.segmented_control(
        "指标",
        names,
        format_func=lambda name: data.indicator(name).label,
        required=True,
        label_visibility="collapsed",
        key=INDICATOR,
        persist_state="session",
    )


def group_key(area: str) -> str:
    """The choice of a group is remembered for each community."""
    return f"group-{area}"


def table(actor: Actor, area: str, day: str) -> pd.DataFrame:
    """The community's figures, most done first."""
    return shaping.ordered(data.coverage(actor, indicator(), day, area))


def chosen(found: pd.DataFrame, area: str) -> pd.Series | None:
    """The row of the group that was clicked, else of the one to speak of first."""
    for group in (st.session_state.get(group_key(area)), shaping.leading(found)):
        rows = found[found["group_id"] == group]
        if len(rows):
            return rows.iloc[0]
    return None


def show(here: Session, area: str, go: Go) -> None:
    """The list behind the group that is chosen, and beside it the bars of all groups."""
    known = data.indicator(indicator())
    choose()
    names, chart = _rooms(here, known.reads)
    with chart:
        day = st.date_input(
            "统计日期",
            dates.today(),
            min_value=EARLIEST,
            max_value=dates.today(),
            format="YYYY-MM-DD",
            width=200,
        )
        found = table(here.actor, area, (day or dates.today()).isoformat())
        _bars(found, area, known.done, known.undone)
        st.caption(f"{known.label}：{known.definition}。各类人员有交叉，不能相加。")
    row = chosen(found, area)
    if row is None:
        (names or chart).caption("这一天还没有登记的服务对象。")
    elif names is not None:
        with names:
            _list(here, area, row, (day or dates.today()).isoformat(), go)


def _rooms(here: Session, reads: tuple[str, ...]) -> tuple[Any, Any]:
    """Where the names go, if the account may see names, and where the bars go."""
    if all(data.may(here.actor, name)["read"] for name in reads):
        names, chart = st.columns([5, 6], gap="large")
        return names, chart
    return None, st.container()


def _bars(found: pd.DataFrame, area: str, done: str, undone: str) -> None:
    group = bars.clicked(found, "group", "group_id", (done, undone), f"bars-{area}-{indicator()}")
    if group and st.session_state.get(group_key(area)) != group:
        st.session_state[group_key(area)] = group
        st.rerun()


def _list(here: Session, area: str, row: pd.Series, day: str, go: Go) -> None:
    known = data.indicator(indicator())
    st.header(plain.text(f"{row['group']}名单"))
    found = data.behind(here.actor, indicator(), str(row["group_id"]), day, area)
    sides = {known.undone: found.unserved, known.done: found.served}
    side = st.segmented_control(
        "名单",
        list(sides),
        default=known.undone,
        required=True,
        format_func=lambda words: f"{words} {len(sides[words]):,}",
        label_visibility="collapsed",
        key=f"side-{area}-{row['group_id']}-{known.name}",
    )
    _people(
        here,
        sides[side],
        found.unit,
        go,
        key=f"list-{area}-{row['group_id']}-{side}-{day}-{known.name}",
    )


def _people(here: Session, ids: tuple[str, ...], unit: str, go: Go, key: str) -> None:
    if not ids:
        st.caption("名单为空。")
        return
    st.caption("点一行，打开这个人的页面。" if unit == "人" else "点一行，打开户主的页面。")
    shown = _table(here, ids, unit)
    opened = lists.clicked(shown, key, ids)
    if opened is not None and shown.index[opened]:
        go.resident(str(shown.index[opened]))


def _table(here: Session, ids: tuple[str, ...], unit: str) -> pd.DataFrame:
    """The people or the households behind a figure, indexed by the person to open."""
    if unit == "人":
        return persons.persons(data.rows(here.actor, "residents", ids), dates.today())
    homes = data.rows(here.actor, "households", ids)
    return persons.homes(homes, data.heads(here.actor, ids))
