"""A server with the HTTP contract of the two doors, and with switches for every kind of trouble."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from api import assets
from tests.browser.grid_doors import COLUMNS, HOUSEHOLDS, WHEN, Doors
from tests.servers import HOST, free_port
from ui.grid import modules

PAGE = Path(__file__).with_name("grid_page.html")
CSRF = "the-token"


@dataclass
class Stub(Doors):
    """The doors behind HTTP. `drop`: answers to lose after they were applied; `slow`: seconds
    before edits are applied; `signed_in`: whether the cookie still counts; `several`: how many
    values of a column are told at once; `look`: what the columns were told to look like."""

    drop: int = 0
    slow: float = 0.0
    signed_in: bool = True
    several: int = 20
    look: dict[str, Any] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    port: int = field(default_factory=free_port)
    running: uvicorn.Server | None = None
    thread: threading.Thread | None = None

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def start(self) -> Stub:
        config = uvicorn.Config(self.app(), HOST, self.port, log_level="error", lifespan="off")
        self.running = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.running.run, daemon=True)
        self.thread.start()
        while not self.running.started:
            time.sleep(0.01)
        return self

    def stop(self) -> None:
        """From now on nobody answers; what was stored stays."""
        assert self.running
        assert self.thread
        self.running.force_exit = self.running.should_exit = True
        self.thread.join()

    def app(self) -> Starlette:
        base = "/api/v1"
        gets = {
            "columns": self.get_columns,
            "rows": self.get_rows,
            "rows/by-id": self.get_by_id,
            "choices": self.get_choices,
            "values": self.get_values,
            "feed": self.get_feed,
        }
        routes: list[BaseRoute] = [Route("/", self.page), *assets.ROUTES]
        routes += [Route(f"{base}/{path}", handler) for path, handler in gets.items()]
        routes += [Route(f"{base}/changes", self.post_changes, methods=["POST"])]
        routes += [Route(f"{base}/undo", self.post_undo, methods=["POST"])]
        routes += [Route(f"{base}/preferences", self.put_preference, methods=["PUT"])]
        return Starlette(routes=routes)

    def answer(self, request: Request, body: dict[str, Any]) -> Response:
        """The body, or why it is withheld."""
        if not self.signed_in:
            return JSONResponse({"reason": "登录已过期，请重新登录"}, 401)
        if request.method != "GET" and request.headers.get("x-csrf-token") != CSRF:
            return JSONResponse({"reason": "页面已失效，请刷新页面后再试"}, 403)
        return JSONResponse(body)

    async def page(self, request: Request) -> Response:
        data: dict[str, Any] = {
            "register": "residents",
            "area": "guihuashu",
            "csrf": CSRF,
            "user": "u1",
        }
        data |= {"notify": True, "open": "/resident?id=<id>", "sign_in": "/signin"}
        data |= json.loads(request.query_params.get("data", "{}"))
        page = PAGE.read_text(encoding="utf-8").replace("VERSION", modules.VERSION)
        return HTMLResponse(page.replace("DATA", json.dumps(data)))

    async def get_columns(self, request: Request) -> Response:
        may = {"add": True, "change": True, "delete": True, "reveal": True}
        about = {"register": "residents", "label": "居民", "unit": "人"}
        return self.answer(request, {**about, "columns": COLUMNS, "may": may, "look": self.look})

    async def get_rows(self, request: Request) -> Response:
        asked = request.query_params
        where = json.loads(asked.get("where", "[]"))
        self.asked.append({"sort": asked["sort"], "where": where})
        if any(one["value"] == "昨天" for one in where):
            return JSONResponse({"reason": "“出生日期”读到“昨天”，应为日期"}, 422)
        found = self.listed(asked["q"], asked["sort"], where)
        offset, limit = int(asked["offset"]), int(asked["limit"])
        rows = [self.shown(i) for i in found[offset : offset + limit]]
        about = {"seq": self.seq, "as_of": asked.get("as_of", WHEN), "total": len(found)}
        return self.answer(request, {**about, "offset": offset, "rows": rows, "labels": HOUSEHOLDS})

    async def get_by_id(self, request: Request) -> Response:
        wanted = [i for i in request.query_params["ids"].split(",") if i in self.rows]
        rows = [self.shown(i) for i in wanted]
        return self.answer(request, {"seq": self.seq, "rows": rows, "labels": HOUSEHOLDS})

    async def get_choices(self, request: Request) -> Response:
        q = request.query_params["q"]
        fit = [{"id": i, "label": label} for i, label in HOUSEHOLDS.items() if q in label]
        return self.answer(request, {"choices": fit})

    async def get_values(self, request: Request) -> Response:
        asked = request.query_params
        where = json.loads(asked["where"])
        rows = [self.rows[i] for i in self.listed(asked["q"], "", where)]
        counts = Counter(row[asked["field"]] for row in rows)
        told = [{"value": v, "label": self.word(v), "count": n} for v, n in counts.most_common()]
        fit = [one for one in told if asked["search"] in one["label"]]
        more = len(fit) > self.several
        return self.answer(request, {"values": fit[: self.several], "more": more})

    async def put_preference(self, request: Request) -> Response:
        body = await request.json()
        refused = self.answer(request, body)
        if refused.status_code == 200 and request.query_params["name"] == "grid-residents":
            self.look = body["value"]
        return refused

    async def get_feed(self, request: Request) -> Response:
        return self.answer(request, self.feed(int(request.query_params["since"])))

    async def post_changes(self, request: Request) -> Response:
        refused = self.answer(request, {})
        if refused.status_code != 200:
            return refused
        body = await request.json()
        self.requests.append(body)
        await asyncio.sleep(self.slow)
        results = [self.change(one, body["batch"]) for one in body["changes"]]
        if self.drop > 0:
            self.drop -= 1
            return Response(status_code=502)
        return JSONResponse({"seq": self.seq, "results": results, "labels": HOUSEHOLDS})

    async def post_undo(self, request: Request) -> Response:
        body = await request.json()
        return self.answer(request, self.undo(body["batch"], body["op"]))
