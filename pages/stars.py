"""志愿时长: hours that wait for approval, the stars of each volunteer, certificates, praise."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from db.changes import Change
from db.registers.duties import APPROVED, RETURNED, WAITING
from db.sessions import Session
from logic import stars
from ui import data, doing, lists, places, praise, tallies
from ui.data import Condition

PEOPLE, TEAMS, GROUPS, PRAISE = "每个人", "按服务队", "按服务对象", "表彰"


def show(here: Session) -> None:
    """The page: what waits, then everybody's hours; a click gives the certificate."""
    st.title("志愿时长")
    area = places.choose(here.actor, "hours", "社区")
    if area is None:
        st.caption(places.nowhere(here.actor, "认定时长"))
        return
    doing.tell()
    sums = praise.sums(here, area, "volunteer_id")
    steps = tallies.steps(here.actor)
    table = stars.table(sums.rows, sums.labels, steps)
    waiting = data.listed(
        here.actor, "hours", area, (Condition("state", "eq", WAITING),), ("served_on",)
    )
    _answer(table, steps)
    _approve(here, waiting)
    view = st.segmented_control(
        "看什么",
        (PEOPLE, TEAMS, GROUPS, PRAISE),
        default=PEOPLE,
        required=True,
        label_visibility="collapsed",
        key=f"hours-{area}",
    )
    if view == PEOPLE:
        _people(here, area, table, sums)
    elif view == PRAISE:
        praise.praised(here, area)
    else:
        _summed(here, area, sums, str(view))


def _answer(table: pd.DataFrame, steps: tuple[float, ...]) -> None:
    """How many hours by how many, and how stars are earned."""
    with st.container(border=True, key="answer"):
        starred = int((table["星级"] != "").sum())
        st.header(
            f"{len(table):,} 名志愿者共 {table['认定时长'].sum():,.1f} 小时，{starred:,} 名有星级"
            if len(table)
            else "还没有认定过的时长"
        )
        said = "、".join(f"{step:,g}" for step in steps)
        st.caption(f"认定时长满 {said} 小时，依次为一至{'一二三四五六七八九'[len(steps) - 1]}星。")


def _people(here: Session, area: str, table: pd.DataFrame, sums: tallies.Sums) -> None:
    if not len(table):
        st.caption("在“值班”里排人、签到、签退，或在“志愿服务时长”台账里登记，这里就能认定。")
        return
    st.caption("点一行，看志愿服务记录证明，或登记表彰。")
    opened = lists.clicked(table, "hours", table.index)
    if opened is not None:
        volunteer, person = str(table.index[opened]), table.iloc[opened]
        own = next(row for row in sums.rows if row["volunteer_id"] == volunteer)
        praise.certificate(area, person, own["first"], own["last"])
        praise.praise(here, area, volunteer, str(person["志愿者"]))


def _summed(here: Session, area: str, sums: tallies.Sums, view: str) -> None:
    if view == GROUPS:
        found = praise.sums(here, area, "group_id")
        shown = stars.by_group(found.rows, found.labels)
    else:
        open_ = (Condition("ended_on", "empty"),)
        members = data.listed(here.actor, "team_members", area, open_, (), None)
        shown = stars.by_team(sums.rows, members.rows, members.labels)
        st.caption("按现在的队员算；一个人在两个队里，两个队都算，所以不能相加。")
    if len(shown):
        lists.plain(shown, view)
    else:
        st.caption("还没有。")


def _approve(here: Session, waiting: data.Found) -> None:
    if not waiting.rows:
        return
    st.header(f"{waiting.total:,} 条等待认定")
    st.caption("勾选要处理的；不勾就是全部。")
    shown = pd.DataFrame(
        [
            {
                "志愿者": waiting.labels.get(row["volunteer_id"], ""),
                "日期": row["served_on"],
                "时长": row["hours"],
                "服务内容": row["content"] or "",
            }
            for row in waiting.rows
        ]
    )
    ids = [row["id"] for row in waiting.rows]
    rows = [waiting.rows[at] for at in lists.ticked(shown, "waiting", ids)] or waiting.rows
    left, right, _ = st.columns([1, 1, 4])
    if left.button(f"认定 {len(rows):,} 条", type="primary", width="stretch"):
        doing.do(here, _settled(rows, APPROVED), f"已认定 {len(rows):,} 条")
    if right.button(f"退回 {len(rows):,} 条", width="stretch"):
        doing.do(here, _settled(rows, RETURNED), f"已退回 {len(rows):,} 条")


def _settled(rows: list[data.Row], state: str) -> list[Change]:
    return [Change("hours", row["id"], {"state": row["state"]}, {"state": state}) for row in rows]
