"""axe-core finds nothing on any screen, at a desk and on a phone, but what is listed here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser import sheet
from tests.browser.conftest import WIDTHS, OpenPage, SignIn
from tests.servers import Server

# rule, what is in the HTML of the element, why it stays
KNOWN = (
    ("list", 'data-testid="stSidebarNavItems"', "Streamlit's navigation: headings inside its list"),
    ("listitem", "st-emotion-cache", "Streamlit's navigation: its list is none, by the rule above"),
    (
        "target-size",
        'role="spinbutton"',
        "Streamlit's date field: day and month are close together",
    ),
    (
        "presentation-role-conflict",
        'data-testid="stFileUploaderDropzone"',
        "Streamlit's place for files: it has a label and says it is there for looks alone",
    ),
    ("scrollable-region-focusable", 'class="pane"', "the keys of the cell's text field scroll it"),
    ("scrollable-region-focusable", 'class="list"', "the arrows of the same text field walk it"),
)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Axe()


def found(page: Page) -> list[str]:
    """Rule and element of what axe-core says is wrong with the screen as it is."""
    told = AXE.run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]}).response
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in told["violations"]
        for node in one["nodes"]
        if not _known(one["id"], node)
    ]


def _known(rule: str, node: dict[str, Any]) -> bool:
    return any(rule == rule_ and part in node["html"] for rule_, part, _ in KNOWN)


def _grid(page: Page) -> None:
    sheet.drawn(page)


def _open_cell(page: Page) -> None:
    sheet.drawn(page)
    sheet.cell(page, 0, "sex").dblclick()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("[role=listbox]")).to_be_visible()


def _problems(page: Page) -> None:
    sheet.drawn(page)
    sheet.write(page, 0, "sex", "邻")
    expect(page.locator(".status .state")).to_contain_text("1 处")
    page.get_by_role("button", name="查看", exact=True).click()


def _account(page: Page) -> None:
    page.get_by_text("生成接口令牌").click()
    page.get_by_label("给哪个系统用").wait_for()


def _nothing(page: Page) -> None:
    return


def scenes() -> Iterator[tuple[str, Callable[[Page], None]]]:
    """What is looked at, by its address and what is done there first."""
    yield "/overview", _nothing
    yield "/community-guihuashu", _nothing
    yield "/community-guihuashu?view=居民", _grid
    yield "/community-guihuashu?view=居民", _open_cell
    yield "/community-guihuashu?view=居民", _problems
    yield "/account", _account
    yield "/setup", _nothing
    yield "/api", _nothing
    yield "/password", _nothing


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(
    sample_server: Server,
    open_page: OpenPage,
    sign_in: SignIn,
    settled: Callable[[Page], Page],
    width: int,
) -> None:
    page = open_page(width)
    wrong = {}
    page.goto(f"{sample_server.address}/signin")
    wrong["/signin"] = found(page)
    sign_in(page, "admin")
    for path, act in (*scenes(), (_resident(page, sample_server), _nothing)):
        page.goto(f"{sample_server.address}{path}")
        if path not in ("/api", "/password"):
            settled(page)
            page.wait_for_timeout(500)  # charts and the grid draw after Streamlit is done
        act(page)
        wrong[f"{path} {act.__name__}"] = found(page)
    assert {at: said for at, said in wrong.items() if said} == {}


def _resident(page: Page, server: Server) -> str:
    """The address of somebody's page."""
    asked = f"{server.address}/api/v1/rows?register=residents&area=guihuashu&limit=1"
    return f"/resident?id={page.request.get(asked).json()['rows'][0]['id']}"
