"""`make bench`: measures everything and prints a table; `--json FILE` keeps the figures."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from bench import (
    api,
    browser,
    bulk,
    city,
    coverage,
    crowd,
    databases,
    doors,
    finding,
    machine,
    memory,
    million,
    office,
    rosters,
    scripts,
    scrolling,
)
from bench.figures import Figure, head, line
from db import accounts
from db.doors import read
from db.engine import open_engine

PARTS = (
    "doors", "find", "api", "crowd", "office", "scripts", "browser", "scrolling", "memory", "bulk",
    "rosters", "coverage", "million", "city",
)  # fmt: skip


def measured(folder: Path, parts: list[str], backends: list[str]) -> Iterator[Figure]:
    """Every figure as soon as it is known."""
    with ExitStack() as stack:
        for backend in backends:
            url = stack.enter_context(databases.opened(backend, folder))
            yield databases.fill(backend, url)
            yield from _doors(backend, url, folder, parts)
            if backend == "sqlite":
                yield from _pages(url, folder, parts)
            if "bulk" in parts:  # last, since it adds to the data
                yield from bulk.figures(backend, url)
            if "rosters" in parts:
                yield from rosters.figures(backend, url, folder)
            if "coverage" in parts:
                yield from coverage.figures(backend, url)
            if backend == "postgresql":
                yield from _large(url, parts)


def _large(url: str, parts: list[str]) -> Iterator[Figure]:
    """What needs minutes of filling first."""
    if "million" in parts:
        yield from million.figures(url)
    if "city" in parts:
        yield from city.figures(url)


def _doors(backend: str, url: str, folder: Path, parts: list[str]) -> Iterator[Figure]:
    if "doors" in parts:
        yield from doors.figures(backend, url)
    if "find" in parts:
        yield from finding.figures(backend, url)
    if "api" in parts:
        yield from api.figures(backend, url, folder / "server")
    if "crowd" in parts:
        yield from crowd.figures(backend, url, folder / "server")
    if "office" in parts:
        yield from office.figures(backend, url, folder / "server")


def _pages(url: str, folder: Path, parts: list[str]) -> Iterator[Figure]:
    """What is the same on every database."""
    person = _somebody(url)
    if "scripts" in parts:
        yield from scripts.figures(url, person)
    if "browser" in parts:
        yield from browser.figures(url, folder / "server", person)
    if "scrolling" in parts:
        yield from scrolling.figures()
    if "memory" in parts:
        yield from memory.figures(url, folder / "server")


def _somebody(url: str) -> str:
    on = open_engine(url)
    rows = read(on, accounts.actor(on, doors.USER), doors.PAGE).rows
    on.dispose()
    return str(rows[0]["id"])


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description="速度与内存")
    parser.add_argument("--json", type=Path, metavar="FILE", help="把数字存成 JSON")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=list(PARTS))
    parser.add_argument(
        "--on", choices=list(databases.LABELS), nargs="+", default=list(databases.LABELS)
    )
    return parser.parse_args()


def main() -> None:
    """Nothing of the developer's own settings or data takes part."""
    asked, here = _asked(), machine.described()
    for name in [name for name in os.environ if name.startswith(("SANSHE_", "STREAMLIT_"))]:
        del os.environ[name]
    os.environ["SANSHE_KEY"] = secrets.token_hex(64)
    print(f"{here['processor']}，{here['processors']} 核，内存 {here['memory']} GB，", end="")
    print(f"Python {here['python']}，开始时负载 {here['load'][0]}\n{head()}", flush=True)
    found = []
    with tempfile.TemporaryDirectory(prefix="sanshe-bench-") as folder:
        for figure in measured(Path(folder), asked.only, asked.on):
            print(line(figure), flush=True)
            found.append(figure)
    if asked.json:
        told = {"machine": here, "figures": [{**asdict(one), "met": one.met} for one in found]}
        asked.json.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
