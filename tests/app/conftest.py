"""What the tests of sign-in over HTTP stand on: two accounts and a browser without a window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from db import accounts, founding
from db import engine as engines
from tests.signing import SONG, XU, TestClient, stranger


@pytest.fixture
def on(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The process's own database: 宋书记 and 徐敏 may sign in."""
    monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
    engines.engine.cache_clear()
    founding.found(engine)
    accounts.add(engine, "song", "宋书记", SONG, "secretary", "xianning")
    accounts.add(engine, "xu", "徐敏", XU, "secretary", "xianning", must_change=True)
    yield engines.engine()
    engines.engine().dispose()
    engines.engine.cache_clear()


@pytest.fixture
def browser(on: Engine) -> TestClient:
    return stranger()
