"""A roster of 12,500 people of 18 columns: from its file to the commit, and the same once more."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy import Engine

from bench.bulk import COLUMNS, COUNT, RESIDENTS, people, place
from bench.databases import LABELS
from bench.figures import Figure
from db import accounts, doors
from db.actors import Actor
from db.engine import open_engine
from db.matches import NEW, UNCHANGED
from logic import importing
from logic.rosters import checking, mapping, offering, reading
from tests.servers import HOME

GOALS = {"csv": 10_000.0, "xlsx": 6_000.0}  # rows a second on SQLite
SLOWER = 1.5  # how many times as long PostgreSQL may take
AGAIN = 15_000.0
TIMES = 3
MANY, LARGEST = 100_000, 1024.0  # rows, MB


def figures(backend: str, url: str, folder: Path) -> Iterator[Figure]:
    """Rows a second, the best of some imports into communities made for them."""
    on = open_engine(url)
    share = 1.0 if backend == "sqlite" else SLOWER
    try:
        actor = accounts.actor(on, "admin")
        for form, goal in GOALS.items():
            data = file(form, COUNT)
            found = [_first_and_again(on, actor, data, f"居民.{form}") for _ in range(TIMES)]
            for what, goal_, name, runs in (
                ("导入", goal, form, [first for first, _ in found]),
                (
                    "　　再导入一次，没有新内容",
                    AGAIN,
                    f"{form}.again",
                    [again for _, again in found],
                ),
            ):
                best = max(runs, key=lambda run: run.speed)
                words = f"{what} 12,500 行 × 18 列的 .{form}（{LABELS[backend]}）"
                least = goal_ / share
                yield Figure(
                    f"roster.{name}.{backend}", words, best.speed, "行/s", least, best.note, True
                )
    finally:
        on.dispose()
    if backend == "sqlite":
        yield _memory(url, folder)


class Run:
    """How long each step of one import took, its row counts proved."""

    def __init__(self, on: Engine, actor: Actor, area: str, data: bytes, name: str) -> None:
        self.steps: dict[str, float] = {}
        self.busy: dict[str, float] = {}  # this thread's own work
        table = self._step("读", lambda: offering.single(reading.read(data, name)))
        mapped = self._step("认列", lambda: mapping.guess(table, "residents"))
        checked = self._step("核对", lambda: checking.check(table, mapped))
        lines = importing.sound(checked)
        found = self._step("比对", lambda: _matched(on, actor, area, lines))
        self.tally = importing.tally(checked, found)
        if any(one.status == NEW for one in found.lines):
            self._step(
                "写", lambda: _written(on, actor, importing.changes("residents", area, found))
            )

    def _step(self, name: str, work: Any) -> Any:
        begun, busy = time.perf_counter(), time.thread_time()
        done = work()
        self.steps[name], self.busy[name] = (
            time.perf_counter() - begun,
            time.thread_time() - busy,
        )
        return done

    @property
    def speed(self) -> float:
        return COUNT / sum(self.steps.values())

    @property
    def note(self) -> str:
        steps = "，".join(f"{name} {taken:.2f}" for name, taken in self.steps.items())
        return f"{steps} s；按本线程 CPU 时间 {COUNT / sum(self.busy.values()):,.0f} 行/s"


def _first_and_again(on: Engine, actor: Actor, data: bytes, name: str) -> tuple[Run, Run]:
    area = place(on, actor)
    first, again = (Run(on, actor, area, data, name) for _ in range(2))
    assert first.tally[NEW] == again.tally[UNCHANGED] == COUNT, (first.tally, again.tally)
    return first, again


def _matched(on: Engine, actor: Actor, area: str, lines: importing.Lines) -> Any:
    return doors.match(
        on, actor, "residents", area, lines.rows, numbers=lines.numbers, homes=lines.homes
    )


def _written(on: Engine, actor: Actor, changes: list[Any]) -> None:
    written = doors.write(on, actor, changes, source="import", bound=doors.Bound.WHOLE)
    refused = [one for one in written.outcomes if one.status != "applied"]
    assert not refused, refused[0]


def file(form: str, count: int) -> bytes:
    """A roster of so many people, each with phones of their own."""
    lines = [[RESIDENTS.fields[name].label for name in COLUMNS], *_lines(count)]
    return _csv(lines) if form == "csv" else _xlsx(lines)


def _lines(count: int) -> Iterator[list[str]]:
    made = people()
    for number in range(count):
        person = dict(made[number % len(made)])
        person |= {"phone": f"154{number:08}", "contact_phone": f"155{number:08}"}
        if number >= len(made):  # other people, of whom no number is known
            person |= {"name": f"{person['name']}{number // len(made)}", "id_number": None}
        yield [_text(person[name]) for name in COLUMNS]


def _text(value: Any) -> str:
    return {None: "", True: "是", False: "否"}.get(value, value)


def _csv(lines: list[list[str]]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written).writerows(lines)
    return written.getvalue().encode("utf-8-sig")


def _xlsx(lines: list[list[str]]) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("居民")
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    return written.getvalue()


def _memory(url: str, folder: Path) -> Figure:
    """The most memory that the operator's own command needs for a large file."""
    path = folder / "居民.csv"
    path.write_bytes(file("csv", MANY))
    on = open_engine(url)
    area = place(on, accounts.actor(on, "admin"))
    on.dispose()
    begun = time.perf_counter()
    options = ["--register", "residents", "--area", area, "--as", "admin", "--json"]
    command = [sys.executable, "manage.py", "import", str(path), *options]
    with subprocess.Popen(
        command, cwd=HOME, env=os.environ | {"DATABASE_URL": url}, stdout=subprocess.PIPE
    ) as running:
        assert running.stdout
        told = json.loads(running.stdout.read())
        _, _, used = os.wait4(running.pid, 0)
    assert told["inserted"] == MANY, {**told, "rejected": told["rejected"][:3]}
    note = f"用时 {time.perf_counter() - begun:.1f} s"
    what = "导入 100,000 行的 .csv，内存最多时"
    return Figure("roster.memory", what, used.ru_maxrss / 1024, "MB", LARGEST, note)
