"""The pages' side of the two doors; answers are kept per question, actor and version of data."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from db import doors, facts, ids, preferences, uploads
from db.actors import Actor
from db.base import Register
from db.changes import Change, Outcome, Written
from db.doors import Batch, Condition, Double, Forbidden, People, Question
from db.engine import engine
from db.exports import Exported
from db.fields import Field
from db.indicators import BY_NAME as INDICATORS
from db.indicators import Indicator
from db.matches import Matched
from db.parsers import Refused
from db.registers import BY_NAME
from db.registers.people import HEAD, RESIDENT
from db.registers.places import COMMUNITY
from db.registers.volunteers import ACTIVE
from db.stages import Story
from ui import memory

__all__ = ["Batch", "Condition", "Double", "Forbidden", "People", "Question", "Refused"]
Row = dict[str, Any]
Found = doors.Answer

HERE = (Condition("status", "in", RESIDENT),)
ENROLLED = (Condition("status", "eq", ACTIVE),)
kept = memory.kept(lambda: memory.present(engine(), doors.version))


def is_sample() -> bool:
    """Whether the people in this database are invented."""
    return facts.is_sample(engine())


def register(name: str) -> Register:
    """A register's words and fields."""
    return BY_NAME[name]


def indicator(name: str) -> Indicator:
    """An indicator's words and definition."""
    return INDICATORS[name]


def indicators() -> list[str]:
    """The names of all indicators, in their order."""
    return list(INDICATORS)


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
def listed(
    actor: Actor,
    name: str,
    area: str | None,
    where: tuple[Condition, ...] = (),
    sort: tuple[str, ...] = (),
    limit: int | None = 200,
    q: str = "",
) -> doors.Answer:
    """The rows of a register in an area that fit, at most `limit`, with the number of all."""
    return doors.read(engine(), actor, Question(name, area, where, q, sort, limit=limit))


def write(actor: Actor, changes: list[Change]) -> Written:
    """Writes what was done on a page: all of it or nothing."""
    return doors.write(engine(), actor, changes, source="page", bound=doors.Bound.WHOLE)


@kept
def row(actor: Actor, name: str, row_id: str) -> doors.Answer:
    """One row with the labels of what it refers to; no rows where it may not be seen."""
    return doors.by_ids(engine(), actor, name, [row_id])


@kept
def stories(actor: Actor, area: str, first: str) -> list[Story]:
    """The stages of the needs of an area that were raised since a day, newest first."""
    return doors.stories(engine(), actor, area, first=first)


@kept
def story(actor: Actor, need: str) -> Story:
    """The stages of one need; raises Forbidden where it may not be seen."""
    return doors.story(engine(), actor, need)


@kept
def history(actor: Actor, name: str, row_id: str) -> list[Row]:
    """Every change of a row, the latest first."""
    return doors.history(engine(), actor, name, row_id)


@kept
def columns(
    actor: Actor, name: str, area: str | None = None
) -> tuple[Any, list[Any], dict[str, Any]]:
    """The words of a register, its visible fields (in an area), and how much of each is seen."""
    return doors.columns(engine(), actor, name, area)


def made(actor: Actor, name: str, area: str) -> tuple[Field, ...]:
    """The fields that users made for the rows of an area."""
    return tuple(one for one in columns(actor, name, area)[1] if one.within is not None)


def put_in(actor: Actor, name: str, area: str, cells: Row, source: str) -> Outcome:
    """Adds one row to a register."""
    change = Change(name, ids.new(), None, {**cells, "area_id": area})
    return doors.write(engine(), actor, [change], source=source).outcomes[0]


@kept
def rights(actor: Actor, area: str | None) -> dict[str, dict[str, bool]]:
    """register → verb → whether the actor has it (in the area)."""
    return doors.rights(engine(), actor, area)


def may(actor: Actor, name: str, area: str | None = None) -> dict[str, bool]:
    """Every verb: whether the actor has it on the register (in the area)."""
    return rights(actor, area)[name]


