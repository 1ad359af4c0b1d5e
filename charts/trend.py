"""A figure month by month: a line of what was closed, a diamond where it was corrected since."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts.coverage import DONE, FONT, INK, plain

HEIGHT, CORRECTED = 190, "#C8793A"

LAYOUT = {
    "height": HEIGHT,
    "margin": {"l": 0, "r": 8, "t": 10, "b": 4},
    "showlegend": False,
    "font": {"family": FONT, "size": 13, "color": INK},
    "plot_bgcolor": "rgba(0,0,0,0)",
    "paper_bgcolor": "rgba(0,0,0,0)",
    "hoverlabel": {"font": {"family": FONT}},
    "clickmode": "event+select",
    "xaxis": {
        "type": "category",
        "fixedrange": True,
        "nticks": 6,
        "tickangle": 0,
        "automargin": True,
        "showgrid": False,
    },
}


def line(table: pd.DataFrame, unit: str, said: list[str]) -> go.Figure:
    """`table` has month, value and now; a click on a mark gives its month as customdata.

    `said` is what opens on hover, a sentence a month.
    """
    figure = go.Figure(
        [
            _marks(table, "value", DONE, "circle", said, joined=True),
            _marks(table, "now", CORRECTED, "diamond-open", said, joined=False),
        ]
    )
    top = max([0.0, *table["value"].dropna(), *table["now"].dropna()])
    figure.update_layout(**LAYOUT, yaxis=_upright(top, unit))
    return figure


def _upright(top: float, unit: str) -> dict[str, object]:
    """From nought to a little above the largest figure."""
    return {
        "fixedrange": True,
        "range": [0, top * 1.15 if top > 0 else 1],
        "nticks": 4,
        "ticksuffix": unit if unit == "%" else "",
        "gridcolor": "#E6E4DE",
        "automargin": True,
    }


def _marks(
    table: pd.DataFrame, column: str, colour: str, symbol: str, said: list[str], *, joined: bool
) -> go.Scatter:
    return go.Scatter(
        x=table["month"],
        y=table[column],
        mode="lines+markers" if joined else "markers",
        customdata=table[["month"]].to_numpy(),
        hovertext=[plain(one) for one in said],
        hovertemplate="%{hovertext}<extra></extra>",
        line={"color": colour, "width": 2},
        marker={"color": colour, "size": 9 if joined else 13, "symbol": symbol},
        connectgaps=False,
    )
