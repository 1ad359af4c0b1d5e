"""The history of a row as a table that a clerk reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from db.dates import BEIJING
from logic.people import shown

VERBS = {"add": "新增", "change": "修改", "delete": "删除", "restore": "恢复", "reveal": "查看号码"}
SOURCES = {
    "grid": "表格", "shell": "命令行", "undo": "撤销", "init": "初始数据",
    "import": "导入", "api": "接口", "reveal": "居民页", "page": "办事页",
    "apart": "查找重复", "merge": "查找重复",
    "proposal": "类别建议", "plan": "走访计划", "handover": "移交", "public": "居民自助页",
}  # fmt: skip


def words(entry: Mapping[str, Any]) -> dict[str, str]:
    """What was done, and from where, as a clerk says it."""
    verb, source = entry["verb"], entry["source"]
    return {"did": VERBS.get(verb, verb), "via": SOURCES.get(source, source)}


def table(entries: Iterable[Mapping[str, Any]], labels: Mapping[str, str]) -> pd.DataFrame:
    """时间, 谁, 做了什么, 内容, 来自; `labels` maps field names to their words."""
    rows = [
        {
            "时间": when(entry["when"]),
            "谁": entry["who"],
            "做了什么": words(entry)["did"],
            "内容": _content(entry, labels),
            "来自": words(entry)["via"],
        }
        for entry in entries
    ]
    return pd.DataFrame(rows, columns=["时间", "谁", "做了什么", "内容", "来自"])


def when(moment: str) -> str:
    """A stored moment (UTC) as the clock on the wall in 咸宁 showed it."""
    return dt.datetime.fromisoformat(moment).astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")


def _content(entry: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    before, after, words = entry["before"] or {}, entry["after"] or {}, entry["labels"]
    if entry["verb"] == "reveal":
        looked = "、".join(labels.get(name, name) for name in before)
        return f"{looked}，理由：{entry['reason']}"
    if entry["verb"] == "change":
        changed = (
            f"{labels.get(name, name)}：{shown(before.get(name), words)} → {shown(value, words)}"
            for name, value in after.items()
        )
        return "；".join(changed)
    cells = after or before
    return "；".join(
        f"{labels.get(name, name)}：{shown(value, words)}" for name, value in cells.items() if value
    )
