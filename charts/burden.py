"""Hours a month, one colour a department: what lies on the communities, and from whom."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts.coverage import DONE, FONT, INK, plain

SHADES = (DONE, "#5B8DB0", "#9BB9CD", "#C7B37A", "#8A7B4F", "#6B8F71", "#B5651D", "#7A6C9D")
REST = "#C9C6BE"


def months(table: pd.DataFrame) -> go.Figure:
    """`table`: department × month in hours; those beyond the colours are one."""
    shown = table.iloc[: len(SHADES)]
    figure = go.Figure(
        [
            _bars(plain(str(name)), list(table.columns), list(row), SHADES[at])
            for at, (name, row) in enumerate(shown.iterrows())
        ]
    )
    if len(table) > len(SHADES):
        others = list(table.iloc[len(SHADES) :].sum())
        figure.add_trace(_bars("其他部门", list(table.columns), others, REST))
    figure.update_layout(
        barmode="stack",
        bargap=0.3,
        height=340,
        margin={"l": 0, "r": 0, "t": 8, "b": 8},
        font={"family": FONT, "size": 13, "color": INK},
        plot_bgcolor="rgba(0,0,0,0)",
        paper_bgcolor="rgba(0,0,0,0)",
        legend={"orientation": "h", "y": -0.16, "x": 0, "traceorder": "normal"},
        showlegend=True,
        xaxis={"type": "category", "fixedrange": True, "nticks": 6, "tickangle": 0},
        yaxis={
            "ticksuffix": " 小时",
            "fixedrange": True,
            "gridcolor": "#E6E4DE",
            "automargin": True,
        },
    )
    return figure


def _bars(name: str, months: list[str], hours: list[float], colour: str) -> go.Bar:
    return go.Bar(
        x=months,
        y=hours,
        name=name,
        marker={"color": colour, "line": {"width": 0}},
        hovertemplate=f"{name}　%{{x}}　%{{y:,.1f}} 小时<extra></extra>",
    )
