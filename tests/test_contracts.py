"""Each import contract catches what it forbids: a violation is planted and must be found."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parent.parent
ROOMS = ("pages", "api", "commands", "ui", "charts", "logic", "db")
DOWN = "imports look down only"
STREAMLIT = "no streamlit below ui"
API = "no streamlit in api, save by way of ui"
SQLALCHEMY = "no sqlalchemy above db"
PAGES = "pages never import each other"
DOORS = "the doors are opened in few files"

VERDICT = re.compile(r"^(.+) (KEPT|BROKEN)(?: \(.*\))?$", re.MULTILINE)

# contract, file (made if it isn't there), the line that breaks it
PLANTS = (
    (DOWN, "db/planted.py", "import logic.planted"),
    (DOWN, "db/planted.py", "import charts.planted"),
    (DOWN, "db/planted.py", "import manage"),
    (DOWN, "logic/planted.py", "import charts.planted"),
    (DOWN, "charts/planted.py", "import logic.planted"),
    (DOWN, "logic/planted.py", "import ui.planted"),
    (DOWN, "charts/planted.py", "import api.planted"),
    (DOWN, "ui/planted.py", "import api.planted"),
    (DOWN, "ui/planted.py", "from pages import planted"),
    (DOWN, "api/planted.py", "from pages import planted"),
    (DOWN, "manage.py", "import api.planted"),
    (DOWN, "pages/planted.py", "import manage"),
    (DOWN, "commands/planted.py", "import manage"),
    (DOWN, "pages/planted.py", "import app"),
    (STREAMLIT, "db/planted.py", "import streamlit"),
    (STREAMLIT, "logic/planted.py", "from streamlit import cache_data"),
    (STREAMLIT, "charts/planted.py", "def draw():\n    import streamlit.components.v1"),
    (API, "api/planted.py", "import streamlit"),
    (STREAMLIT, "manage.py", "import streamlit"),
    (STREAMLIT, "manage.py", "import ui.planted, ui.session"),
    (SQLALCHEMY, "logic/planted.py", "import sqlalchemy"),
    (SQLALCHEMY, "charts/planted.py", "import sqlalchemy"),
    (SQLALCHEMY, "ui/planted.py", "from sqlalchemy import select"),
    (SQLALCHEMY, "api/planted.py", "import sqlalchemy.orm"),
    (SQLALCHEMY, "pages/planted.py", "from sqlalchemy import text"),
    (SQLALCHEMY, "manage.py", "import sqlalchemy"),
    (STREAMLIT, "commands/planted.py", "import ui.planted, ui.session"),
    (SQLALCHEMY, "commands/planted.py", "import sqlalchemy"),
    (SQLALCHEMY, "app.py", "import sqlalchemy"),
    (PAGES, "pages/planted.py", "from pages import other"),
    (PAGES, "pages/planted.py", "from pages import start"),
    (DOORS, "ui/planted.py", "from db import doors"),
    (DOORS, "ui/planted.py", "from db.doors import read"),
    (DOORS, "api/planted.py", "import db.doors.writing"),
    (DOORS, "pages/planted.py", "from db.doors import write"),
    (DOORS, "logic/planted.py", "from db.doors import read"),
    (DOORS, "app.py", "from db.doors import read"),
)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the contracts speak of, with an empty module to import in each room."""
    copy = tmp_path_factory.mktemp("tree")
    shutil.copytree(HOME / ".ci", copy / ".ci")
    for file in ("pyproject.toml", "app.py", "manage.py"):
        shutil.copy(HOME / file, copy)
    for room in ROOMS:
        shutil.copytree(HOME / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
        (copy / room / "planted.py").touch()
    (copy / "pages" / "other.py").touch()
    (copy / "pages" / "start.py").touch()
    return copy


def broken(tree: Path) -> set[str]:
    """The names of the contracts that do not hold there."""
    environment = os.environ | {"LINT_IMPORTS": str(Path(sys.executable).parent / "lint-imports")}
    done = subprocess.run(
        [tree / ".ci" / "contracts"], env=environment, capture_output=True, text=True, check=False
    )
    verdicts = {found[1]: found[2] for found in VERDICT.finditer(done.stdout)}
    assert set(verdicts) == contracts(), done.stdout + done.stderr
    names = {name for name, verdict in verdicts.items() if verdict == "BROKEN"}
    assert (done.returncode != 0) == bool(names)
    return names


def contracts() -> set[str]:
    """The names in pyproject.toml."""
    stated = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))
    return {one["name"] for one in stated["tool"]["importlinter"]["contracts"]}


def test_the_tree_as_it_stands_keeps_all(tree: Path) -> None:
    assert broken(tree) == set()


@pytest.mark.parametrize(("contract", "file", "line"), PLANTS)
def test_a_planted_violation_is_caught(tree: Path, contract: str, file: str, line: str) -> None:
    planted = tree / file
    before = planted.read_text(encoding="utf-8")
    planted.write_text(f"{before}\n{line}\n", encoding="utf-8")
    try:
        assert contract in broken(tree)
    finally:
        planted.write_text(before, encoding="utf-8")


def test_every_contract_has_a_violation_planted() -> None:
    assert {contract for contract, _, _ in PLANTS} == contracts()


def test_start_may_import_the_pages(tree: Path) -> None:
    start = tree / "pages" / "start.py"
    before = start.read_text(encoding="utf-8")
    start.write_text(f"{before}\nfrom pages import planted, other\n", encoding="utf-8")
    try:
        assert broken(tree) == set()
    finally:
        start.write_text(before, encoding="utf-8")
