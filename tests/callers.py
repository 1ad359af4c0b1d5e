"""Signed-in callers of the API, without a browser and without a password's slow hash."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine

from api import auth
from api.service import service
from db import accounts, sessions
from db import engine as engines
from db.actors import Actor
from tests.signing import TestClient

Caller = TestClient


@contextmanager
def in_use(on: Engine) -> Iterator[Engine]:
    """The engine's database as this process's own: what routes and commands see."""
    before = os.environ.get("DATABASE_URL")
    os.environ["DATABASE_URL"] = on.url.render_as_string(hide_password=False)
    engines.engine.cache_clear()
    try:
        yield engines.engine()
    finally:
        engines.engine().dispose()
        engines.engine.cache_clear()
        if before is not None:
            os.environ["DATABASE_URL"] = before


def signed_in(on: Engine, actor: Actor) -> tuple[Caller, Actor]:
    """A caller in the role, area and clearance of `actor`, and who it is by its account."""
    name = f"caller-{actor.id}"
    if accounts.find(on, name) is None:
        mail = f"{name}@example.cn"
        rights = (actor.role, actor.area_id, actor.clearance)
        of = actor.organisation
        accounts.add(on, name, actor.name, None, *rights, oidc_email=mail, organisation_id=of)
    known = accounts.find(on, name)
    assert known is not None
    token = sessions.start(on, known, "127.0.0.1", "tests")
    here = sessions.find(on, token)
    assert here is not None
    headers = {auth.HEADER: here.csrf, "Cookie": f"{auth.COOKIE}={token}"}
    return Caller(service, headers=headers), known.actor


def stranger() -> Caller:
    """A caller without a session."""
    return Caller(service)


def changes(caller: Caller, *some: dict[str, Any], batch: str = "batch") -> list[dict[str, Any]]:
    """The results of changes that are sent together."""
    answer = caller.post("/changes", json={"batch": batch, "changes": list(some)})
    assert answer.status_code == 200, answer.text
    results: list[dict[str, Any]] = answer.json()["results"]
    return results
