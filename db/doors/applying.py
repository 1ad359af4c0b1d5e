"""One change applied to the stock in memory: permitted, judged, its ties checked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from db import custom, ids
from db.base import Register
from db.changes import Change, Values
from db.doors import balancing, commenting, naming
from db.doors.forms import Form
from db.doors.gathering import Stock
from db.doors.judging import ADD, DELETE, RESTORE, Verdict, judge, verb
from db.doors.naming import CUSTOM
from db.doors.pointing import Key
from db.doors.storing import Deed
from db.fields import Field
from db.parsers import short
from db.permissions import Grant
from db.registers import BY_NAME

NEEDS = {ADD: "add", RESTORE: "add", DELETE: "delete", "change": "change"}
WORDS = {"add": "新增", "change": "修改", "delete": "删除"}
OP = re.compile(r"[0-9A-Za-z_:-]{1,64}")


@dataclass
class Applied:
    """A change, the verdict on it and, if there is anything to store, the deed."""

    change: Change
    verdict: Verdict
    deed: Deed | None = None


def is_sound(change: Change) -> bool:
    """Whether its ids are such as a row can have; others never reach the database."""
    area = (change.after or {}).get("area_id") or "-"
    return bool(
        change.register in BY_NAME
        and ids.sound(change.id)
        and OP.fullmatch(change.op)
        and ids.sound(area)
    )


def unsound(change: Change) -> Applied:
    """The answer to a change whose ids are none."""
    where = short(f"{change.register} {change.id}")
    return Applied(change, Verdict("change", reason=f"读到{where}，没有这样的台账或编号"))


def apply(change: Change, stock: Stock) -> Applied:
    """Judges the sound change and, when it is good, makes it in the stock."""
    register = stock.forms[change.register].register
    key = (register.name, str(change.id))
    if change.op in stock.done:
        return _again(change, key, stock)
    verdict = _verdict(change, register, key, stock)
    if not verdict.good:
        return Applied(change, verdict)
    deed = _deed(change, register, verdict, stock.rows.get(key))
    _make(deed, verdict, stock, key)
    if deed.verb == "change" and not verdict.written:
        return Applied(change, verdict)
    stock.done[change.op] = key
    return Applied(change, verdict, deed)


def _again(change: Change, key: Key, stock: Stock) -> Applied:
    """The answer to what was sent twice: it is done, unless the op was never this one's."""
    if change.op in stock.strange or stock.done[change.op] != key:
        return Applied(change, Verdict("change", reason="这次操作的编号已被用过，请重新提交"))
    return Applied(change, Verdict(verb(change, None)))


def _verdict(change: Change, register: Register, key: Key, stock: Stock) -> Verdict:
    stored = stock.rows.get(key)
    meant = verb(change, stored)
    grant = stock.grants[register.name, NEEDS[meant]]
    if grant is None:
        return Verdict(meant, reason=f"您的角色不能{WORDS[NEEDS[meant]]}“{register.about.label}”")
    if stored is not None and (key not in stock.seen or not grant.covers(_place(register, stored))):
        hidden = Verdict(meant, reason="这一行不存在，或不在您的工作范围内")
        return hidden if meant != ADD else Verdict(meant, reason="这个编号已被用过，请重新提交")
    if stored is None and meant == ADD and (problem := _misplaced(change, grant)):
        return Verdict(meant, reason=problem)
    if meant == RESTORE and _elsewhere(change, stored):
        return Verdict(meant, reason="这个编号已被用过，请重新提交")
    if meant in (DELETE, RESTORE) and stored is not None and not grant.owns(stored):
        return Verdict(meant, reason=f"只能删除或恢复自己写的{register.about.label}")
    form = stock.forms[register.name]
    verdict = judge(change, stored, grant, form, _late(change, stock.late.get(key)))
    if verdict.good:
        _tie(verdict, form, change, stored, stock)
    if verdict.good:
        astray = grant.stray({**stored, **verdict.written} if stored else verdict.written)
        verdict.reason, verdict.column = astray or ("", None)
    return verdict


def _place(register: Register, stored: Values) -> str:
    """The area whose keeper may write the row; a deleted area is its parent's to restore."""
    return str(stored["area_id" if stored["deleted_at"] else register.about.scope])


def _elsewhere(change: Change, stored: Values | None) -> bool:
    """Whether what is meant as an addition would come back in another area than it says."""
    said = (change.after or {}).get("area_id")
    return bool(said and stored and said != stored["area_id"])


def _late(change: Change, written: dict[str, int] | None) -> Collection[str]:
    """The masked fields that were written after the change's author had read them."""
    seen = change.seen
    return () if seen is None else {name for name, seq in (written or {}).items() if seq > seen}


def _misplaced(change: Change, grant: Grant) -> str | None:
    area = (change.after or {}).get("area_id")
    if not area:
        return "没有说明属于哪个区域（area_id）"
    return None if grant.covers(area) else "没有这个区域，或它不在您的工作范围内"


def _tie(verdict: Verdict, form: Form, change: Change, stored: Values | None, stock: Stock) -> None:
    """What binds the row: references, uniqueness, rules across it, rows that point at it."""
    register, row_id = form.register, str(change.id)
    if verdict.verb == DELETE:
        verdict.reason = _held(register, row_id, stored or {}, stock)
        return
    area = stored["area_id"] if stored else (change.after or {})["area_id"]
    if register.about.attached and verdict.verb == ADD:
        astray = commenting.problem(verdict.written, area, stock.subjects)
        verdict.reason, verdict.column = astray or ("", None)
        return
    for name, one in form.tied.items():
        value = verdict.written.get(name)
        problem = _bad_tie(register, one, value, area, row_id, stock)
        if problem:
            verdict.reason, verdict.column = problem, name
            return
    if register.about.checks:
        whole = {**(stored or {}), **verdict.written, "id": row_id}
        verdict.reason = _broken(register, row_id, whole, area, stock)


