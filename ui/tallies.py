"""The pages' side of the doors that sum, propose, tell of others' work and hand cases over."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from db import dates, doors, moments
from db.actors import Actor
from db.changes import Change, Written
from db.doors import Condition, Forbidden, Question
from db.engine import engine
from db.exports import Exported
from db.parsers import Refused
from db.registers.duties import APPROVED
from db.registers.settings import STARS, Known, value
from logic import coverage as covering
from logic import whole as shaping
from ui import data

Sums = doors.Sums
APPROVED_ONLY = (Condition("state", "eq", APPROVED),)
Proposal = doors.Proposal
Mark = doors.Mark
PROPOSED, PLANNED = "proposal", "plan"  # where a batch came from
SHOWN = 200  # rows of a list at once


@data.kept
def tally(
    actor: Actor,
    register: str,
    area: str,
    by: tuple[str, ...],
    where: tuple[Condition, ...] = (),
    total: str = "",
    day: str = "",
) -> Sums:
    """See doors.tally: rows of an area counted and summed for each combination of cells."""
    return doors.tally(engine(), actor, Question(register, area, where), by, total, day)


@data.kept
def outcomes(actor: Actor, register: str, area: str) -> dict[str, int | None]:
    """See doors.outcomes: how what its handlers keep came out, None for fewer than five."""
    return doors.outcomes(engine(), actor, register, area)


@data.kept
def counted(actor: Actor, name: str, area: str) -> int:
    """How many rows of a register an area has; for who may count them."""
    return sum(doors.totals(engine(), actor, Question(name, area)).values())


@data.kept
def proposals(actor: Actor, area: str, day: str) -> doors.Proposals:
    """How many residents are proposed for groups, or to leave them."""
    return doors.proposals(engine(), actor, area, day)


@data.kept
def joining(actor: Actor, area: str, group: str, day: str) -> list[Proposal]:
    """Who is proposed for a group."""
    return doors.joining(engine(), actor, area, group, day)


@data.kept
def leaving(actor: Actor, area: str, day: str) -> list[Proposal]:
    """Whose membership should end."""
    return doors.leaving(engine(), actor, area, day)


def others(actor: Actor, area: str) -> list[doors.Changed]:
    """What other accounts changed in an area since yesterday began."""
    midnight = dt.datetime.combine(
        dates.today() - dt.timedelta(days=1), dt.time(), dates.BEIJING
    ).astimezone(dt.UTC)
    return doors.others(engine(), actor, area, moments.text(midnight))


@data.kept
def handlers(actor: Actor, area: str) -> list[doors.Handler]:
    """To whom a case of an area can be handed over."""
    return doors.handlers(engine(), actor, "cases", area)


def hand_over(actor: Actor, case: str, to: str) -> Written:
    """Gives a case to another account; raises Forbidden."""
    return doors.hand_over(engine(), actor, "cases", case, to)


@data.kept
def setting(actor: Actor, known: Known) -> object:
    """What the city has decided on a setting, else its default."""
    said = doors.read(engine(), actor, Question("settings", limit=None)).rows
    return value(said, known)


def steps(actor: Actor) -> tuple[float, ...]:
    """The hours from which each star is earned."""
    said = setting(actor, STARS)
    assert isinstance(said, tuple)
    return said


def unit_of(name: str) -> str:
    """What an indicator counts, where it is not people and homes."""
    about = data.indicator(name).about
    return data.register(about).about.unit if about else ""


@data.kept
def coverage(actor: Actor, name: str, day: str, area: str | None) -> pd.DataFrame:
    """logic.coverage.table of an indicator for the communities in an area (None: all in reach)."""
    figures = doors.figures(engine(), actor, name, day, area)
    here = [area] if area else [one["id"] for one in data.communities(actor)]
    return covering.table([vars(one) for one in figures], data.groups(actor), here, unit_of(name))


@data.kept
def people(actor: Actor, name: str, group: str, day: str, area: str) -> doors.People:
    """The ids behind a figure, served and not; raises Forbidden for who sees only figures."""
    return doors.people(engine(), actor, name, group, day, area)


@data.kept
def behind(
    actor: Actor,
    mark: Mark,
    where: tuple[Condition, ...] = (),
    q: str = "",
    limit: int | None = SHOWN,
) -> doors.Answer:
    """See doors.behind: the rows of one side of a figure."""
    return doors.behind(engine(), actor, mark, where, q, limit)


def take_behind(
    actor: Actor, mark: Mark, where: tuple[Condition, ...], q: str, reason: str
) -> Exported:
    """See doors.take_behind: the same rows as they leave the house."""
    return doors.take_behind(engine(), actor, mark, where, q, reason)


@data.kept
def trend(actor: Actor, name: str, group: str, area: str | None) -> list[doors.Month]:
    """See doors.trend: a figure in the last 18 months as they were closed."""
    return doors.trend(engine(), actor, name, group, area)


@data.kept
def whole(actor: Actor, name: str, day: str, area: str | None) -> pd.DataFrame:
    """logic.whole.table of a figure of whole communities in an area (None: all in reach)."""
    found = doors.figures(engine(), actor, name, day, area)
    here = [area] if area else [one["id"] for one in data.communities(actor)]
    return shaping.table([vars(one) for one in found], here, data.indicator(name))


@data.kept
def goal(actor: Actor, name: str) -> shaping.Goal | None:
    """What an indicator shall reach at least, and at most: as the city has set it, or by rule."""
    known = data.indicator(name).goal
    if known is None:
        return None
    said = doors.read(engine(), actor, Question("targets", limit=None)).rows
    row = next((one for one in said if one["what"] == known.what), None)
    return (row["least"], row["most"]) if row else (known.least, known.most)


def propose(actor: Actor, changes: list[Change], source: str = PROPOSED) -> str:
    """Writes what was made of proposals as one batch; why it was not, or nothing."""
    try:
        written = doors.write(engine(), actor, changes, source=source, bound=doors.Bound.WHOLE)
    except (Forbidden, Refused) as why:
        return str(why)
    bad = [one for one in written.outcomes if one.status != "applied"]
    return "" if not bad else bad[0].reason or "别人刚刚改过，请刷新后再来"


FORMS = doors.FORMS  # of files that a bid may have
Juror = doors.Juror


@data.kept
def jurors(actor: Actor, area: str) -> list[Juror]:
    """The accounts that may judge the bids of a call in an area."""
    return doors.jurors(engine(), actor, area)


def attach(actor: Actor, bid: str, name: str, content: bytes) -> str:
    """Puts a file to one's own bid; raises Forbidden or Refused."""
    return doors.attach(engine(), actor, bid, name, content)
