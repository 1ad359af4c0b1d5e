"""Changes as lines of JSON: what the shell reads, and what it answers to each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from db.changes import Change, Outcome
from db.parsers import Refused


def read(file: Iterable[str]) -> Iterator[Change]:
    """A Change for each line that is not empty; raises Refused with the line's number."""
    try:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield change(number, line)
    except UnicodeDecodeError:
        raise Refused("文件应是 UTF-8 编码的文本") from None


def change(number: int, line: str) -> Change:
    """{"register", "id", "before", "after"}: without an id it adds, with no `after` it deletes."""
    try:
        said = json.loads(line)
        before, after = said.get("before"), said.get("after")
        sides = all(side is None or isinstance(side, dict) for side in (before, after))
        if sides and isinstance(said["register"], str):
            if said.get("id") is None:
                return Change(said["register"], None, None, after or {})
            return Change(said["register"], str(said["id"]), before, after)
    except (ValueError, AttributeError, KeyError, RecursionError):
        pass
    raise Refused(f"第 {number} 行不是一条改动，应有 register、id、before、after")


def said(outcome: Outcome) -> dict[str, Any]:
    """The answer to one line."""
    return {
        "status": outcome.status,
        "id": outcome.id,
        "theirs": outcome.theirs or None,
        "reason": outcome.reason or None,
    }
