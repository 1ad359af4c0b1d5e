"""May this change be made, and to what? One change against the row as it is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from db import dates
from db.changes import Change, Values
from db.fields import Field
from db.parsers import Refused, short
from db.permissions import Grant, Sight

DELETE, ADD, CHANGE, RESTORE = "delete", "add", "change", "restore"


@dataclass
class Verdict:
    """What a change comes to: the cells to write, or those that conflict, or why it is refused."""

    verb: str
    written: Values = field(default_factory=dict)
    theirs: Values = field(default_factory=dict)
    reason: str = ""
    column: str | None = None

    @property
    def good(self) -> bool:
        return not self.reason and not self.theirs


def verb(change: Change, stored: Values | None) -> str:
    """What the change means to do: it depends on what is there."""
    if change.after is None:
        return DELETE
    if change.before is not None:
        return CHANGE
    return RESTORE if stored is not None and stored["deleted_at"] else ADD


def judge(change: Change, stored: Values | None, grant: Grant, late: set[str]) -> Verdict:
    """The verdict on the change's own words; `late`: masked fields that others wrote meanwhile."""
    verdict = Verdict(verb(change, stored))
    if verdict.verb in (ADD, RESTORE):
        return _added(verdict, change, stored, grant)
    if stored is None or stored["deleted_at"]:
        verdict.reason = "这一行已不存在，可能已被别人删除"
        return verdict
    if verdict.verb == DELETE:
        seen = change.before or {}
        verdict.theirs = {n: stored[n] for n, v in seen.items() if _moved(n, v, stored, grant)}
        return verdict
    return _changed(verdict, change, stored, grant, late)


def _added(verdict: Verdict, change: Change, stored: Values | None, grant: Grant) -> Verdict:
    if stored is not None and verdict.verb == ADD:
        verdict.reason = "这一行已经存在"
        return verdict
    given = {n: v for n, v in (change.after or {}).items() if n not in ("id", "area_id")}
    for name, one in grant.register.fields.items():
        raw = given.pop(name, None)
        try:
            value = _parsed(one, _default(one) if raw in (None, "") else raw)
        except Refused as refusal:
            return _refuse(verdict, str(refusal), name)
        if value is not None and grant.sight(one) is Sight.HIDDEN:
            return _refuse(verdict, f"您不能填写“{one.label}”", name)
        verdict.written[name] = value
    if given:
        return _refuse(verdict, _unknown(next(iter(given))), None)
    return verdict


def _default(one: Field) -> Any:
    return dates.today().isoformat() if one.default == "today" else one.default


def _changed(
    verdict: Verdict, change: Change, stored: Values, grant: Grant, late: set[str]
) -> Verdict:
    before = change.before or {}
    for name, raw in (change.after or {}).items():
        if name in before and before[name] == raw:
            continue  # shown along with the edit, not edited
        one = grant.fields.get(name)
        if one is None:
            return _refuse(verdict, _unknown(name), None)
        if one.readonly:
            return _refuse(verdict, _readonly(one), name)
        try:
            value = _parsed(one, raw)
        except Refused as refusal:
            return _refuse(verdict, str(refusal), name)
        if value == stored[name]:
            continue
        if name in late or _moved(name, before.get(name), stored, grant):
            verdict.theirs[name] = stored[name]
        verdict.written[name] = value
    return verdict


def _parsed(one: Field, raw: Any) -> Any:
    if one.sensitive and isinstance(raw, str) and "*" in raw:
        raise Refused(f"“{one.label}”读到遮盖后的{short(raw)}，没有保存；要改请填完整的新内容")
    return one.parse(raw)


def _moved(name: str, seen: Any, stored: Values, grant: Grant) -> bool:
    """Whether the stored cell is no longer what the author saw."""
    one = grant.fields.get(name)
    if one is None:
        return False
    if seen == stored[name]:
        return False
    if stored[name] is not None and grant.sight(one) is Sight.MASKED:
        return bool(seen != one.mask(stored[name]))
    try:
        now = None if seen in (None, "") else one.kind.parse(seen, one)
    except Refused:
        return True
    return bool(now != stored[name])


def _refuse(verdict: Verdict, reason: str, column: str | None) -> Verdict:
    verdict.reason, verdict.column = reason, column
    return verdict


def _unknown(name: str) -> str:
    return f"没有{short(name)}这一列，或您不能修改它"


def _readonly(one: Field) -> str:
    return f"“{one.label}”不能修改"
