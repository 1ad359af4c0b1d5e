"""Against the real server: whatever happens, what was typed is stored once or shown as not stored.

`TIMES` (1, in `make test-hard` 10) says how often the hard ones are done over.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import sheet
from tests.browser.durable import Ledger, Witness, last_acknowledged
from tests.servers import Server

OpenPage = Callable[..., Page]
SignIn = Callable[..., None]
Residents = Callable[[str], Page]

TIMES = int(os.environ.get("TIMES", "1"))
EDITS = 30
KEY = 40  # milliseconds
POSTS = "**/api/v1/changes"
sqlite_alone = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
STANDS = """() => {
  const root = [...document.querySelectorAll('*')].map(one => one.shadowRoot)
    .find(root => root?.querySelector('.pen'));
  const active = root.querySelector('.cell.active');
  return {pen: root.activeElement === root.querySelector('.pen'), row: active?.dataset.row,
    name: active?.dataset.name, top: root.querySelector('.pane').scrollTop};
}"""
UNSAVED = "Object.keys(localStorage).filter(key => key.startsWith('sanshe.unsaved')).length"


@pytest.fixture
def ledger(sample_url: str) -> Ledger:
    return Ledger(sample_url)


@pytest.fixture
def residents(sample_server: Server, open_page: OpenPage, sign_in: SignIn) -> Residents:
    """`residents(user)`: that person's browser on the residents of 桂花树."""

    def opened(user: str) -> Page:
        page = open_page()
        sign_in(page, user)
        return _there(page, sample_server)

    return opened


def _there(page: Page, server: Server) -> Page:
    page.goto(f"{server.address}/community-guihuashu?view=居民")
    return sheet.drawn(page)


def _settled(page: Page) -> None:
    """Nothing is under way any more: all is stored or shown as not stored."""
    expect(page.locator(".status .state")).not_to_contain_text("保存中")
    expect(page.locator(".status .state")).not_to_contain_text("连接中断")


def _type_at_once(pages: list[Page], texts: list[list[str]]) -> None:
    """Each text and Enter, a key every 40 ms in every page, all pages at the same time."""
    strokes = [[key for text in own for key in [*text, "Enter"]] for own in texts]
    for keys in zip(*strokes, strict=True):
        for page, key in zip(pages, keys, strict=True):
            page.keyboard.press(key)
            page.wait_for_timeout(KEY / len(pages))


def test_two_people_type_into_the_same_rows_at_once(residents: Residents, ledger: Ledger) -> None:
    pages = [residents("guihuashu-shuji"), residents("guihuashu-ganshi")]
    witnesses = [Witness(), Witness()]
    for page, witness in zip(pages, witnesses, strict=True):
        witness.watch(page)
        sheet.cell(page, 0, "address").click()
    for turn in range(TIMES):
        texts = [[f"{who}{turn}{n:02d}" for n in range(EDITS)] for who in "ab"]
        _type_at_once(pages, texts)
        for page in pages:
            _settled(page)
    stood = [page.evaluate(STANDS) for page in pages]
    pages[0].wait_for_timeout(2500)  # what the other did has come by the feed
    stands = last_acknowledged(*witnesses)
    stored = ledger.column("address")
    assert len(stands) == EDITS * TIMES
    assert {cell: stored[cell[0]] for cell in stands} == stands
    for page, witness, before in zip(pages, witnesses, stood, strict=True):
        assert len(witness.answers) == EDITS * TIMES
        assert witness.count("refused") == 0
        assert before == page.evaluate(STANDS)
        assert (before["pen"], before["row"]) == (True, str(EDITS * TIMES))
        _shows(page, witness.count("conflict"))


def _shows(page: Page, conflicts: int) -> None:
    state = page.locator(".status .state")
    if conflicts:
        expect(state).to_contain_text(f"{conflicts} 处与别人的修改冲突")
        page.get_by_role("button", name="查看").click()
        expect(page.locator(".problems article.conflict")).to_have_count(min(conflicts, 200))
    else:
        expect(state).to_contain_text("已保存")
    assert page.evaluate(UNSAVED) == conflicts


