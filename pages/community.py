"""A community: the answer first, then its coverage and its registers."""

from __future__ import annotations

from typing import Any

import streamlit as st

from db import dates
from db.sessions import Session
from logic import coverage as shaping
from logic import figures as words
from ui import coverage, data, grid
from ui.figures import Figure, row
from ui.links import Go

COVERAGE = "服务覆盖"
REGISTERS = ("residents", "volunteers", "pairings", "memberships", "households", "teams", "team_members")


def show(here: Session, area: data.Row, go: Go) -> None:
    """The page of the community `area` (its area row with the published facts)."""
    st.title(area["name"])
    st.caption(_facts(here, area))
    view = _view(here, area["id"])
    if view == COVERAGE:
        _answer(here, area["id"])
        _figures(here, area)
        coverage.show(here, area["id"], go)
    else:
        grid.show(view, area["id"], here, key=f"grid-{view}-{area['id']}")


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


def _view(here: Session, area: str) -> str:
    """Which part is looked at; kept in the address, so that it survives a reload."""
    names = {COVERAGE: COVERAGE} | {
        name: data.register(name).about.label
        for name in REGISTERS
        if data.may(here.actor, name, area)["read"]
    }
    view = st.segmented_control(
        "查看",
        list(names),
        default=COVERAGE,
        format_func=names.__getitem__,
        required=True,
        label_visibility="collapsed",
        key=f"view-{area}",
    )
    return view or COVERAGE


def _answer(here: Session, area: str) -> None:
    """The sentence that the page is opened for, and the next thing to do."""
    known = data.indicator(coverage.INDICATOR)
    found = coverage.table(here.actor, area, dates.today().isoformat())
    group = coverage.chosen(found, area)
    with st.container(border=True, key="answer"):
        if group is None:
            st.subheader("还没有登记服务对象")
            st.caption("先在“居民”里录入，再到“服务对象”里登记类别，就能看到谁还没有人照看。")
            return
        st.subheader(shaping.sentence(group, known.done, known.undone))
        _next_steps(here, area, group)


def _next_steps(here: Session, area: str, group: Any) -> None:
    if not data.may(here.actor, "pairings", area)["add"]:
        return
    with st.container(horizontal=True):
        st.link_button(f"看名单", f"#list-{area}")
        st.button(
            "安排结对", type="primary", on_click=_open, args=(area, "pairings"), key=f"pair-{area}"
        )


def _open(area: str, view: str) -> None:
    st.session_state[f"view-{area}"] = view


def _figures(here: Session, area: data.Row) -> None:
    actor, place = here.actor, area["id"]
    residents, helpers = data.residents(actor), data.volunteers(actor)
    if not residents and not helpers:
        return
    people, enrolled = residents.get(place, 0), helpers.get(place, 0)
    found = coverage.table(actor, place, dates.today().isoformat())
    row(
        [
            Figure("登记居民", words.count(people, "人"), "常住、流入、外出", "不含迁出和死亡"),
            Figure("在册志愿者", words.count(enrolled, "人"), f"占居民 {words.of(enrolled, people)}"),
            Figure("服务对象类别", words.count(int((found["N"].fillna(1) > 0).sum()), "类"), "有人在册的"),
            Figure("已结对", words.count(int(found["n"].fillna(0).sum()), "人次"), "各类合计，有交叉"),
        ],
        key=place,
    )
