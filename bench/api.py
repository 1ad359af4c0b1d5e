"""The two doors over HTTP, as the grid calls them: one browser, one connection kept open."""

from __future__ import annotations

import gzip
import http.client
import itertools
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bench.databases import LABELS
from bench.doors import AREA, READ_GOAL, USER, WRITE_GOALS
from bench.figures import Figure
from bench.timings import seconds, timed
from bench.visitors import COOKIE, Visitor, sign_in
from db import ids
from tests.servers import HOST, Server

ROWS = f"/api/v1/rows?register=residents&area={AREA}&limit=100"
SMALLEST = "/api/v1/health"  # what any answer costs: the server, its middleware, one query


class Caller:
    """One signed-in browser's connection."""

    def __init__(self, port: int, visitor: Visitor) -> None:
        self._wire = http.client.HTTPConnection(HOST, port)
        self._headers = {
            "Cookie": f"{COOKIE}={visitor.token}",
            "X-CSRF-Token": visitor.csrf,
            "Content-Type": "application/json",
            "Accept-Encoding": "gzip",
        }

    def get(self, path: str) -> bytes:
        """The body as it came over the wire; raises where the answer is no 200."""
        return self._call("GET", path, None)

    def post(self, path: str, body: Any) -> bytes:
        return self._call("POST", path, json.dumps(body).encode())

    def close(self) -> None:
        self._wire.close()

    def _call(self, method: str, path: str, body: bytes | None) -> bytes:
        self._wire.request(method, path, body, self._headers)
        answer = self._wire.getresponse()
        came = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{method} {path}: {answer.status} {came[:500]!r}")
        return came


def read(body: bytes) -> Any:
    """The JSON of a body, zipped or not."""
    return json.loads(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)


def figures(backend: str, url: str, folder: Path) -> Iterator[Figure]:
    """How the server starts, and what the doors cost through it."""
    (visitor,) = sign_in(url, [USER])
    server = Server(url, folder)
    try:
        taken = seconds(server.start)
        yield Figure(f"start.{backend}", f"启动服务（{LABELS[backend]}）", taken, "s")
        yield from _calls(backend, Caller(server.port, visitor))
    finally:
        server.stop()


def _calls(backend: str, caller: Caller) -> Iterator[Figure]:
    page = caller.get(ROWS)
    rows = read(page)["rows"]
    size = f"{len(page) / 1024:.1f} kB"
    whole, least = timed(lambda: caller.get(ROWS), lambda: caller.get(SMALLEST), times=200)
    note = f"{whole.note}；{size}；最小的请求 {least.p50:.1f} ms"
    what = f"HTTP：12,500 行的前 100 行（{LABELS[backend]}）"
    yield Figure(f"http.read.{backend}", what, whole.p50, "ms", READ_GOAL, note)
    (whole,) = timed(edit(caller, rows[2]), times=200)
    what = f"HTTP：改一格（{LABELS[backend]}）"
    goal, p95 = WRITE_GOALS.get(backend, (None, None))
    yield Figure(f"http.write.{backend}", what, whole.p50, "ms", goal, whole.note)
    yield Figure(f"http.write.p95.{backend}", "　　同上，p95", whole.p95, "ms", p95)
    feed = f"/api/v1/feed?register=residents&area={AREA}&since={read(caller.get(ROWS))['seq']}"
    (whole,) = timed(lambda: caller.get(feed), times=200)
    what = f"HTTP：问有无别人的改动（{LABELS[backend]}）"
    yield Figure(f"http.feed.{backend}", what, whole.p50, "ms", None, whole.note)
    caller.close()


def edit(caller: Caller, row: dict[str, Any]) -> Callable[[], None]:
    """Work that posts one cell as the grid does."""
    numbers, seen = itertools.count(), {"remark": row["remark"]}

    def once() -> None:
        after = {"remark": f"第 {next(numbers)} 次电话"}
        change = {"op": ids.new(), "register": "residents", "id": row["id"], "before": dict(seen)}
        body = {"batch": ids.new(), "changes": [{**change, "after": after, "seen": None}]}
        (result,) = read(caller.post("/api/v1/changes", body))["results"]
        assert result["status"] == "applied", result
        seen.update(after)

    return once
