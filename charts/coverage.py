"""Bars of n/N: blue for what is covered, grey for the rest of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

DONE, REST, INK = "#1F5F8B", "#E6E4DE", "#22262B"
FONT = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, Noto Sans SC, sans-serif"
GAP = "  "  # between a label and its bar
BAR, EDGE = 34, 24  # pixels a bar with its gap, and around all of them

LAYOUT = {
    "barmode": "stack",
    "bargap": 0.34,
    "margin": {"l": 0, "r": 130, "t": 4, "b": 4},
    "showlegend": False,
    "font": {"family": FONT, "size": 14, "color": INK},
    "plot_bgcolor": "rgba(0,0,0,0)",
    "paper_bgcolor": "rgba(0,0,0,0)",
    "hoverlabel": {"font": {"family": FONT}},
    "xaxis": {"visible": False, "range": [0, 1], "fixedrange": True},
    "yaxis": {
        "type": "category",
        "autorange": "reversed",
        "fixedrange": True,
        "ticks": "",
        "automargin": True,
        "tickfont": {"size": 14, "color": INK},
    },
}


def bars(table: pd.DataFrame, label: str, key: str, done: str, undone: str) -> go.Figure:
    """One bar a row of `table` (label, key, n, N, rest, share), the first on top.

    A click on either part of a bar gives its `key` as customdata. Bars stand by their keys:
    two names may be alike, and a name of digits is no number.
    """
    known = table["share"].notna()  # where there is nobody to count there is no bar at all
    share = table["share"].astype(float).fillna(0)
    figure = go.Figure(
        [
            _part(share, table, (label, key, "n"), done, DONE),
            _part((1 - share).where(known, 0), table, (label, key, "rest"), undone, REST),
        ]
    )
    figure.update_layout(**LAYOUT, height=len(table) * BAR + EDGE)
    figure.update_yaxes(
        tickvals=list(table[key]), ticktext=[_name(one) + GAP for one in table[label]]
    )
    figure.update_layout(annotations=[_figure(row[key], row) for _, row in table.iterrows()])
    return figure


def _name(text: str) -> str:
    """A label no longer than fits beside bars on a phone."""
    return plain(text if len(text) <= 10 else f"{text[:9]}…")


def plain(text: str) -> str:
    """The text as it stands: Plotly reads a little HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _part(
    width: pd.Series, table: pd.DataFrame, columns: tuple[str, str, str], words: str, colour: str
) -> go.Bar:
    label, key, count = columns
    pairs = zip(table[label], table[count], strict=True)
    return go.Bar(
        x=width,
        y=table[key],
        orientation="h",
        name=words,
        customdata=table[[key]].to_numpy(),
        hovertext=[f"{plain(one)}：{words} {'—' if pd.isna(n) else f'{n:,g}'}" for one, n in pairs],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"color": colour, "line": {"width": 0}},
    )


def _figure(place: str, row: pd.Series) -> dict[str, object]:
    """n/N and the share, always in the same place right of the bar."""
    return {
        "x": 1,
        "y": place,
        "xref": "paper",
        "xanchor": "left",
        "xshift": 10,
        "text": written(row),
        "showarrow": False,
        "align": "left",
        "font": {"size": 14, "color": INK},
    }


def written(row: pd.Series | Mapping[Any, Any]) -> str:
    """20/74 27.0%; — where there is nobody, 少于 5 where there are too few to show.

    A row that brings its own words (`text`) keeps them.
    """
    if "text" in row:
        return str(row["text"])
    if pd.isna(row["N"]):
        return "少于 5"
    if not row["N"]:
        return "—"
    if pd.isna(row["n"]):
        return f"不显示/{row['N']:,}"
    return f"{row['n']:,}/{row['N']:,}  {row['share']:.1%}"
