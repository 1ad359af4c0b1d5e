"""A community's day in the browser: from what waits to where it is dealt with, at both widths."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from db import accounts, dates, doors
from db.doors import Condition, Question
from db.engine import open_engine
from tests.browser.conftest import WIDTHS, OpenPage, SignIn
from tests.servers import Server
from tests.village import add, done

Settled = Callable[[Page], Page]
AREA = "guihuashu"
NAMES = ("点一", "点二", "点三")
SQLITE = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


@pytest.fixture
def on(sample_server: Server, sample_url: str) -> Iterator[Engine]:
    """The sample, with one visit that is overdue and a session of today with three children."""
    engine = open_engine(sample_url)
    today = dates.today().isoformat()
    me = accounts.actor(engine, "admin")
    people = [add("residents", f"kid-{n}", AREA, name=name) for n, name in enumerate(NAMES)]
    done(engine, me, *people, add("programmes", "pr", AREA, name="今日小课", kind="课外课堂"))
    taking = {"programme_id": "pr", "started_on": "2026-01-01"}
    done(
        engine,
        me,
        *(add("enrolments", None, AREA, resident_id=f"kid-{n}", **taking) for n in range(3)),
        add("sessions_held", "now", AREA, programme_id="pr", held_on=today, starts_at="00:01"),
        add("contacts", "late", AREA, kind="走访", resident_id="kid-0", due_on="2010-01-01"),
    )
    yield engine
    engine.dispose()


def stored(on: Engine, register: str, **cells: str) -> list[dict[str, object]]:
    where = tuple(Condition(name, "eq", value) for name, value in cells.items())
    who = accounts.actor(on, "admin")
    return doors.read(on, who, Question(register, AREA, where, limit=None)).rows


@SQLITE
@pytest.mark.parametrize("width", WIDTHS)
def test_a_day_is_done_from_the_first_page(
    on: Engine, width: int, open_page: OpenPage, sign_in: SignIn, settled: Settled
) -> None:
    page = open_page(width, 900)
    sign_in(page, "guihuashu-shuji")
    expect(page.get_by_role("heading", level=1)).to_have_text("今天")
    _visit(page, on, settled)
    _call(page, on, settled)


def _line(page: Page, settled: Settled, words: str) -> None:
    page.goto(re.sub(r"(?<=\d)/.*", "/today", page.url))
    settled(page)
    line = page.locator("[class*=st-key-todo-]").filter(has_text=words)
    line.get_by_role("button", name="去办").click()


def _visit(page: Page, on: Engine, settled: Settled) -> None:
    _line(page, settled, "已经逾期")
    expect(page.get_by_role("heading", level=1)).to_have_text("走访")
    settled(page)
    table = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert table
    page.mouse.click(table["x"] + 40, table["y"] + 52)  # the first row: the longest overdue
    expect(page.get_by_role("heading", name="点一 · 走访")).to_be_visible()
    page.get_by_role("textbox", name="情况").first.fill("都好")
    settled(page)
    page.get_by_role("button", name="保存").first.click()
    expect(page.get_by_text("已记下 点一 的走访")).to_be_visible()
    (row,) = stored(on, "contacts", id="late")
    assert (row["done_on"], row["result"]) == (dates.today().isoformat(), "都好")


def _call(page: Page, on: Engine, settled: Settled) -> None:
    _line(page, settled, "今天有 ")
    expect(page.get_by_role("heading", level=1)).to_have_text("点名")
    settled(page)
    # 00:01 is the day's first session, whatever else the sample holds today.
    expect(page.get_by_role("combobox", name="场次")).to_have_value(re.compile("今日小课"))
    page.get_by_role("button", name=NAMES[1]).first.click()
    expect(page.get_by_role("heading", name="3 人，到 1 人")).to_be_visible()
    assert [one["resident_id"] for one in stored(on, "attendances", session_id="now")] == ["kid-1"]
    page.get_by_role("button", name="点完了，其余 2 人记缺席").click()
    expect(page.get_by_text("已点完名；还可以改。")).to_be_visible()
    came = {
        row["resident_id"]: row["presence"] for row in stored(on, "attendances", session_id="now")
    }
    assert came == {"kid-0": "缺席", "kid-1": "到", "kid-2": "缺席"}
    assert stored(on, "sessions_held", id="now")[0]["state"] == "已举办"
