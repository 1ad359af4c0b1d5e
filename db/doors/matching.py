"""A roster against what is stored: which row each line means, and what it would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, select

from db import audit, engine, ids, likeness
from db.actors import Actor
from db.changes import Values
from db.doors import keying
from db.doors.housing import Housing
from db.doors.keying import Shelf
from db.doors.questions import Forbidden
from db.doors.reading import permitted, register_named, shown_values
from db.doors.referring import HOME, References
from db.doors.resolving import Directory, directories
from db.masks import identity as citizen_mask
from db.matches import BAD, CHANGED, NEW, OUT, REVIEW, UNCHANGED, Decisions, Match, Matched
from db.permissions import Grant
from db.registers.people import DEAD, MOVED_OUT
from db.registers.volunteers import LEFT
from db.sweeping import unswept

NONE: Decisions = {}
Masks = Mapping[str, str]  # field → what a mask left of the value
Covered = Mapping[int, Masks]  # line → its masks
NOTHING: Covered = {}
GONE = {MOVED_OUT, DEAD, LEFT}  # whom nobody misses in a full roster
SAME = "每一项都相同"
TELLING = {"id_number", "birth_date", "phone", "address"}  # beside a name


def match(
    on: Engine, actor: Actor, register: str, area: str, rows: Sequence[Values],
    *, numbers: Sequence[int] = (), homes: Sequence[int] = (), decisions: Decisions = NONE,
    covered: Covered = NOTHING,
) -> Matched:  # fmt: skip
    """Every line of a roster (field → value, dotted names reach through references) matched.

    `numbers` are the lines' rows in their file, `homes[i]` tells which lines are one household,
    `decisions` say of lines under review which row they are, or that they are new or left out,
    `covered[i]` are the masks that stood in a line instead of values.
    Only for who may add and change here: that a number is known is told to nobody else.
    Raises Forbidden.
    """
    known = register_named(register)
    with unswept(len(rows)), engine.reading(on) as conn:
        seq = audit.seq(conn)
        for verb in ("add", "change"):
            if not permitted(conn, actor, verb, known).covers(area):
                raise Forbidden("没有这个区域，或它不在您的工作范围内")
        grant = permitted(conn, actor, "read", known)
        stored = _stored(conn, grant, area)
        found = directories(conn, actor, known, area, rows)
        numbers = numbers or range(1, len(rows) + 1)
        housing = Housing(known.name, stored, found.get(HOME), homes)
        matching = _Matching(grant, stored, found, housing, numbers, decisions, covered)
        return matching.all(seq, rows)


def _stored(conn: Connection, grant: Grant, area: str) -> dict[str, Values]:
    """The rows as they are, not as they are shown: a number that the importer brought is compared
    whole. That it is there already tells who may add and change here nothing that the check for
    unique numbers would not; what is behind a mask is never given out (`shown_values`).
    """
    table = grant.register.table
    here = select(table.c.id, *grant.register.columns(grant.fields)).where(
        table.c.area_id == area, table.c.deleted_at.is_(None), grant.rows()
    )
    found = conn.execute(here.order_by(table.c.id))
    names = list(found.keys())
    return {row[0]: dict(zip(names, row, strict=True)) for row in found}


class _Matching:
    def __init__(
        self, grant: Grant, stored: dict[str, Values], found: Mapping[str, Directory],
        housing: Housing, numbers: Sequence[int], decisions: Decisions, covered: Covered,
    ) -> None:  # fmt: skip
        self.grant, self.shelf = grant, Shelf(stored)
        self.housing, self.numbers, self.decisions = housing, numbers, decisions
        self.covered, fields = covered, grant.register.fields
        self.keys = grant.register.about.keys
        self.person = "name" in grant.fields and "id_number" in grant.fields
        self.ids = iter(ids.several(len(numbers)))
        self.references = References(found, housing, fields, self.shelf, decisions, self.ids)
        self.fresh: dict[tuple[Any, ...], int] = {}  # key and its values in new lines → line

    def all(self, seq: int, rows: Sequence[Values]) -> Matched:
        lines = tuple(self._line(at, row) for at, row in enumerate(rows))
        absent = tuple(
            row_id
            for row_id, one in self.shelf.rows.items()
            if row_id not in self.shelf.taken and one.get("status") not in GONE
        )
        used = {one.cells.get("household_id") for one in lines}
        return Matched(seq, lines, absent, self.housing.made(used))

    def _line(self, at: int, row: Values) -> Match:
        cells, ended = self.references.resolved(at, row)
        if ended:
            return ended
        said = None if at in self.references.chosen else self.decisions.get(at)
        masks = self.covered.get(at, {})
        row_id, why, like = self._meant(cells, masks) if said is None else self._decided(said)
        if said == OUT:
            return Match(BAD, "", cells, why="由您选定不导入")
        if row_id and row_id in self.shelf.taken:
            first = self.numbers[self.shelf.taken[row_id]]
            return Match(
                BAD, row_id, cells, why=f"与第 {first} 行是同一{self.grant.register.about.unit}"
            )
        if row_id:
            self.shelf.taken[row_id] = at
            return self.against(row_id, cells, why)
        double = self._double(at, cells)
        if double is not None:
            return Match(BAD, "", cells, why=f"与第 {self.numbers[double]} 行重复")
        given = {name: value for name, value in cells.items() if value is not None}
        return Match(REVIEW if like else NEW, next(self.ids), given, why=why, like=like)

    def _decided(self, said: str) -> tuple[str, str, tuple[str, ...]]:
        return (said if said in self.shelf.rows else ""), "由您选定", ()

    def against(self, row_id: str, cells: Values, why: str) -> Match:
        """The line set against a stored row; an empty cell of a roster empties nothing."""
        stored = self.shelf.rows[row_id]
        moved = {
            name: value
            for name, value in cells.items()
            if value is not None
            and value != stored[name]
            and not keying.coarser(value, stored[name])
        }
        old = shown_values(self.grant, {name: stored[name] for name in moved})
        return Match(CHANGED if moved else UNCHANGED, row_id, moved, old, why)

    def _meant(self, cells: Values, masks: Masks) -> tuple[str, str, tuple[str, ...]]:
        """The row that the line means, by which key; else why it may be which."""
        if not self.shelf.rows:
            return "", "", ()
        for key in self.keys:
            values = tuple([cells.get(name) for name in key])
            if None in values or "" in values or not keying.whole(key, cells):
                continue
            held = [
                one for one in self.shelf.held(key, values) if not self._other(one, cells, masks)
            ]
            if len(held) == 1:
                return held[0], "、".join(self.grant.register.fields[n].label for n in key), ()
            if same := next((one for one in held if self.shelf.says(one, cells)), ""):
                return same, SAME, ()
            if held:
                return "", "有几行都相符", tuple(held)
        behind = self._behind(cells, masks) if masks else []
        if len(behind) == 1:
            return behind[0], "姓名和遮盖后的号码都相符", ()
        same = self._same(cells, masks)
        return (same, SAME, ()) if same else ("", *self._like(cells))

    def _same(self, cells: Values, masks: Masks) -> str:
        """A row that says already all that the line says, and that no other line means."""
        said = {name: value for name, value in cells.items() if value is not None}
        first = self.grant.register.about.names[0]
        if not said or (self.person and not said.keys() & TELLING):
            return ""  # a name is no person
        asked = [first] if first in said else list(said)
        held = min((self.shelf.held((name,), (said[name],)) for name in asked), key=len)
        for row_id in held:
            if self.shelf.says(row_id, said) and not (masks and self._other(row_id, cells, masks)):
                return row_id
        return ""

    def _behind(self, cells: Values, masks: Masks) -> list[str]:
        """The rows of this name whose numbers, masked, look as they do in the line."""
        first = self.grant.register.about.names[0]
        held = self.shelf.held((first,), (cells.get(first),))
        fields = self.grant.fields
        seen = ["id_number"] if "id_number" in masks else [n for n in masks if masks[n].strip("*")]
        shown = {name: fields[name].mask for name in seen if name in fields}
        return [
            one
            for one in held
            if shown
            and all(mask(self.shelf.rows[one][name]) == masks[name] for name, mask in shown.items())
            and not self._other(one, cells, {})
        ]

    def _other(self, row_id: str, cells: Values, masks: Masks) -> bool:
        """Whether it is another person; a number behind a mask speaks as far as it can be seen."""
        if not self.person:
            return False
        number = self.shelf.rows[row_id].get("id_number")
        if number and "id_number" in masks and masks["id_number"] != citizen_mask(number):
            return True
        return likeness.contradicts(cells, self.shelf.rows[row_id])

    def _like(self, cells: Values) -> tuple[str, tuple[str, ...]]:
        if not self.person or not cells.get("name"):
            return "", ()
        near = {one for key in keying.soundings(cells) for one in self.shelf.sounds.get(key, ())}
        if not near:
            return "", ()
        said = {one: likeness.likeness(cells, self.shelf.rows[one]) for one in sorted(near)}
        found = {one: why for one, why in said.items() if why}
        return "；".join(dict.fromkeys(found.values())), tuple(found)

    def _double(self, at: int, cells: Values) -> int | None:
        """The earlier new line that says the same of itself by some key."""
        for key in self.keys:
            values = tuple([cells.get(name) for name in key])
            if None in values or "" in values or not keying.whole(key, cells):
                continue
            first = self.fresh.setdefault((key, values), at)
            if first != at:
                return first
        return None