def reveal(actor: Actor, name: str, row_id: str, field: str, reason: str) -> Any:
    """The value behind a mask; who looked and why is kept."""
    return doors.reveal(engine(), actor, name, row_id, field, reason)


def match(actor: Actor, register: str, area: str, lines: Any, decisions: dict[int, str]) -> Matched:
    """What each line of a roster means among the stored rows."""
    return doors.match(
        engine(), actor, register, area, lines.rows,
        numbers=lines.numbers, homes=lines.homes, decisions=decisions, covered=lines.covered,
    )  # fmt: skip


def bring_in(actor: Actor, changes: list[Change]) -> Written:
    """Writes an import: all of it or nothing."""
    return doors.write(engine(), actor, changes, source="import", bound=doors.Bound.WHOLE)


def imports(actor: Actor, area: str) -> list[doors.Batch]:
    """The latest imports in an area that this account may take back."""
    return doors.batches(engine(), actor, area, "import")


def take_back(actor: Actor, batch: str) -> Written:
    """Undoes a batch; what was edited since stays and comes back as a conflict."""
    return doors.undo(engine(), actor, batch)


def keep_upload(actor: Actor, name: str, content: bytes) -> str:
    """Keeps a file until it is done with; its id."""
    return uploads.keep(engine(), actor, name, content)


def upload(actor: Actor, upload_id: str) -> uploads.Brought | None:
    """One's own file that was kept, or None."""
    return uploads.get(engine(), actor, upload_id)


def remembered(actor: Actor, name: str) -> Row:
    """What this account has settled under the name; empty where it has not."""
    return preferences.find(engine(), actor, name)


def remember(actor: Actor, name: str, value: Row) -> None:
    """Keeps it; what is too much to keep has to be settled again."""
    with suppress(Refused):
        preferences.keep(engine(), actor, name, value)


def looks(actor: Actor, area: str) -> list[doors.Look]:
    """Who looked behind masks and took registers out, the latest first; raises Forbidden."""
    return doors.looks(engine(), actor, area)


def take_out(actor: Actor, asked: Question, reason: str) -> Exported:
    """The rows of the question as this account sees them; that they were taken is kept."""
    return doors.export(engine(), actor, asked, reason)


def labels(actor: Actor, register: str, area: str) -> dict[str, str]:
    """id → the words for each row of a register that an area's rows may refer to."""
    about = BY_NAME[register].about
    asked = Question(register, None if about.public else area, limit=None)
    answer = doors.read(engine(), actor, asked)
    return {
        row["id"]: " ".join(
            str(answer.labels.get(row[name], row[name])) for name in about.names if row[name]
        )
        for row in answer.rows
    }


def trial(actor: Actor, changes: list[Change]) -> tuple[Outcome, ...]:
    """What would become of the changes; nothing is stored."""
    return doors.write(engine(), actor, changes, source="import", bound=doors.Bound.TRIAL).outcomes


def bring_back(actor: Actor, changes: list[Change]) -> Written:
    """Writes what came back from the field, each edit by itself."""
    return doors.write(engine(), actor, changes, source="import")


def fields(actor: Actor, name: str) -> dict[str, Field]:
    """The fields of a register by name: all that are declared, and those made that are seen."""
    return BY_NAME[name].fields | {one.name: one for one in columns(actor, name)[1]}


@kept
def doubles(actor: Actor, area: str | None) -> list[Double]:
    """Residents who may be one person, the surest first."""
    return doors.doubles(engine(), actor, "residents", area)


def merge(actor: Actor, keep: str, lose: str, take: tuple[str, ...]) -> Written:
    """Makes one resident of two; undoing the batch makes two again."""
    return doors.merge(engine(), actor, "residents", keep, lose, take)


def settled(actor: Actor, area: str, source: str) -> list[doors.Batch]:
    """The latest batches of a source in an area that this account may take back."""
    return doors.batches(engine(), actor, area, source)
