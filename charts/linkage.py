"""The stages of the linkage chain as bars: how many needs came so far, and how long it took."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts import coverage as bars


def funnel(table: pd.DataFrame) -> go.Figure:
    """One bar a row of `table` (stage, n, N, days, of), the first stage on top."""
    share = table["n"] / table["N"].where(table["N"] > 0, 1)
    figure = go.Figure(
        go.Bar(
            x=share,
            y=table["stage"],
            orientation="h",
            marker={"color": bars.DONE, "line": {"width": 0}},
            hovertext=[f"{row.stage}：{written(row)}" for row in table.itertuples()],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    layout = bars.LAYOUT | {"margin": {"l": 0, "r": 170, "t": 4, "b": 4}}
    figure.update_layout(**layout, height=len(table) * bars.BAR + bars.EDGE)
    figure.update_yaxes(ticktext=[f"{one}{bars.GAP}" for one in table["stage"]],
                        tickvals=list(table["stage"]))  # fmt: skip
    figure.update_layout(annotations=[_said(row) for row in table.itertuples()])
    return figure


def written(row: object) -> str:
    """12/14　中位 9 天（11 件）; without days where none is known."""
    n, whole, days, known = (getattr(row, name) for name in ("n", "N", "days", "of"))
    took = "" if pd.isna(days) else f"　中位 {days:g} 天（{known:,} 件）"
    return f"{n:,}/{whole:,}{took}" if whole else "—"


def _said(row: object) -> dict[str, object]:
    return {
        "x": 1,
        "y": getattr(row, "stage", ""),
        "xref": "paper",
        "xanchor": "left",
        "xshift": 10,
        "text": written(row),
        "showarrow": False,
        "align": "left",
        "font": {"size": 14, "color": bars.INK},
    }
