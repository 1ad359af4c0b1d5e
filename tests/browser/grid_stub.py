"""A stand-in for the two doors: the same HTTP contract, in memory, with switches for trouble."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from api import assets
from tests.servers import HOST, free_port
from ui.grid import modules

Row = dict[str, Any]
PAGE = Path(__file__).with_name("grid_page.html")
CSRF = "the-token"
WHEN = "2026-11-23T02:00:00.000000Z"


def _column(name: str, label: str, editor: str = "text", **more: Any) -> dict[str, Any]:
    plain = {
        "kind": editor, "required": False, "readonly": False, "masked": False, "choices": [],
        "refers": "", "multiline": False, "sortable": True, "width": 110, "help": "", "default": None,
    }  # fmt: skip
    return {"name": name, "label": label, "editor": editor, **plain, **more}


COLUMNS = [
    _column("name", "姓名", required=True, width=100),
    _column("sex", "性别", "choice", choices=["男", "女"], width=70),
    _column("birth_date", "出生日期", "date", width=120),
    _column("id_number", "身份证号码", masked=True, width=180),
    _column("phone", "联系电话", masked=True, width=130),
    _column("household_id", "所在户", "reference", refers="households", width=150),
    _column("address", "现住址", width=220),
    _column("status", "居住状态", "choice", choices=["常住", "流入", "外出", "迁出"], required=True),
    _column("lives_alone", "独居", "yes_no", width=70),
    _column("skills", "特长", "choices", choices=["文艺", "体育", "医护"], width=140),
    _column("age", "年龄", "number", width=80),
    _column("code", "编号", readonly=True, width=90),
    *(_column(f"extra{n}", f"备用{n}") for n in range(1, 7)),
    _column("remark", "备注", multiline=True, width=200),
]
FIELDS = [column["name"] for column in COLUMNS]
HOUSEHOLDS = {"h1": "1 栋 101 王家", "h2": "1 栋 102 李家", "h3": "2 栋 201 张家"}


def _masked(value: Any) -> Any:
    return None if value is None else f"{value[:3]}{'*' * (len(value) - 5)}{value[-2:]}"


def _made(n: int) -> Row:
    row: Row = dict.fromkeys(FIELDS)
    numbers = {"id_number": f"42128119560{n % 10}{n:07d}"[:18], "phone": f"138{n:08d}"}
    return row | numbers | {
        "id": f"r{n:05d}", "name": f"居民{n + 1}", "sex": "男女"[n % 2], "birth_date": "1956-03",
        "household_id": f"h{n % 3 + 1}", "address": f"桂花树路 {n} 号", "status": "常住",
        "lives_alone": n % 3 == 0, "age": 70, "code": f"G{n}",
    }  # fmt: skip


@dataclass
class Stub:
    """The rows, what became of each op, and the switches; one lock for all of it."""

    rows: dict[str, Row] = field(default_factory=dict)
    seq: int = 1
    order: list[str] = field(default_factory=list)
    touched: dict[str, tuple[int, str]] = field(default_factory=dict)  # id → seq, who
    cells: dict[tuple[str, str], int] = field(default_factory=dict)
    done: dict[str, dict[str, Any]] = field(default_factory=dict)
    batches: dict[str, list[tuple[str, Row | None, Row | None]]] = field(default_factory=dict)
    requests: list[dict[str, Any]] = field(default_factory=list)
    applied: int = 0
    drop: int = 0  # answers to lose after they were applied
    slow: float = 0.0  # seconds before a change is applied
    signed_in: bool = True
    port: int = field(default_factory=free_port)
    running: uvicorn.Server | None = None
    thread: threading.Thread | None = None

    # — what a test does in another's name —

    def fill(self, count: int) -> Stub:
        made = [_made(n) for n in range(count)]
        self.rows = {row["id"]: row for row in made}
        self.order = list(self.rows)
        return self

    def other(self, row_id: str, **cells: Any) -> None:
        """Somebody else changes cells."""
        self._write(row_id, {**self.rows[row_id], **cells}, "王芳")

    def _write(self, row_id: str, row: Row | None, who: str) -> None:
        self.seq += 1
        old = self.rows.get(row_id, {})
        if row is None:
            self.rows.pop(row_id, None)
        else:
            for name in row:
                if row[name] != old.get(name):
                    self.cells[row_id, name] = self.seq
            self.rows[row_id] = row
            if row_id not in self.order:
                self.order.append(row_id)
        self.touched[row_id] = (self.seq, who)

    # — the contract —

    def shown(self, row_id: str) -> Row:
        row = self.rows[row_id]
        return {**row, "id_number": _masked(row["id_number"]), "phone": _masked(row["phone"])}

    def listed(self, q: str, sort: str) -> list[str]:
        found = [i for i in self.order if i in self.rows and q in str(self.rows[i]["name"])]
        if sort:
            name = sort.lstrip("-")
            found.sort(key=lambda i: str(self.rows[i][name] or ""), reverse=sort[0] == "-")
        return found

    def change(self, asked: dict[str, Any], batch: str) -> dict[str, Any]:
        if asked["op"] in self.done:
            return self.done[asked["op"]]
        result = self._judge(asked, batch)
        if result["status"] == "applied":
            self.done[asked["op"]] = result
            self.applied += 1
        return result

    def _judge(self, asked: dict[str, Any], batch: str) -> dict[str, Any]:
        row_id, before, after = asked["id"], asked["before"], asked["after"]
        result = {"op": asked["op"], "id": row_id, "status": "applied", "theirs": {}, "by": {},
                  "reason": "", "field": None, "values": {}}  # fmt: skip
        old = self.rows.get(row_id)
        if before is None and after is not None:
            after = {k: v for k, v in after.items() if k != "area_id"}
            return self._store(result, batch, old, {"id": row_id, **dict.fromkeys(FIELDS), **after})
        if old is None:
            return {**result, "status": "refused", "reason": "这一行已不存在，可能已被别人删除"}
        theirs = {k: self.shown(row_id)[k] for k, v in before.items() if self._moved(asked, k, v)}
        if theirs:
            who = self.touched[row_id][1]
            by = {name: {"who": who, "when": WHEN} for name in theirs}
            return {**result, "status": "conflict", "theirs": theirs, "by": by}
        return self._store(result, batch, old, None if after is None else {**old, **after})

    def _moved(self, asked: dict[str, Any], name: str, seen: Any) -> bool:
        late = self.cells.get((asked["id"], name), 0) > (asked["seen"] or 0)
        masked = name in ("id_number", "phone")
        return (masked and late) or (seen or None) != (self.shown(asked["id"])[name] or None)

    def _store(
        self, result: dict[str, Any], batch: str, old: Row | None, new: Row | None
    ) -> dict[str, Any]:
        for name, value in (new or {}).items():
            reason = _problem(name, value)
            if reason and (old or {}).get(name) != value:
                return {**result, "status": "refused", "reason": reason, "field": name}
        if new is not None:
            new = {name: _normal(name, value) for name, value in new.items()}
        self._write(result["id"], new, "我")
        self.batches.setdefault(batch, []).append((result["id"], old, new))
        values = {k: v for k, v in self.shown(result["id"]).items() if k != "id"} if new else {}
        return {**result, "values": values}

    def undo(self, batch: str, op: str) -> dict[str, Any]:
        fresh = f"undo-{op}"
        if fresh not in self.batches:
            for row_id, old, new in reversed(self.batches.get(batch, [])):
                self._revert(row_id, old, new)
                self.batches.setdefault(fresh, []).append((row_id, new, old))
        results = [{"op": op, "id": row_id, "status": "applied", "values": {}}
                   for row_id, _, _ in self.batches.get(fresh, [])]  # fmt: skip
        return {"batch": fresh, "seq": self.seq, "results": results, "labels": {}}

    def _revert(self, row_id: str, old: Row | None, new: Row | None) -> None:
        if old is None or new is None:
            self._write(row_id, old, "我")
        else:
            back = {name: old[name] for name in old if old[name] != new[name]}
            self._write(row_id, {**self.rows[row_id], **back}, "我")

    # — running —

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    def start(self) -> Stub:
        config = uvicorn.Config(_app(self), HOST, self.port, log_level="error", lifespan="off")
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


def _problem(name: str, value: Any) -> str:
    if value == "拒绝" or (name == "age" and value is not None and not str(value).isdigit()):
        return f"“{name}”读到“{value}”，应为整数"
    if name in ("id_number", "phone") and "*" in str(value):
        return "读到遮盖后的号码，没有保存"
    if name == "sex" and value not in (None, "男", "女"):
        return f"“性别”读到“{value}”，应为下列之一：男、女"
    return "“姓名”必须填写" if name == "name" and not value else ""


def _normal(name: str, value: Any) -> Any:
    if name == "age" and value is not None:
        return int(value)
    return value.replace("年", "-").replace("月", "") if name == "birth_date" and value else value


def _app(stub: Stub) -> Starlette:
    def signed(request: Request) -> Response | None:
        if not stub.signed_in:
            return JSONResponse({"reason": "登录已过期，请重新登录"}, 401)
        if request.method == "POST" and request.headers.get("x-csrf-token") != CSRF:
            return JSONResponse({"reason": "页面已失效，请刷新页面后再试"}, 403)
        return None

    async def page(request: Request) -> Response:
        data = {"register": "residents", "area": "guihuashu", "csrf": CSRF, "user": "u1",
                "notify": True, "open": "/resident?id=<id>", "sign_in": "/signin"}  # fmt: skip
        data |= json.loads(request.query_params.get("data", "{}"))
        text = PAGE.read_text(encoding="utf-8")
        return HTMLResponse(
            text.replace("VERSION", modules.VERSION).replace("DATA", json.dumps(data))
        )

    async def columns(request: Request) -> Response:
        may = {"add": True, "change": True, "delete": True, "reveal": True}
        about = {"register": "residents", "label": "居民", "unit": "人"}
        return signed(request) or JSONResponse({**about, "columns": COLUMNS, "may": may})

    async def rows(request: Request) -> Response:
        asked = request.query_params
        found = stub.listed(asked.get("q", ""), asked.get("sort", ""))
        offset, limit = int(asked.get("offset", 0)), int(asked.get("limit", 100))
        some = [stub.shown(i) for i in found[offset : offset + limit]]
        body = {"seq": stub.seq, "as_of": asked.get("as_of") or WHEN, "total": len(found)}
        more = {"offset": offset, "rows": some, "labels": HOUSEHOLDS}
        return signed(request) or JSONResponse(body | more)

    async def by_id(request: Request) -> Response:
        wanted = [i for i in request.query_params["ids"].split(",") if i in stub.rows]
        rows = [stub.shown(i) for i in wanted]
        return JSONResponse({"seq": stub.seq, "rows": rows, "labels": HOUSEHOLDS})

    async def choices(request: Request) -> Response:
        q = request.query_params.get("q", "")
        fit = [{"id": i, "label": label} for i, label in HOUSEHOLDS.items() if q in label]
        return signed(request) or JSONResponse({"choices": fit})

    async def changes(request: Request) -> Response:
        refused = signed(request)
        if refused:
            return refused
        body = await request.json()
        stub.requests.append(body)
        await asyncio.sleep(stub.slow)
        results = [stub.change(one, body["batch"]) for one in body["changes"]]
        if stub.drop > 0:
            stub.drop -= 1
            return Response(status_code=502)
        return JSONResponse({"seq": stub.seq, "results": results, "labels": HOUSEHOLDS})

    async def undo(request: Request) -> Response:
        body = await request.json()
        return signed(request) or JSONResponse(stub.undo(body["batch"], body["op"]))

    async def feed(request: Request) -> Response:
        since = int(request.query_params["since"])
        fresh = [i for i, (seq, _) in stub.touched.items() if seq > since]
        rows = [stub.shown(i) for i in fresh if i in stub.rows]
        by = {i: {"who": stub.touched[i][1], "when": WHEN} for i in fresh}
        gone = [i for i in fresh if i not in stub.rows]
        body = {"seq": stub.seq, "rows": rows, "gone": gone, "by": by, "labels": HOUSEHOLDS}
        return signed(request) or JSONResponse(body)

    base = "/api/v1"
    return Starlette(routes=[
        Route("/", page), *assets.ROUTES,
        Route(f"{base}/columns", columns), Route(f"{base}/rows", rows),
        Route(f"{base}/rows/by-id", by_id), Route(f"{base}/choices", choices),
        Route(f"{base}/changes", changes, methods=["POST"]),
        Route(f"{base}/undo", undo, methods=["POST"]), Route(f"{base}/feed", feed),
    ])  # fmt: skip
