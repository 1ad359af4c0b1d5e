"""Eight processes at one door: what was acknowledged stands, in its order, and nothing else."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import Engine, select

from db import doors
from db.actors import Actor
from db.audit import Entry, Write
from db.changes import Change
from db.doors.storing import opened
from db.engine import open_engine
from db.registers import BY_NAME
from tests.village import ADMIN, CLERK, EAST, ROOT, add, cell, done, drop, one

pytestmark = pytest.mark.xdist_group("many")  # its processes start once
PROCESSES, EDITS = 8, 20
PEOPLE = ("e-an", "e-bo")
NAMES = ("address", "employer", "phone")  # phone is masked: all its values here look the same
Told = tuple[str, int]  # what became of a change, and the version after it


@dataclass(frozen=True)
class Done:
    """An edit that the door said it had applied."""

    row_id: str
    name: str
    value: str
    seq: int


@pytest.fixture(scope="module")
def processes() -> Iterator[ProcessPoolExecutor]:
    """Processes that share nothing with this one, nor with each other."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["db.doors", "tests.village"])
    with pytest.MonkeyPatch.context() as patch:
        # A page tested before in this process leaves its script as the main module, which every
        # process would run again.
        patch.setitem(sys.modules, "__main__", ModuleType("__main__"))
        with ProcessPoolExecutor(PROCESSES, mp_context=context) as pool:
            list(pool.map(time.sleep, [0.2] * PROCESSES))  # all are there before any begins
            yield pool


def url(on: Engine) -> str:
    return on.url.render_as_string(hide_password=False)


def edit_away(where: str, number: int) -> tuple[list[Done], int]:
    """Edits cells that the others edit too; what was acknowledged, and how much conflicted."""
    on, chance = open_engine(where), random.Random(number)
    who = Actor(f"p{number}", f"第{number}人", "clerk", EAST)
    acknowledged, conflicts = [], 0
    for turn in range(EDITS):
        row_id, name = chance.choice(PEOPLE), chance.choice(NAMES)
        value = f"138{number:02d}{turn:02d}0001" if name == "phone" else f"{number}的第{turn}次"
        while True:
            seen = doors.by_ids(on, who, "residents", [row_id])
            time.sleep(chance.random() / 200)
            before = {name: seen.rows[0][name]}
            change = Change("residents", row_id, before, {name: value}, seen=seen.seq)
            written = doors.write(on, who, [change], source="test")
            if written.outcomes[0].status == "applied":
                break
            assert written.outcomes[0].status == "conflict", written
            conflicts += 1
        acknowledged.append(Done(row_id, name, value, written.seq))
    on.dispose()
    return acknowledged, conflicts


def send(where: str, actor: Actor, change: Change) -> Told:
    """One change from a process of its own."""
    on = open_engine(where)
    written = doors.write(on, actor, [change], source="test")
    on.dispose()
    return written.outcomes[0].status, written.seq


def history(on: Engine, row_id: str, name: str) -> list[tuple[int, Any, Any]]:
    """(seq, before, after) of one cell, the first write first, in plain."""
    asked = select(Write.seq, Entry.before, Entry.after).join(Write, Write.id == Entry.write_id)
    asked = asked.where(Entry.register == "residents", Entry.row_id == row_id).order_by(Write.seq)
    with on.connect() as connection:
        rows = connection.execute(asked).all()
    cells = [
        (seq, opened("residents", b) or {}, opened("residents", a) or {}) for seq, b, a in rows
    ]
    return [(seq, before.get(name), after[name]) for seq, before, after in cells if name in after]


def test_every_acknowledged_edit_stands_and_the_last_one_is_the_cell(
    village: Engine, processes: ProcessPoolExecutor
) -> None:
    start = doors.version(village)
    told = list(processes.map(edit_away, [url(village)] * PROCESSES, range(PROCESSES)))
    acknowledged = [edit for some, _ in told for edit in some]
    assert len(acknowledged) == PROCESSES * EDITS
    assert sum(conflicts for _, conflicts in told) > 0, "nobody met anybody"
    seqs = [edit.seq for edit in acknowledged]
    assert sorted(seqs) == list(range(start + 1, start + 1 + PROCESSES * EDITS))
    for row_id in PEOPLE:
        for name in NAMES:
            mine = sorted(
                (e.seq, e.value) for e in acknowledged if (e.row_id, e.name) == (row_id, name)
            )
            entries = [entry for entry in history(village, row_id, name) if entry[0] > start]
            assert [(seq, after) for seq, _, after in entries] == mine
            afters = [after for _, _, after in entries]
            assert [before for _, before, _ in entries][1:] == afters[:-1], "an update was lost"
            assert cell(village, "residents", row_id, name) == mine[-1][1]


def test_one_of_many_equal_unique_values_gets_in(
    village: Engine, processes: ProcessPoolExecutor
) -> None:
    number = "421281201606010035"
    rows = [add("residents", f"r{n}", EAST, name="甲", id_number=number) for n in range(PROCESSES)]
    told = list(processes.map(send, [url(village)] * PROCESSES, [CLERK] * PROCESSES, rows))
    assert Counter(status for status, _ in told) == {"applied": 1, "refused": PROCESSES - 1}


def test_one_op_from_many_at_once_is_done_once(
    village: Engine, processes: ProcessPoolExecutor
) -> None:
    start = doors.version(village)
    same = Change("residents", "e-an", {"name": "安一"}, {"name": "安壹"}, op="the-same")
    told = list(processes.map(send, [url(village)] * PROCESSES, [CLERK] * PROCESSES, [same] * 8))
    assert {status for status, _ in told} == {"applied"}
    assert doors.version(village) == start + 1


def test_nothing_points_at_what_others_delete_meanwhile(
    village: Engine, processes: ProcessPoolExecutor
) -> None:
    groups = [f"g{n}" for n in range(12)]
    done(village, ADMIN, *(add("groups", g, ROOT, name=f"第{g}类", subject="人") for g in groups))
    changes = []
    for group in groups:
        joining = add("memberships", f"in-{group}", EAST, group_id=group, resident_id="e-an")
        changes += [(ADMIN, drop("groups", group)), (CLERK, joining)]
    told = list(processes.map(send, [url(village)] * 24, *zip(*changes, strict=True)))
    for (deleted, _), (joined, _) in zip(told[::2], told[1::2], strict=True):
        assert sorted((deleted, joined)) == ["applied", "refused"]
    table, groups_table = BY_NAME["memberships"].table, BY_NAME["groups"].table
    dangling = select(table.c.id).join(groups_table, groups_table.c.id == table.c.group_id)
    alive = table.c.deleted_at.is_(None) & groups_table.c.deleted_at.is_not(None)
    with village.connect() as connection:
        assert connection.execute(dangling.where(alive)).all() == []


def test_area_does_not_go_from_under_who_moves_in(
    village: Engine, processes: ProcessPoolExecutor
) -> None:
    areas = [f"a{n}" for n in range(12)]
    done(village, ADMIN, *(add("areas", a, ROOT, name=f"第{a}社区", level="社区") for a in areas))
    changes = []
    for area in areas:
        moving = add("residents", f"in-{area}", area, name="甲")
        changes += [(ADMIN, drop("areas", area)), (ADMIN, moving)]
    told = list(processes.map(send, [url(village)] * 24, *zip(*changes, strict=True)))
    for (deleted, _), (moved, _) in zip(told[::2], told[1::2], strict=True):
        assert sorted((deleted, moved)) == ["applied", "refused"]
    assert one(village, ADMIN, add("residents", "last", EAST, name="末")).status == "applied"
