"""Who wrote the cells that a change conflicts with, and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from db.audit import Entry, Write
from db.changes import Change, Outcome


def signed(
    conn: Connection, changes: Sequence[Change], outcomes: Sequence[Outcome]
) -> Iterator[Outcome]:
    """The outcomes, each conflict with its author and a sentence."""
    for change, outcome in zip(changes, outcomes, strict=True):
        if outcome.status != "conflict":
            yield outcome
            continue
        by = authors(conn, change.register, str(change.id), set(outcome.theirs))
        who = "、".join(sorted({one["who"] for one in by.values()})) or "别人"
        yield replace(outcome, by=by, reason=f"{who}已先改过，没有覆盖；请选择保留哪一个")


def authors(
    conn: Connection, register: str, row_id: str, names: set[str]
) -> dict[str, dict[str, str]]:
    """field → {who, when} of the latest write of each cell."""
    entries = select(Entry.after, Write.actor_name, Write.at)
    entries = entries.join(Write, Write.id == Entry.write_id)
    entries = entries.where(Entry.register == register, Entry.row_id == row_id)
    found: dict[str, dict[str, str]] = {}
    for after, who, when in conn.execute(entries.order_by(Write.seq.desc())):
        for name in names & set(after or {}) - set(found):
            found[name] = {"who": who, "when": when}
        if len(found) == len(names):
            break
    return found
