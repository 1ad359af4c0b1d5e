"""Every indicator in SQL is what plain Python counts one by one, on random communities."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, insert, select

from db import dates, doors, facts, standings
from db.base import table_of
from db.changes import Change
from db.indicators import INDICATORS, Indicator
from db.registers import BY_NAME
from tests.slowly import Rows, Slow, Worlds
from tests.village import ADMIN, CLOSED, put
from tests.village import cell as seen_now

GROUPS = ("elderly", "women", "poor_households", CLOSED)
COUNT = 60


@pytest.fixture
def worlds(village: Engine) -> dict[str, Rows]:
    """Random communities beside the village's own, written round the door."""
    made = Worlds(7421, dates.today())
    found = {f"x{n}": made.world(f"x{n}", GROUPS) for n in range(COUNT)}
    facts.put(village, facts.FILLING, "1")
    with village.begin() as connection:
        for name in next(iter(found.values())):
            rows = [row for one in found.values() for row in one[name]]
            names = {key for row in rows for key in row}
            connection.execute(
                insert(BY_NAME[name].table), [dict.fromkeys(names) | row for row in rows]
            )
        standings.rebuild(connection)
    facts.put(village, facts.FILLING, "")
    return found


def spans(today: dt.date) -> list[tuple[str, str | None]]:
    """A figure's last day and, where it is said, its first: today, once, and periods."""
    day = [(today - dt.timedelta(days=n)).isoformat() for n in range(100)]
    return [(day[0], None), (day[1], None), (day[30], None), (day[0], day[31]), (day[60], day[89])]


@pytest.mark.parametrize("known", INDICATORS, ids=lambda one: one.name)
def test_the_same_as_counting_one_by_one(
    village: Engine, worlds: dict[str, Rows], known: Indicator
) -> None:
    told = 0
    for last, first in spans(dates.today()):
        span = known.span(last, first)
        found = {
            (one.area_id, one.group_id): (one.n, one.N)
            for one in doors.figures(village, ADMIN, known.name, last, first=first)
        }
        for area, rows in worlds.items():
            slow = Slow(rows, span.first, span.last)
            for group in GROUPS if known.grouped else ("",):
                wanted = _counted(slow, known, group)
                assert found.get((area, group), (0, 0)) == pytest.approx(wanted), (
                    area,
                    group,
                    span,
                )
                told += 0 < wanted[0] < wanted[1] or (not known.grouped and wanted[0] > 0)
    assert told >= 10, "the worlds are too empty to show anything"


def _counted(slow: Slow, known: Indicator, group: str) -> tuple[float, float]:
    if not known.grouped:
        return slow.of_community(known.name)
    found = slow.of_group(known.name, group)
    return sum(found.values()), len(found)


@pytest.mark.parametrize("name", ["pairing", "service", "live_pairing", "checkup"])
def test_the_names_behind_are_those_that_were_counted(
    village: Engine, worlds: dict[str, Rows], name: str
) -> None:
    known = next(one for one in INDICATORS if one.name == name)
    for last, first in spans(dates.today()):
        span = known.span(last, first)
        for area in ("x1", "x2", "x3", "x4", "x5"):
            for group in GROUPS:
                wanted = Slow(worlds[area], span.first, span.last).of_group(name, group)
                found = doors.people(village, ADMIN, name, group, last, area, first)
                assert found.served == tuple(sorted(k for k, v in wanted.items() if v))
                assert found.unserved == tuple(sorted(k for k, v in wanted.items() if not v))
                for served in (True, False):
                    ids = _behind(village, doors.Mark(name, group, last, area, served, first))
                    assert ids == sorted(
                        who for who, is_served in wanted.items() if is_served is served
                    )


def _behind(on: Engine, mark: doors.Mark) -> list[str]:
    """The ids of a side's rows; of people and homes both, where members are counted."""
    registers = ("",) if mark.indicator == "live_pairing" else ("residents", "households")
    return sorted(
        row["id"]
        for register in registers
        for row in doors.behind(on, ADMIN, replace(mark, register=register), limit=None).rows
    )


def _kept(connection: Connection) -> dict[str, list[Any]]:
    return {
        model.__name__: sorted(map(tuple, connection.execute(select(table_of(model)))), key=repr)
        for model, *_ in standings.KEPT
    }


def test_what_is_kept_inside_each_write_is_what_is_made_anew(
    village: Engine, worlds: dict[str, Rows]
) -> None:
    """Two hundred edits by the door, some undone, then all standings made anew: none differs."""
    made = Worlds(20, dates.today())
    batches = []
    for n in range(200):
        change = _edit(village, made, worlds, n)
        before = doors.version(village)
        written = doors.write(village, ADMIN, [change], source="test")
        if written.seq > before and written.outcomes[0].status == "applied":
            batches.append(written.batch)
        if batches and n % 5 == 0:
            doors.undo(village, ADMIN, batches.pop())
    assert len(batches) > 60
    with village.begin() as connection:
        kept = _kept(connection)
        standings.rebuild(connection)
        assert kept == _kept(connection)


def _edit(on: Engine, made: Worlds, worlds: dict[str, Rows], n: int) -> Change:
    """A day, a state, a person or a whole row that is another now, or a row that is new."""
    pick = made.chance.choice
    rows = worlds[pick([*worlds])]
    name, cell, values = pick(
        (
            ("memberships", "ended_on", [None, *made.days]),
            ("pairings", "ended_on", [None, *made.days]),
            ("contacts", "done_on", made.days),
            ("attendances", "presence", ["到", "缺席"]),
            ("sessions_held", "state", ["已举办", "未举办"]),
            ("residents", "status", ["常住", "迁出", "死亡"]),
            ("residents", "birth_date", made.births),
        )
    )
    there = [row for row in rows[name] if row["deleted_at"] is None]
    if not there:
        return Change(name, "nothing", {}, {cell: None})
    row = pick(there)
    if n % 7 == 0:
        return Change(name, row["id"], {}, None)
    if n % 3 == 0 and name in ("memberships", "contacts", "pairings"):
        cells = {k: v for k, v in row.items() if k not in ("id", "created_at", "deleted_at")}
        return Change(name, None, None, {k: v for k, v in cells.items() if v is not None})
    return Change(
        name, row["id"], {cell: seen_now(on, name, row["id"], cell)}, {cell: pick(values)}
    )


def test_two_made_one_are_counted_once(village: Engine, worlds: dict[str, Rows]) -> None:
    """Two rows of one person, both members and both paired, are one after the merge, two after
    it is undone."""
    day = dates.today().isoformat()
    started = {"started_on": day}
    added = [
        Change("residents", one, None, {"area_id": "x0", "name": "重一", "status": "常住"})
        for one in ("twin-a", "twin-b")
    ]
    added += [
        Change("memberships", None, None,
               {"area_id": "x0", "group_id": "women", "resident_id": one, **started})
        for one in ("twin-a", "twin-b")
    ]  # fmt: skip
    assert {one.status for one in put(village, ADMIN, *added)} == {"applied"}

    def women() -> int:
        found = doors.figures(village, ADMIN, "pairing", day, "x0")
        return int(next(one.N or 0 for one in found if one.group_id == "women"))

    before = women()
    written = doors.merge(village, ADMIN, "residents", "twin-a", "twin-b", ())
    assert women() == before - 1
    doors.undo(village, ADMIN, written.batch)
    assert women() == before
