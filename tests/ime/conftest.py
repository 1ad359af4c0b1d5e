"""The screen, the method and a Chromium before it: once for all of these tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Error, Page, expect, sync_playwright

from tests.browser.grid_stub import Stub
from tests.browser.sheet import cell
from tests.ime import screen
from tests.ime.hands import Hands, until
from tests.servers import free_port

PLAIN = "data:text/html,<title>plain</title><input style='margin:200px' autofocus>"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--password-store=basic", "--gtk-version=3", "--ozone-platform=x11", "--lang=zh-CN",
    "--accept-lang=zh-CN,zh", "--window-position=0,0", "--window-size=1270,860",
]  # fmt: skip


@pytest.fixture(scope="session")
def hands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hands]:
    """Hands that can type Chinese into a plain text field, which is tried first."""
    home = tmp_path_factory.mktemp("home")
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"
    port = free_port()
    own = [f"--remote-debugging-port={port}", f"--user-data-dir={home / 'chromium'}"]
    with (
        screen.started(home) as environment,
        screen.running([path, *ARGUMENTS, *own, PLAIN], environment),
        sync_playwright() as playwright,
    ):
        expect.set_options(timeout=20_000)
        hands = Hands(_page(playwright.chromium.connect_over_cdp, port), environment)
        _warm(hands)
        yield hands


def _page(connect: object, port: int) -> Page:
    """The page of the Chromium that was started, once it listens."""
    found: list[Page] = []

    def there() -> bool:
        try:
            found.extend(connect(f"http://127.0.0.1:{port}").contexts[0].pages)  # type: ignore[operator]
        except Error:
            return False
        return bool(found)

    until(there, "Chromium")
    return found[0]


def _warm(hands: Hands) -> None:
    """The method needs a moment after its start; should it never come, the page is not to blame."""

    def composes() -> bool:
        hands.point(hands.page.locator("input"))
        hands.switch(on=True)
        hands.do("type", "--delay", 60, "ni")
        hands.press("space")
        done = hands.written == "你"
        hands.press("ctrl+a", "BackSpace")
        return done

    try:
        until(composes, "Chinese in a plain text field")
    except AssertionError as never:
        raise RuntimeError("the harness is broken, not the page") from never


@pytest.fixture
def stub() -> Iterator[Stub]:
    server = Stub()
    server.fill(300)
    yield server.start()
    server.stop()


@pytest.fixture
def grid(hands: Hands, stub: Stub) -> Iterator[Hands]:
    """Hands before a grid that was drawn just now and has not been touched."""
    errors: list[str] = []
    note = lambda error: errors.append(str(error))  # noqa: E731
    hands.page.on("pageerror", note)
    hands.page.goto(stub.address)
    expect(cell(hands.page, 0, "name")).to_have_text("居民1")
    hands.switch(on=True)
    yield hands
    hands.page.goto(PLAIN)  # so that the server is left before it stops
    hands.page.remove_listener("pageerror", note)
    assert not errors
