"""The documentation holds: commands run, links lead somewhere, words and tables are the code's."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import click
import pytest
import streamlit.config
from starlette.requests import Request

import manage
from api import auth
from docs import shots
from tests import documents
from tests.documents import DOCS, FILES, HOME, README, RECIPES, Block

SHELL = [block for file in FILES for block in documents.blocks(file, "sh")]
MADE = ("/", ".venv", "data/", ".streamlit/secrets.toml")  # by operators, on their machines
RUN = re.compile(r"\.venv/bin/python manage\.py |echo ")
PATH = re.compile(r"[\w.-]+(?:/[\w.-]*)+|[\w-]+\.(?:py|md|toml|txt)")


def _id(one: object) -> str:
    return str(one.relative_to(HOME)) if isinstance(one, Path) else str(one)


# — links and pictures —


@pytest.mark.parametrize("file", FILES, ids=_id)
def test_links_lead_somewhere(file: Path) -> None:
    for target in documents.links(file):
        if re.match(r"https?:", target):
            continue
        place, _, anchor = target.partition("#")
        there = (file.parent / place).resolve() if place else file
        assert there.exists(), target
        assert not anchor or anchor in documents.anchors(there), target


def test_every_picture_can_be_taken_anew_is_shown_and_is_small() -> None:
    kept = {file.name for file in shots.PICTURES.iterdir()}
    assert kept == {f"{shot.name}.png" for shot in shots.SHOTS}
    assert kept == {Path(target).name for file in FILES for target in documents.links(file)
                    if "pictures/" in target}  # fmt: skip
    assert max(file.stat().st_size for file in shots.PICTURES.iterdir()) <= shots.LARGEST


# — commands —


def _sandbox(folder: Path) -> Path:
    """A folder in which the documented commands work as in the repository, on other data."""
    (folder / ".venv" / "bin").mkdir(parents=True)
    python = folder / ".venv" / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    (folder / "manage.py").symlink_to(HOME / "manage.py")
    return folder


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize("block", [one for one in SHELL if RUN.search(one.text)], ids=_id)
def test_commands_run_and_answer_as_shown(block: Block, sample_url: str, tmp_path: Path) -> None:
    lines = [line for line in block.text.splitlines() if RUN.match(line)]
    script = "\n".join(lines).replace("/var/lib/sanshe/", "")
    fresh = f"sqlite:///{tmp_path / 'fresh.db'}"
    url = fresh if "manage.py init" in script else sample_url
    own = os.environ | {"DATABASE_URL": url, "SANSHE_PASSWORD": "yige-mima-9"}
    done = subprocess.run(
        ["sh", "-e", "-c", script], cwd=_sandbox(tmp_path), env=own, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    if block.then:
        assert _alike(json.loads(block.then), json.loads(done.stdout.splitlines()[-1]))


def _alike(shown: Any, real: Any) -> bool:
    """Whether they have the same form; where text is shown, nothing may stand, and the reverse."""
    if isinstance(shown, dict):
        assert isinstance(real, dict)
        assert list(shown) == list(real)
        return all(_alike(shown[name], real[name]) for name in shown)
    if isinstance(shown, list):
        assert isinstance(real, list)
        return not shown or (bool(real) and _alike(shown[0], real[0]))
    assert real == shown or (isinstance(shown, str | None) and isinstance(real, str | None))
    return True


def test_every_command_that_is_named_exists() -> None:
    written = "\n".join(span for file in FILES for span in documents.spans(file))
    written += "\n" + "\n".join(block.text for block in SHELL)
    targets = set(re.findall(r"^([\w./]+):", (HOME / "Makefile").read_text("utf-8"), re.M))
    for target in re.findall(r"^make (?:-C \S+ )?([a-z.][\w./]*)", written, re.M):
        assert target in targets, target
    for first, second in re.findall(r"manage\.py ([a-z]+)(?: ([a-z]+)\b)?", written):
        command = manage.main.commands[first]
        if isinstance(command, click.Group):
            assert second in command.commands, second


def test_every_option_that_is_named_exists() -> None:
    known = {
        option
        for command in [*manage.main.commands.values(), manage.add_user]
        for one in command.params
        for option in one.opts
    }
    written = " ".join(span for span in documents.spans(README) if "streamlit" not in span)
    assert set(re.findall(r"--[a-z][a-z0-9-]*", written)) <= known | {"--help"}


# — what the operator sets —


def _variables() -> set[str]:
    return {row[0].strip("`") for row in documents.table(README, "What the operator can set")[1:]}


def test_the_variables_are_those_that_the_code_reads() -> None:
    rooms = ("api", "db", "ui", "pages", "logic", "charts")
    files = [HOME / "manage.py", *(file for room in rooms for file in (HOME / room).rglob("*.py"))]
    code = "".join(documents.text(file) for file in files)
    read = set(re.findall(r"environ(?:\.get\(|\[)\"(\w+)\"|envvar=\"(\w+)\"", code))
    assert {one or other for one, other in read} <= _variables()
    build = "".join(
        documents.text(HOME / name) for name in ("Makefile", ".ci/python", ".ci/chromium")
    )
    for name in _variables():
        assert re.search(rf"\b{name}\b", code + build), name


def _deployment() -> tuple[dict[str, str], str, str]:
    """The service's environment, the unit of systemd, the site of nginx."""
    environment, unit = (block.text for block in documents.blocks(README, "ini"))
    (site,) = (block.text for block in documents.blocks(README, "nginx"))
    return dict(line.split("=", 1) for line in environment.splitlines()), unit, site


