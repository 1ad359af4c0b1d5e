"""The API as one mountable application: its description, its errors as sentences, its health."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api import auth, doors
from api.doors import Forbidden
from db import engine, parsers

WORDS = {404: "没有这个地址", 405: "这个地址不接受这种请求", 413: "一次提交的内容太多"}
Answering = Callable[[Request], Awaitable[Response]]
BIGGEST = 8 * 1024 * 1024  # bytes of one body; 2,000 cells of 2,000 characters

service = FastAPI(
    title="三社联动工作台 API",
    version="1.0.0",
    description="读写台账的两扇门。读写都按账号的角色、区域和遮盖规则。",
    docs_url=None,
    redoc_url=None,
    openapi_url="/openapi.json",
)
service.include_router(doors.router)


def problem(status: int, reason: str) -> JSONResponse:
    """Every error is a sentence under one name."""
    return JSONResponse({"reason": reason}, status)


@service.middleware("http")
async def bounded(request: Request, call_next: Answering) -> Response:
    """Refuses bodies that no honest client sends before they are read."""
    length = request.headers.get("content-length", "0")
    if not length.isdigit() or int(length) > BIGGEST:
        return problem(413, WORDS[413])
    return await call_next(request)


@service.exception_handler(Forbidden)
def _forbidden(_: Request, error: Forbidden) -> JSONResponse:
    return problem(403, str(error))


@service.exception_handler(parsers.Refused)
@service.exception_handler(ValueError)
def _refused(_: Request, error: Exception) -> JSONResponse:
    return problem(422, str(error))


@service.exception_handler(RequestValidationError)
def _malformed(_: Request, error: RequestValidationError) -> JSONResponse:
    places = {".".join(str(part) for part in one["loc"][1:]) for one in error.errors()}
    return problem(422, "请求的格式不对：" + "、".join(sorted(places))[:200])


@service.exception_handler(HTTPException)
def _http(_: Request, error: HTTPException) -> JSONResponse:
    said = str(error.detail) if isinstance(error, auth.NotAllowed) else None
    return problem(error.status_code, said or WORDS.get(error.status_code, "请求没有成功"))


@service.get("/health")
def health() -> dict[str, str]:
    """Whether the database answers."""
    engine.ping(engine.engine())
    return {"status": "ok"}
