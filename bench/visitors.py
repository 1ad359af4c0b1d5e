"""People who are signed in to a server of its own, without having filled in the form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from api.auth import COOKIE
from db import accounts, sessions
from db.engine import open_engine
from tests.servers import Server

__all__ = ["COOKIE", "Visitor", "served", "sign_in"]


@dataclass(frozen=True)
class Visitor:
    """A session as the browser holds it: the cookie's token, the token of its scripts."""

    username: str
    token: str
    csrf: str


@contextmanager
def served(url: str, folder: Path) -> Iterator[Server]:
    """The real server on the database at `url`, stopped at the end."""
    server = Server(url, folder)
    try:
        yield server.start()
    finally:
        server.stop()


def sign_in(url: str, usernames: list[str]) -> list[Visitor]:
    """A session for each of the accounts, in their order; one account may have several."""
    on = open_engine(url)
    try:
        return [_signed_in(on, username) for username in usernames]
    finally:
        on.dispose()


def _signed_in(on: Engine, username: str) -> Visitor:
    known = accounts.find(on, username)
    assert known, username
    token = sessions.start(on, known, "127.0.0.1", "bench")
    session = sessions.find(on, token)
    assert session
    return Visitor(username, token, session.csrf)
