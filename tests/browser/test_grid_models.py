"""The grid's modules without a screen, in the browser, by random acts against plain models."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from ui.grid import modules

SCRIPTS = Path(__file__).with_name("models.js").read_text(encoding="utf-8")
SEEDS = range(1, 9)
PLACE = "http://models.test"


@pytest.fixture(scope="module")
def answers() -> dict[str, str]:
    """Every module by its address; nothing else is there."""
    texts = modules.sources("js")
    return {f"{PLACE}/{name}.js": text for name, text in texts.items()}


@pytest.fixture
def model(open_page: Callable[..., Page], answers: dict[str, str]) -> Page:
    page = open_page()

    def give(route: Route) -> None:
        script = answers.get(route.request.url)
        kind = "text/javascript" if script else "text/html"
        route.fulfill(body=script or "<!doctype html>", content_type=f"{kind}; charset=utf-8")

    page.route("**/*", give)
    page.goto(f"{PLACE}/")
    page.add_script_tag(content=SCRIPTS)
    return page


@pytest.mark.parametrize("name", ["tsv", "columns", "store", "outbox", "undo"])
def test_random_acts_leave_what_a_plain_model_says(model: Page, name: str) -> None:
    for seed in SEEDS:
        found = model.evaluate("([name, seed]) => window.models[name](seed)", [name, seed])
        assert found["acts"] > 20
        assert found["wrong"] is None, f"seed {seed}: {found['wrong']}"