@sqlite_alone
def test_two_tabs_of_one_person_on_the_same_cells(
    sample_server: Server, residents: Residents, ledger: Ledger
) -> None:
    one = residents("guihuashu-shuji")
    pages = [one, _there(one.context.new_page(), sample_server)]
    witness = Witness()
    for page in pages:
        witness.watch(page)
        sheet.cell(page, 0, "address").click()
    _type_at_once(pages, [[f"{tab}{n:02d}" for n in range(EDITS)] for tab in "ab"])
    for page in pages:
        _settled(page)
    stands = last_acknowledged(witness)
    stored = ledger.column("address")
    assert {cell: stored[cell[0]] for cell in stands} == stands
    assert len(witness.answers) == 2 * EDITS
    # What one tab saw as it was is not overwritten by the other: it is asked.
    assert one.evaluate(UNSAVED) == witness.count("conflict")
    assert witness.count("applied") + witness.count("conflict") == 2 * EDITS


@sqlite_alone
def test_a_block_with_three_bad_cells(residents: Residents, ledger: Ledger) -> None:
    page = residents("guihuashu-shuji")
    bad = {(3, "education"): "博学", (77, "marriage"): "很好", (199, "party"): "无党"}
    names = ("registered_at", "ethnicity", "education", "marriage", "party")
    plain = {"education": "初中", "marriage": "已婚", "party": "群众"}
    block = [
        [bad.get((row, name)) or plain.get(name) or f"{name[0]}{row}" for name in names]
        for row in range(200)
    ]
    sheet.cell(page, 0, "address").click()
    for _ in range(5):
        page.keyboard.press("ArrowRight")  # until the columns of the block are in sight
    sheet.paste(page, 0, names[0], "\r\n".join("\t".join(cells) for cells in block))
    expect(page.locator(".status .state")).to_contain_text("3 处未保存：3 处填写有误")
    columns = {name: ledger.column(name) for name in names}
    rows = page.evaluate(IDS, 200)
    right = [
        columns[name][rows[row]] == block[row][place]
        for row in range(200)
        for place, name in enumerate(names)
    ]
    assert right.count(True) == 997
    page.get_by_role("button", name="查看").click()
    reasons = page.locator(".problems article")
    expect(reasons).to_have_count(3)
    for number, text in enumerate(bad.values()):
        expect(reasons.nth(number)).to_contain_text(text)
        expect(reasons.nth(number)).to_contain_text("应为下列之一")


IDS = """async count => {
  const address = `/api/v1/rows?register=residents&area=guihuashu&offset=0&limit=${count}`;
  return (await (await fetch(address)).json()).rows.map(row => row.id);
}"""


@sqlite_alone
def test_a_server_killed_while_one_types(
    sample_server: Server, residents: Residents, ledger: Ledger
) -> None:
    page = residents("guihuashu-shuji")
    sheet.cell(page, 0, "address").click()
    kills = max(TIMES, 2)
    texts = [f"k{turn}x{n}" for turn in range(kills) for n in range(10)]
    for turn in range(kills):
        own = texts[turn * 10 : turn * 10 + 10]
        _type_at_once([page], [own[: 3 + turn % 5]])
        sample_server.kill()
        _type_at_once([page], [own[3 + turn % 5 :]])
        sample_server.start()
        sheet.saved(page)
    stored = ledger.column("address")
    rows = page.evaluate(IDS, len(texts))
    assert [stored[row] for row in rows] == texts
    assert [ledger.times(text) for text in texts] == [1] * len(texts)
    assert page.evaluate(UNSAVED) == 0


