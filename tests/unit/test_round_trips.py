"""Every register out into a file and in again: the same roster once more changes nothing."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from db import accounts, doors
from db.registers import REGISTERS
from logic import importing
from logic.books import exporting
from logic.rosters import checking, mapping, offering, reading

# The first three are set up, not filled from files; nobody may write the last.
NOT_FILED = {"areas", "settings", "communities", "comments"}
PLACE = "taohuaping"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_register_comes_back_without_a_change(sample: Engine, form: str) -> None:
    actor, met = accounts.actor(sample, "admin"), set()
    for register in REGISTERS:
        name = register.name
        if name in NOT_FILED or not doors.rights(sample, actor, PLACE)[name]["add"]:
            continue
        taken = doors.export(sample, actor, doors.Question(name, PLACE), "核对")
        if not taken.rows:
            continue
        table = offering.single(reading.read(exporting.file(taken, form), f"出.{form}"))
        checked = checking.check(table, mapping.guess(table, name))
        lines = importing.sound(checked)
        found = doors.match(
            sample, actor, name, PLACE, lines.rows,
            numbers=lines.numbers, homes=lines.homes, covered=lines.covered,
        )  # fmt: skip
        told = importing.tally(checked, found)
        assert (told["unchanged"], told["new"]) == (len(taken.rows), 0), (name, told)
        met.add(name)
    assert met >= {"residents", "households", "memberships", "pairings", "volunteers", "needs",
                   "contacts", "attendances", "enrolments", "hours", "stays", "screenings",
                   "social_workers", "admissions", "funds"}  # fmt: skip
