"""Communities × groups on a page, the darker the more is done."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from logic import coverage as shaping
from ui import coverage, data, lists

HOT = 50  # communities at first: drawing one coloured cell after the other takes its time


def show(
    found: pd.DataFrame,
    one: pd.DataFrame,
    chosen: list[data.Row],
    opened: Callable[[str, pd.DataFrame], None],
) -> None:
    """`found` has every group, `one` the group that is compared; a click calls `opened`."""
    known = data.indicator(coverage.indicator())
    if not (found["N"].fillna(1) > 0).any():
        return
    st.header(f"{known.label}：社区 × 类别")
    names = {area["id"]: area["name"] for area in _first(one, chosen)}
    written, shares = shaping.crossed(found, names)
    st.caption(f"{known.definition}。点一格，看这个社区这一类的名单。")
    cell = lists.crossed(written, shares, f"heat-{known.name}")
    if cell is not None:
        area, label = cell
        opened(area, found[(found["area_id"] == area) & (found["group"] == label)])


def _first(one: pd.DataFrame, chosen: list[data.Row]) -> list[data.Row]:
    """Of many communities those with the most left to do, unless all are wanted."""
    if len(chosen) <= HOT or st.toggle(f"显示全部 {len(chosen):,} 个社区"):
        return chosen
    st.caption(f"先列出没有覆盖的人最多的 {HOT} 个社区。")
    rest = dict(zip(one["area_id"], one["rest"].fillna(0), strict=True))
    return sorted(chosen, key=lambda area: -rest.get(area["id"], 0))[:HOT]
