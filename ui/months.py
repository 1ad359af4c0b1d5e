"""The months of a figure over all communities in reach, and the list behind one of them."""

from __future__ import annotations

import streamlit as st

from db import dates
from db.indicators import Indicator
from db.sessions import Session
from ui import behind, coverage, data, tallies, trend
from ui.links import Go


def show(here: Session, known: Indicator, group: str, go: Go) -> None:
    """The line; below it the names of the month that was clicked, all communities together."""
    key = f"month-{known.name}-{group}"
    if clicked := trend.show(here, known, group, None):
        st.session_state[key] = clicked
    day = st.session_state.get(key)
    if day is None or not all(data.may(here.actor, name)["read"] for name in known.reads):
        return
    behind.heading(f"{day} 的名单", known, day)
    mark = tallies.Mark(known.name, group, day, here.actor.area_id, served=False)
    behind.show(here, known, mark, _register(here, known, group), (None, None), go)


def _register(here: Session, known: Indicator, group: str) -> str:
    """Of what those behind the figure are."""
    if known.about:
        return known.about
    found = tallies.coverage(here.actor, known.name, dates.today().isoformat(), None)
    unit = found.loc[found["group_id"] == group, "unit"].iloc[0]
    return behind.HOMES if unit == coverage.HOUSEHOLDS else behind.PEOPLE
