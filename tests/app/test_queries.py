"""How many queries pages and doors ask: few, and no more of them where there are more rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine

from db import accounts, doors, sessions
from db.accounts import SAMPLE_PASSWORD
from db.changes import Change
from db.doors import Question
from tests import callers, scripts, village
from ui import data, memory

VIEWS = ("", "?view=居民", "?view=志愿者", "?view=结对", "?view=服务对象", "?view=户")
FILES = ("/roster", "/carry", "/doubles")
CITY = ("/three", "/money", "/admission", "/report")
COLD, WARM = 100, 14  # queries of a page's script: on data just changed, and again
MORNING = 145  # of 今天, which looks at all that may wait, the chain among it
DOCUMENT = 200  # of a report, which is about a dozen registers at once
DEEPER = 10  # a place lies deeper in the sample, and more is known of a person
CHAIN = 12  # 今天 tells of needs and what became of them, of which the village has none
HERE = "taohuaping"

pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


def asked(on: Engine, work: Callable[[], object]) -> int:
    """How many queries the work asks."""
    with scripts.queries(on) as heard:
        work()
    return len(heard)


def drawing(on: Engine, run: Callable[[], object]) -> int:
    """How many queries a page asks, save for the version of the data: the longer a run takes,
    the more often it is asked anew (ui/memory.py)."""
    with scripts.queries(on) as heard:
        run()
    return sum("FROM clock" not in one for one in heard)


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
    memory.shelf = (None, {})
    first, again = drawing(on, page.run), drawing(on, page.run)
    assert not page.exception, page.exception[0].message
    assert page.title, address  # it is the page that was asked for, drawn to its head at least
    return first, again


def pages(area: str, person: str) -> list[str]:
    """The addresses of all pages that show rows."""
    views = [f"/community-{area}{view}" for view in VIEWS]
    return [*views, "/overview", "/today", f"/resident?id={person}", "/setup", *FILES, *CITY]


def test_pages_ask_little_and_no_more_where_there_are_more_rows(
    sample_in_use: Engine, backend: str
) -> None:
    addresses = pages(HERE, str(people(sample_in_use, 1)[0]["id"]))
    with visiting(sample_in_use, "admin"):
        many = [runs(sample_in_use, address) for address in addresses]
    with village.opened(backend) as on, callers.in_use(on) as small:
        accounts.add(small, "admin", "市管", SAMPLE_PASSWORD, "city_admin", village.ROOT)
        with visiting(small, "admin"):
            few = [runs(small, address) for address in pages(village.EAST, "e-an")]
    for address, (first, again), (least, _) in zip(addresses, many, few, strict=True):
        most = {"/report": DOCUMENT, "/today": MORNING}.get(address, COLD)
        deeper = {"/today": DEEPER + CHAIN, "/report": 2 * DEEPER}.get(address, DEEPER)
        assert first <= min(most, least + deeper), (address, first, least)
        assert again <= min(WARM, first), (address, again)


def people(on: Engine, count: int) -> list[data.Row]:
    """Residents of the sample, as its administrator sees them."""
    actor = accounts.actor(on, "admin")
    return doors.read(on, actor, Question("residents", HERE, limit=count)).rows


def test_a_page_of_rows_is_read_by_the_same_queries_however_long_it_is(sample: Engine) -> None:
    actor = accounts.actor(sample, "taohuaping-shuji")

    def read(limit: int, *sort: str) -> int:
        question = Question("residents", HERE, sort=sort, limit=limit)
        return asked(sample, lambda: doors.read(sample, actor, question))

    # The clock, the places below, the columns users made, the rows, their number, the labels.
    assert [read(1), read(100), read(500), read(500, "name")] == [6, 6, 6, 6]


def edits(rows: list[data.Row], name: str, value: str, seen: int) -> list[Change]:
    """One cell of each row, as the grid sends them."""
    return [Change("residents", r["id"], {name: r[name]}, {name: value}, seen=seen) for r in rows]


@pytest.mark.parametrize(("name", "value"), [("remark", "已走访"), ("phone", "15400001234")])
def test_five_hundred_cells_are_written_by_hardly_more_queries_than_one(
    sample: Engine, name: str, value: str
) -> None:
    actor, rows, seen = accounts.actor(sample, "admin"), people(sample, 500), doors.version(sample)

    def written(changes: list[Change]) -> int:
        answers = []
        queries = asked(
            sample, lambda: answers.append(doors.write(sample, actor, changes, source="grid"))
        )
        assert {one.status for one in answers[0].outcomes} == {"applied"}
        return queries

    one, many = (
        written(edits(rows[:1], name, value, seen)),
        written(edits(rows[1:], name, value, seen)),
    )
    assert one <= 12
    assert many <= one + 2


def test_news_of_many_rows_cost_no_more_queries_than_of_one(sample: Engine) -> None:
    actor, rows = accounts.actor(sample, "taohuaping-shuji"), people(sample, 201)

    def news(of: list[data.Row]) -> int:
        since = doors.version(sample)
        doors.write(sample, actor, edits(of, "remark", "新", since), source="grid")
        return asked(sample, lambda: doors.feed(sample, actor, "residents", HERE, since))

    assert news(rows[:1]) == news(rows[1:])


def test_answers_about_older_data_are_let_go(sample_in_use: Engine) -> None:
    actor, (row,) = accounts.actor(sample_in_use, "admin"), people(sample_in_use, 1)
    for number in range(5):
        data.groups(actor)
        data.areas(actor)
        assert len(memory.shelf[1]) == 2
        change = Change("residents", row["id"], {"remark": row["remark"]}, {"remark": str(number)})
        row["remark"] = str(number)
        doors.write(sample_in_use, actor, [change], source="grid")
    data.groups(actor)
    assert len(memory.shelf[1]) == 1


def test_the_grid_of_a_community_takes_a_fixed_number_of_queries(sample: Engine) -> None:
    actor = accounts.actor(sample, "taohuaping-shuji")

    def opened(limit: int) -> int:
        seen = doors.version(sample)
        question = Question("residents", HERE, limit=limit)
        return (
            asked(sample, lambda: doors.columns(sample, actor, "residents"))
            + asked(sample, lambda: doors.read(sample, actor, question))
            + asked(sample, lambda: doors.feed(sample, actor, "residents", HERE, seen))
        )

    opened(1)  # what a process learns but once
    assert opened(2) == opened(100) == opened(500) <= 12
