"""Many changes in one write: judged, stored and remembered as if each had come alone."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, event, insert, select

from db import dates, doors, ids, standings
from db.audit import Operation
from db.base import table_of
from db.changes import Change, Outcome
from db.citizen_id import check_digit
from db.doors import gathering
from db.engine import writing
from db.sweeping import MANY
from tests.village import AN_ID, CHILDREN, CLERK, EAST, WEST, add, cell, edit

COUNT = 60  # more than the few that take the plain ways
ODD = "a\\b\\n\"引号'|;,\t{} 第一行\n第二行 🙂 \\N"


def number(place: int) -> str:
    """A citizen's number of a person born on 1 May 1961."""
    first = f"42128119610501{place:03d}"
    return first + check_digit(first)


def people() -> list[Change]:
    return [
        add(
            "residents",
            f"many-{place}",
            EAST,
            name=f"第{place}人",
            id_number=number(place),
            phone=f"1380000{place:04d}",
            household_id="e-home",
            lives_alone=bool(place % 2),
            remark=ODD,
        )
        for place in range(COUNT)
    ]


def written(on: Engine, changes: list[Change]) -> list[Outcome]:
    return list(doors.write(on, CLERK, changes, source="import").outcomes)


def test_each_of_many_is_stored_whole_and_remembered(village: Engine) -> None:
    told = written(village, people())
    assert {one.status for one in told} == {"applied"}
    assert told[7].values["phone"] == "138****0007"
    for place in (0, 31, COUNT - 1):
        row_id = f"many-{place}"
        assert cell(village, "residents", row_id, "id_number") == number(place)
        assert cell(village, "residents", row_id, "lives_alone") is bool(place % 2)
        assert cell(village, "residents", row_id, "remark") == ODD
        (entry,) = doors.history(village, CLERK, "residents", row_id)
        assert entry["before"] is None
        assert entry["after"]["remark"] == ODD
        assert entry["after"]["phone"] == f"138****{place:04d}"
        assert entry["after"]["status"] == "常住"


def test_what_is_wrong_with_one_of_many_keeps_the_others_in(village: Engine) -> None:
    changes = people()
    wrong: dict[int, tuple[dict[str, Any], str]] = {
        3: ({"id_number": AN_ID}, "重复"),  # another row's
        9: ({"id_number": number(8)}, "重复"),  # of the row before, in the same write
        20: ({"household_id": "w-home"}, "没有找到"),
        33: ({"phone": "138****0001"}, "遮盖"),
        41: ({"lives_alone": "也许"}, "是"),
        50: ({"nonsense": 1}, "没有“nonsense”这一列"),
        55: ({"area_id": WEST}, "不在您的工作范围内"),
    }
    for place, (cells, _) in wrong.items():
        old = changes[place]
        changes[place] = Change("residents", old.id, None, {**(old.after or {}), **cells})
    told = written(village, changes)
    refused = {place: one.reason for place, one in enumerate(told) if one.status == "refused"}
    assert refused.keys() == wrong.keys()
    for place, (_, reason) in wrong.items():
        assert reason in refused[place]
    assert {one.status for place, one in enumerate(told) if place not in wrong} == {"applied"}


def test_many_sent_twice_are_done_once_and_a_roster_with_nothing_new_writes_nothing(
    village: Engine,
) -> None:
    changes = people()
    first, version = written(village, changes), doors.version(village)
    assert written(village, changes) == first
    same = [Change("residents", c.id, {}, {"name": (c.after or {})["name"]}) for c in changes]
    assert {one.status for one in written(village, same)} == {"applied"}
    assert doors.version(village) == version


def test_many_are_changed_and_deleted_each_with_its_own_cells(village: Engine) -> None:
    written(village, people())
    changes = [
        Change("residents", f"many-{place}", {"phone": f"1380000{place:04d}", "remark": ODD},
               {"remark": f"新{place}", "phone": f"1390000{place:04d}"})
        if place % 3
        else Change("residents", f"many-{place}", {}, None)
        for place in range(COUNT)
    ]  # fmt: skip
    stale = Change("residents", "many-5", {"remark": "别的"}, {"remark": "又一次"})
    *told, conflict = written(village, [*changes, stale])
    assert {one.status for one in told} == {"applied"}
    assert conflict.theirs == {"remark": "新5"}
    assert cell(village, "residents", "many-4", "phone") == "13900000004"
    assert cell(village, "residents", "many-4", "remark") == "新4"
    assert cell(village, "residents", "many-6", "deleted_at") is not None


