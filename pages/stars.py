"""志愿时长: hours that wait for approval, the stars of each volunteer, the certificate."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from db import dates
from db.changes import Change
from db.registers.duties import APPROVED, RETURNED, WAITING
from db.sessions import Session
from logic import stars
from ui import data, doing, lists, places
from ui.data import Condition

RULE = "依据《志愿服务记录与证明出具办法（试行）》（民政部令第 67 号）"


def show(here: Session) -> None:
    """The page: what waits, then everybody's hours; a click gives the certificate."""
    st.title("志愿时长")
    area = places.choose(here.actor, "hours", "社区")
    if area is None:
        st.caption(places.nowhere(here.actor, "认定时长"))
        return
    doing.tell()
    found = data.listed(here.actor, "hours", area, (Condition("state", "eq", APPROVED),), (), None)
    table = stars.table(found.rows, found.labels)
    waiting = data.listed(here.actor, "hours", area, (Condition("state", "eq", WAITING),))
    with st.container(border=True, key="answer"):
        starred = int((table["星级"] != "").sum())
        st.header(
            f"{len(table):,} 名志愿者共 {table['认定时长'].sum():,.1f} 小时，{starred:,} 名有星级"
        )
        steps = "、".join(f"{step:,}" for step in stars.STARS)
        st.caption(f"认定时长满 {steps} 小时，依次为一至五星。")
    _approve(here, waiting)
    st.header("每个人的时长")
    if not len(table):
        st.caption("还没有认定过的时长。")
        return
    st.caption("点一行，看志愿服务记录证明。")
    opened = lists.clicked(table, "hours", table.index)
    if opened is not None:
        volunteer = str(table.index[opened])
        own = [row for row in found.rows if row["volunteer_id"] == volunteer]
        _certificate(here, area, table.iloc[opened], own)


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


def _certificate(here: Session, area: str, person: pd.Series, rows: list[data.Row]) -> None:
    """What is printed: whose hours, from when to when, who keeps the record."""
    place = data.path(area)[-1]
    first, last = min(row["served_on"] for row in rows), max(row["served_on"] for row in rows)
    earned = f"（{person['星级']}）" if person["星级"] else ""
    sample = "<p>示例数据，不作证明使用。</p>" if data.is_sample() else ""
    st.html(
        '<article class="sanshe-certificate"><h2>志愿服务记录证明</h2>'
        f"<p>兹证明 <b>{escape(person['志愿者'])}</b> 于 {first} 至 {last} 在{escape(place)}"
        f"参加志愿服务 {person['次数']:,} 次，经认定的服务时长共 "
        f"<b>{person['认定时长']:,.1f} 小时</b>{earned}。</p>"
        f"<p>{RULE}。</p>{sample}<p>记录单位：{escape(place)}　　（盖章）</p>"
        f"<p>{dates.today().isoformat()}</p></article>"
    )
    st.caption("按 Ctrl+P 打印这一页。")
