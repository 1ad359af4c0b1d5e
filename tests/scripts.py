"""The product's pages run in this process, by their addresses, and the queries they ask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import PropertyMock, patch
from urllib.parse import parse_qsl

from sqlalchemy import Engine, event
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest as AppTest
from streamlit.util import calc_hash

from tests.servers import HOME
from ui.session import COOKIE


@contextmanager
def signed_in(token: str) -> Iterator[None]:
    """Scripts that run inside see the session's cookie, which AppTest cannot give them."""
    cookies = PropertyMock(return_value={COOKIE: token})
    with patch.object(ContextProxy, "cookies", new_callable=lambda: cookies):
        yield


@contextmanager
def queries(on: Engine) -> Iterator[list[str]]:
    """The statements that the engine is given meanwhile; to begin a transaction is none."""
    heard: list[str] = []

    def hear(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("BEGIN"):
            heard.append(statement)

    event.listen(on, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(on, "before_cursor_execute", hear)


def page(address: str) -> AppTest:
    """The product's script, about to be asked for the page at `address`, such as /overview."""
    path, _, query = address.lstrip("/").partition("?")
    made = AppTest.from_file(HOME / "pages" / "start.py", default_timeout=60)
    made._page_hash = calc_hash(path)  # its own switch_page knows only pages that are files
    made.query_params.update(parse_qsl(query))
    return made
