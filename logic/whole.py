"""Figures of a whole community, such as beds for a thousand older people, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from db.exports import SMALL
from db.indicators import Indicator
from logic import figures

COLUMNS = ["area_id", "n", "N", "rest", "share", "text"]
Goal = tuple[float, float | None]  # at least, at most


def value(n: float | None, total: float | None, known: Indicator) -> float | None:
    """n of N in the indicator's unit; None where there is nothing to divide by or to show."""
    return None if n is None or not total else n / total * known.times


def amount(number: float | None) -> str:
    """1,234 or 1,234.5."""
    return "—" if number is None or pd.isna(number) else f"{number:,.1f}".removesuffix(".0")


def written(n: float | None, total: float | None, known: Indicator) -> str:
    """71.4%（25/35）; — where there is nobody to count."""
    if total is None:
        return f"少于 {SMALL}，不显示"
    if not total:
        return figures.NONE
    if n is None:
        return f"不显示（—/{amount(total)}）"
    found = value(n, total, known)
    gap = "" if known.unit == "%" else " "
    return f"{found:,.1f}{gap}{known.unit}（{amount(n)}/{amount(total)}）"


def aim(goal: Goal | None, known: Indicator) -> str:
    """目标 35 至 40 张."""
    if goal is None:
        return ""
    gap = "" if known.unit == "%" else " "
    least, most = goal
    upper = f" 至 {most:g}" if most is not None else ""
    return f"目标{'不低于' if most is None else ''} {least:g}{upper}{gap}{known.unit}"


def verdict(found: float | None, goal: Goal | None, known: Indicator) -> str:
    """低于目标 13%; 达到目标 …; nothing without a figure or a goal."""
    if found is None or goal is None:
        return ""
    least, most = goal
    said = aim(goal, known).replace("不低于", "")
    if found < least:
        return f"低于{said}"
    return f"高于{said}" if most is not None and found > most else f"达到{said}"


def sentence(known: Indicator, n: float | None, total: float | None, goal: Goal | None) -> str:
    """走访及时率 71.4%（25/35），10 次没有按时."""
    said = f"{known.label} {written(n, total, known)}"
    if verdict(value(n, total, known), goal, known):
        said += f"，{verdict(value(n, total, known), goal, known)}"
    if known.totals is None and known.undone and n is not None and total and total > n:
        said += f"，{amount(total - n)} {known.counts}{known.undone}"
    return said


def table(
    counted: Iterable[Mapping[str, Any]], areas: Iterable[str], known: Indicator
) -> pd.DataFrame:
    """One row an area: n, N, rest, the share that its bar is long (0 to 1), what is written."""
    found = {one["area_id"]: one for one in counted}
    rows = []
    for area in areas:
        n, total = (found[area]["n"], found[area]["N"]) if area in found else (0, 0)
        of = value(n, total, known)
        rest = None if n is None or total is None else total - n
        rows.append([area, n, total, rest, of, written(n, total, known)])
    made = pd.DataFrame(rows, columns=COLUMNS)
    longest = 100.0 if known.unit == "%" else float(made["share"].astype("float64").max() or 0)
    made["share"] = (made["share"].astype("float64") / longest) if longest > 0 else None
    return made.astype({"n": "Float64", "N": "Float64", "rest": "Float64"})
