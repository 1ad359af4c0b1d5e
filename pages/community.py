"""A community: the answer first, then its coverage and its registers."""

from __future__ import annotations

import streamlit as st

from db import dates
from db.ages import ELDERLY
from db.sessions import Session
from logic import figures as words
from ui import behind, coverage, data, doing, plain, sheet, tallies, topics
from ui.figures import Figure, row
from ui.links import Go


def show(here: Session, area: data.Row, go: Go) -> None:
    """The page of the community `area` (its area row with the published facts)."""
    st.title(plain.text(area["name"]))
    st.caption(plain.text(_facts(here, area)))
    answer = st.container()  # first of all, whatever is chosen below
    view = topics.view(here, area["id"])
    if view == topics.COVERAGE and not coverage.offered(here.actor):
        st.caption("您的角色看不到服务覆盖的数字。")
    elif view == topics.COVERAGE:
        doing.tell()
        coverage.choose(here.actor)
        with answer:
            there = _answer(here, area["id"])
        if there:
            coverage.show(here, area["id"], go)
        _figures(here, area)
    else:
        sheet.show(here, view, area["id"], go)


def _facts(here: Session, area: data.Row) -> str:
    parts = [
        *data.path(area["id"])[1:-1],
        words.published(area.get("households"), "户"),
        words.published(area.get("population"), "人"),
        area.get("area_km2") and words.published(area["area_km2"], "平方公里"),
        area.get("secretary") and f"党委书记 {area['secretary']}",
        area.get("as_of") and f"{area['as_of']} {area.get('source') or ''}".strip(),
        "示例数据" if data.is_sample() else "",
    ]
    return " · ".join(str(part) for part in parts if part and part != words.NONE)


def _answer(here: Session, area: str) -> bool:
    """The sentence that the page is opened for, and the next thing to do; False without one."""
    known = data.indicator(coverage.indicator())
    said = coverage.sentence(here, area)
    with st.container(border=True, key="answer", horizontal=True, vertical_alignment="center"):
        if not said:
            st.header("还没有登记服务对象")
            _step(here, area, "residents", "录入居民")
            st.caption("先录入居民，再到“服务对象”里登记类别，就能看到谁还没有人照看。")
            return False
        st.header(plain.text(said), help=behind.about(known, dates.today().isoformat()))
        _step(here, area, *STEPS.get(known.about, STEPS.get(known.name, ("contacts", "登记走访"))))
    return True


# Where an indicator's work is done, by its name or by what it counts.
STEPS = {
    "pairing": ("pairings", "安排结对"),
    "volunteers": ("volunteers", "登记志愿者"),
    "beds": ("beds", "登记床位"),
}


def _step(here: Session, area: str, register: str, words: str) -> None:
    """The button to the register where the work is done, for who may do it."""
    if data.may(here.actor, register, area)["add"]:
        st.button(words, type="primary", on_click=_open, args=(register,), key="step")


def _open(view: str) -> None:
    st.session_state["view"] = view


def _over_65(here: Session, place: str) -> int | None:
    """Residents of 65 and more; None where too few to tell."""
    found = tallies.coverage(here.actor, "checkup", dates.today().isoformat(), place)
    counted = found.loc[found["group_id"] == ELDERLY, "N"]
    return int(counted.iloc[0]) if len(counted) and counted.notna().all() else None


def _figures(here: Session, area: data.Row) -> None:
    actor, place = here.actor, area["id"]
    residents, helpers = data.residents(actor), data.volunteers(actor)
    if not residents and not helpers:
        return
    people, enrolled = residents.get(place, 0), helpers.get(place, 0)
    found = tallies.coverage(actor, coverage.FIRST, dates.today().isoformat(), place)
    filled = int((found["N"].fillna(1) > 0).sum())
    pairs = int(found["n"].fillna(0).sum())
    old = _over_65(here, place)
    row(
        [
            Figure("登记居民", words.count(people, "人"), "常住、流入、外出，不含迁出和死亡"),
            Figure(
                "在册志愿者", words.count(enrolled, "人"), f"占居民 {words.of(enrolled, people)}"
            ),
            Figure("服务对象类别", words.count(filled, "类"), "今天有人在册的"),
            Figure("已结对", words.count(pairs, "人次"), "各类合计，有交叉"),
            Figure("65 周岁及以上", words.count(old, "人"), f"占居民 {words.of(old, people)}"),
        ],
        key=place,
    )
