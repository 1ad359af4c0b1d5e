"""What of the linkage chain waits for an account: designs, calls, milestones; for 今天."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from db import dates
from db.registers.calls import JUDGE
from db.sessions import Session
from logic import designs
from ui import calls, data, dossier
from ui.data import Condition, Row

NAMED = 3
Rows = tuple[tuple[str, str], ...]
Due = tuple[str, str, str, str, str, Rows]  # title, detail, page, row, view, rows


def items(here: Session, area: str) -> Iterator[Due]:
    """Each line as the page of the day shows it."""
    if data.may(here.actor, "reviews", area)["add"]:
        yield from _designs(here, area)
    if data.may(here.actor, "calls", area)["read"]:
        yield from _calls(here, area)
    if data.may(here.actor, "milestones", area)["read"]:
        yield from _milestones(here, area)


def _designs(here: Session, area: str) -> Iterator[Due]:
    reviews: dict[str, list[Row]] = defaultdict(list)
    for row in dossier.every(here.actor, "reviews", area):
        reviews[row["project_id"]].append(row)
    found = [
        row
        for row in dossier.every(here.actor, "projects", area)
        if designs.state(row, reviews[row["id"]]) == designs.SUBMITTED
    ]
    yield from _said(found, "{:,} 个项目等着您评审", "批准或退回", "projects", "name")


def _calls(here: Session, area: str) -> Iterator[Due]:
    """To an organisation what is open, to a judge and to who decides what is closed."""
    actor = here.actor
    won = {one["call_id"] for one in dossier.every(actor, "awards", area)}
    states: dict[str, list[Row]] = defaultdict(list)
    for row in dossier.every(actor, "calls", area):
        states[calls.state(row, row["id"] in won)].append(row)
    if actor.organisation:
        own = {one["call_id"] for one in dossier.every(actor, "bids", area)}
        open_ = [one for one in states[calls.RECEIVING] if one["id"] not in own]
        if data.may(actor, "bids", area)["add"]:
            yield from _said(open_, "{:,} 次征集可以申请", "截止前可以改", "call", "title")
    elif actor.role == JUDGE:
        mine = {
            one["call_id"]
            for one in dossier.every(actor, "judges", area)
            if not one["conflict"]
        }  # fmt: skip
        judged = [one for one in states[calls.CHOOSING] if one["id"] in mine]
        yield from _said(judged, "{:,} 次征集等着您打分", "每份每项都要打", "call", "title")
    elif data.may(actor, "awards", area)["add"]:
        closed = states[calls.CHOOSING]
        yield from _said(closed, "{:,} 次征集等着决定", "评委打完分就可以决定", "call", "title")


def _milestones(here: Session, area: str) -> Iterator[Due]:
    where = (Condition("done_on", "empty"), Condition("due_on", "to", dates.in_days(-1)))
    found = data.listed(here.actor, "milestones", area, where, ("due_on",), NAMED)
    if found.total:
        rows = tuple((one["name"], one["project_id"]) for one in found.rows)
        title = f"{found.total:,} 个里程碑超期"
        yield title, "达到了就登记，才能拨付", "projects", rows[0][1], "", rows


def _said(found: Iterable[Row], title: str, detail: str, page: str, name: str) -> Iterator[Due]:
    rows = tuple((one[name], one["id"]) for one in found)
    if rows:
        yield title.format(len(rows)), detail, page, rows[0][1], "", rows[:NAMED]
