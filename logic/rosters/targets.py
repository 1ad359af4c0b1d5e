"""What a column of a roster can become: a field of the register, or of a row that it points at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from db.base import Register
from db.fields import Field
from db.kinds import REFERENCE, TEXT
from db.matches import WORDS
from db.registers import BY_NAME

HEAD = "household_id.head"  # the householder's name, by which the rows of a household are grouped
HOUSEHOLD = "household_id.number"
RECOGNISED = ("id_number", "phone")  # besides what names a row
TELLING = ("birth_date", "address")  # of whom a target group's roster names


@dataclass(frozen=True)
class Target:
    """`name` is a field's, or dotted: `resident_id.name` is the name of the resident meant.

    What reaches through a reference only says which row is meant; it is never written there.
    """

    name: str
    label: str
    field: Field
    alias: str = ""  # what the column is called where the words stand for the row meant

    @property
    def through(self) -> str:
        """The reference that it reaches through, or nothing."""
        return self.name.partition(".")[0] if "." in self.name else ""


@cache
def of(register: str, made: tuple[Field, ...] = ()) -> dict[str, Target]:
    """Every target of a register, by name, in the order of its fields, those users made last."""
    declared = {one.name: one for one in _all(BY_NAME[register])}
    return declared | {one.name: Target(one.name, one.label, one) for one in made}


def _all(register: Register) -> list[Target]:
    found = []
    for name, own in register.fields.items():
        if own.kind is not REFERENCE:
            found.append(Target(name, own.label, own))
            continue
        meant = BY_NAME[own.refers]
        more = TELLING if register.name == "memberships" else ()
        for inner in _telling(meant, more):
            label = f"{own.label}的{inner.label}"
            alias = own.label if meant.about.names == (inner.name,) else ""
            # A reference's cell may be blank, whatever the row that it names must hold.
            blank = replace(inner, required=False)
            found.append(Target(f"{name}.{inner.name}", label, blank, alias))
        if len(meant.about.names) > 1 and own.refers != "households":  # known by their number
            words = Field(TEXT, own.label, name=WORDS, longest=300)
            found.append(Target(f"{name}.{WORDS}", own.label, words))
        if own.refers == "households":
            head = Field(TEXT, "户主姓名", name="head", longest=50)
            found.append(Target(HEAD, f"{own.label}的户主姓名", head))
    return found


def _telling(register: Register, more: tuple[str, ...]) -> list[Field]:
    """The fields by which a row of `register` is recognised."""
    telling = (*register.about.names, *RECOGNISED, *more)
    return [
        one
        for name, one in register.fields.items()
        if name in telling and one.kind is not REFERENCE
    ]
