"""Months that are over as a table: what was closed, and what was corrected since."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from db.indicators import Indicator
from logic import whole

COLUMNS = ["month", "value", "text", "now", "now_text", "closed"]


def table(months: Iterable[Any], known: Indicator) -> pd.DataFrame:
    """A row a month: the figure as it was closed, and as it would be now where it was corrected."""
    rows = []
    for one in months:
        corrected = one.N_now is not None
        now = whole.value(one.n_now, one.N_now, known) if corrected else None
        rows.append(
            [
                one.month,
                whole.value(one.n, one.N, known),
                whole.written(one.n, one.N, known),
                now,
                whole.written(one.n_now, one.N_now, known) if corrected else "",
                one.closed_at[:10],
            ]
        )
    made = pd.DataFrame(rows, columns=COLUMNS)
    return made.astype({"value": "float64", "now": "float64"})


def said(row: pd.Series) -> str:
    """2026-10：20/74，后来更正为 21/74."""
    later = f"，后来更正为 {row['now_text']}" if row["now_text"] else ""
    return f"{row['month']}：{row['text']}{later}"
