"""What waits to be done in a community today, each with the place where it is dealt with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from db import dates
from db.registers.duties import WAITING
from db.registers.facilities import BED_KINDS
from db.registers.programmes import PLANNED
from db.sessions import Session
from db.stages import RAISED
from logic import beds, care, linkage
from ui import chains, data, pairs, tallies
from ui import due as due_of
from ui.data import Condition

NOT_DONE = Condition("done_on", "empty")
NAMED, BACK = 3, 14  # rows that are named one by one; days in which a roll call is still missed


@dataclass(frozen=True)
class Item:
    """One line: what it is, more of it, the page where it is done, and on it the row to begin
    with; `rows` are some of those it is about, each to be opened by its name."""

    title: str
    detail: str
    page: str
    row: str = ""
    view: str = ""
    rows: tuple[tuple[str, str], ...] = ()


def items(here: Session, area: str) -> list[Item]:
    """All that waits, the most pressing first."""
    asking: tuple[tuple[tuple[str, ...], Callable[..., Iterator[Item]]], ...] = (
        (("needs",), _needs),
        (("projects",), _chain),
        (("contacts",), _visits),
        (("pairings", "contacts"), _silent),
        (("activities", "shifts"), _missed),
        (("sessions_held",), _sessions),
        (("beds", "stays", "waitings"), _beds),
        (("hours",), _hours),
        (("residents", "memberships", "declined"), _leaving),
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


def _needs(here: Session, area: str, today: dt.date) -> Iterator[Item]:
    """What residents wrote on the public page and nobody has begun with is said at once."""
    told = chains.stories(here.actor, area)
    places = chains.places(here.actor, told)
    new = [told[need] for need, one in places.items() if one.stage == RAISED]
    late = sum(one.late for one in places.values())
    if new:
        first = min(new, key=lambda one: one.days[RAISED])
        detail = f"最早的是“{first.title}”，{first.days[RAISED]} 提出"
        yield Item(f"{len(new):,} 件需求还没有人办", detail, "needs")
    if late:
        yield Item(f"{late:,} 件需求超期", linkage.stalls(places.values()), "linkage")


def _chain(here: Session, area: str, today: dt.date) -> Iterator[Item]:
    return (Item(*one) for one in due_of.items(here, area))


def _visits(here: Session, area: str, today: dt.date) -> Iterator[Item]:
    late = due(here, area, None, dates.in_days(-1), NAMED)
    now = due(here, area, today.isoformat(), today.isoformat(), NAMED)
    for found, title, detail in (
        (late, "{:,} 次走访和服务已经逾期", "最早的先办"),
        (now, "今天要走访 {:,} 次", "点名字，直接记下情况"),
    ):
        if found.total:
            rows = _named((care.whom(row, found.labels), row["id"]) for row in found.rows)
            yield Item(title.format(found.total), detail, "visits", rows[0][1], rows=rows)


def _named(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(pairs)[:NAMED]


def _silent(here: Session, area: str, today: dt.date) -> Iterator[Item]:
    found = pairs.running(here, area)
    silent = [row for row in found.rows if row["id"] not in pairs.in_touch(here, area)]
    if silent:
        rows = _named((care.whom(row, found.labels), row["id"]) for row in silent)
        title = f"{len(silent):,} 对结对超过 30 天没有联系"
        yield Item(title, "联系过的，记一笔", "pairs", rows[0][1], pairs.SILENT, rows)


def _missed(here: Session, area: str, today: dt.date) -> Iterator[Item]:
    day = dates.in_days(-1)
    activities = data.listed(here.actor, "activities", area).rows
    on_day = (Condition("held_on", "eq", day),)
    shifts = data.listed(here.actor, "shifts", area, on_day).rows
    for row in care.missed(activities, shifts, day):
        yield Item(
            f"昨天没有{row['name']}", f"{day} 没有登记为已开展", "shifts", row["id"], view=day
        )


def _sessions(here: Session, area: str, today: dt.date) -> Iterator[Item]:
    lately = (
        Condition("held_on", "from", dates.in_days(-BACK)),
        Condition("held_on", "to", str(today)),
    )
    where = (*lately, Condition("state", "eq", PLANNED))
    found = data.listed(here.actor, "sessions_held", area, where, ("held_on", "starts_at"))
    now = [row for row in found.rows if row["held_on"] == today.isoformat()]
    missing = [row for row in found.rows if row["held_on"] != today.isoformat()]
    for some, title, detail in (
        (now, "今天有 {:,} 场活动", "到时候点名"),
        (missing, f"近 {BACK} 天有 {{:,}} 场没有点名", "没有举办的，在点名里说明"),
    ):
        if some:
            rows = _named((_session(row, found.labels), row["id"]) for row in some)
            yield Item(title.format(len(some)), detail, "rollcall", rows[0][1], rows=rows)


def _session(row: data.Row, labels: dict[str, str]) -> str:
    day = "" if row["held_on"] == dates.today().isoformat() else row["held_on"][5:]
    name = labels.get(row["course_id"] or "") or labels.get(row["programme_id"], "")
    return " ".join(part for part in (day, row["starts_at"], name) if part)


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
    """The beds of an area as they stand today, and who waits for one; ended stays are not read."""
    actor, day = here.actor, dates.today().isoformat()
    rows = data.listed(actor, "beds", area, (), ("number",), None).rows
    open_ = (Condition("ended_on", "empty"),)
    leaving = (Condition("ended_on", "from", dates.in_days(1)),)
    stays = [
        row
        for where in (open_, leaving)
        for row in data.listed(actor, "stays", area, where, (), None).rows
    ]
    asked = (Condition("settled_on", "empty"),)
    waitings = data.listed(actor, "waitings", area, asked, (), None).rows
    return beds.board(rows, stays, day), beds.queue(waitings)


def _hours(here: Session, area: str, today: dt.date) -> Iterator[Item]:
    where = (Condition("state", "eq", WAITING),)
    found = data.listed(here.actor, "hours", area, where, ("served_on",), 1)
    if found.total:
        since = found.rows[0]["served_on"]
        yield Item(f"{found.total:,} 条志愿服务时长等待认定", f"最早的是 {since}", "stars")


def _leaving(here: Session, area: str, today: dt.date) -> Iterator[Item]:
    """Only for who keeps the groups: they are asked, nobody else."""
    if not data.may(here.actor, "memberships", area)["change"]:
        return
    count = len(tallies.leaving(here.actor, area, today.isoformat()))
    if count:
        title = f"{count:,} 人已经不符合所在的服务对象类别"
        yield Item(title, "核对后退出，或说明仍然在册", "proposals")
