"""The house is complete: every register, field, role, kind, indicator and page says all it must."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from db import finding
from db.base import Register
from db.fields import Field
from db.finding import FINDERS
from db.indicators import INDICATORS
from db.kinds import KINDS, Kind
from db.parsers import Refused
from db.permissions import LETTERS, ROLES
from db.registers import BY_NAME, REGISTERS
from db.secrecy import Sealed

HOME = Path(__file__).resolve().parent.parent
ROOMS = ("api", "bench", "charts", "commands", "db", "logic", "pages", "ui")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
LONGEST_FILE = 300
LONGEST_PAGE = 160
LONGEST_SERVER = 80


def _sources() -> list[Path]:
    here = [path for room in ROOMS for path in sorted((HOME / room).rglob("*.py"))]
    here = [path for path in here if "versions" not in path.parts]  # migrations are generated
    return [*here, HOME / "app.py", HOME / "manage.py"]


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.name)
def test_a_register_is_complete(register: Register) -> None:
    labels = [one.label for one in register.fields.values()]
    assert len(labels) == len(set(labels)), "two columns of one name"
    assert all(CHINESE.search(label) for label in [register.about.label, *labels])
    assert set(register.about.names) <= set(register.fields)
    assert CHINESE.search(register.about.unit)


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.name)
def test_every_field_is_sound(register: Register) -> None:
    for name, one in register.fields.items():
        column = register.table.c[name]
        assert one.name == name
        assert one.kind in KINDS
        assert one.width >= 60
        assert isinstance(column.type, Sealed) == one.sensitive
        assert column.nullable != one.required
        assert bool(one.choices) == (one.kind.editor in ("choice", "choices"))
        assert len(set(one.choices)) == len(one.choices)
        assert bool(one.refers) == (one.kind.editor == "reference")
        if one.refers:
            assert one.refers in BY_NAME
        if one.sensitive:
            assert not one.search, "a search over a mask"
        assert one.found_by in ("", *FINDERS)
        assert one.sensitive == (one.found_by == "tail") or not one.found_by
        if one.default:
            assert one.default == "today" or one.parse(one.default) == one.default


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.name)
def test_the_database_keeps_what_the_fields_promise(register: Register) -> None:
    kept = {str(index.name): index for index in register.table.indexes}
    for name, one in register.fields.items():
        column = register.table.c[name]
        if one.unique:
            index = kept[f"uq_{register.name}_{name}"]
            assert index.unique
            assert [part.name for part in index.columns] == ["area_id", name]
        if one.refers:
            assert {key.target_fullname for key in column.foreign_keys} == {f"{one.refers}.id"}
            assert f"ix_{register.name}_{name}" in kept, "who points at a row is asked for often"
    assert f"ix_{register.name}_area" in kept
    beside = {column.name for column in finding.columns(register.fields)}
    own = {"id", "area_id", "created_at", "deleted_at"}
    own |= {"extra"} if register.extensible else set()
    assert {column.name for column in register.table.columns} == own | set(register.fields) | beside


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.name)
def test_what_names_a_row_is_nobodys_secret(register: Register) -> None:
    hidden = {field for role in ROLES for field in role.hides}
    for name in register.about.names:
        assert not register.fields[name].sensitive
        assert f"{register.name}.{name}" not in hidden


@pytest.mark.parametrize("register", REGISTERS, ids=lambda one: one.name)
def test_every_choice_is_understood_as_itself(register: Register) -> None:
    for one in register.fields.values():
        for choice in one.choices:
            assert one.parse(choice) == choice
            assert one.kind.editor == "choice" or not set(choice) & set("、,;/ ")


@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.name)
def test_a_kind_masks_what_it_keeps_and_understands_its_own_example(kind: Kind) -> None:
    field = Field(kind, "列", choices=("生活", "心灵"))
    if kind.example not in ("从列表中选", "18 位号码"):
        kept = field.parse(kind.example)
        assert field.parse(kept) == kept
    numbers = {"id_number": ("421281195603010015", "421281560301001")}
    for number in numbers.get(kind.name, ("13800000001", "0715-5221234", "5221234")):
        masked = kind.mask(number)
        assert "*" in masked
        assert number not in masked
        with pytest.raises(Refused):
            Field(kind, "列", sensitive=True, choices=("生活",), longest=2).parse(masked)
    assert len({one.name for one in KINDS}) == len(KINDS)


def test_every_model_is_in_the_list() -> None:
    from db.base import Row

    assert {register.model for register in REGISTERS} == set(Row.__subclasses__())
    assert len({register.about.label for register in REGISTERS}) == len(REGISTERS)


def test_every_role_is_complete() -> None:
    assert len({role.label for role in ROLES}) == len(ROLES)
    columns = {f"{one.name}.{name}" for one in REGISTERS for name in one.fields}
    for role in ROLES:
        assert CHINESE.search(role.label)
        assert set(role.rights) - {"*"} <= set(BY_NAME)
        assert all(letter in LETTERS for letters in role.rights.values() for letter in letters)
        assert role.hides <= columns


def test_every_indicator_is_complete() -> None:
    for one in INDICATORS:
        words = [one.label, one.done, one.numerator, one.denominator, one.definition]
        words += [one.undone] if one.grouped else []  # of the rest nobody need be left out
        assert all(CHINESE.search(text) for text in words)
        assert set(one.reads) <= set(BY_NAME)


def test_every_page_is_in_the_list() -> None:
    start = (HOME / "pages" / "start.py").read_text("utf-8")
    names = {path.stem for path in (HOME / "pages").glob("*.py")} - {"__init__", "start"}
    assert names == {name for name in names if re.search(rf"\b{name}\.show\b", start)}
    for name in names:
        source = (HOME / "pages" / f"{name}.py").read_text("utf-8")
        assert len(source.splitlines()) <= LONGEST_PAGE


@pytest.mark.parametrize("path", _sources(), ids=lambda one: str(one.relative_to(HOME)))
def test_a_file_says_what_it_is_and_stays_small(path: Path) -> None:
    source = path.read_text("utf-8")
    lines = len(source.splitlines())
    assert lines <= LONGEST_FILE
    if path.name == "app.py":
        assert lines <= LONGEST_SERVER
    assert ast.get_docstring(ast.parse(source)), "a module begins with a sentence"


def test_functions_stay_short() -> None:
    long = {
        f"{path.relative_to(HOME)}:{node.name}"
        for path in _sources()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= 36  # 30 of code beside a docstring
    }
    assert not long
