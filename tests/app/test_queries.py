"""How many queries pages and doors ask: few, and no more of them where there are more rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine

from db import accounts, doors, ids, sessions
from db.accounts import SAMPLE_PASSWORD
from db.actors import Actor
from db.changes import Change
from db.doors import Question
from tests import callers, scripts, village
from ui import data

VIEWS = ("", "?view=居民", "?view=志愿者", "?view=结对", "?view=服务对象", "?view=户")
COLD, WARM = 60, 30  # queries of a page's script: of data just changed, and asked again
HERE = "taohuaping"

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


def asked(on: Engine, work: Callable[[], object]) -> int:
    """How many queries the work asks."""
    with scripts.queries(on) as heard:
        work()
    return len(heard)


@contextmanager
def visiting(on: Engine, username: str) -> Iterator[None]:
    """Pages are run for this account."""
    known = accounts.find(on, username)
    assert known
    with scripts.signed_in(sessions.start(on, known, "127.0.0.1", "test")):
        yield


def runs(on: Engine, address: str) -> tuple[int, int]:
    """The queries of a page's first run on this data, and of the next one."""
    page = scripts.page(address)
    data._shelf = (None, {})
    first, again = asked(on, page.run), asked(on, page.run)
    assert not page.exception, page.exception[0].message
    assert page.title, address  # it is the page that was asked for, drawn to its head at least
    return first, again


@pytest.fixture
def small(backend: str) -> Iterator[Engine]:
    """Two communities of a few people, as this process's own database."""
    with village.opened(backend) as on, callers.in_use(on) as own:
        accounts.add(own, "admin", "市管", SAMPLE_PASSWORD, "city_admin", village.ROOT)
        yield own


def test_pages_ask_no_more_of_many_rows_than_of_few(
    sample_in_use: Engine, backend: str
) -> None:
    person = someone(sample_in_use)
    many = [f"/community-{HERE}{view}" for view in VIEWS] + ["/overview", f"/resident?id={person}"]
    few = [f"/community-{village.EAST}{view}" for view in VIEWS] + ["/overview", "/resident?id=e-an"]
    with visiting(sample_in_use, "admin"):
        of_many = [runs(sample_in_use, address) for address in many]
    with village.opened(backend) as on, callers.in_use(on) as own:
        accounts.add(own, "admin", "市管", SAMPLE_PASSWORD, "city_admin", village.ROOT)
        with visiting(own, "admin"):
            of_few = [runs(own, address) for address in few]
    print(of_many, of_few)
    assert 0


def someone(on: Engine) -> str:
    """A resident of the sample."""
    return str(people(on, 1)[0]["id"])


def people(on: Engine, count: int) -> list[data.Row]:
    actor = accounts.actor(on, "admin")
    return doors.read(on, actor, Question("residents", HERE, limit=count)).rows
