"""Pairings of a community as they stand: those that run, and which were heard of lately."""

from __future__ import annotations

from db import dates
from db.indicators import SILENT as DAYS
from db.sessions import Session
from ui import data, tallies
from ui.data import Condition

ALONE, SILENT, RUNNING, ENDED = "尚无人结对", "久未联系", "正在结对", "已经结束"


def running(here: Session, area: str) -> data.Found:
    """The pairings that have not ended, the longest first."""
    where = (Condition("ended_on", "empty"), Condition("started_on", "to", dates.in_days(0)))
    return data.listed(here.actor, "pairings", area, where, ("started_on",), None)


def in_touch(here: Session, area: str) -> dict[str, str]:
    """pairing → the day of its last contact, of those that had one in the last thirty days."""
    where = (
        Condition("pairing_id", "filled"),
        Condition("done_on", "from", dates.in_days(1 - DAYS)),
    )
    found = tallies.tally(here.actor, "contacts", area, ("pairing_id",), where, "", "done_on")
    return {row["pairing_id"]: row["last"] for row in found.rows}


def heard(here: Session, area: str) -> tuple[dict[str, str], dict[str, float]]:
    """pairing → the day of its last contact; pairing → yuan of all that was given in it."""
    where = (Condition("pairing_id", "filled"), Condition("done_on", "filled"))
    found = tallies.tally(
        here.actor, "contacts", area, ("pairing_id",), where, "aid_value", "done_on"
    )
    return (
        {row["pairing_id"]: row["last"] for row in found.rows},
        {row["pairing_id"]: row["sum"] for row in found.rows},
    )


def of_volunteers(here: Session, area: str) -> dict[str, int]:
    """volunteer → how many they look after now."""
    where = (Condition("ended_on", "empty"),)
    found = tallies.tally(here.actor, "pairings", area, ("volunteer_id",), where)
    return {row["volunteer_id"]: row["count"] for row in found.rows}
