"""A whole town at work: a hundred who each change a cell every two seconds, ten who only look."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench.api import ROWS, Caller, read
from bench.databases import LABELS
from bench.doors import AREA, USER
from bench.figures import Figure
from bench.visitors import COOKIE, Visitor, served, sign_in
from db import ids
from tests.servers import HOST

PEOPLE, PAGES = 100, 10
EVERY, LASTING = 2.0, 30.0  # seconds
SETTLE = 4.0  # seconds of the beginning that are not counted
GOAL = 100.0  # ms
Rows = list[dict[str, Any]]
Taken = list[float]  # ms


class Wire:
    """One browser's connection, kept open; several of them live in one process."""

    def __init__(self, port: int, visitor: Visitor) -> None:
        self._port = port
        self._head = (
            f"Host: {HOST}:{port}\r\nCookie: {COOKIE}={visitor.token}\r\n"
            f"X-CSRF-Token: {visitor.csrf}\r\nContent-Type: application/json\r\n"
        )

    async def open(self) -> None:
        self._reader, self._writer = await asyncio.open_connection(HOST, self._port)

    async def ask(self, method: str, path: str, body: bytes = b"") -> Any:
        """The JSON of the answer; raises where it is no 200."""
        head = f"{method} {path} HTTP/1.1\r\n{self._head}Content-Length: {len(body)}\r\n\r\n"
        self._writer.write(head.encode() + body)
        answer = (await self._reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(answer.partition("content-length: ")[2].partition("\r\n")[0])
        came = await self._reader.readexactly(length)
        if not answer.startswith("http/1.1 200"):
            raise RuntimeError(f"{method} {path}: {answer} {came[:500]!r}")
        return json.loads(came)


def figures(backend: str, url: str, folder: Path) -> Iterator[Figure]:
    """How long an edit and a look for news take, all of them counted."""
    visitors = sign_in(url, [USER] * (PEOPLE + PAGES))
    context = get_context("spawn")  # a process of its own: what it does must not slow the server
    with served(url, folder) as server, ProcessPoolExecutor(1, mp_context=context) as pool:
        caller = Caller(server.port, visitors[0])
        rows = read(caller.get(ROWS))["rows"]
        caller.close()
        edits, looks = pool.submit(_day, server.port, visitors, rows).result()
    label, each = LABELS[backend], f"每人每 {EVERY:g} 秒一次"
    what = f"HTTP：{PEOPLE} 人{each}改一格、{PAGES} 人看（{label}），p95"
    yield Figure(f"office.{backend}", what, _at(edits, 0.95), "ms", GOAL, _note(edits))
    yield Figure(
        f"office.feed.{backend}",
        "　　其间问有无改动，p95",
        _at(looks, 0.95),
        "ms",
        None,
        _note(looks),
    )


def _note(taken: Taken) -> str:
    return (
        f"p50 {_at(taken, 0.5):.1f}，p99 {_at(taken, 0.99):.0f}，最慢 {taken[-1]:.0f}，"
        f"共 {len(taken)} 次"
    )


def _at(ordered: Taken, share: float) -> float:
    return ordered[int(len(ordered) * share)]


def _day(port: int, visitors: list[Visitor], rows: Rows) -> tuple[Taken, Taken]:
    return asyncio.run(_together(port, visitors, rows))


async def _together(port: int, visitors: list[Visitor], rows: Rows) -> tuple[Taken, Taken]:
    wires = [Wire(port, visitor) for visitor in visitors]
    for wire in wires:
        await wire.open()
    seq = (await wires[0].ask("GET", ROWS))["seq"]
    works = [_edit(wire, row) for wire, row in zip(wires, rows, strict=False)]
    looks = [_look(wire, seq) for wire in wires[PEOPLE:]]
    ended = time.perf_counter() + LASTING
    taken = await asyncio.gather(*(_again(work, ended) for work in [*works, *looks]))
    edits, looked = taken[: len(works)], taken[len(works) :]
    return sorted(itertools.chain(*edits)), sorted(itertools.chain(*looked))


async def _again(work: Callable[[], Awaitable[None]], ended: float) -> Taken:
    """Milliseconds of every call, from when it was due: a late one delays none of the next."""
    due = time.perf_counter() + random.random() * EVERY
    begun, taken = time.perf_counter(), []
    while due < ended:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await work()
        if due - begun > SETTLE:
            taken.append((time.perf_counter() - due) * 1000)
        due += EVERY
    return taken


def _edit(wire: Wire, row: dict[str, Any]) -> Callable[[], Awaitable[None]]:
    """Posts one cell as the grid does, having seen the one before."""
    numbers, seen = itertools.count(), {"remark": row["remark"]}

    async def once() -> None:
        after = {"remark": f"第 {next(numbers)} 次上门"}
        change = {"op": ids.new(), "register": "residents", "id": row["id"], "before": dict(seen)}
        body = {"batch": ids.new(), "changes": [{**change, "after": after, "seen": None}]}
        answer = await wire.ask("POST", "/api/v1/changes", json.dumps(body).encode())
        assert answer["results"][0]["status"] == "applied", answer
        seen.update(after)

    return once


def _look(wire: Wire, seq: int) -> Callable[[], Awaitable[None]]:
    """Asks for news since the last answer, as an open grid does."""
    since = [seq]

    async def once() -> None:
        path = f"/api/v1/feed?register=residents&area={AREA}&since={since[0]}"
        since[0] = (await wire.ask("GET", path))["seq"]

    return once
