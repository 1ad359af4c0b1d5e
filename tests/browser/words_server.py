"""A real server with `words_page.py` instead of the application's pages, and no database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers import HOME, Server

APP = Path(__file__).with_name("words_app.py")


class WordsServer(Server):
    def _command(self) -> list[str]:
        return [str(APP) if part == "app.py" else part for part in super()._command()]


@contextmanager
def running(data: Path) -> Iterator[str]:
    """Its address."""
    server = WordsServer("sqlite://", data, {"PYTHONPATH": str(HOME)})
    try:
        yield server.start().address
    finally:
        server.stop()
