"""The list behind a mark: served and not, narrowed, made a plan of visits, taken out."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from db import dates
from db.indicators import Indicator
from db.sessions import Session
from logic import behind as telling
from logic import people as persons
from ui import data, lists, pairs, plain, planning, tallies
from ui.data import Condition
from ui.links import Go

PEOPLE, HOMES = "residents", "households"
OTHER = {PEOPLE: HOMES, HOMES: PEOPLE}
CLICK = {
    PEOPLE: "点一行，打开这个人的页面。",
    HOMES: "点一行，打开户主的页面。",
    "contacts": "点一行，到走访里办。",
    "pairings": "点一行，到结对里记一次联系。",
    "volunteers": "时长和证明在“志愿时长”里。",
    "beds": "安排入住在“床位”里。",
}


def show(
    here: Session,
    known: Indicator,
    mark: tallies.Mark,
    register: str,
    counts: tuple[float | None, float | None],
    go: Go,
) -> None:
    """`counts` are the served and the unserved as the figure tells them."""
    sides = {known.undone: (False, counts[1])} if known.undone else {}
    sides |= {known.done: (True, counts[0])}
    key = f"{mark.area}-{mark.group}-{known.name}"
    side = st.segmented_control(
        "名单",
        list(sides),
        default=next(iter(sides)),
        required=True,
        format_func=lambda words: _counted(words, sides[words][1]),
        label_visibility="collapsed",
        key=f"side-{key}",
    )
    mark = replace(mark, served=sides[str(side)][0])
    q, where = _narrowed(register, key)
    found = tallies.behind(here.actor, mark, where, q)
    if not found.rows:
        st.caption("没有符合的。" if q or where else "名单为空。")
        return
    if found.total > len(found.rows):
        st.caption(f"共 {found.total:,} 个，先列出 {len(found.rows):,} 个；用上面的条件缩小。")
    st.caption(CLICK[register])
    _rows(here, mark, register, found, go, f"list-{key}-{side}-{mark.day}")
    planning.offer(here, mark, register, where, q, found.total, key)
    if register in OTHER and not (q or where) and (sides[str(side)][1] or 0) > found.total:
        _others(here, mark, OTHER[register], go, f"others-{key}-{side}-{mark.day}")


def _others(here: Session, mark: tallies.Mark, register: str, go: Go, key: str) -> None:
    """Homes in a group of people, or people in one of homes: they count, so they are told."""
    found = tallies.behind(here.actor, replace(mark, register=register))
    if found.rows:
        st.caption(f"另有 {found.total:,} {data.register(register).about.unit}登记在这一类里：")
        _rows(here, mark, register, found, go, key)


def _counted(words: str, count: float | None) -> str:
    return words if count is None or pd.isna(count) else f"{words} {count:,.0f}"


def _narrowed(register: str, key: str) -> tuple[str, tuple[Condition, ...]]:
    """Words that are looked for, and of people an age."""
    if register not in (PEOPLE, HOMES, "volunteers"):
        return "", ()
    left, right = st.columns([3, 2])
    q = left.text_input(
        "筛选", placeholder="姓名、拼音、住址", label_visibility="collapsed", key=f"q-{key}"
    )
    if register != PEOPLE:
        return q.strip(), ()
    age = right.selectbox(
        "年龄", list(telling.AGES), label_visibility="collapsed", key=f"age-{key}"
    )
    first, last = telling.born(age, dates.today())
    ends = (("from", first), ("to", last))
    return q.strip(), tuple(Condition("birth_date", op, day) for op, day in ends if day)


def _rows(
    here: Session, mark: tallies.Mark, register: str, found: data.Found, go: Go, key: str
) -> None:
    ids = [row["id"] for row in found.rows]
    if register == PEOPLE:
        shown = persons.persons(found.rows, dates.today())
    elif register == HOMES:
        shown = persons.homes(found.rows, data.heads(here.actor, tuple(ids)))
    else:
        shown = telling.table(register, found.rows, found.labels, dates.today())
    if register in ("volunteers", "beds"):
        lists.plain(shown, key)
        return
    at = lists.clicked(shown, key, ids)
    if at is None:
        return
    if register in (PEOPLE, HOMES):
        if shown.index[at]:
            go.resident(str(shown.index[at]))
        return
    _deal(here, register, found.rows[at], go)


def _deal(here: Session, register: str, row: data.Row, go: Go) -> None:
    """Leads to the place where a contact or a pairing is dealt with."""
    place = data.path(row["area_id"])[-1]
    if register == "pairings":
        go.job("pairs", place, row=row["id"], view=pairs.RUNNING)
    elif row["done_on"] is None:
        go.job("visits", place, row=row["id"])
    elif row["resident_id"]:
        go.resident(row["resident_id"])


def heading(words: str, known: Indicator, day: str) -> None:
    """The list's title; what the figure means, of which days, from where, one hover away."""
    st.header(plain.text(words), help=about(known, day))


def about(known: Indicator, day: str) -> str:
    """The definition, the days and the source of a figure."""
    span = known.span(day)
    days = day if span.first == span.last else f"{span.first} 至 {span.last}"
    source = "、".join(data.register(name).about.label for name in known.reads)
    return plain.text(f"{known.label}：{known.definition}。统计：{days}。来源：{source}台账。")
