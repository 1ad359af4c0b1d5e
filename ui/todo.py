"""What waits to be done in a community today, each with the page where it is dealt with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from db import dates
from db.registers.duties import WAITING
from db.registers.facilities import BED_KINDS
from db.sessions import Session
from logic import beds, care
from ui import data
from ui.data import Condition

NOT_DONE = Condition("done_on", "empty")


@dataclass(frozen=True)
class Item:
    """One line: what it is, more of it, and where it is done: a page, a register, or the names
    behind an indicator."""

    title: str
    detail: str
    page: str = ""
    register: str = ""
    indicator: str = ""


def items(here: Session, area: str) -> list[Item]:
    """All that waits, the most pressing first."""
    asking: tuple[tuple[tuple[str, ...], Callable[..., Iterator[Item]]], ...] = (
        (("contacts",), _visits),
        (("memberships", "pairings", "contacts"), _silent),
        (("activities", "shifts"), _missed),
        (("sessions_held",), _sessions),
        (("beds", "stays", "waitings"), _beds),
        (("hours",), _hours),
    )
    return [
        item
        for reads, ask in asking
        if all(data.may(here.actor, name, area)["read"] for name in reads)
        for item in ask(here, area, dates.today())
    ]


def due(here: Session, area: str, first: str | None, last: str, limit: int = 200) -> data.Found:
    """The contacts that are due and not done, from a day (None: from the beginning) to a day."""
    from_ = (Condition("due_on", "from", first),) if first else ()
    where = (NOT_DONE, Condition("due_on", "to", last), *from_)
    return data.listed(here.actor, "contacts", area, where, ("due_on",), limit)


def _visits(here: Session, area: str, today: dt.date) -> Iterator[Item]:
    late = due(here, area, None, dates.in_days(-1), 3)
    if late.total:
        names = care.names((care.whom(row, late.labels) for row in late.rows), late.total)
        yield Item(f"{late.total:,} 次走访和服务已经逾期", f"最早的是 {names}", "visits")
    now = due(here, area, today.isoformat(), today.isoformat(), 3)
    if now.total:
        names = care.names((care.whom(row, now.labels) for row in now.rows), now.total)
        yield Item(f"今天要走访 {now.total:,} 次", names, "visits")


def _silent(here: Session, area: str, today: dt.date) -> Iterator[Item]:
    day = today.isoformat()
    found = data.coverage(here.actor, "live_pairing", day, area)
    groups = found[found["rest"].fillna(0) > 0]["group_id"]
    words: dict[str, str] = {}
    for group in groups:
        people = data.behind(here.actor, "live_pairing", str(group), day, area)
        words |= {one: people.labels.get(one, "") for one in people.unserved}
    if words:
        names = care.names(words.values(), len(words))
        yield Item(
            f"{len(words):,} 个结对对象超过 30 天没有人联系", names, indicator="live_pairing"
        )


def _missed(here: Session, area: str, today: dt.date) -> Iterator[Item]:
    day = dates.in_days(-1)
    activities = data.listed(here.actor, "activities", area).rows
    on_day = (Condition("held_on", "eq", day),)
    shifts = data.listed(here.actor, "shifts", area, on_day).rows
    for name in care.missed(activities, shifts, day):
        yield Item(f"昨天没有{name}", f"{day} 没有登记为已开展", register="shifts")


def _sessions(here: Session, area: str, today: dt.date) -> Iterator[Item]:
    on_day = (Condition("held_on", "eq", today.isoformat()),)
    found = data.listed(here.actor, "sessions_held", area, on_day, ("starts_at",))
    if found.total:
        names = "、".join(
            f"{row['starts_at'] or ''} {found.labels.get(row['programme_id'], '')}".strip()
            for row in found.rows[:4]
        )
        yield Item(f"今天有 {found.total:,} 场活动", names, "rollcall")


def _beds(here: Session, area: str, today: dt.date) -> Iterator[Item]:
    places, waiting = board(here, area)
    for kind in BED_KINDS:
        free = beds.counted(places, kind)[beds.FREE]
        queue = [row for row in waiting if row["kind"] == kind]
        if queue and free:
            yield Item(f"{kind}有 {free:,} 张空床，{len(queue):,} 人在等", "可以安排入住", "beds")
        elif queue:
            yield Item(f"{kind}没有空床，{len(queue):,} 人在等", "按申请先后排队", "beds")


def board(here: Session, area: str) -> tuple[list[beds.Place], list[beds.Row]]:
    """The beds of an area as they stand today, and who waits for one."""
    actor, day = here.actor, dates.today().isoformat()
    rows = data.listed(actor, "beds", area, (), ("number",), None).rows
    stays = data.listed(actor, "stays", area, (), (), None).rows
    waitings = data.listed(actor, "waitings", area, (), (), None).rows
    return beds.board(rows, stays, day), beds.queue(waitings)


def _hours(here: Session, area: str, today: dt.date) -> Iterator[Item]:
    found = data.listed(
        here.actor, "hours", area, (Condition("state", "eq", WAITING),), ("served_on",), 1
    )
    if found.total:
        since = found.rows[0]["served_on"]
        yield Item(f"{found.total:,} 条志愿服务时长等待认定", f"最早的是 {since}", page="stars")
