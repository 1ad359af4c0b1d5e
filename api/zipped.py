"""Streamlit's own scripts, zipped once and kept: the first page is a third as long on the way.

Streamlit sends them as they are, since zipping them anew for every browser would cost more than
it saves. Their names tell their content, so a zipped one stays good.
"""

from __future__ import annotations

import gzip
import importlib.util
import os
import re
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import FileResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from api.assets import FOREVER, TYPES
from db import settings

SCRIPT = re.compile(r"/static/(?:js|css)/[\w.-]+\.(?:js|css)")
KEPT = settings.DATA / "zipped"


def _theirs() -> Path:
    streamlit = importlib.util.find_spec("streamlit")  # found, not imported: it is not ours to use
    assert streamlit
    assert streamlit.origin
    return Path(streamlit.origin).parent / "static"


STATIC = _theirs()


class Zipped:
    """Answers in Streamlit's stead where a script is asked for by who can unzip it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        file = await run_in_threadpool(zipped, scope["path"]) if _is_asked(scope) else None
        await (_answer(file) if file else self.app)(scope, receive, send)


def _is_asked(scope: Scope) -> bool:
    return (
        scope["type"] == "http"
        and scope["method"] in ("GET", "HEAD")
        and SCRIPT.fullmatch(scope["path"]) is not None
        and "gzip" in Headers(scope=scope).get("accept-encoding", "")
    )


def zipped(path: str) -> Path | None:
    """The zipped script, made if it is asked for the first time; None where there is no such."""
    source = STATIC / path.lstrip("/")
    kept = KEPT / f"{source.name}.gz"
    if kept.exists():
        return kept
    if not source.is_file():
        return None
    KEPT.mkdir(parents=True, exist_ok=True)
    half = KEPT / f".{source.name}.{os.getpid()}.{os.urandom(4).hex()}"
    half.write_bytes(gzip.compress(source.read_bytes(), 6, mtime=0))
    return half.replace(kept)  # whole or not at all, also where two ask at once


def _answer(file: Path) -> FileResponse:
    headers = {"Cache-Control": FOREVER, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return FileResponse(file, headers=headers, media_type=TYPES[file.suffixes[-2][1:]])
