"""Communities × figures of whole communities, the darker the nearer to the best or the target."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from db.sessions import Session
from ui import coverage, data, lists, tallies
from ui.links import Go


def show(here: Session, names: dict[str, str], day: str, go: Go) -> None:
    """A click on a cell opens that figure of that community."""
    wanted = [one for one in coverage.offered(here.actor) if not data.indicator(one).grouped]
    labels = {data.indicator(one).label: one for one in wanted}
    written = pd.DataFrame({"社区": names})
    shares = pd.DataFrame({"社区": [None] * len(names)}, index=list(names), dtype=object)
    for label, name in labels.items():
        try:
            found = tallies.whole(here.actor, name, day, None).set_index("area_id").loc[list(names)]
        except data.Forbidden:
            continue
        written[label] = found["text"]
        shares[label] = [None if pd.isna(one) else float(one) for one in found["share"]]
    st.header("社区 × 指标")
    st.caption("这些指标说的是整个社区，不分类别。点一格，看这个社区的这一项。")
    cell = lists.crossed(written, shares, "heat-whole")
    if cell is not None:
        area, label = cell
        st.session_state[coverage.CHOSEN] = labels[label]
        go.community(area)
