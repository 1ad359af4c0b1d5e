"""What every test may ask for; each test has its own database and never the developer's."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Engine

# Before any room is imported, since some read the environment as they are: nothing that the
# developer has set, and no database that is not the run's own.
WORKER = "PYTEST_XDIST_WORKER" in os.environ
for name in [name for name in os.environ if name.startswith(("SANSHE_", "STREAMLIT_"))]:
    if not (WORKER and name == "SANSHE_TEST_RUN"):
        del os.environ[name]
RUN = Path(tempfile.gettempdir(), f"sanshe-run-{os.getpid()}")
RUN = Path(os.environ.setdefault("SANSHE_TEST_RUN", str(RUN)))
RUN.mkdir(mode=0o700, exist_ok=True)  # a process of this id that died may have left one
os.environ["SANSHE_KEY"] = bytes(range(64)).hex()
os.environ["SANSHE_DATA"] = str(RUN / "data")
os.environ["DATABASE_URL"] = f"sqlite:///{RUN / 'nobody.db'}"

from db import engine as engines  # noqa: E402
from tests import databases  # noqa: E402
from tests import village as villages  # noqa: E402
from tests.servers import Server  # noqa: E402

hypothesis_settings.register_profile("house", deadline=None)  # two cores, much going on
hypothesis_settings.load_profile("house")


def pytest_configure() -> None:
    """The run's first process makes room."""
    if not WORKER:
        databases.sweep()


def pytest_unconfigure() -> None:
    """The run's first process outlives the others and clears up."""
    if not WORKER:
        databases.stop()


@pytest.fixture(params=databases.BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Each database in turn; `@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)`
    takes one alone."""
    return str(request.param)


@pytest.fixture
def engine(backend: str) -> Iterator[Engine]:
    """A database with every table and no row."""
    with databases.empty(backend) as made:
        yield made


@pytest.fixture
def village(backend: str) -> Iterator[Engine]:
    """A copy of the village, whose rows are written out in tests/village.py."""
    with villages.opened(backend) as made:
        yield made


@pytest.fixture
def sample_url(backend: str) -> Iterator[str]:
    """The address of a copy of the sample database."""
    with databases.sample(backend) as url:
        yield url


@pytest.fixture
def sample(sample_url: str) -> Iterator[Engine]:
    """A copy of the sample database."""
    made = engines.open_engine(sample_url)
    yield made
    made.dispose()


@pytest.fixture
def sample_in_use(sample_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A copy of the sample database that is the process's own: what pages and routes see."""
    monkeypatch.setenv("DATABASE_URL", sample_url)
    engines.engine.cache_clear()
    streamlit.cache_data.clear()
    streamlit.cache_resource.clear()
    yield engines.engine()
    engines.engine().dispose()
    engines.engine.cache_clear()


@pytest.fixture
def sample_server(sample_url: str, tmp_path: Path) -> Iterator[Server]:
    """A server of its own on a copy of the sample database."""
    server = Server(sample_url, tmp_path / "data")
    try:
        yield server.start()
    finally:
        server.stop()
