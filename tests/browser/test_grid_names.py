"""What the packing writes short is the grid's alone: neither browsers nor the server say it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from api.service import service
from tests.browser.grid_hands import opened, status
from tests.browser.grid_stub import Stub
from tests.browser.sheet import cell, write
from ui.grid import naming

OpenPage = Callable[..., Page]

# Whatever the modules have in hand that is not their own.
BROWSERS = """() => {
  const tags = ['a', 'button', 'canvas', 'dialog', 'div', 'form', 'input', 'option', 'select',
    'textarea'];
  const nodes = tags.map(tag => document.createElement(tag));
  const events = [ClipboardEvent, CompositionEvent, InputEvent, KeyboardEvent, PointerEvent,
    StorageEvent, SubmitEvent].map(one => one.prototype);
  const others = [AbortController, Array, Blob, Date, Error, Function, Headers, Map, Number, Object,
    Promise, ResizeObserver, Response, Set, String, Uint32Array, URL, WeakMap];
  const all = [...nodes, ...events, ...others, ...others.map(one => one.prototype), nodes[4].style,
    nodes[2].getContext('2d'), new DOMRect(), new Map().entries(), document, window, navigator,
    location, localStorage, crypto, JSON, Math, Intl, new Intl.Collator(), nodes[0].dataset,
    nodes[0].classList, document.createElement('div').attachShadow({mode: 'open'})];
  const names = new Set();
  for (const one of all)
    for (let at = one; at; at = Object.getPrototypeOf(at))
      Object.getOwnPropertyNames(at).forEach(name => names.add(name));
  return [...names];
}"""
KEPT = """() => {
  const names = new Set();
  const look = one => {
    if (Array.isArray(one)) return one.forEach(look);
    if (!one || typeof one !== 'object') return;
    Object.entries(one).forEach(([name, value]) => { names.add(name); look(value); });
  };
  for (const kept of [localStorage, sessionStorage])
    Object.keys(kept).filter(key => key.startsWith('sanshe.'))
      .forEach(key => look(JSON.parse(kept.getItem(key))));
  return [...names];
}"""


@pytest.fixture
def grid(open_page: OpenPage) -> Iterator[Page]:
    server = Stub()
    server.fill(3)
    yield opened(open_page(), server.start())
    server.stop()


def test_browsers_have_none_of_them(grid: Page) -> None:
    found = set(grid.evaluate(BROWSERS))
    assert {"scrollTop", "isComposing", "gridColumn", "replaceChildren", "flatMap"} <= found
    assert naming.OURS & found == set()


def test_the_server_says_none_of_them(grid: Page) -> None:
    """Neither in its answers and questions, nor in what a page gives the grid."""
    said = {*_names(service.openapi()), *grid.evaluate("Object.keys(window.data)")}
    assert {"before", "as_of", "multiline", "known_total", "csrf"} <= said
    assert naming.OURS & said == set()


def test_what_is_kept_is_read_by_every_version(grid: Page) -> None:
    """A draft and a refused edit, with the names that the modules call them by."""
    write(grid, 0, "age", "七十")
    status(grid, "1 处未保存：1 处填写有误")
    write(grid, 3, "address", "新街 1 号")
    status(grid, "1 处未保存：1 处填写有误")
    assert cell(grid, 3, "address").text_content() == "新街 1 号"
    kept = set(grid.evaluate(KEPT))
    assert {"op", "register", "id", "state", "said", "column", "required", "values", "sent"} <= kept
    assert {name for name in kept if len(name) < 3} == {"op", "id"}


def _names(said: Any) -> Iterator[str]:
    """Every name in a description, and the names of the parameters."""
    if isinstance(said, list):
        for one in said:
            yield from _names(one)
    elif isinstance(said, dict):
        yield from said
        yield from (said["name"],) if isinstance(said.get("name"), str) else ()
        for one in said.values():
            yield from _names(one)
