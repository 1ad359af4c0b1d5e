"""Who serves where, as a picture: organisations left, communities in the middle, workers right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from charts.coverage import DONE, FONT, INK, plain

LINE, ROW = "#B9C4CC", 30  # pixels a name
COLUMNS = (0.0, 1.0, 2.0)
SIDES = ("middle left", "top center", "middle right")
SHADES = ("#8A7B4F", DONE, "#6B8F71")
LONGEST = 9
Edge = tuple[str, str]


def picture(columns: Sequence[Mapping[str, str]], edges: Sequence[Edge]) -> go.Figure:
    """`columns`: id → name, three of them from left to right; `edges` join ids of any two."""
    places = {
        one: (x, _height(at, len(column)))
        for x, column in zip(COLUMNS, columns, strict=True)
        for at, one in enumerate(column)
    }
    figure = go.Figure(_lines([edge for edge in edges if set(edge) <= set(places)], places))
    for column, side, shade in zip(columns, SIDES, SHADES, strict=True):
        figure.add_trace(_dots(column, places, side, shade))
    tallest = max((len(column) for column in columns), default=1)
    figure.update_layout(
        height=60 + ROW * max(tallest, 4),
        margin={"l": 0, "r": 0, "t": 20, "b": 4},
        showlegend=False,
        font={"family": FONT, "size": 13, "color": INK},
        plot_bgcolor="rgba(0,0,0,0)",
        paper_bgcolor="rgba(0,0,0,0)",
        xaxis={"visible": False, "range": [-0.95, 2.5], "fixedrange": True},
        yaxis={"visible": False, "range": [-0.08, 1.1], "fixedrange": True},
    )
    return figure


def _height(at: int, count: int) -> float:
    """The middle of the at-th of equal parts, from above."""
    return 1 - (at + 0.5) / count


def _lines(edges: Sequence[Edge], places: Mapping[str, tuple[float, float]]) -> go.Scatter:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for start, end in edges:
        xs += [places[start][0], places[end][0], None]
        ys += [places[start][1], places[end][1], None]
    return go.Scatter(x=xs, y=ys, mode="lines", line={"color": LINE, "width": 1.5},
                      hoverinfo="skip")  # fmt: skip


def _dots(
    column: Mapping[str, str], places: Mapping[str, tuple[float, float]], side: str, shade: str
) -> go.Scatter:
    names = [plain(name) for name in column.values()]
    return go.Scatter(
        x=[places[one][0] for one in column],
        y=[places[one][1] for one in column],
        mode="markers+text",
        text=[name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…" for name in names],
        textposition=side,
        hovertext=names,
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"size": 11, "color": shade},
        cliponaxis=False,
    )
