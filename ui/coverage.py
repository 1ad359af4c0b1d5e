"""Coverage of one community: bars of its groups, months, and the names behind a mark."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import streamlit as st

from db import dates
from db.actors import Actor
from db.indicators import Indicator
from db.sessions import Session
from logic import coverage as shaping
from logic import whole
from ui import bars, behind, data, plain, tallies, trend
from ui.links import Go

FIRST, INDICATOR = "pairing", "indicator"  # the figure to begin with; the key of the choice
CHOSEN = "indicator-asked"  # left by a click for the next run
HOUSEHOLDS = "户"
EARLIEST = dt.date(1990, 1, 1)


def indicator() -> str:
    """The name of the indicator that is looked at, on every page the same."""
    return str(st.session_state.get(INDICATOR) or FIRST)


def offered(actor: Actor) -> list[str]:
    """The indicators whose figures the account may know."""
    return [
        name
        for name in data.indicators()
        if all(data.may(actor, one)["count"] for one in data.indicator(name).reads)
    ]


def choose(actor: Actor) -> None:
    """Which of those offered is looked at, with its definition one hover away."""
    names = offered(actor)
    if asked := st.session_state.pop(CHOSEN, None):
        st.session_state[INDICATOR] = asked
    if st.session_state.get(INDICATOR) not in names:
        st.session_state[INDICATOR] = names[0]
    st.selectbox(
        "指标",
        names,
        format_func=lambda name: data.indicator(name).label,
        help=behind.about(data.indicator(indicator()), dates.today().isoformat()),
        key=INDICATOR,
        width=300,
        persist_state="session",
    )


def group_key(area: str) -> str:
    """The choice of a group is remembered for each community."""
    return f"group-{area}"


def table(actor: Actor, area: str, day: str) -> pd.DataFrame:
    """The community's figures of groups, most done first."""
    return shaping.ordered(tallies.coverage(actor, indicator(), day, area))


def chosen(found: pd.DataFrame, area: str) -> pd.Series | None:
    """The row of the group that was clicked, else of the one to speak of first."""
    for group in (st.session_state.get(group_key(area)), shaping.leading(found)):
        rows = found[found["group_id"] == group]
        if len(rows):
            return rows.iloc[0]
    return None


def sentence(here: Session, area: str) -> str:
    """What the community's page opens with; empty where there is nothing to speak of."""
    known, day = data.indicator(indicator()), dates.today().isoformat()
    if known.grouped:
        group = chosen(table(here.actor, area, day), area)
        return "" if group is None else shaping.sentence(group, known.done, known.undone)
    row = tallies.whole(here.actor, known.name, day, area).iloc[0]
    n, total = amount(row["n"]), amount(row["N"])
    return whole.sentence(known, n, total, tallies.goal(here.actor, known.name))


def amount(cell: Any) -> float | None:
    """A number of a table, None where it is hidden."""
    return None if pd.isna(cell) else float(cell)


def show(here: Session, area: str, go: Go) -> None:
    """The list behind what is chosen, and beside it the bars and the months."""
    known = data.indicator(indicator())
    names, chart = _rooms(here, known.reads)
    with chart:
        day = _day(area)
        row = _bars(here, known, area, day) if known.grouped else _whole(here, known, area, day)
        group = "" if row is None or not known.grouped else str(row["group_id"])
        if row is not None and (clicked := trend.show(here, known, group, area)):
            st.session_state[_asked(area)] = dt.date.fromisoformat(clicked)
            st.rerun()
    if row is None:
        (names or chart).caption("这一天还没有登记的服务对象。")
    elif names is not None:
        with names:
            _list(here, known, area, row, day, go)


def _asked(area: str) -> str:
    """Where a click leaves the day for the next run: a widget's own can't be set once it is
    drawn."""
    return f"asked-day-{area}"


def _day(area: str) -> str:
    key = f"day-{area}"
    st.session_state.setdefault(key, dates.today())
    if asked := st.session_state.pop(_asked(area), None):
        st.session_state[key] = asked
    day = st.date_input(
        "统计日期",
        min_value=EARLIEST,
        max_value=dates.today(),
        format="YYYY-MM-DD",
        width=200,
        key=key,
    )
    return (day or dates.today()).isoformat()


def _rooms(here: Session, reads: tuple[str, ...]) -> tuple[Any, Any]:
    """Where the names go, if the account may see names, and where the bars go."""
    if all(data.may(here.actor, name)["read"] for name in reads):
        names, chart = st.columns([5, 6], gap="large")
        return names, chart
    return None, st.container()


def _bars(here: Session, known: Indicator, area: str, day: str) -> pd.Series | None:
    """Every group; the row of the one that is chosen."""
    found = table(here.actor, area, day)
    filled = found[found["N"].fillna(1) > 0]
    if not len(filled):
        return None
    key = f"bars-{area}-{known.name}"
    group = bars.clicked(filled, "group", "group_id", (known.done, known.undone), key)
    if group and st.session_state.get(group_key(area)) != group:
        st.session_state[group_key(area)] = group
        st.rerun()
    empty = "、".join(found[found["N"].fillna(1) == 0]["group"])
    none = f"没有登记的：{empty}。" if empty and len(filled) > 1 else ""
    st.caption(f"{known.label}：{known.definition}。各类人员有交叉，不能相加。{none}")
    return chosen(found, area)


def _whole(here: Session, known: Indicator, area: str, day: str) -> pd.Series:
    """The one figure of the community, with its target and what stands beside it."""
    row = tallies.whole(here.actor, known.name, day, area).iloc[0]
    goal = tallies.goal(here.actor, known.name)
    st.metric(known.label, row["text"], border=True, help=behind.about(known, day))
    said = [whole.aim(goal, known), f"{known.label}：{known.definition}"]
    if known.beside:
        other = data.indicator(known.beside)
        beside = tallies.whole(here.actor, other.name, day, area).iloc[0]
        said.insert(0, f"{other.label} {beside['text']}")
    st.caption(plain.text("。".join(one for one in said if one) + "。"))
    return row


def _list(here: Session, known: Indicator, area: str, row: pd.Series, day: str, go: Go) -> None:
    group = str(row["group_id"]) if known.grouped else ""
    words = row["group"] if known.grouped else known.label
    behind.heading(f"{words}名单", known, day)
    if day != dates.today().isoformat():
        st.caption(f"按现在的记录算到 {day}；结存的数字在“逐月”里。")
    if pd.isna(row["N"]):
        st.caption("人数太少，不显示。")
        return
    register = known.about or ("households" if row["unit"] == HOUSEHOLDS else "residents")
    rows_are_n = known.totals is None
    counts = (amount(row["n"]), amount(row["rest"])) if rows_are_n else (None, None)
    mark = tallies.Mark(known.name, group, day, area, served=False)
    behind.show(here, known, mark, register, counts, go)
