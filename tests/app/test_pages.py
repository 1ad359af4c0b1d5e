"""Every page, for every role, on the sample and on an empty database: drawn, calm, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from db import accounts, dates, doors, founding
from db.accounts import SAMPLE_PASSWORD
from db.sample.accounts import ACCOUNTS
from db.sessions import Session
from pages import (
    beds,
    community,
    overview,
    resident,
    rollcall,
    screening,
    setup,
    stars,
    today,
    visits,
)
from ui import data
from ui.links import Go

LATIN = re.compile(r"[A-Za-z]{2,}")
ALLOWED = re.compile(
    r"GHS|LMQ|THP|Excel|Word|WPS|km|GDS-15|Ctrl\+P|\d{6}-[0-9A-Z]{6}"
)  # numbers of households and needs, a program
JUDGES = [account.username for account in ACCOUNTS if account.role == "judge"]
USERS = [account.username for account in ACCOUNTS if account.role != "judge"]
SCENES: dict[str, Callable[[], None]] = {}


def _play() -> None:
    """What AppTest runs; the scene is set by the test."""
    from tests.app.test_pages import SCENES

    SCENES["now"]()


def _drawn(scene: Callable[[], None]) -> AppTest:
    SCENES["now"] = scene
    app = AppTest.from_function(_play, default_timeout=30).run()
    assert not app.exception, app.exception[0].stack_trace
    for element in (*app.title, *app.caption, *app.header, *app.button, *app.info):
        words = ALLOWED.sub("", str(getattr(element, "label", "") or element.value))
        assert not LATIN.search(words), words
    return app


def _here(on: Engine, user: str) -> Session:
    return Session(user, False, "csrf", accounts.actor(on, user))


def _area(here: Session, area: str) -> data.Row:
    return next(one for one in data.communities(here.actor) if one["id"] == area)


@pytest.fixture
def empty_in_use(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A database with nothing but its root and an administrator, as the pages' own."""
    founding.found(engine)
    accounts.add(engine, "admin", "管理员", SAMPLE_PASSWORD, "city_admin", "xianning")
    monkeypatch.setattr(data, "engine", lambda: engine)
    return engine


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize("user", USERS)
def test_overview(sample_in_use: Engine, user: str) -> None:
    here = _here(sample_in_use, user)
    app = _drawn(lambda: overview.show(here, Go({})))
    assert app.title[0].value == "总览"
    assert re.match(r"[13] 个社区", app.header[0].value)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize("user", USERS)
def test_the_pages_of_the_day(sample_in_use: Engine, user: str) -> None:
    here, go = _here(sample_in_use, user), Go({})
    assert _drawn(lambda: today.show(here, go)).title[0].value == "今天"
    assert _drawn(lambda: visits.show(here, go)).title[0].value == "走访"
    assert _drawn(lambda: rollcall.show(here, go)).title[0].value == "点名"
    assert _drawn(lambda: beds.show(here)).title[0].value == "床位"
    assert _drawn(lambda: screening.show(here)).title[0].value == "筛查"
    assert _drawn(lambda: stars.show(here)).title[0].value == "志愿时长"


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_the_pages_of_the_day_with_nothing_in_them(empty_in_use: Engine) -> None:
    here, go = _here(empty_in_use, "admin"), Go({})
    assert _drawn(lambda: today.show(here, go)).info[0].value.startswith("还没有社区")
    for page in (lambda: visits.show(here, go), lambda: rollcall.show(here, go)):
        assert "还没有社区" in _drawn(page).caption[0].value


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize("user", USERS)
def test_a_community_in_reach(sample_in_use: Engine, user: str) -> None:
    here = _here(sample_in_use, user)
    for area in data.communities(here.actor):
        app = _drawn(lambda area=area: community.show(here, area, Go({})))  # type: ignore[misc]
        assert app.title[0].value == area["name"]


@pytest.mark.parametrize(
    ("area", "sentence"),
    [
        ("guihuashu", "74 名留守儿童中，20 名已结对（27.0%），54 名尚无人结对"),
        ("taohuaping", "1,400 名空巢老人中，126 名已结对（9.0%），1,274 名尚无人结对"),
    ],
)
def test_a_community_opens_with_its_answer(sample_in_use: Engine, area: str, sentence: str) -> None:
    here = _here(sample_in_use, "admin")
    app = _drawn(lambda: community.show(here, _area(here, area), Go({})))
    assert app.header[0].value == sentence


def test_published_figures_keep_their_qualifier(sample_in_use: Engine) -> None:
    here = _here(sample_in_use, "admin")
    app = _drawn(lambda: community.show(here, _area(here, "taohuaping"), Go({})))
    assert "4,700 多户 · 12,500 多人" in app.caption[0].value


def test_a_child_and_who_cares(sample_in_use: Engine) -> None:
    here = _here(sample_in_use, "guihuashu-shuji")
    found = doors.people(
        sample_in_use, here.actor, "pairing", "留守儿童", dates.today().isoformat(), "guihuashu"
    )

    def scene(row_id: str) -> Callable[[], None]:
        def play() -> None:
            import streamlit as st

            st.query_params["id"] = row_id
            resident.show(here, Go({}))

        return play

    paired = _drawn(scene(found.served[0])).header[0].value
    assert re.fullmatch(r"留守儿童.*，由.+结对帮扶", paired)
    assert _drawn(scene(found.unserved[0])).header[0].value.endswith("尚无人结对")
    assert _drawn(scene("nobody")).title[0].value == "没有找到这位居民"


def test_a_resident_of_another_community_is_not_found(sample_in_use: Engine) -> None:
    admin, here = _here(sample_in_use, "admin"), _here(sample_in_use, "liumiqiao-shuji")
    found = doors.people(
        sample_in_use, admin.actor, "pairing", "留守儿童", dates.today().isoformat(), "guihuashu"
    )

    def play() -> None:
        import streamlit as st

        st.query_params["id"] = found.served[0]
        resident.show(here, Go({}))

    assert _drawn(play).title[0].value == "没有找到这位居民"


def test_setup(sample_in_use: Engine) -> None:
    here = _here(sample_in_use, "admin")
    assert _drawn(lambda: setup.show(here)).title[0].value == "区域与类别"


def test_an_empty_database_says_what_to_do_next(empty_in_use: Engine) -> None:
    here = _here(empty_in_use, "admin")
    app = _drawn(lambda: overview.show(here, Go({})))
    assert "还没有社区" in app.info[0].value
    _drawn(lambda: setup.show(here))