def test_many_of_which_another_was_quicker_with_one_are_judged_anew(
    village: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes, gather = people(), gathering.gather

    def early(*asked: Any) -> gathering.Stock:
        monkeypatch.setattr(gathering, "gather", gather)
        stock = gather(*asked)
        stock.done.clear()  # as it was before the other's commit
        return stock

    assert written(village, changes[:30])[0].status == "applied"
    version = doors.version(village)
    taken = {"op": changes[40].op, "actor_id": CLERK.id, "register": "residents"}
    with writing(village) as conn:
        conn.execute(insert(Operation).values(**taken, row_id="many-40", write_id=ids.new()))
    monkeypatch.setattr(gathering, "gather", early)
    told = written(village, changes[30:])
    assert {one.status for one in told} == {"applied"}
    assert doors.version(village) == version + 1
    assert doors.by_ids(village, CLERK, "residents", ["many-40"]).rows == []


def test_ids_made_together_are_in_order_and_none_twice() -> None:
    made = [ids.new(), *ids.several(9000), ids.new()]
    assert made == sorted(set(made))
    assert {one[14] for one in made} == {"7"}
    assert all(ids.sound(one) and len(one) == 36 for one in made)


def test_default_of_today_is_the_day_of_the_write(village: Engine) -> None:
    joining = [
        add("memberships", f"in-{place}", EAST, group_id="left_behind_children", resident_id=who)
        for place, who in enumerate(("e-an", "e-bo"))
    ]
    written(village, joining)
    assert cell(village, "memberships", "in-1", "started_on") == dates.today().isoformat()


def test_a_block_told_cell_by_cell_is_one_statement_and_each_cell_its_own_history(
    village: Engine,
) -> None:
    written(village, people())
    edits = [
        Change("residents", f"many-{place}", {name: old}, {name: f"{name} {place}"})
        for place in range(COUNT)
        for name, old in (("remark", ODD), ("employer", None))
    ]
    again = Change("residents", "many-0", {"remark": "remark 0"}, {"remark": "又改"})
    statements: list[str] = []
    event.listen(village, "before_cursor_execute", lambda *told: statements.append(told[2]))
    assert {one.status for one in written(village, [*edits, again])} == {"applied"}
    assert sum(one.startswith("UPDATE residents") for one in statements) == 1
    assert cell(village, "residents", "many-0", "remark") == "又改"
    assert cell(village, "residents", "many-9", "employer") == "employer 9"
    told = doors.history(village, CLERK, "residents", "many-0")
    assert [one["after"] for one in told[:3]] == [
        {"remark": "又改"}, {"employer": "employer 0"}, {"remark": "remark 0"},
    ]  # fmt: skip


def test_how_many_who_come_at_once_stand_is_as_if_made_anew(village: Engine) -> None:
    changes = [
        add("residents", f"come-{at}", EAST, name=f"新{at}", birth_date=f"19{at % 90 + 10}",
            status="迁出" if at % 7 == 0 else "常住")
        for at in range(MANY)
    ]  # fmt: skip
    changes += [
        add("contacts", "n-met", EAST, kind="体检", resident_id="come-1", done_on="2026-01-04"),
        add("memberships", "n-in", EAST, group_id=CHILDREN, resident_id="come-2",
            started_on="2026-01-04"),
        edit("residents", "come-3", "status", "常住", "迁出"),
    ]  # fmt: skip
    assert {one.status for one in written(village, changes)} == {"applied"}

    def standing() -> list[Any]:
        with village.connect() as conn:
            return [
                sorted(map(tuple, conn.execute(select(*table_of(model).columns))), key=str)
                for model in (standings.Standing, standings.Inhabitant)
            ]

    kept = standing()
    with writing(village) as conn:
        standings.rebuild(conn)
    assert kept == standing()
    # Every seventh has moved away, and one more did at once.
    assert sum(row[0].startswith("come-") for row in kept[1]) == MANY - 143 - 1
