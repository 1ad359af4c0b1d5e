"""What a volunteer can be given: a certificate of the hours, a commendation."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from db import dates, ids
from db.changes import Change
from db.registers.duties import LEVELS
from db.sessions import Session
from ui import data, doing, lists, tallies

RULE = "依据《志愿服务记录与证明出具办法（试行）》（民政部令第 67 号）"


def certificate(area: str, person: pd.Series, first: str, last: str) -> None:
    """What is printed: whose hours, from when to when, who keeps the record."""
    place = data.path(area)[-1]
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


def praise(here: Session, area: str, volunteer: str, name: str) -> None:
    """A commendation of a volunteer, given today or on an earlier day."""
    if not data.may(here.actor, "recognitions", area)["add"]:
        return
    with st.expander("登记表彰"), st.form(f"praise-{volunteer}", border=False):
        title = st.text_input("称号", placeholder="例如：社区优秀志愿者", max_chars=100)
        left, middle, right = st.columns(3)
        level = left.selectbox("级别", LEVELS, index=len(LEVELS) - 1)
        issuer = middle.text_input("颁发单位", data.path(area)[-1], max_chars=100)
        given_on = right.date_input(
            "日期", dates.today(), max_value=dates.today(), format="YYYY-MM-DD"
        )
        if st.form_submit_button("登记", type="primary"):
            after = {
                "area_id": area, "volunteer_id": volunteer, "title": title, "level": level,
                "issuer": issuer or None, "given_on": given_on.isoformat(),
            }  # fmt: skip
            said = f"已登记 {name} 的表彰"
            doing.do(here, [Change("recognitions", ids.new(), None, after)], said)


def praised(here: Session, area: str) -> None:
    """Who was commended with what, the latest first."""
    found = data.listed(here.actor, "recognitions", area, (), ("-given_on",))
    if not found.rows:
        st.caption("还没有登记过表彰。")
        return
    rows = [
        {
            "谁": found.labels.get(row["volunteer_id"] or row["team_id"] or "", ""),
            "称号": row["title"],
            "级别": row["level"] or "",
            "颁发单位": row["issuer"] or "",
            "日期": row["given_on"] or "",
        }
        for row in found.rows
    ]
    lists.plain(pd.DataFrame(rows), "praised")


def sums(here: Session, area: str, by: str) -> tallies.Sums:
    """The approved hours of an area by a column."""
    return tallies.tally(
        here.actor, "hours", area, (by,), tallies.APPROVED_ONLY, "hours", "served_on"
    )
