"""Whom a project is for: how many are unserved now, and how that changed since it was awarded."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from db import dates
from db.actors import Actor
from db.sessions import Session
from logic import coverage as shaping
from logic import figures
from ui import coverage, data, lists, plain, tallies
from ui.dossier import Project
from ui.links import Go

USUAL = "服务覆盖率"


def aims(project: data.Row) -> list[str]:
    """The indicators that the project is to move, by their names; the usual one without any."""
    labels = {data.indicator(name).label: name for name in data.indicators()}
    said = [labels[one] for one in (project["aims"] or "").split("、") if one in labels]
    return said or [labels[USUAL]]


def figure(actor: Actor, name: str, project: data.Row, day: str) -> pd.Series | None:
    """n of N of the project's group in its community on a day; None where it can't be told."""
    try:
        table = tallies.coverage(actor, name, day, project["area_id"])
    except data.Forbidden:
        return None
    rows = table[table["group_id"] == project["group_id"]]
    return rows.iloc[0] if len(rows) else None


def unserved(here: Session, found: Project, go: Go) -> None:
    """How many of the group are unserved today, by each of the indicators."""
    st.header("现在还有多少人没有照顾到")
    if found.row["group_id"] is None:
        st.caption("选了“服务对象类别”并保存，这里就会显示这一类现在还有多少人没有照顾到。")
        return
    today = dates.today().isoformat()
    for name in aims(found.row):
        row, known = figure(here.actor, name, found.row, today), data.indicator(name)
        if row is None:
            st.caption("您的账号看不到这一类的数字。")
            return
        st.markdown(plain.text(f"{shaping.sentence(row, known.done, known.undone)}。"))
    st.caption(f"{today} 的数字，随台账变化。")
    area = found.row["area_id"]
    if area in go.pages and st.button("看没有照顾到的名单"):
        st.session_state[coverage.INDICATOR] = aims(found.row)[0]
        st.session_state[coverage.group_key(area)] = found.row["group_id"]
        go.community(area)


def compared(here: Session, found: Project) -> None:
    """The same figures on the day of the award and now, or at the project's end."""
    award = found.award
    if award is None or found.row["group_id"] is None:
        return
    last = min(found.row["closed_on"] or dates.today().isoformat(), dates.today().isoformat())
    days = (award["awarded_on"], last)
    rows = changes(here.actor, found.row, days)
    if not rows:
        return
    st.header("实施前后的覆盖")
    lists.plain(pd.DataFrame(rows), "effects")
    group = found.labels.get(found.row["group_id"], "")
    until = f"{last} 结项" if found.row["closed_on"] else f"今天 {last}"
    st.caption(
        plain.text(f"{group}；承接时指 {days[0]}，现在指{until}。数字来自台账，不是另外填的。")
    )


def changes(actor: Actor, project: data.Row, days: tuple[str, str]) -> list[dict[str, str]]:
    """What each indicator of a project was on the first day and on the last, and the difference."""
    rows = []
    for name in aims(project):
        before, after = (figure(actor, name, project, day) for day in days)
        if before is not None and after is not None:
            rows.append({"指标": data.indicator(name).label, "承接时": _words(before),
                         "现在": _words(after), "变化": _moved(before, after)})  # fmt: skip
    return rows


def _words(row: pd.Series | None) -> str:
    if row is None or pd.isna(row["N"]) or pd.isna(row["n"]):
        return "少于 5"
    return figures.of(int(row["n"]), int(row["N"]))


def _moved(before: pd.Series | None, after: pd.Series | None) -> str:
    if before is None or after is None or pd.isna(before["share"]) or pd.isna(after["share"]):
        return figures.NONE
    change = round((after["share"] - before["share"]) * 100, 1)
    return f"{change:+.1f} 个百分点" if change else "没有变化"
