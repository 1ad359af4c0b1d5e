"""Reports on pages: counts for them, the template that holds, and that one was taken."""

from __future__ import annotations

from db import papers
from db.actors import Actor
from db.engine import engine
from ui import data
from ui.data import Condition, Question

Kept = papers.Kept


@data.kept
def counted(
    actor: Actor, name: str, area: str | None, where: tuple[Condition, ...] = ()
) -> dict[str, int]:
    """area → how many rows of a register fit; empty for who may not count them so."""
    return papers.counted(engine(), actor, Question(name, area, where))


def note_taken(actor: Actor, area: str, title: str, reason: str) -> str:
    """Writes down that a report leaves the house; the reason as it is kept."""
    return papers.note_taken(engine(), actor, area, title, reason)


def template(actor: Actor, area: str, kind: str) -> Kept | None:
    """The template that somebody put in place of the house's own, the nearest upwards."""
    return papers.find(engine(), actor, area, kind)


def keep_template(actor: Actor, area: str, kind: str, name: str, content: bytes) -> None:
    """Puts a template in place for an area and all below it."""
    papers.keep(engine(), actor, area, kind, name, content)


def drop_template(actor: Actor, area: str, kind: str) -> None:
    """Takes an area's own template away."""
    papers.drop(engine(), actor, area, kind)
