"""报告: a community's month or year, the survey of all, a project's end; on paper and as data."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from db import dates
from db.sessions import Session
from logic.reports import periods, sheet
from logic.reports.periods import Period
from logic.reports.saying import Report
from ui import data, papering
from ui.reports import making, project

MONTHS, YEARS = 24, 5
Make = Callable[[bool], Report]  # with all lists, as the files hold them, or as it is read


def show(here: Session) -> None:
    """The page: which report, for where and when; what it says; the files."""
    st.title("报告")
    communities = data.communities(here.actor)
    if not communities:
        st.info("还没有社区。请管理员在“区域与类别”里添加。")
        return
    kinds = [one for one in making.KINDS if one != making.SURVEY or len(communities) > 1]
    kind = st.segmented_control(
        "哪一种", kinds, default=kinds[0], required=True, label_visibility="collapsed",
        key="kind", bind="query-params",
    )  # fmt: skip
    area, make = _asked(here, kind or kinds[0])
    if make is None:
        return
    papering.take_out(here, area, kind or kinds[0], lambda: make(True))
    st.header("内容")
    st.html(f"<style>{sheet.LOOK}{sheet.SCREEN}</style>{sheet.article(make(False))}")


def _asked(here: Session, kind: str) -> tuple[str, Make | None]:
    """The area of the report, and what makes it; None where there is none to make yet."""
    left, right = st.columns(2)
    if kind == making.SURVEY:
        when = _period(left, periods.months(dates.today(), MONTHS), "截至哪个月")
        return here.actor.area_id, lambda _: making.of_survey(here.actor, when)
    if kind == making.PROJECT:
        return _project(here, left)
    names = {one["id"]: one["name"] for one in data.communities(here.actor)}
    area = left.selectbox(
        "社区", list(names), format_func=names.__getitem__, key="place", bind="query-params"
    )
    if kind == making.MONTHLY:
        when = _period(right, periods.months(dates.today(), MONTHS), "月份")
    else:
        when = _period(right, periods.years(dates.today(), YEARS), "年份")
    return area, lambda whole: making.of_community(here.actor, area, when, kind, whole)


def _period(where: object, offered: list[Period], label: str) -> Period:
    """The latest that is over, unless another one is chosen."""
    found: Period = where.selectbox(  # type: ignore[attr-defined]
        label, offered, index=min(1, len(offered) - 1), format_func=lambda one: one.words
    )
    return found


def _at(found: list[data.Row]) -> int:
    """The project whose page led here, else the first."""
    wanted = st.query_params.get("row", "")
    return next((at for at, one in enumerate(found) if one["id"] == wanted), 0)


def _project(here: Session, where: object) -> tuple[str, Make | None]:
    found = project.awarded(here.actor, here.actor.area_id)
    if not found:
        st.info("还没有选定承接组织的项目。项目选定承接组织之后，这里可以写结项报告。")
        return here.actor.area_id, None
    row = where.selectbox(  # type: ignore[attr-defined]
        "项目", found, index=_at(found), format_func=lambda one: one["name"]
    )
    today = dates.today().isoformat()
    last = min(row["closed_on"] or today, today)
    when = Period(f"截至{last}", row["award"]["awarded_on"], last)
    return row["area_id"], lambda _: making.of_project(here.actor, row, when)
