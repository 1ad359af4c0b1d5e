"""准入: what departments brought into the communities, who let it in, and whose job is what."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts import burden
from db import dates
from db.registers.places import LEVELS
from db.sessions import Session
from logic import admission, figures
from logic.admission import Item
from ui import admitting, data, doing, lists, places, plain
from ui.links import Go

ITEMS, DUTIES = "部门工作进社区", "事权清单"
MONTHS = 12


def show(here: Session, go: Go) -> None:
    """Two halves: what came in and what asks to, or the list of whose job is what."""
    st.title("准入")
    part = st.segmented_control(
        "看哪一部分", (ITEMS, DUTIES), default=ITEMS, required=True,
        label_visibility="collapsed", key="part", bind="query-params",
    )  # fmt: skip
    if part == DUTIES or not data.may(here.actor, "admissions")["read"]:
        _duties(here)
        return
    area = places.within(here.actor)
    if area is None:
        st.info("还没有社区。请管理员在“区域与类别”里添加。")
        return
    doing.tell()
    asked = data.listed(here.actor, "admissions", area, (), (), None).rows
    decided = data.listed(here.actor, "admission_decisions", area, (), (), None).rows
    _items(here, area, admission.items(asked, decided), go)


def _items(here: Session, area: str, found: list[Item], go: Go) -> None:
    today = dates.today()
    names = {one["id"]: one["name"] for one in data.communities(here.actor)}
    with st.container(border=True, key="answer"):
        st.header(_sentence(found, today.isoformat()))
        st.caption("准入合规率：正在开展的事项中，经过审批、有依据、有配套经费的占多少。")
    waiting = [one for one in found if one.state == admission.WAITING]
    if waiting and data.may(here.actor, "admission_decisions", area)["add"]:
        st.header(f"{len(waiting):,} 项等待审批")
        admitting.decide(here, waiting, names)
    elif waiting:
        st.caption(f"{len(waiting):,} 项等待审批，由社区书记、街道或市里决定。")
    if data.may(here.actor, "admissions")["add"]:
        with st.expander("登记部门的申请", expanded=not found):
            admitting.ask(here)
    if found:
        _lacking([one for one in found if one.in_force(today.isoformat())], names, go)
        _burden(admission.burden(found, admission.months(today, MONTHS)))


def _sentence(found: list[Item], day: str) -> str:
    if not found:
        return "还没有登记过部门的申请"
    n, total = admission.rate(found, day)
    if not total:
        return f"登记了 {len(found):,} 项，现在没有在开展的"
    now = [one for one in found if one.in_force(day)]
    counts = [(words, sum(words in one.lacks for one in now)) for words in admission.LACKS]
    lacking = "，".join(f"{count:,} 项没有{words}" for words, count in counts if count)
    return f"正在开展 {total:,} 项，手续齐全 {figures.of(n, total)}{f'；{lacking}' * bool(lacking)}"


def _lacking(now: list[Item], names: dict[str, str], go: Go) -> None:
    bad = [one for one in now if one.lacks]
    st.header("缺审批、依据或经费就在开展的")
    if not bad:
        st.caption("没有。正在开展的都有审批、依据和经费。")
        return
    table = pd.DataFrame(
        [
            {
                "社区": names.get(one.row["area_id"], ""), "部门": one.row["department"],
                "事项": one.row["item"], "缺什么": "、".join(one.lacks),
                "每月小时": one.row["hours"], "开始": one.row["started_on"],
            }
            for one in bad
        ]
    )  # fmt: skip
    st.caption("点一行，到那个社区的台账里补办。")
    opened = lists.clicked(table, "lacking", [one.row["id"] for one in bad])
    if opened is not None:
        go.register(bad[opened].row["area_id"], "admissions")


def _burden(table: pd.DataFrame) -> None:
    st.header("每月负担小时")
    if not len(table):
        st.caption("最近 12 个月没有登记过工作量。")
        return
    last = table.iloc[:, -1].sum()
    st.caption(f"最近 {MONTHS} 个月在开展的事项，按登记的每月工作量合计；本月 {last:,.0f} 小时。")
    said = "；".join(f"{name} {row.iloc[-1]:,.0f} 小时" for name, row in table.iterrows())
    st.plotly_chart(
        burden.months(table), theme=None, key="burden", config={"displayModeBar": False},
        alt=f"本月：{said}",
    )  # fmt: skip
    shown = table.iloc[:, -3:].reset_index(names="部门")
    lists.plain(shown, key="burden-table")


def _duties(here: Session) -> None:
    """“这是谁的事？”: by a word of the item, the level or who is responsible."""
    wanted = st.text_input("这是谁的事？", placeholder="输入事项、责任单位或依据里的字").strip()
    found = data.listed(here.actor, "duties", None, (), ("item",), None, wanted)
    if not found.total:
        none = "清单里没有这一项。" if wanted else "还没有录入事权清单。"
        st.caption(f"{none}可以请县（市、区）或市级管理员在“区域与类别 › 事权清单”里添加。")
        return
    for level in LEVELS:
        rows = [row for row in found.rows if row["level"] == level]
        if rows:
            st.header(plain.text(f"{level}：{len(rows):,} 项"))
            lists.plain(_told(rows), key=f"duties-{LEVELS.index(level)}")


def _told(rows: list[data.Row]) -> pd.DataFrame:
    wanted = {"item": "事项", "responsible": "责任单位", "helps": "社区协助什么", "basis": "依据"}
    return pd.DataFrame(rows)[list(wanted)].rename(columns=wanted)