@sqlite_alone
def test_answers_lost_after_they_were_applied(residents: Residents, ledger: Ledger) -> None:
    page = residents("guihuashu-shuji")

    def lose(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    page.route(POSTS, lose, times=3)
    sheet.cell(page, 0, "address").click()
    texts = [f"lost{n}" for n in range(8)]
    _type_at_once([page], [texts])
    sheet.saved(page)
    stored = ledger.column("address")
    assert [stored[row] for row in page.evaluate(IDS, 8)] == texts
    assert [ledger.times(text) for text in texts] == [1] * 8


@sqlite_alone
def test_a_reload_right_after_enter(residents: Residents, ledger: Ledger) -> None:
    page = residents("guihuashu-shuji")
    texts = [f"fast{n}" for n in range(max(TIMES, 3))]
    for row, text in enumerate(texts):
        sheet.write(page, row, "address", text)
        page.reload()
        sheet.drawn(page)
        expect(sheet.cell(page, row, "address")).to_have_text(text)
    sheet.saved(page)
    stored = ledger.column("address")
    assert [stored[row] for row in page.evaluate(IDS, len(texts))] == texts
    assert [ledger.times(text) for text in texts] == [1] * len(texts)


@sqlite_alone
def test_the_network_cut_while_one_types(residents: Residents, ledger: Ledger) -> None:
    page = residents("guihuashu-shuji")
    sheet.cell(page, 0, "address").click()
    texts = [f"net{n}" for n in range(20)]
    _type_at_once([page], [texts[:5]])
    page.context.set_offline(True)
    _type_at_once([page], [texts[5:15]])
    expect(page.locator(".status .state")).to_contain_text("已存在本机")
    page.wait_for_timeout(6_000 * TIMES)  # in make test-hard a minute
    page.context.set_offline(False)
    _type_at_once([page], [texts[15:]])
    sheet.saved(page)
    stored = ledger.column("address")
    assert [stored[row] for row in page.evaluate(IDS, 20)] == texts
    assert [ledger.times(text) for text in texts] == [1] * 20


@sqlite_alone
def test_a_session_that_ends_while_one_types_and_is_begun_again(
    residents: Residents, ledger: Ledger
) -> None:
    page = residents("guihuashu-shuji")
    sheet.cell(page, 0, "address").click()
    texts = [f"away{n}" for n in range(12)]
    _type_at_once([page], [texts[:4]])
    page.context.clear_cookies()
    _type_at_once([page], [texts[4:]])
    expect(page.locator(".status .state")).to_contain_text("登录已过期")
    page.get_by_role("link", name="重新登录").click()
    page.locator("[name=username]").fill("guihuashu-shuji")
    page.locator("[name=password]").fill("sanshe-shili")
    page.locator("[name=password]").press("Enter")
    sheet.drawn(page)  # back where the typing was
    sheet.saved(page)
    stored = ledger.column("address")
    assert [stored[row] for row in page.evaluate(IDS, 12)] == texts
    assert [ledger.times(text) for text in texts] == [1] * 12


@sqlite_alone
def test_another_person_signs_in_on_the_same_machine(
    sample_server: Server, residents: Residents, sign_in: SignIn, ledger: Ledger
) -> None:
    page = residents("guihuashu-shuji")
    page.route(POSTS, lambda route: route.abort())
    sheet.write(page, 0, "address", "hers")
    other = page.context.new_page()
    page.context.clear_cookies()
    sign_in(other, "guihuashu-ganshi")  # in the other tab, and both have the same cookies
    page.unroute(POSTS)
    expect(page.locator(".status .state")).to_contain_text("1 处未保存")
    expect(sheet.cell(_there(other, sample_server), 0, "address")).not_to_have_text("hers")
    sheet.write(other, 1, "address", "his")
    sheet.saved(other)
    assert ledger.times("hers") == 0
    page.context.clear_cookies()
    sign_in(other, "guihuashu-shuji")
    _there(other, sample_server)
    sheet.saved(other)
    expect(sheet.cell(other, 0, "address")).to_have_text("hers")
    assert ledger.times("hers") == 1
    who = "SELECT actor_name FROM writes JOIN history ON write_id = writes.id"
    (row,) = ledger.ask(who + " WHERE CAST(after AS TEXT) LIKE '%\"hers\"%'")
    assert "书记" in row.actor_name
