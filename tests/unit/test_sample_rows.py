"""The rows of the sample: each as it is stored, whole, and pointing where it may."""

from __future__ import annotations

import itertools
import re

import pytest

from db.registers import BY_NAME, REGISTERS
from tests.sampled import COMMUNITIES, Rows, made, still

CITY = "xianning"


@pytest.fixture(scope="module")
def rows() -> Rows:
    return made()[0]


def test_registers_come_after_those_they_point_at(rows: Rows) -> None:
    order = list(rows)
    assert order == [register.name for register in REGISTERS]
    for name, field in ((r.name, f) for r in REGISTERS for f in r.fields.values() if f.refers):
        assert field.refers == name or order.index(field.refers) < order.index(name)


@pytest.mark.parametrize("name", [register.name for register in REGISTERS])
def test_every_value_is_already_as_it_is_stored(rows: Rows, name: str) -> None:
    fields = BY_NAME[name].fields
    for row in rows[name]:
        assert row.keys() - {"id", "area_id"} <= fields.keys()
        for each, field in fields.items():
            assert field.parse(row.get(each)) == row.get(each), (each, row)


@pytest.mark.parametrize("name", [register.name for register in REGISTERS])
def test_no_rule_across_a_row_is_broken(rows: Rows, name: str) -> None:
    checks = BY_NAME[name].about.checks
    assert not [found for row in rows[name] for check in checks if (found := check(row))]


def test_references_stay_in_the_community(rows: Rows) -> None:
    place = {name: {row["id"]: row["area_id"] for row in some} for name, some in rows.items()}
    for register in REGISTERS:
        links = {name: f.refers for name, f in register.fields.items() if f.refers}
        for row, (name, refers) in itertools.product(rows[register.name], links.items()):
            if name in row and refers != "organisations":  # which anybody may refer to
                home = CITY if refers == "groups" else row["area_id"]
                assert place[refers][row[name]] == home, (name, row)
    assert {row["area_id"] for row in rows["groups"]} == {CITY}
    assert {row["area_id"] for row in rows["residents"]} == set(COMMUNITIES)


def test_ids_are_valid_and_in_the_order_of_their_making(rows: Rows) -> None:
    for some in rows.values():
        ids = [row["id"] for row in some]
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch(r"[0-9A-Za-z_-]{1,36}", each) for each in ids)
    for name in ("households", "residents", "memberships", "volunteers", "pairings"):
        ids = [row["id"] for row in rows[name]]
        assert ids == sorted(ids)
        assert all(each[14] == "7" and each[19] in "89ab" for each in ids)


def test_unique_fields_are_unique(rows: Rows) -> None:
    unique = [(r.name, f.name) for r in REGISTERS for f in r.fields.values() if f.unique]
    assert ("residents", "id_number") in unique
    for register, field in unique:
        values = [row[field] for row in rows[register] if field in row]
        assert len(set(values)) == len(values), (register, field)


def test_nobody_belongs_to_a_group_twice_at_once(rows: Rows) -> None:
    kinds = ("group_id", "resident_id", "household_id")
    open_now = [tuple(row.get(k) for k in kinds) for row in rows["memberships"] if still(row)]
    assert len(set(open_now)) == len(open_now)
    assert len(rows["memberships"]) <= 6000
