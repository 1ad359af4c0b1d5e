"""A row of figures: a label, a value with its unit, what stands behind it one hover away."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st


class Figure(NamedTuple):
    """`note` stands small below the value, `help` opens on hover."""

    label: str
    value: str
    note: str = ""
    help: str | None = None


def row(figures: list[Figure], key: str) -> None:
    """Cards of equal height side by side, two by two on a phone."""
    with st.container(key=f"figures-{key}"):
        for column, figure in zip(st.columns(len(figures), gap="small"), figures, strict=True):
            with column:
                st.metric(
                    figure.label,
                    figure.value,
                    help=figure.help,
                    border=True,
                    height="stretch",
                    delta=figure.note or None,
                    delta_color="off",
                    delta_arrow="off",
                )
