"""Figures in words: published ones with their qualifier, counted ones with n/N and one decimal."""

from __future__ import annotations

import re

PARTS = re.compile(r"^(约|至少)?(\d+(?:\.\d+)?)(余|多)?$")
NONE = "—"


def published(figure: str | None, unit: str) -> str:
    """12500多 → 12,500 多人; — where nothing is published."""
    match = PARTS.match(figure or "")
    if not match:
        return NONE
    before, number, after = match.groups()
    return f"{before or ''}{' ' if before else ''}{_thousands(number)} {after or ''}{unit}"


def _thousands(number: str) -> str:
    return f"{float(number):,.{len(number.partition('.')[2])}f}"


def number(figure: str | None) -> float | None:
    """The bare number of a published figure, for orders of magnitude only."""
    match = PARTS.match(figure or "")
    return float(match[2]) if match else None


def count(value: int | None, unit: str = "") -> str:
    """7421 → 7,421 人."""
    return NONE if value is None else f"{value:,} {unit}".rstrip()


def share(n: float | None, total: float | None) -> str:
    """20 of 74 → 27.0%; — where there is nobody to count."""
    return NONE if n is None or not total else f"{n / total:.1%}"


def of(n: int | None, total: int | None) -> str:
    """20 of 74 → 20/74（27.0%）."""
    if not total:
        return NONE
    return f"少于 5 的数不显示/{total:,}" if n is None else f"{n:,}/{total:,}（{share(n, total)}）"
