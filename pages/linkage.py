"""联动看板: the whole chain at a glance, where it stalls, and how long each stage takes."""

from __future__ import annotations

from typing import Any

import streamlit as st

from charts import linkage as charts
from db.sessions import Session
from db.stages import Story
from logic import board as shaping
from logic import linkage
from ui import board, chains, data, lists

BOARD, FUNNEL = "看板", "漏斗"
ALL = "全部"


def show(here: Session) -> None:
    """The page: what stalls first."""
    st.title("联动看板")
    if not data.communities(here.actor) or not chains.readable(here.actor):
        st.caption("您的角色看不到需求的办理过程，或者还没有社区。")
        return
    answer = st.container(border=True, key="answer")
    area, told, names = _chosen(here)
    where = chains.places(here.actor, told)
    with answer:
        st.header(_answer(linkage.counts(where.values())))
        if said := _more(told, where):
            st.caption(said)
    view = st.segmented_control(
        "怎么看", (BOARD, FUNNEL), default=BOARD, required=True, label_visibility="collapsed"
    )
    if view == BOARD:
        names |= {row["id"]: row["name"] for row in data.listed(
            here.actor, "projects", area, (), (), None).rows}  # fmt: skip
        needs = chains.needs(here.actor, area).rows
        board.show(shaping.columns(told, needs, where, names))
    else:
        _funnel(told)
    _limits(here)


def _chosen(here: Session) -> tuple[str, dict[str, Story], dict[str, str]]:
    """What is looked at: a place, of its needs those of a group and a carrier; words for them."""
    places = {one["id"]: one["name"] for one in data.communities(here.actor)}
    groups = {one["id"]: one["name"] for one in data.groups(here.actor)}
    with st.container(key="two-up-filters"):
        columns = iter(st.columns(3 if len(places) > 1 else 2))
        area = _one(next(columns), "社区", places) if len(places) > 1 else next(iter(places))
        area = area or here.actor.area_id
        told = chains.stories(here.actor, area)
        group = _one(next(columns), "服务对象类别", groups)
        known = tuple(sorted({one.organisation for one in told.values() if one.organisation}))
        carriers = {row["id"]: row["name"] for row in data.rows(here.actor, "organisations", known)}
        carrier = _one(next(columns), "承接组织", carriers)
    return area, shaping.kept(told, group, carrier), {**places, **groups, **carriers}


def _one(column: Any, label: str, words: dict[str, str]) -> str | None:
    """The one that was chosen; None for all of them."""
    chosen = column.selectbox(label, [ALL, *words], format_func=lambda one: words.get(one, one))
    return None if chosen == ALL else str(chosen)


def _answer(counted: dict[str, int]) -> str:
    if not counted["waiting"] and not counted["done"]:
        return "近两年还没有需求"
    late = f"，{counted['late']:,} 件超期" if counted["late"] else "，都在期限内"
    return f"{counted['waiting']:,} 件需求在路上{late}；{counted['done']:,} 件已经反馈"


def _more(told: dict[str, Story], where: dict[str, linkage.Place]) -> str:
    """Where it stalls, and how many came to delivery."""
    n, whole = linkage.delivered(told.values())
    done = f"近两年提出的 {whole:,} 件中，{n:,} 件走到了执行（{n / whole:.1%}）" if whole else ""
    return "。".join(part for part in (linkage.stalls(where.values()), done) if part)


def _funnel(told: dict[str, Story]) -> None:
    table = linkage.funnel(told.values())
    st.plotly_chart(charts.funnel(table), theme=None, config={"displayModeBar": False})
    st.caption(
        "每一条是走到过这一步的需求；天数是从上一步到这一步的中位数，括号里是知道天数的件数。"
        "有的需求不用做项目，直接答复，所以“反馈”可以多于前面几步。"
    )
    words = {"stage": "环节", "n": "走到的需求（件）", "days": "从上一步起的中位天数",
             "of": "知道天数的（件）"}  # fmt: skip
    lists.plain(table[list(words)].rename(columns=words), "funnel")


def _limits(here: Session) -> None:
    """After how many days a need that stays where it is counts as late; of each account."""
    known = chains.limits(here.actor)
    with st.expander("几天算超期"), st.form("limits", border=False):
        st.caption("停在一个环节超过这些天，就算超期。只改您自己看到的。")
        columns = st.columns(3)
        chosen = {
            stage: columns[number % 3].number_input(f"{stage}之后（天）", 1, linkage.MOST, days)
            for number, (stage, days) in enumerate(known.items())
        }
        if st.form_submit_button("保存", type="primary"):
            data.remember(here.actor, chains.LIMITS, chosen)
            st.rerun()
