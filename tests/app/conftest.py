"""What tests over HTTP stand on: two accounts that may sign in, and callers who have."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from db import accounts, founding
from db import engine as engines
from tests.callers import Caller, in_use, signed_in
from tests.signing import SONG, XU, TestClient, stranger
from tests.village import CLERK, SECRETARY


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


@pytest.fixture
def api(village: Engine) -> Iterator[Engine]:
    """The village as the process's own database."""
    with in_use(village) as engine:
        yield engine


@pytest.fixture
def clerk(api: Engine) -> Caller:
    return signed_in(api, CLERK)[0]


@pytest.fixture
def secretary(api: Engine) -> Caller:
    return signed_in(api, SECRETARY)[0]
