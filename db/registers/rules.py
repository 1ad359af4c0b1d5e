"""What must hold across a row: each rule takes the whole row and gives a sentence or None."""

from __future__ import annotations

from typing import Any


def ends_after_start(row: dict[str, Any]) -> str | None:
    start, end = row.get("started_on"), row.get("ended_on")
    if start and end and end < start:
        return f"结束日期 {end} 早于开始日期 {start}，请核对"
    return None


def person_or_household(row: dict[str, Any]) -> str | None:
    if bool(row.get("resident_id")) == bool(row.get("household_id")):
        return "“居民”和“户”必须填一项，且只填一项"
    return None
