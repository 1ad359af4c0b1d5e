"""May this change be made, and to what? One change against the row as it is stored."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from db import dates, ids
from db.changes import Change, Values
from db.doors.forms import Form
from db.fields import Field
from db.parsers import Refused, short
from db.permissions import Grant, Sight
from db.roles import FOUNDER

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


def judge(
    change: Change, stored: Values | None, grant: Grant, form: Form, late: Collection[str]
) -> Verdict:
    """The verdict on the change's own words; `late`: masked fields that others wrote meanwhile."""
    verdict = Verdict(verb(change, stored))
    if verdict.verb in (ADD, RESTORE):
        return _added(verdict, change, stored, grant, form)
    if stored is None or stored["deleted_at"]:
        verdict.reason = "这一行已不存在，可能已被别人删除"
        return verdict
    if verdict.verb == DELETE:
        seen = change.before or {}
        verdict.theirs = {n: stored[n] for n, v in seen.items() if _moved(n, v, stored, grant)}
        return verdict
    return _changed(verdict, change, stored, grant, form, late)


def _added(
    verdict: Verdict, change: Change, stored: Values | None, grant: Grant, form: Form
) -> Verdict:
    if stored is not None and verdict.verb == ADD:
        verdict.reason = "这一行已经存在"
        return verdict
    given, shown = change.after or {}, grant.fields
    if not given.keys() <= form.known:
        return _refuse(verdict, _unknown(min(given.keys() - form.known)), None)
    if stored is None and (written := form.added(given)) is not None:
        verdict.written = written
    else:
        for name, one in form.register.fields.items():
            try:
                verdict.written[name] = _one(one, given.get(name), stored, grant, form)
            except Refused as refusal:
                return _refuse(verdict, str(refusal), name)
    unseen = len(shown) < len(form.register.fields) and stored is None
    for name in form.register.fields.keys() - shown.keys() if unseen else ():
        if verdict.written[name] is not None:
            return _refuse(verdict, f"您不能填写“{form.register.fields[name].label}”", name)
    return verdict


def _one(one: Field, raw: Any, stored: Values | None, grant: Grant, form: Form) -> Any:
    """One cell of a row that is added or comes back."""
    if stored is not None and one.name not in grant.fields:
        return stored[one.name]  # what its restorer does not see comes back as it was
    if one.stamp or (one.readonly and stored is not None):
        return _first(one, raw, stored, grant)
    return form.adding[one.name].of(raw)


def _first(one: Field, raw: Any, stored: Values | None, grant: Grant) -> Any:
    """The cell of an added row that nobody may write; of one that comes back, as it was."""
    if stored is not None and one.readonly:
        return stored[one.name]
    stamps = {"id": grant.actor.id, "name": grant.actor.name, "now": ids.now()}
    if one.stamp == "receipt":
        stamps["receipt"] = ids.receipt(dates.today())
    if raw and grant.actor.role == FOUNDER.name:
        return one.parse(raw)
    if raw not in (None, "", stamps[one.stamp]):
        raise Refused(f"“{one.label}”由系统填写，请留空")
    return stamps[one.stamp]


def _changed(
    verdict: Verdict,
    change: Change,
    stored: Values,
    grant: Grant,
    form: Form,
    late: Collection[str],
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
            value = form.readings[name].of(raw)
        except Refused as refusal:
            return _refuse(verdict, str(refusal), name)
        if value == stored[name]:
            continue
        if name in late or _moved(name, before.get(name), stored, grant):
            verdict.theirs[name] = stored[name]
        verdict.written[name] = value
    return verdict


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
