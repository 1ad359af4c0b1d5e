"""The one authorisation function: who may do what with which rows and fields.

`grant` decides for rows, search, choices, aggregates, history, exports and routes alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from sqlalchemy import ColumnElement, Connection, Table, and_, exists, false, or_, true

from db import custom, places, serving, widening
from db.actors import Actor
from db.base import Register
from db.changes import Values
from db.fields import Field
from db.registers import REGISTERS
from db.roles import FOUNDER, LETTERS, ROLES, VERBS, VISITOR, Role

__all__ = ["LETTERS", "ROLES", "ROLE_BY_NAME", "VERBS", "Grant", "Role", "Sight", "grant", "has"]
OFFERED = ("bids", "bid_files")


class Sight(StrEnum):
    """How much of a field somebody sees."""

    PLAIN = "plain"
    MASKED = "masked"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Grant:
    """What one actor may do with one register by one verb."""

    register: Register
    areas: frozenset[str]
    everywhere: bool
    cleared: bool
    hides: frozenset[str]
    actor: Actor
    verb: str
    subjects: tuple[Grant, ...] = ()  # what may be read of the rows that these are about

    def covers(self, area_id: str) -> bool:
        return self.everywhere or area_id in self.areas

    @cached_property
    def _loose(self) -> bool:
        """Whether no row can be astray: nobody's own register, nor one that is tied."""
        about, name = self.register.about, self.register.name
        return not (about.of or about.signed or (self.bound and serving.TIES.get(name)))

    def rows(self) -> ColumnElement[bool]:
        """The SQL condition that every statement under this grant carries."""
        table, about = self.register.table, self.register.about
        scope = table.c[about.scope]
        asked = [true() if self.everywhere else _within(scope, self.areas)]
        if about.attached:
            asked.append(or_(false(), *(_about(one, table) for one in self.subjects)))
        if about.kept_by and self.verb != "count":
            asked.append(table.c[about.kept_by] == self.actor.id)
        if about.open_rows is not None and not self.cleared:
            asked.append(about.open_rows(table))
        if about.shown is not None:
            asked.append(about.shown(table, self.actor))
        if self.bound and self.verb != "count" and self.register.name in serving.SERVED:
            concerns = serving.SERVED[self.register.name]
            asked.append(concerns(table, self.actor.organisation or ""))
        return and_(*asked)

    @property
    def bound(self) -> bool:
        """Whether the actor works for an organisation and sees what concerns it alone."""
        return is_bound(self.actor)

    def stray(self, row: Values) -> tuple[str, str] | None:
        """Why a row is not the actor's organisation's to write, and the column that says so."""
        if self._loose:
            return None
        of, tie = self.register.about.of, serving.TIES.get(self.register.name, "")
        if of and self.actor.role != FOUNDER.name and row[of] != self.actor.organisation:
            return "只能以自己所在社会组织的名义填写", of
        signed = self.register.about.signed
        if signed and self.actor.role != FOUNDER.name and row[signed] != self.actor.id:
            return f"只能修改或删除自己填写的{self.register.about.label}", signed
        if self.bound and tie and not row[tie]:
            return f"“{self.register.fields[tie].label}”必须填写，请选本组织承接的项目", tie
        return None

    def owns(self, row: Values) -> bool:
        """Whether the actor may take this row away, where rows have an author."""
        author = self.register.about.author
        return not author or row[author] == self.actor.id or ROLE_BY_NAME[self.actor.role].leads

    @cached_property
    def sights(self) -> dict[str, Sight]:
        """How much is seen of each field of the register."""
        name = self.register.name
        hidden = {n for n in self.register.fields if f"{name}.{n}" in self.hides}
        if self.bound:
            hidden |= {n for n in self.register.fields if custom.is_name(n)}
        hidden |= {n for n, one in self.register.fields.items() if not self._meant(one)}
        seen = {
            n: Sight.MASKED if one.sensitive else Sight.PLAIN
            for n, one in self.register.fields.items()
        }
        return seen | dict.fromkeys(hidden, Sight.HIDDEN)

    def _meant(self, one: Field) -> bool:
        """Whether a field that is for some roles is for this one."""
        role = ROLE_BY_NAME[self.actor.role]
        return not one.roles or role.leads or role.label in one.roles

    @cached_property
    def fields(self) -> dict[str, Field]:
        """The fields that may be seen at all."""
        fields = self.register.fields
        return {n: f for n, f in fields.items() if self.sights[n] is not Sight.HIDDEN}

    @cached_property
    def masked(self) -> tuple[Field, ...]:
        """The fields of which no more than a mask is seen."""
        return tuple(f for n, f in self.fields.items() if self.sights[n] is Sight.MASKED)

    def sight(self, field: Field) -> Sight:
        return self.sights[field.name]