def _held(register: Register, row_id: str, stored: Values, stock: Stock) -> str:
    """Why the row must stay; empty where it may go."""
    left = stock.pointing.get((register.name, row_id), set())
    # What the author may not see must not show by a refusal; a deleted row can come back.
    if left and (register.about.public or left & stock.seen):
        return _pointed_at(register, left & stock.seen)
    return balancing.problem(stock.books, (register.name, row_id), stored, gone=True)


def _broken(register: Register, row_id: str, whole: Values, area: str, stock: Stock) -> str:
    """The first rule that the whole row breaks, by itself or with others; empty where none."""
    problems = (check(whole) for check in register.about.checks)
    if found := next((problem for problem in problems if problem), ""):
        return found
    if register.name == CUSTOM:
        return naming.problem(stock.names, row_id, whole, area) or ""
    return balancing.problem(stock.books, (register.name, row_id), whole, gone=False)


def _bad_tie(
    register: Register, one: Field, value: Any, area: str, row_id: str, stock: Stock
) -> str | None:
    if value is None:
        return None
    if not one.fits(area):
        return f"“{one.label}”是别处自己加的列，这里不能填"
    if one.refers:
        place = stock.targets.get((one.refers, value))
        if place is None or not (BY_NAME[one.refers].about.public or place == area):
            return f"“{one.label}”在本区域没有找到，请从列表中选"
    if one.unique:
        holder = stock.holders.get((register.name, area, one.name, value))
        if holder not in (None, row_id):
            return f"“{one.label}”与本区域另一行重复"
    return None


def _pointed_at(register: Register, visible: set[Key]) -> str:
    """Why the row must stay; rows that the actor may not see are neither named nor counted."""
    counts = Counter(name for name, _ in visible)
    named = "、".join(f"{n} 条{BY_NAME[r].about.label}" for r, n in sorted(counts.items()))
    left = f"还有{named}记录与它相连，请先处理" if named else "还有别的记录与它相连，不能删除"
    instead = "；人已迁出或去世的，请改“居住状态”而不要删除"
    return left + (instead if register.name == "residents" else "")


def _deed(change: Change, register: Register, verdict: Verdict, stored: Values | None) -> Deed:
    before: Values | None = None
    after: Values | None = verdict.written
    if verdict.verb == ADD:
        after = {name: value for name, value in verdict.written.items() if value is not None}
    elif stored and verdict.verb == DELETE:
        before = {name: stored[name] for name in register.fields if stored[name] is not None}
        after = None
    elif stored:
        before = {name: stored[name] for name in verdict.written}
    area = stored["area_id"] if stored else (change.after or {})["area_id"]
    extra = None
    if register.made:
        extra = custom.kept((stored or {}).get(custom.COLUMN), verdict.written, register.fields)
    return Deed(change.op, verdict.verb, register.name, str(change.id), area, before, after, extra)


def _make(deed: Deed, verdict: Verdict, stock: Stock, key: Key) -> None:
    """The stock as it will be, for the changes that follow in the same batch."""
    form = stock.forms[deed.register]
    row = stock.rows.get(key)
    tied = deed.verb != "change" or not form.bound.isdisjoint(verdict.written)
    if row is None:
        row = stock.rows[key] = verdict.written  # which has every field of what is added
        row |= {"id": deed.row_id, "area_id": deed.area_id}
    else:
        if tied:
            _release(deed, row, stock, key, form)
        row |= verdict.written
    if deed.extra is not None:
        row[custom.COLUMN] = deed.extra
    row["deleted_at"] = ids.now() if deed.verb == DELETE else None
    balancing.hold(stock.books, key, row)
    stock.seen.add(key)
    if deed.register == CUSTOM:
        _name(deed, row, stock)
    if deed.verb == DELETE:
        stock.targets.pop(key, None)
    else:
        stock.targets[key] = deed.area_id
        if tied:
            _hold(deed, row, stock, key, form)


def _name(deed: Deed, row: Values, stock: Stock) -> None:
    """A column's name is taken from now on, or free."""
    if deed.verb == DELETE:
        stock.names.taken.pop(deed.row_id, None)
    else:
        naming.hold(stock.names, deed.row_id, row, deed.area_id)


def _hold(deed: Deed, row: Values, stock: Stock, key: Key, form: Form) -> None:
    """The row points at others from now on, and has its unique values."""
    for name, to in form.links.items():
        if row[name]:
            stock.pointing.setdefault((to, row[name]), set()).add(key)
    for name in form.unique:
        if row[name] is not None:
            stock.holders[deed.register, deed.area_id, name, row[name]] = deed.row_id


def _release(deed: Deed, row: Values, stock: Stock, key: Key, form: Form) -> None:
    """The inverse of `_hold`."""
    for name, to in form.links.items():
        stock.pointing.get((to, row[name]), set()).discard(key)
    for name in form.unique:
        holder = (deed.register, deed.area_id, name, row[name])
        if stock.holders.get(holder) == deed.row_id:
            del stock.holders[holder]
