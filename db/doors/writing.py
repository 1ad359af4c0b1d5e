"""The write door: checks each field, permits, compares, writes and records in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from db import audit, engine, ids, places
from db.actors import Actor
from db.changes import Change, Outcome, Values, Written
from db.doors import authorship, gathering, reading, storing
from db.doors.applying import Applied, apply, is_sound
from db.doors.storing import Occasion
from db.registers import BY_NAME


def write(
    on: Engine,
    actor: Actor,
    changes: Sequence[Change],
    *,
    source: str,
    batch: str | None = None,
    undoes: str | None = None,
    reason: str | None = None,
) -> Written:
    """Applies what can be applied; an Outcome for each change, in their order.

    A refusal or a conflict of one change does not keep the others from being applied.
    """
    occasion = Occasion(actor, source, batch or ids.new(), undoes, reason)
    try:
        return _write(on, occasion, changes)
    except IntegrityError:
        # Two requests carried the same op at once; now the first one's answer is there.
        return _write(on, occasion, changes)


def _write(on: Engine, occasion: Occasion, changes: Sequence[Change]) -> Written:
    with engine.writing(on) as conn:
        changes = [_placed(conn, occasion.actor, change) for change in changes]
        sound = [change for change in changes if is_sound(change)]
        gathering.lock(conn, sound)
        stock = gathering.gather(conn, occasion.actor, sound)
        applied = [apply(change, stock) for change in changes]
        deeds = [one.deed for one in applied if one.deed is not None]
        seq = storing.store(conn, occasion, deeds) if deeds else audit.seq(conn)
        outcomes = [_outcome(one, stock) for one in applied]
        return Written(occasion.batch, seq, tuple(authorship.signed(conn, changes, outcomes)))


def _placed(conn: Connection, actor: Actor, change: Change) -> Change:
    """An addition that names no place goes to the community whose account made it."""
    if change.before is not None or change.after is None:
        return change
    row_id = change.id or ids.new()
    after = change.after
    if not after.get("area_id") and len(places.below(conn, actor.area_id)) == 1:
        after = {**after, "area_id": actor.area_id}
    return replace(change, id=row_id, after=after)


def _outcome(one: Applied, stock: gathering.Stock) -> Outcome:
    """The outcome as the author may see it."""
    change, verdict = one.change, one.verdict
    grant = stock.grants.get((change.register, "read"))
    if verdict.reason or grant is None:
        return Outcome(change.op, "refused", change.id, reason=verdict.reason, field=verdict.column)
    if verdict.theirs:
        theirs = reading.shown_values(grant, verdict.theirs)
        return Outcome(change.op, "conflict", change.id, theirs=theirs)
    values = reading.shown_values(grant, _now(one, stock))
    return Outcome(change.op, "applied", change.id, values=values)


def _now(one: Applied, stock: gathering.Stock) -> Values:
    """The cells that the change was about, as they are now."""
    key = (one.change.register, str(one.change.id))
    row: dict[str, Any] = stock.rows[key] if key in stock.seen else {}
    asked = set(one.change.after or {})
    return {n: row[n] for n in BY_NAME[one.change.register].fields if n in asked and n in row}
