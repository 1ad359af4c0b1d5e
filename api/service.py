"""The API as one mountable application: its description, its errors as sentences, its health."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import auth, description, doors, preferences
from api.doors import Forbidden
from db import dates, engine, parsers

WORDS = {
    400: "提交的内容读不懂，请刷新页面后再试",
    404: "没有这个地址",
    405: "这个地址不接受这种请求",
    413: "一次提交的内容太多，请分几次提交",
    500: "服务器出了问题，这次没有成功；请稍后再试，仍不行请告诉管理员",
    503: "数据库暂时没有回答，请稍后再试",
}
WRONG = {
    "missing": "没有写", "extra_forbidden": "不认识",
    "too_long": "最多 {max_length} 项", "too_short": "至少 {min_length} 项",
    "string_too_long": "最多 {max_length} 字", "string_pattern_mismatch": "写法不对",
    "greater_than_equal": "最小 {ge}", "less_than_equal": "最大 {le}",
    "int_parsing": "应为整数", "int_type": "应为整数", "string_type": "应为文字",
    "bool_parsing": "应为 true 或 false", "list_type": "应为列表", "dict_type": "应为对象",
}  # fmt: skip
BIGGEST = 8 * 1024 * 1024  # bytes of one body; 2,000 cells of 2,000 characters

service = description.Described(
    title="三社联动工作台 接口",
    version="1.1.0",
    description=description.ABOUT,
    docs_url=None,
    redoc_url=None,
    openapi_url="/openapi.json",
)
service.include_router(doors.router)
service.include_router(preferences.router)


def problem(status: int, reason: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """Every error is a sentence under one name."""
    return JSONResponse({"reason": reason}, status, headers)


class Bounded:
    """Refuses bodies that no honest client sends, whatever length they say they have."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > BIGGEST:
                raise HTTPException(413)
            return message

        await self.app(scope, counted, send)


service.add_middleware(Bounded)


@service.exception_handler(Forbidden)
def _forbidden(_: Request, error: Forbidden) -> JSONResponse:
    return problem(403, str(error))


@service.exception_handler(parsers.Refused)
@service.exception_handler(dates.Unreadable)
def _refused(_: Request, error: Exception) -> JSONResponse:
    return problem(422, str(error))


@service.exception_handler(RequestValidationError)
def _malformed(_: Request, error: RequestValidationError) -> JSONResponse:
    places = {_place(one) for one in error.errors()} - {""}
    named = parsers.CONTROL.sub("□", "、".join(sorted(places)))
    return problem(422, "请求的格式不对" + (f"：{named[:200]}" if named else ""))


def _place(one: Mapping[str, Any]) -> str:
    """Where in the request, and what is wrong there as far as one word can say it."""
    where = ".".join(str(part) for part in one["loc"][1:])
    why = WRONG.get(one["type"], "").format(**one.get("ctx", {}))
    return f"{where}（{why}）" if where and why else where


@service.exception_handler(HTTPException)
def _http(_: Request, error: HTTPException) -> JSONResponse:
    said = str(error.detail) if isinstance(error, auth.NotAllowed) else None
    reason = said or WORDS.get(error.status_code, "请求没有成功")
    return problem(error.status_code, reason, error.headers)


@service.exception_handler(engine.DatabaseProblem)
def _unanswered(_: Request, error: Exception) -> JSONResponse:
    logging.getLogger(__name__).error("the database did not answer", exc_info=error)
    return problem(503, WORDS[503])


@service.exception_handler(Exception)
def _unexpected(_: Request, _error: Exception) -> JSONResponse:
    return problem(500, WORDS[500])


@service.get("/health", responses={503: doors.PROBLEMS[503]})
def health() -> dict[str, str]:
    """Whether the database answers."""
    engine.ping(engine.engine())
    return {"status": "ok"}
