"""The write door: checks each field, permits, compares, writes and records in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import compress

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from db import audit, engine, ids, places
from db.actors import Actor
from db.base import Register
from db.changes import Change, Outcome, Values, Written
from db.doors import authorship, barring, gathering, reading, storing
from db.doors.applying import Applied, apply, is_sound, unsound
from db.doors.storing import Occasion
from db.sweeping import unswept


class Bound(StrEnum):
    """How the changes of one write hang together."""

    FREE = "free"  # each by itself
    WHOLE = "whole"  # all or none; of what is stored the answer says only that it is
    TRIAL = "trial"  # nothing is stored: what would become of them?


def write(
    on: Engine,
    actor: Actor,
    changes: Sequence[Change],
    *,
    source: str,
    batch: str | None = None,
    undoes: str | None = None,
    reason: str | None = None,
    bound: Bound = Bound.FREE,
) -> Written:
    """Applies what can be applied; an Outcome for each change, in their order.

    A refusal or a conflict of one change does not keep the others from being applied, unless
    they are bound together: then all are stored or none.
    """
    occasion = Occasion(actor, source, batch or ids.new(), undoes, reason)
    with unswept(len(changes)):
        try:
            return _write(on, occasion, changes, bound)
        except IntegrityError:
            # Two requests carried the same op at once; now the first one's answer is there.
            return _write(on, occasion, changes, bound)


def _write(on: Engine, occasion: Occasion, changes: Sequence[Change], bound: Bound) -> Written:
    with engine.writing(on) as conn:
        return written(conn, occasion, changes, bound)


def written(
    conn: Connection, occasion: Occasion, changes: Sequence[Change], bound: Bound
) -> Written:
    """As `write`, inside a transaction that is under way."""
    changes = [_placed(conn, occasion.actor, change) for change in changes]
    sound = [is_sound(change) for change in changes]
    known = list(compress(changes, sound))
    gathering.lock(conn, known)
    stock = gathering.gather(conn, occasion.actor, known)
    applied = [
        apply(change, stock) if good else unsound(change)
        for change, good in zip(changes, sound, strict=True)
    ]
    registers = {name: form.register for name, form in stock.forms.items()}
    _bar(conn, applied, registers)
    deeds = [one.deed for one in applied if one.deed is not None]
    if bound is Bound.TRIAL or (bound is Bound.WHOLE and not all(map(_good, applied))):
        deeds = []
    seq = storing.store(conn, occasion, deeds, registers, stock.seals) if deeds else audit.seq(conn)
    if bound is Bound.WHOLE and len(deeds) == len(applied):  # each of them is stored
        done = [Outcome(one.op, "applied", one.id, seq=seq) for one in changes]
        return Written(occasion.batch, seq, tuple(done))
    outcomes = [_outcome(one, stock, seq, bound) for one in applied]
    return Written(occasion.batch, seq, tuple(authorship.signed(conn, changes, outcomes)))


def _bar(conn: Connection, applied: list[Applied], registers: Mapping[str, Register]) -> None:
    """What the database's own rules refuse is refused with their sentence."""
    barred = barring.refused(conn, [one.deed for one in applied if one.deed], registers)
    for one in applied:
        if one.deed is not None and one.deed.op in barred:
            one.verdict.reason, one.deed = barred[one.deed.op], None


def _good(one: Applied) -> bool:
    return one.verdict.good


def _placed(conn: Connection, actor: Actor, change: Change) -> Change:
    """An addition that names no place goes to the community whose account made it."""
    after = change.after
    if change.before is not None or after is None or (change.id and after.get("area_id")):
        return change
    if not after.get("area_id") and len(places.below(conn, actor.area_id)) == 1:
        after = {**after, "area_id": actor.area_id}
    return replace(change, id=change.id or ids.new(), after=after)


def _outcome(one: Applied, stock: gathering.Stock, seq: int, bound: Bound) -> Outcome:
    """The outcome as the author may see it; `seq`: the version of the data after the write."""
    change, verdict = one.change, one.verdict
    grant = stock.grants.get((change.register, "read"))
    if verdict.reason:
        return Outcome(change.op, "refused", change.id, reason=verdict.reason, field=verdict.column)
    if grant is None:  # who may add without looking is told no more than that it is done
        return Outcome(change.op, "applied", change.id, seq=seq)
    if verdict.theirs:
        theirs = reading.shown_values(grant, verdict.theirs)
        return Outcome(change.op, "conflict", change.id, theirs=theirs)
    if bound is Bound.WHOLE:
        return Outcome(change.op, "applied", change.id, seq=seq)
    seq, stored = _stored(one, stock, seq)
    values = reading.shown_values(grant, stored)
    return Outcome(change.op, "applied", change.id, values=values, seq=seq)


def _stored(one: Applied, stock: gathering.Stock, seq: int) -> tuple[int, Values]:
    """The cells that the change was about, as it stored them, and when; an addition's are all.

    Of what is sent again that is what it stored the first time: its author has not seen what
    others have written since, and must not be taken to have.
    """
    change, key = one.change, (one.change.register, str(one.change.id))
    if key not in stock.seen:
        return seq, {}
    row: Values = stock.rows[key]
    if one.deed is None:
        seq, row = stock.told.get(change.op, (seq, row))
    fields = stock.forms[change.register].register.fields
    asked, added = change.after or {}, change.before is None and change.after is not None
    if added:
        asked = {name: None for name, value in row.items() if name in asked or value is not None}
    return seq, {name: row[name] for name in asked if name in fields and name in row}
