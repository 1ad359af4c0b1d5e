"""Text that wants to be a script, a link or a picture stays text wherever it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import Engine

from db import accounts, tokens
from db.changes import Change
from db.engine import open_engine
from tests.browser import sheet
from tests.browser.conftest import IDLE, OpenPage, SignIn
from tests.servers import Server
from tests.village import add, done

HERE, NAME = (
    "bad",
    "**b** <img src=x onerror=hit=1>",
)  # a community of its own, so that lists are short
SCRIPT, IMAGE = "<script>window.hit=1</script>", "<img src=x onerror=hit=1>"
TEXTS = (
    SCRIPT,
    IMAGE,
    '"><svg onload=hit=1>',
    "<a href=javascript:hit=1>x</a>",
    "[x](javascript:hit=1)",
    "[x](https://evil.example/y)",
    "![x](https://evil.example/z)",
    "{{hit=1}} ${hit=1} $x$",
    "**b** `c` :red[d] <b>e</b>",
    "&lt;script&gt;hit=1&lt;/script&gt;",
)
CELLS = ("name", "address", "registered_at", "employer", "contact", "remark")
WATCH = """window.blocked = [];
addEventListener('securitypolicyviolation', ({violatedDirective, blockedURI}) => {
  // Streamlit's own packages try to eval.
  if (!blockedURI.endsWith('eval')) blocked.push(`${violatedDirective} ${blockedURI}`);
});
for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => { window.hit = name; };
"""
FOUND = """() => {
  const bad = 'img[src="x"], svg[onload], [onerror], a[href^="javascript:"],'
    + ' [href*="evil.example"], [src*="evil.example"]';
  const roots = [document];
  for (const root of roots) {
    for (const one of root.querySelectorAll('*')) if (one.shadowRoot) roots.push(one.shadowRoot);
  }
  const made = roots.flatMap(root => [...root.querySelectorAll(bad)].map(one => one.outerHTML));
  const written = [...document.scripts].filter(one => one.textContent.includes('hit=1'));
  return [...made, ...written.map(one => one.outerHTML), ...window.blocked,
    ...('hit' in window ? [`ran: ${window.hit}`] : [])];
}"""


def rows() -> Iterator[Change]:
    """A community, its facts, a target group, households and people, all named to do harm."""
    yield add("groups", "bad-group", "xianning", name=SCRIPT, subject="人", definition=IMAGE)
    yield add("communities", "bad-facts", HERE, secretary=IMAGE, source=SCRIPT, as_of="2026-01-01")
    yield add("volunteers", "bad-helper", HERE, name=TEXTS[2], employer=TEXTS[4])
    yield add("teams", "bad-team", HERE, name=TEXTS[3], remark=TEXTS[6])
    for number, words in enumerate(TEXTS):
        home, person = f"bad-home-{number}", f"bad-{number}"
        yield add("households", home, HERE, number=words[:30], address=words)
        cells = {**dict.fromkeys(CELLS, words), "household_id": home}
        yield add("residents", person, HERE, **cells)
        yield add("residents", f"{person}-kin", HERE, **cells)
        who = {"resident_id": person, "started_on": "2026-01-01"}
        yield add("memberships", None, HERE, group_id="bad-group", basis=words, **who)
        if number == 0:
            yield add("pairings", None, HERE, volunteer_id="bad-helper", remark=IMAGE, **who)


@pytest.fixture
def harmful(sample_server: Server, sample_url: str) -> Server:
    """The sample server with a harmful community, written by an account with a harmful name."""
    on = open_engine(sample_url)
    admin = accounts.actor(on, "admin")
    bad = replace(admin, name=f"管理员{SCRIPT}")
    done(on, bad, add("areas", HERE, "pufang", name=NAME, level="社区"))
    done(on, bad, *rows())
    renamed = {"name": SCRIPT}, {"name": TEXTS[4]}
    done(on, bad, Change("residents", "bad-0-kin", *renamed))
    _account(on)
    on.dispose()
    return sample_server


def _account(on: Engine) -> None:
    """One that signs in under such a name, with a token of such a name."""
    own = accounts.add(on, "bad", IMAGE, "yige-mima-9", "city_admin", "xianning", True)
    tokens.make(on, own, SCRIPT, "clerk", HERE)


@pytest.fixture
def visitor(harmful: Server, open_page: OpenPage, sign_in: SignIn) -> Page:
    page = open_page()
    page.context.route("https://evil.example/**", lambda route: route.abort())
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.add_init_script(WATCH)
    sign_in(page, "bad", "yige-mima-9")
    page.goto(f"{harmful.address}/overview")
    calm(page)
    assert not [url for url in asked if "evil.example" in url]
    return page


def calm(page: Page) -> Page:
    """Drawn, and nothing of what was written has become more than text."""
    page.wait_for_selector(IDLE)
    page.wait_for_timeout(700)  # what would run would run late: pictures fail after they are asked
    assert page.evaluate(FOUND) == [], page.url
    return page


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_text_stays_text_on_every_page(harmful: Server, visitor: Page) -> None:
    page = visitor
    expect(page.get_by_test_id("stSidebarNav")).to_contain_text(NAME)
    expect(page.get_by_test_id("stSidebar")).to_contain_text(f"{IMAGE}（市级管理员）")
    expect(paper(page).filter(has_text="桂花树社区").first).to_contain_text(NAME)
    # the community: its title, its facts, the sentence, the bars, the list
    page.goto(f"{harmful.address}/community-{HERE}")
    calm(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    expect(
        page.locator("[data-testid=stMain] [data-testid=stCaptionContainer]").first
    ).to_contain_text(SCRIPT)
    expect(page.locator(".st-key-answer")).to_contain_text(f"10 名{SCRIPT}中，1 名已结对")
    for words in TEXTS[1:]:
        expect(paper(page).first).to_contain_text(words)
    # a resident: title, answer, lists, facts, neighbours, history
    for number in (0, 1, 4):
        page.goto(f"{harmful.address}/resident?id=bad-{number}")
        calm(page)
        expect(page.get_by_role("heading", level=1)).to_have_text(TEXTS[number])
        expect(page.locator(".sanshe-facts")).to_contain_text(TEXTS[number])
        page.get_by_text("修改历史").click()
        expect(page.locator("[data-testid=stExpander]")).to_contain_text(f"管理员{SCRIPT}")
        calm(page)
    # one's own account and everybody's tokens
    for place in ("account", "setup"):
        page.goto(f"{harmful.address}/{place}")
        if place == "setup":
            page.get_by_text("接口令牌").click()
        calm(page)
        expect(paper(page).last).to_contain_text(SCRIPT)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_text_stays_text_in_the_grid(harmful: Server, visitor: Page) -> None:
    page = visitor
    for view in ("居民", "服务对象", "户", "结对", "志愿者", "志愿服务队"):
        page.goto(f"{harmful.address}/community-{HERE}?view={view}")
        page.locator(".cell[data-row='0']").first.wait_for()
        calm(page)
    page.goto(f"{harmful.address}/community-{HERE}?view=居民")
    sheet.drawn(page)
    shown = {sheet.cell(page, row, "name").inner_text() for row in range(len(TEXTS) * 2)}
    assert {words.replace("  ", " ") for words in TEXTS} <= shown
    # typed now: shown at once, after a reload, and as a choice of a reference
    sheet.write(page, 0, "address", IMAGE)
    sheet.saved(page)
    expect(sheet.cell(page, 0, "address")).to_have_text(IMAGE)
    page.reload()
    sheet.drawn(page)
    expect(sheet.cell(page, 0, "address")).to_have_text(IMAGE)
    calm(page)
    # refused: kept in its cell, told in the note and in the list
    sheet.write(page, 1, "relation", SCRIPT)
    expect(page.locator(".status .state")).to_contain_text("1 处")
    sheet.cell(page, 1, "relation").click()
    expect(page.locator(".note")).to_contain_text(SCRIPT)
    page.get_by_role("button", name="查看", exact=True).click()
    calm(page)
    # the choices of a reference
    sheet.cell(page, 0, "household_id").click()
    page.keyboard.type("hit")
    expect(page.locator("[role=option]").first).to_contain_text("hit=1")
    calm(page)


def paper(page: Page) -> Locator:
    """The tables as they print: those on the screen are drawn on a canvas."""
    return page.locator("[class*=st-key-paper]")