def _about(one: Grant, table: Table) -> ColumnElement[bool]:
    """The attached rows about plain cells of living rows that the grant shows."""
    its = one.register.table
    plain = [name for name, sight in one.sights.items() if sight is Sight.PLAIN]
    there = exists().where(its.c.id == table.c.subject_id, its.c.deleted_at.is_(None), one.rows())
    return and_(table.c.subject == one.register.name, table.c.subject_field.in_(plain), there)


def _within(scope: ColumnElement[str], areas: frozenset[str]) -> ColumnElement[bool]:
    # One community is by far the commonest case; equality lets its index give the order too.
    return scope == next(iter(areas)) if len(areas) == 1 else scope.in_(sorted(areas))


def grant(conn: Connection, actor: Actor, verb: str, register: Register) -> Grant | None:
    """The grant of `verb` on `register`, or None where the role does not have it."""
    return grants(conn, actor, (verb,), register)[verb]


def grants(
    conn: Connection, actor: Actor, verbs: Iterable[str], register: Register
) -> dict[str, Grant | None]:
    """The grant of each verb on `register`, None where the role does not have it."""
    role = ROLE_BY_NAME.get(actor.role)
    if role is None:
        return dict.fromkeys(verbs)
    register = widening.widened(conn, actor, register)
    areas = frozenset(places.below(conn, actor.area_id))
    subjects = _subjects(conn, actor) if register.about.attached else ()
    hides = role.hides | (serving.HIDES if is_bound(actor) else frozenset())
    return {
        verb: Grant(
            register=register,
            areas=areas,
            everywhere=verb == "read" and register.about.public,
            cleared=actor.clearance,
            hides=hides,
            actor=actor,
            verb=verb,
            subjects=subjects,
        )
        if has(role, verb, register.name) and _concerns(actor, verb, register)
        else None
        for verb in verbs
    }


def is_bound(actor: Actor) -> bool:
    """Whether the actor works for a social organisation."""
    return actor.organisation is not None or actor.role == "organisation"


def _concerns(actor: Actor, verb: str, register: Register) -> bool:
    """Of what does not concern their organisation, its people may see no more than a count."""
    about = register.about
    known = about.public or about.attached or register.name in serving.SERVED
    return verb == "count" or known or not is_bound(actor)


def _subjects(conn: Connection, actor: Actor) -> tuple[Grant, ...]:
    others = (one for one in REGISTERS if not one.about.attached)
    return tuple(found for one in others if (found := grant(conn, actor, "read", one)))


def has(role: Role, verb: str, register: str) -> bool:
    """Whether the role has the verb on the register anywhere at all."""
    return verb in (LETTERS[letter] for letter in _letters(role, register))


def within(inner: Role, outer: Role) -> bool:
    """Whether whoever has `outer` could do all that `inner` does, and see all that it sees."""
    registers = {*inner.rights, *outer.rights, "*"}
    # What an organisation writes in its own name, nobody else's account can by any role.
    own = {one: set("acd") if one in OFFERED else set() for one in registers}
    letters = all(_letters(inner, one) - own[one] <= _letters(outer, one) for one in registers)
    # What is hidden from one who only counts there was never to be seen by it.
    shown = {one for one in outer.hides - inner.hides if _looks(inner, one.partition(".")[0])}
    return letters and not shown and inner.leads <= outer.leads


def _letters(role: Role, register: str) -> set[str]:
    return set(role.rights.get(register, role.rights.get("*", "")))


def _looks(role: Role, register: str) -> bool:
    return bool(_letters(role, register) - {"n"})


ROLE_BY_NAME = {role.name: role for role in (*ROLES, FOUNDER, VISITOR)}
