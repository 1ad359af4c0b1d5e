"""Several people at the two doors in any order, against a plain dict that says what must hold."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)
from sqlalchemy import select

from db import doors
from db.actors import Actor
from db.changes import Change, Outcome
from db.doors import Forbidden, Question
from db.registers import BY_NAME
from tests.village import AN_ID, AN_PHONE, BO_ID, EAST, NORTH, ROOT, ROWS, STREET, WEST, opened

Key = tuple[str, str]
Cells = dict[str, Any]

FIELDS = {
    "residents": ("name", "phone", "id_number", "household_id", "party"),
    "households": ("number", "address"),
}
TWINS = ("13899990001", AN_PHONE)  # two numbers behind one mask
VALUES: dict[str, tuple[Any, ...]] = {
    "name": ("安一", "卜二", "崔三"),
    "phone": (*TWINS, *TWINS, "13700000001", "abc", None),
    "id_number": (AN_ID, BO_ID, None),
    "household_id": ("e-home", "w-home", "h1", None),
    "party": ("群众", "中共党员", None),
    "number": ("E1", "W1", "H1"),
    "address": ("东街 1 号", None),
}
IDS = {
    "residents": ("e-an", "e-bo", "e-cu", "w-an", "n-an", "new1", "new2"),
    "households": ("e-home", "w-home", "h1"),
}
FRESH = (("residents", "new1"), ("residents", "new2"), ("households", "h1"))
BOUND = {("residents", one) for one in ("e-cu", "w-an")}  # rows that all may see point at them
REACH = {
    EAST: {EAST}, WEST: {WEST}, STREET: {STREET, EAST, WEST},
    ROOT: {ROOT, STREET, EAST, WEST, "far", NORTH},
}  # fmt: skip
WRITERS = {"secretary", "clerk", "city_admin"}
LEADERS = {"secretary", "city_admin"}  # they may take back what others did
PLACES = (
    ("clerk", EAST), ("secretary", EAST), ("city_admin", ROOT), ("clerk", WEST),
    ("researcher", ROOT), ("street_officer", STREET), ("organisation", STREET),
)  # fmt: skip


@dataclass
class Row:
    """A row as it must be stored: its area, its cells, whether it is there, who wrote when."""

    area: str
    cells: Cells
    there: bool = True
    written: dict[str, int] = field(default_factory=dict)
    entries: int = 1


@dataclass(frozen=True)
class Deed:
    key: Key
    verb: str
    before: Cells
    after: Cells


@dataclass
class Person:
    """Somebody at a grid: who they are now, and the rows as they last saw them."""

    actor: Actor
    seq: int = 0
    rows: dict[str, dict[str, Cells]] = field(default_factory=dict)
    last: Change | None = None


def masked(name: str, value: str | None) -> str | None:
    if value is None or name not in ("phone", "id_number"):
        return value
    return f"{value[:3]}****{value[-4:]}" if name == "phone" else f"{value[:6]}********{value[-4:]}"


def reads(actor: Actor) -> bool:
    return actor.role != "organisation"


def sees(actor: Actor, name: str) -> bool:
    return not (actor.role == "researcher" and name == "party")


class People(RuleBasedStateMachine):
    """Rules are what people do; the model is `rows` and `batches`, the truth is the database."""

    backend = "sqlite"
    batches = Bundle("batches")

    @initialize()
    def start(self) -> None:
        self.stack = ExitStack()
        self.on = self.stack.enter_context(opened(self.backend))
        self.rows: dict[Key, Row] = {}
        for register, names in FIELDS.items():
            for row in ROWS[register]:
                if row["id"] in IDS[register]:
                    cells = {name: row.get(name) for name in names}
                    self.rows[register, row["id"]] = Row(row["area_id"], cells)
        self.deeds: dict[str, list[Deed]] = {}
        self.authors: dict[str, str] = {}
        self.undoes: dict[str, str] = {}
        self.people = [
            Person(Actor(f"p{n}", f"第{n}人", role, area))
            for n, (role, area) in enumerate(PLACES[:4])
        ]
        for who in range(4):
            self.look(who)

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self._replay()
            self.stack.close()

    # --- what people see

    def visible(self, actor: Actor, register: str) -> dict[str, Cells]:
        """The rows of a register as the actor must see them."""
        return {
            row_id: {n: masked(n, v) for n, v in row.cells.items() if sees(actor, n)}
            for (of, row_id), row in self.rows.items()
            if of == register and row.there and row.area in REACH[actor.area_id]
        }

    def read(self, actor: Actor, register: str) -> dict[str, Cells]:
        answer = doors.read(self.on, actor, Question(register, limit=None))
        return {
            row["id"]: self.cut(register, row) for row in answer.rows if self.known(register, row)
        }

    @staticmethod
    def known(register: str, row: Cells) -> bool:
        return row["id"] in IDS[register]

    @staticmethod
    def cut(register: str, row: Cells) -> Cells:
        return {name: row[name] for name in FIELDS[register] if name in row}

    @rule(who=st.integers(0, 3))
    def look(self, who: int) -> None:
        """Somebody opens the page anew."""
        person = self.people[who]
        if not reads(person.actor):
            return
        person.seq = doors.version(self.on)
        for register in FIELDS:
            person.rows[register] = self.read(person.actor, register)
            assert person.rows[register] == self.visible(person.actor, register)

    @rule(who=st.integers(0, 3))
    def hear(self, who: int) -> None:
        """What the feed tells makes of the rows seen before the rows as they are."""
        person = self.people[who]
        if not person.rows:
            return
        for register, rows in person.rows.items():
            news = doors.feed(self.on, person.actor, register, None, person.seq)
            assert not news.reset
            for gone in news.gone:
                rows.pop(gone, None)
            rows |= {r["id"]: self.cut(register, r) for r in news.rows if self.known(register, r)}
            assert rows == self.visible(person.actor, register)
        person.seq = doors.version(self.on)

    @rule(who=st.integers(0, 3), place=st.sampled_from(PLACES))
    def appoint(self, who: int, place: tuple[str, str]) -> None:
        """Somebody gets another role, and forgets what they saw in the old one."""
        person = self.people[who]
        self.people[who] = Person(replace(person.actor, role=place[0], area_id=place[1]))

    # --- what people do

    @rule(target=batches, who=st.integers(0, 3), data=st.data())
    def change(self, who: int, data: st.DataObject) -> Any:
        """One or two cells of a row, over what its author last saw of it."""
        person = self.people[who]
        register, row_id = self.pick(person, data)
        names = data.draw(st.lists(st.sampled_from(FIELDS[register]), min_size=1, max_size=2))
        shown = person.rows.get(register, {}).get(row_id, {})
        before = {name: shown.get(name) for name in names}
        after = {name: data.draw(st.sampled_from(VALUES[name])) for name in names}
        return self.send(person, Change(register, row_id, before, after, seen=person.seq))

    @rule(target=batches, who=st.integers(0, 3), data=st.data())
    def add(self, who: int, data: st.DataObject) -> Any:
        """A new row, or one that was deleted, or one that is there."""
        person = self.people[who]
        gone = [key for key, row in self.rows.items() if not row.there]
        free = [key for key in FRESH if key not in self.rows]
        key = data.draw(st.sampled_from((*gone, *gone, *free, *free, ("residents", "e-an"))))
        homes = [self.rows[key].area] if key in self.rows else [EAST, WEST]
        area = data.draw(st.sampled_from((*homes, *homes, WEST, NORTH)))
        after = {n: data.draw(st.sampled_from(VALUES[n][::-1])) for n in FIELDS[key[0]]}
        return self.send(person, Change(*key, None, {**after, "area_id": area}))

    @rule(target=batches, who=st.integers(0, 3), data=st.data())
    def delete(self, who: int, data: st.DataObject) -> Any:
        """A row, over what its author last saw of it."""
        person = self.people[who]
        register, row_id = self.pick(person, data)
        before = dict(person.rows.get(register, {}).get(row_id, {}))
        return self.send(person, Change(register, row_id, before, None))

    @rule(target=batches, who=st.integers(0, 3), data=st.data())
    def paste(self, who: int, data: st.DataObject) -> Any:
        """A block of cells at once, some of them twice: each fares by itself."""
        person, changes = self.people[who], []
        rows = data.draw(st.lists(st.sampled_from(IDS["residents"]), min_size=1, max_size=2))
        for row_id in rows * 2:
            seen = person.rows.get("residents", {}).get(row_id, {})
            names = data.draw(st.lists(st.sampled_from(FIELDS["residents"]), min_size=1))
            after = {name: data.draw(st.sampled_from(VALUES[name])) for name in names}
            before = {name: seen.get(name) for name in after}
            changes.append(Change("residents", row_id, before, after))
        return self.send(person, *changes)

    @precondition(lambda self: any(person.last for person in self.people))
    @rule(who=st.integers(0, 3), other=st.integers(0, 3))
    def again(self, who: int, other: int) -> None:
        """What was applied is sent once more, by its author or by somebody else."""
        change = self.people[who].last
        if change is None:
            return
        outcome = doors.write(self.on, self.people[other].actor, [change], source="test").outcomes[
            0
        ]
        assert outcome.status == ("applied" if other == who else "refused")

    @rule(target=batches, who=st.integers(0, 3), batch=consumes(batches))
    def undo(self, who: int, batch: str) -> Any:
        """A batch is taken back; undoing what that makes is the redo."""
        person = self.people[who]
        mine = self.authors[batch] == person.actor.id or person.actor.role in LEADERS
        seen = [deed for deed in self.deeds[batch][::-1] if mine and self.reads(person, deed)]
        refusal = "已经撤销过" if self.undone(batch) else "没有找到"
        if self.undone(batch) or not seen:
            with pytest.raises(Forbidden, match=refusal):
                doors.undo(self.on, person.actor, batch)
            return batch
        expected = [self.expect(person.actor, *self.inverse(deed)) for deed in seen]
        written = doors.undo(self.on, person.actor, batch)
        self.compare(expected, written.outcomes)
        made = [deed for _, deed in expected if deed]
        if not made:
            return batch
        self.note(person, written.batch, made)
        self.undoes[written.batch] = batch
        return multiple(batch, written.batch)

    # --- the model

    @staticmethod
    def pick(person: Person, data: st.DataObject) -> Key:
        """A row, more often than not one that the person has before them."""
        register = data.draw(st.sampled_from(("residents", "residents", "households")))
        before_them = sorted(person.rows.get(register, {}))
        return register, data.draw(st.sampled_from((*before_them, *before_them, *IDS[register])))

    def send(self, person: Person, *changes: Change) -> Any:
        expected = [self.meant(person.actor, change) for change in changes]
        written = doors.write(self.on, person.actor, changes, source="test")
        self.compare(expected, written.outcomes)
        made = [deed for _, deed in expected if deed]
        for change, (_, deed) in zip(changes, expected, strict=True):
            person.last = change if deed else person.last
        if not made:
            return multiple()
        self.note(person, written.batch, made)
        return written.batch

    def meant(self, actor: Actor, change: Change) -> tuple[str, Deed | None]:
        after = change.after
        area = None if after is None else after.get("area_id")
        cells = None if after is None else {n: v for n, v in after.items() if n != "area_id"}
        key = (change.register, str(change.id))
        return self.expect(actor, key, change.before, cells, area, change.seen)

    def expect(
        self,
        actor: Actor,
        key: Key,
        before: Cells | None,
        after: Cells | None,
        area: str | None = None,
        seen: int | None = None,
        plain: bool = False,
    ) -> tuple[str, Deed | None]:
        """What must become of a change; when it is applied, the model is changed at once."""
        row = self.rows.get(key)
        if actor.role not in WRITERS:
            return "refused", None
        if (row.area if row else area or EAST) not in REACH[actor.area_id]:
            return "refused", None
        if after is None:
            return self.delete_expected(key, row, before or {}, plain)
        if before is None:
            return self.add_expected(key, row, after, area)
        return self.change_expected(key, row, before, after, seen, plain)

    def delete_expected(
        self, key: Key, row: Row | None, before: Cells, plain: bool
    ) -> tuple[str, Deed | None]:
        if row is None or not row.there:
            return "refused", None
        show: Callable[[str, Any], Any] = (lambda _n, v: v) if plain else masked
        if any(before[n] != show(n, row.cells[n]) for n in before):
            return "conflict", None
        lived_in = any(
            of == "residents" and other.there and other.cells["household_id"] == key[1]
            for (of, _), other in self.rows.items()
        )
        if key in BOUND or (key[0] == "households" and lived_in):
            return "refused", None
        row.there = False
        return "applied", Deed(key, "delete", dict(row.cells), {})

    def add_expected(
        self, key: Key, row: Row | None, after: Cells, area: str | None
    ) -> tuple[str, Deed | None]:
        if row is not None and (row.there or row.area != area):
            return "refused", None
        if "abc" in after.values() or not self.tied(key, area or "", after):
            return "refused", None
        verb = "restore" if row else "add"
        self.rows[key] = replace(
            row or Row(area or "", {}, entries=0), there=True, cells=dict(after)
        )
        return "applied", Deed(key, verb, {}, dict(after))

    def change_expected(
        self, key: Key, row: Row | None, before: Cells, after: Cells, seen: int | None, plain: bool
    ) -> tuple[str, Deed | None]:
        if row is None or not row.there:
            return "refused", None
        edited = {n: v for n, v in after.items() if before.get(n) != v}
        if "abc" in edited.values():
            return "refused", None
        new = {n: v for n, v in edited.items() if v != row.cells[n]}
        for name in new:
            stale = before.get(name) not in (row.cells[name], masked(name, row.cells[name]))
            late = seen is not None and name in ("phone", "id_number")
            if stale or (late and row.written.get(name, 0) > (seen or 0)):
                return "conflict", None
        required = any(v is None for n, v in edited.items() if n in ("name", "number"))
        if required or not self.tied(key, row.area, new):
            return "refused", None
        if not new:
            return "applied", None
        deed = Deed(key, "change", {n: row.cells[n] for n in new}, new)
        row.cells |= new
        return "applied", deed

    def tied(self, key: Key, area: str, cells: Cells) -> bool:
        """Whether references lead somewhere in the area and unique cells are unique in it."""
        home = self.rows.get(("households", cells.get("household_id") or ""))
        if cells.get("household_id") and not (home and home.there and home.area == area):
            return False
        return not any(
            cells.get(name) and other.cells.get(name) == cells[name]
            for name in ("id_number", "number")
            for (of, row_id), other in self.rows.items()
            if of == key[0] and row_id != key[1] and other.there and other.area == area
        )

    def reads(self, person: Person, deed: Deed) -> bool:
        return reads(person.actor) and self.rows[deed.key].area in REACH[person.actor.area_id]

    def inverse(self, deed: Deed) -> tuple[Any, ...]:
        if deed.verb == "delete":
            return deed.key, None, deed.before, self.rows[deed.key].area
        if deed.verb == "change":
            return deed.key, deed.after, deed.before, None, None, True
        return deed.key, deed.after, None, None, None, True

    def undone(self, batch: str) -> bool:
        return any(of == batch and not self.undone(by) for by, of in self.undoes.items())

    def note(self, person: Person, batch: str, made: list[Deed]) -> None:
        self.deeds[batch], self.authors[batch] = made, person.actor.id
        seq = doors.version(self.on)
        for deed in made:
            row = self.rows[deed.key]
            row.entries += 1
            row.written |= dict.fromkeys(deed.after, seq)

    @staticmethod
    def compare(expected: list[tuple[str, Deed | None]], told: tuple[Outcome, ...]) -> None:
        assert [status for status, _ in expected] == [one.status for one in told], told

    # --- the truth

    @invariant()
    def stored_is_the_model(self) -> None:
        """Every row is as the dict says, deleted ones too, and there is no other."""
        if not hasattr(self, "on"):
            return
        for register, names in FIELDS.items():
            table = BY_NAME[register].table
            with self.on.connect() as connection:
                found = connection.execute(select(table)).mappings().all()
            stored = {
                (register, row["id"]): Row(
                    row["area_id"], {n: row[n] for n in names}, row["deleted_at"] is None
                )
                for row in found
                if row["id"] in IDS[register]
            }
            wanted = {
                key: replace(row, written={}, entries=1)
                for key, row in self.rows.items()
                if key[0] == register
            }
            assert stored == wanted

    def _replay(self) -> None:
        """The history, told from its beginning, ends at what is stored, and has nothing else."""
        admin = Actor("judge", "裁判", "city_admin", ROOT, clearance=True)
        for (register, row_id), row in self.rows.items():
            entries = doors.history(self.on, admin, register, row_id)[::-1]
            assert len(entries) == row.entries
            cells: Cells = dict.fromkeys(FIELDS[register])
            for entry in entries:
                kept = {n: v for n, v in (entry["before"] or {}).items() if n in cells}
                if entry["verb"] in ("change", "delete"):
                    assert kept.items() <= cells.items()
                cells |= {n: v for n, v in (entry["after"] or {}).items() if n in cells}
            assert cells == {n: masked(n, v) for n, v in row.cells.items()}


class PeopleOnPostgreSQL(People):
    backend = "postgresql"


BOUNDED = settings(
    max_examples=20,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # making a failure smaller may take minutes: add Phase.shrink for it
    suppress_health_check=list(HealthCheck),
)
TestOnSQLite = People.TestCase
TestOnSQLite.settings = BOUNDED
TestOnPostgreSQL = PeopleOnPostgreSQL.TestCase
TestOnPostgreSQL.settings = BOUNDED
