"""Bars of n/N on a page: read by who cannot see them, and clicked."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts import coverage as charts


def clicked(
    table: pd.DataFrame, label: str, column: str, sides: tuple[str, str], key: str
) -> str | None:
    """Shows a bar a row of `table`, named by `label`; what stands in `column` of the bar that was
    clicked, else None. `sides` are the words for the done and the undone part."""
    event = st.plotly_chart(
        charts.bars(table, label, column, *sides),
        theme=None,
        key=key,
        on_select="rerun",
        selection_mode="points",
        config={"displayModeBar": False},
        alt="；".join(f"{row[label]} {charts.written(row)}" for _, row in table.iterrows()),
    )
    points = event["selection"]["points"]
    return str(points[0]["customdata"][0]) if points else None
