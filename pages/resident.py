"""One resident: all that is known of the person, and what the account may do about it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from db import dates
from db.sessions import Session
from logic import history as telling
from logic import people as persons
from ui import data, facts, lists, plain
from ui.links import Go

CONNECTED = (
    ("pairings", "谁在结对帮扶"),
    ("memberships", "属于哪些服务对象"),
    ("contacts", "走访与服务记录"),
    ("attendances", "参加的活动"),
    ("screenings", "量表筛查"),
    ("stays", "入住"),
    ("volunteers", "志愿者登记"),
)


def show(here: Session, go: Go) -> None:
    """The page of the resident whose id stands in the address."""
    person, labels = _person(here, st.query_params.get("id", ""))
    if person is None:
        return
    st.title(plain.text(person["name"]))
    st.caption(plain.text(_summary(person)))
    connected = _connected(here, person["id"])
    with st.container(border=True, key="answer"):
        st.header(plain.text(_answer(connected)))
    for register, title in CONNECTED:
        if register in connected and connected[register].rows:
            st.header(title)
            lists.plain(_words(here, register, connected[register]), f"{register}-{person['id']}")
    st.header("登记的信息")
    _facts(here, person, labels)
    _reveal(here, person)
    _neighbours(here, person, go)
    _history(here, person["id"])
    if st.button("回到社区"):
        go.community(person["area_id"])


def _person(here: Session, row_id: str) -> tuple[data.Row | None, dict[str, str]]:
    """The row and its labels; says so where there is none to be seen."""
    try:
        found = data.row(here.actor, "residents", row_id)
    except data.Forbidden as refusal:
        st.info(plain.text(refusal))
        return None, {}
    if not found.rows:
        st.title("没有找到这位居民")
        st.write("可能已被删除，或不在您的工作范围内。")
        return None, {}
    return found.rows[0], found.labels


def _connected(here: Session, row_id: str) -> dict[str, Any]:
    """What refers to the person, by register, as far as the account may read it."""
    return {
        register: data.pointing(here.actor, register, "resident_id", row_id)
        for register, _ in CONNECTED
        if data.may(here.actor, register)["read"]
    }


def _answer(connected: dict[str, Any]) -> str:
    """Who the person is to us and who looks after them, in a sentence."""
    today = dates.today().isoformat()
    groups, helpers = (
        persons.standing(connected[register], field, today) if register in connected else []
        for register, field in (("memberships", "group_id"), ("pairings", "volunteer_id"))
    )
    if helpers:
        return f"{'、'.join(groups) or '居民'}，由{'、'.join(helpers)}结对帮扶"
    return f"{'、'.join(groups)}，尚无人结对" if groups else "不在任何服务对象类别中"


def _summary(person: data.Row) -> str:
    age = persons.age(person["birth_date"], dates.today())
    parts = [
        data.path(person["area_id"])[-1],
        person["sex"],
        f"{age} 岁" if age is not None else "年龄不详",
        person["status"],
        "示例数据" if data.is_sample() else "",
    ]
    return " · ".join(part for part in parts if part)


def _facts(here: Session, person: data.Row, labels: dict[str, str]) -> None:
    _, fields, _ = data.columns(here.actor, "residents", person["area_id"])
    said = [one for one in fields if person[one.name] not in (None, "")]
    facts.show((one.label, persons.shown(person[one.name], labels)) for one in said)
    unsaid = "、".join(one.label for one in fields if one not in said)
    if unsaid:
        st.caption(f"未填：{unsaid}")


def _reveal(here: Session, person: data.Row) -> None:
    """The whole number behind a mask, for a stated reason."""
    _, fields, sights = data.columns(here.actor, "residents", person["area_id"])
    hidden = {
        one.label: one.name for one in fields if sights[one.name] == "masked" and person[one.name]
    }
    if not hidden or not data.may(here.actor, "residents", person["area_id"])["reveal"]:
        return
    with st.popover("查看遮盖的号码"):
        label = st.selectbox("哪一项", list(hidden))
        reason = st.text_input("理由", placeholder="例如：核对低保申请", max_chars=100)
        if st.button("查看，并记入历史", type="primary"):
            try:
                st.code(data.reveal(here.actor, "residents", person["id"], hidden[label], reason))
            except (data.Forbidden, data.Refused) as refusal:
                st.warning(plain.text(refusal))


def _words(here: Session, register: str, found: Any) -> pd.DataFrame:
    """The rows in words, without the person, who is known here."""
    _, fields, _ = data.columns(here.actor, register)
    shown = [one for one in fields if one.name != "resident_id"]
    filled = [one for one in shown if any(row[one.name] for row in found.rows)]
    return pd.DataFrame(
        {one.label: persons.shown(row[one.name], found.labels) for one in filled}
        for row in found.rows
    )


def _neighbours(here: Session, person: data.Row, go: Go) -> None:
    if not person["household_id"]:
        return
    found = data.pointing(here.actor, "residents", "household_id", person["household_id"])
    others = [row for row in found.rows if row["id"] != person["id"]]
    st.header("同住的人")
    if not others:
        st.caption("登记为独自一户。")
        return
    shown = persons.persons(others, dates.today())
    opened = lists.clicked(shown, f"neighbours-{person['id']}", shown.index)
    if opened is not None:
        go.resident(str(shown.index[opened]))


def _history(here: Session, row_id: str) -> None:
    _, fields, _ = data.columns(here.actor, "residents")
    entries = data.history(here.actor, "residents", row_id)
    with st.expander(f"修改历史（{len(entries)} 次）"):
        words = {one.name: one.label for one in fields}
        lists.plain(telling.table(entries, words), f"history-{row_id}")
