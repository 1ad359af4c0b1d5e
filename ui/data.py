"""The pages' side of the two doors; answers are kept per question, actor and version of data."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, TypeVar

import pandas as pd

from db import doors, facts
from db.actors import Actor
from db.base import Register
from db.doors import Condition, Forbidden, People, Question
from db.engine import engine
from db.indicators import BY_NAME as INDICATORS
from db.indicators import Indicator
from db.parsers import Refused
from db.registers import BY_NAME
from db.registers.people import HEAD, RESIDENT
from db.registers.places import COMMUNITY
from db.registers.volunteers import ACTIVE
from logic import coverage as shaping

__all__ = ["Forbidden", "People", "Refused"]
Row = dict[str, Any]
Asking = TypeVar("Asking", bound=Callable[..., Any])

HERE = (Condition("status", "in", RESIDENT),)
ENROLLED = (Condition("status", "eq", ACTIVE),)


MOST = 500  # answers kept at once
Answers = dict[tuple[Any, ...], Any]
_shelf: tuple[object, Answers] = (None, {})  # a version of the data, and the answers of it


def kept(ask: Asking) -> Asking:
    """Answers are remembered until anything is written; nobody may change what they are given."""

    @wraps(ask)
    def asked(*question: Any) -> Any:
        answers, key = _answers(), (ask, *question)
        with suppress(KeyError):
            return answers[key]
        if len(answers) >= MOST:
            answers.clear()
        answers[key] = answer = ask(*question)
        return answer

    return asked  # type: ignore[return-value]


def _answers() -> Answers:
    """Those of the data as they are now; what was answered of older ones is let go."""
    global _shelf
    now = (str(engine().url), doors.version(engine()))
    if _shelf[0] != now:
        _shelf = (now, {})
    return _shelf[1]


def is_sample() -> bool:
    """Whether the people in this database are invented."""
    return facts.is_sample(engine())


def register(name: str) -> Register:
    """A register's words and fields."""
    return BY_NAME[name]


def indicator(name: str) -> Indicator:
    """An indicator's words and definition."""
    return INDICATORS[name]


@kept
def areas(actor: Actor) -> list[Row]:
    """The areas in reach, parents first: id, name, level, area_id of the parent."""
    return doors.areas(engine(), actor)


@kept
def communities(actor: Actor) -> list[Row]:
    """The communities in reach, each with its published facts (None where nothing is said)."""
    said = doors.read(engine(), actor, Question("communities", limit=None)).rows
    facts_of = {row["area_id"]: row for row in said}
    here = (area for area in areas(actor) if area["level"] == COMMUNITY)
    return [{**facts_of.get(area["id"], {}), **area} for area in here]


@kept
def path(area_id: str) -> list[str]:
    """The names from the city down to the area."""
    return doors.path(engine(), area_id)


@kept
def groups(actor: Actor) -> list[Row]:
    """The target groups that the actor may know of, in their order."""
    asked = Question("groups", sort=("rank",), limit=None)
    return doors.read(engine(), actor, asked).rows


@kept
def residents(actor: Actor) -> dict[str, int]:
    """area → people who count as residents; empty for who may not read them."""
    if not may(actor, "residents")["read"]:
        return {}
    return doors.totals(engine(), actor, Question("residents", where=HERE))


@kept
def volunteers(actor: Actor) -> dict[str, int]:
    """area → volunteers who are enrolled now; empty for who may not read them."""
    if not may(actor, "volunteers")["read"]:
        return {}
    return doors.totals(engine(), actor, Question("volunteers", where=ENROLLED))


@kept
def coverage(actor: Actor, name: str, day: str, area: str | None) -> pd.DataFrame:
    """logic.coverage.table of an indicator for the communities in an area (None: all in reach)."""
    figures = doors.figures(engine(), actor, name, day, area)
    here = [area] if area else [one["id"] for one in communities(actor)]
    return shaping.table([vars(one) for one in figures], groups(actor), here)


@kept
def behind(actor: Actor, name: str, group: str, day: str, area: str) -> People:
    """The ids behind a figure, served and not; raises Forbidden for who sees only figures."""
    return doors.people(engine(), actor, name, group, day, area)


@kept
def rows(actor: Actor, name: str, ids: tuple[str, ...]) -> list[Row]:
    """Rows of a register by their ids, in that order."""
    return doors.by_ids(engine(), actor, name, ids).rows


@kept
def heads(actor: Actor, households: tuple[str, ...]) -> dict[str, Row]:
    """household → the row of its householder, where one is registered."""
    where = (Condition("household_id", "in", households), Condition("relation", "eq", HEAD))
    asked = Question("residents", where=where, limit=None)
    return {row["household_id"]: row for row in doors.read(engine(), actor, asked).rows}


@kept
def pointing(actor: Actor, name: str, field: str, row_id: str) -> doors.Answer:
    """The rows of a register that refer to a row by one of their fields."""
    asked = Question(name, where=(Condition(field, "eq", row_id),), limit=200)
    return doors.read(engine(), actor, asked)


@kept
def row(actor: Actor, name: str, row_id: str) -> doors.Answer:
    """One row with the labels of what it refers to; no rows where it may not be seen."""
    return doors.by_ids(engine(), actor, name, [row_id])


@kept
def history(actor: Actor, name: str, row_id: str) -> list[Row]:
    """Every change of a row, the latest first."""
    return doors.history(engine(), actor, name, row_id)


@kept
def columns(actor: Actor, name: str) -> tuple[Any, list[Any], dict[str, Any]]:
    """The words of a register, its visible fields, and how much of each is seen."""
    return doors.columns(engine(), actor, name)


def may(actor: Actor, name: str, area: str | None = None) -> dict[str, bool]:
    """Every verb: whether the actor has it on the register (in the area)."""
    return doors.may(engine(), actor, name, area)


def reveal(actor: Actor, name: str, row_id: str, field: str, reason: str) -> Any:
    """The value behind a mask; who looked and why is kept."""
    return doors.reveal(engine(), actor, name, row_id, field, reason)