def test_service_and_proxy_fit_each_other_and_the_program() -> None:
    environment, unit, site = _deployment()
    assert set(environment) <= _variables() | {"PYTHONUTF8"}
    assert f"ReadWritePaths={environment['SANSHE_DATA']}\n" in unit
    options = dict(re.findall(r"--([\w.]+) (\S+)", unit))
    assert set(options) <= set(streamlit.config.get_config_options())
    address = f"http://{options['server.address']}:{options['server.port']};"
    assert f"proxy_pass {address}" in site
    assert f"server_name {options['server.allowedHosts']};" in site
    config = tomllib.loads((HOME / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert f"client_max_body_size {config['server']['maxUploadSize']}m;" in site


def test_the_program_believes_what_the_proxy_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    environment, _, site = _deployment()
    monkeypatch.setenv("SANSHE_TRUST_PROXY", environment["SANSHE_TRUST_PROXY"])
    meaning = {"$http_host": "sanshe.example.org", "$remote_addr": "203.0.113.9",
               "$scheme": "https"}  # fmt: skip
    written = re.findall(r"proxy_set_header (\S+) (\S+);", site)
    headers = [(n.lower().encode(), meaning.get(v, v).encode()) for n, v in written]
    asking = Request({"type": "http", "scheme": "http", "path": "/", "query_string": b"",
                      "headers": headers, "client": ("127.0.0.1", 5)})  # fmt: skip
    assert auth.address(asking) == "203.0.113.9"
    assert auth.https(asking)
    assert {"Upgrade", "Connection", "Host"} <= {name for name, _ in written}


# — recipes and decisions —


@pytest.mark.parametrize("file", FILES, ids=_id)
def test_files_and_the_names_in_them_are_there(file: Path) -> None:
    for span in documents.spans(file):
        if PATH.fullmatch(span) and not span.startswith(MADE):
            places = (HOME / span, DOCS / span, HOME / "tests" / span, HOME / ".streamlit" / span)
            assert any(place.exists() for place in places), span
    for name, place in re.findall(r"`(\w+)`\s+in\s+`([\w./]+\.py)`", documents.prose(file)):
        assert re.search(rf"\b{name}\b", documents.text(HOME / place)), (name, place)


def test_the_recipes_work(tmp_path: Path) -> None:
    shutil.copytree(HOME / "db", tmp_path / "db", ignore=shutil.ignore_patterns("__pycache__"))
    line, _, register, served, indicator, role = (
        block.text for block in documents.blocks(RECIPES, "python")
    )
    imported = "from db.registers.spare_keys import SpareKey\n"
    served_by = "from db.registers.people import Membership\nfrom sqlalchemy import exists\n"
    served_by += "from sqlalchemy import ColumnElement\n"
    (tmp_path / "db/registers/spare_keys.py").write_text(register, encoding="utf-8")
    for place, before, added in (
        ("registers/people.py", "    household_id: Mapped", line),
        ("registers/__init__.py", "from db.registers.volunteers", imported),
        ("registers/__init__.py", "        Area,\n", "        SpareKey,\n"),
        ("indicators.py", "from db.spans import Span", imported + served_by),
        ("indicators.py", "INDICATORS = (\n", served),
        ("indicators.py", "    Indicator(\n", indicator),
        ("roles.py", '    Role("clerk"', role),
    ):
        _insert(tmp_path / "db" / place, before, added)
    made = _migrated(tmp_path)
    assert made.count("create_table") == made.count("add_column") == 1
    assert "create_table('spare_keys'" in made
    assert "add_column(sa.Column('family_doctor'" in made


def _migrated(copy: Path) -> str:
    """What the recipe's commands write where they are followed."""
    (shell,) = (one.text for one in documents.blocks(RECIPES, "sh") if "autogenerate" in one.text)
    code = shell.partition("<<'END'\n")[2].partition("END\n")[0].replace('"0002"', '"9999"')
    code += "from db import indicators, permissions\n"
    own = os.environ | {"PYTHONPATH": str(copy)}
    subprocess.run([sys.executable, "-c", code], cwd=copy, env=own, check=True)
    (made,) = (copy / "db/migrations/versions").glob("9999_*.py")
    return made.read_text(encoding="utf-8")


def _insert(file: Path, before: str, line: str) -> None:
    whole = file.read_text(encoding="utf-8")
    assert before in whole
    file.write_text(whole.replace(before, line + before, 1), encoding="utf-8")


def test_decisions_are_numbered() -> None:
    numbers = []
    for file in documents.DECISIONS:
        number = re.fullmatch(r"(\d{4})-[a-z-]+\.md", file.name)
        assert number, file.name
        numbers.append(int(number[1]))
        assert re.match(rf"# 0*{numbers[-1]}\W", documents.text(file)), file.name
    assert len(set(numbers)) == len(numbers) >= 10
