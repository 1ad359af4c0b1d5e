"""What the server is told as it starts: send at once, work on so much at a time, never pause.

Streamlit makes its listening socket in a way that keeps asyncio from seeing that it is TCP, so
Nagle's algorithm stays on, and each answer of two writes, head and body, waits some 40 ms for
the browser's delayed acknowledgement. What a listening socket is told, its connections inherit.
"""

from __future__ import annotations

import gc
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from anyio.to_thread import current_default_thread_limiter

from db import checkpoints
from db.engine import engine

THREADS = 16  # as many as the database's pool has connections; more would only wait, in memory
OPEN_FILES = Path("/dev/fd")  # of this process; Windows has none, and sends at once by itself


def hurry() -> int:
    """Tells every socket that this process listens on; how many there were."""
    files = list(OPEN_FILES.iterdir()) if OPEN_FILES.exists() else []
    return sum(_hurried(int(file.name)) for file in files)


def _hurried(file: int) -> bool:
    try:
        one = socket.socket(fileno=file)
    except OSError:
        return False  # a file, or what listing them had opened
    try:
        listens = bool(one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN))
        if listens and one.family != socket.AF_UNIX:
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listens
    finally:
        one.detach()  # it is its owner's to close


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """For the server, which listens already when it starts up."""
    hurry()
    current_default_thread_limiter().total_tokens = THREADS
    with unsearched(), checkpoints.carrying(engine()):
        yield


@contextmanager
def unsearched() -> Iterator[None]:
    """What is loaded by now stays: Python need not look through all of it for garbage every few
    hundred requests, a tenth of a second in which nobody is answered."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
