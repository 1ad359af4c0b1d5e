"""A clerk's morning from end to end: every cell is at the end what her book says, and no other.

On SQLite; `BACKEND=postgresql` takes the other.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page
from sqlalchemy import Engine, select

from db import registers
from db.engine import open_engine
from tests.browser import ledger_book, sheet
from tests.browser.afternoon import Afternoon
from tests.browser.ledger_book import Book, Rows
from tests.browser.morning import Morning
from tests.servers import Server

pytestmark = pytest.mark.parametrize(
    "backend", [os.environ.get("BACKEND", "sqlite")], indirect=True
)
OpenPage = Callable[..., Page]
SignIn = Callable[..., None]
SEEN = ("sees", "says", "saved", "look")  # steps that do nothing


@pytest.fixture
def engine(sample_url: str) -> Iterator[Engine]:
    """The database behind the server."""
    opened = open_engine(sample_url)
    yield opened
    opened.dispose()


@pytest.fixture
def opened(sample_server: Server, open_page: OpenPage, sign_in: SignIn) -> Callable[..., Page]:
    """`opened(user, width)`: that person's browser on the residents of 桂花树."""

    def one(user: str, width: int = 1440) -> Page:
        page = open_page(width, 844 if width < 600 else 900)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        sign_in(page, user)
        page.goto(f"{sample_server.address}/community-guihuashu?view=居民")
        return sheet.drawn(page)

    return one


def comments(engine: Engine, rows: dict[str, Rows]) -> list[tuple[str, ...]]:
    """Register, name of the row, field and text of every comment."""
    table = registers.BY_NAME["comments"].table
    columns = (table.c.subject, table.c.subject_id, table.c.subject_field, table.c.text)
    with engine.connect() as conn:
        found = conn.execute(select(*columns).order_by(table.c.id)).all()
    return [(at, rows[at][row]["name"], name, text) for at, row, name, text in found]


def test_a_morning_at_a_desk(
    sample_server: Server, engine: Engine, opened: Callable[..., Page],
    shot: Callable[[Page, str], None],
) -> None:  # fmt: skip
    steps = ledger_book.steps("morning.txt")
    assert sum(step.words[0] not in SEEN for step in steps) >= 200
    book = Book(ledger_book.stored(engine))
    clerk, secretary = opened("guihuashu-ganshi"), opened("guihuashu-shuji")
    Morning(clerk, secretary, sample_server, book, shot).work(steps)
    found = ledger_book.stored(engine)
    assert book.differences(found) == []
    assert comments(engine, found) == book.said


def test_an_afternoon_by_touch(
    sample_server: Server, engine: Engine, opened: Callable[..., Page],
    shot: Callable[[Page, str], None],
) -> None:  # fmt: skip
    steps = ledger_book.steps("afternoon.txt")
    assert sum(step.words[0] not in SEEN for step in steps) >= 60
    book = Book(ledger_book.stored(engine))
    clerk, secretary = opened("guihuashu-ganshi", 390), opened("guihuashu-shuji")
    Afternoon(clerk, secretary, sample_server, book, shot).work(steps)
    assert book.differences(ledger_book.stored(engine)) == []
