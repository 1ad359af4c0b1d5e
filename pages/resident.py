"""One resident: all that is known of the person, and what the account may do about it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from db import dates
from db.sessions import Session
from logic import history as telling
from logic import people as persons
from ui import data, lists
from ui.links import Go

CONNECTED = (
    ("memberships", "resident_id", "属于哪些服务对象"),
    ("pairings", "resident_id", "谁在结对帮扶"),
    ("volunteers", "resident_id", "志愿者登记"),
)


def show(here: Session, go: Go) -> None:
    """The page of the resident whose id stands in the address."""
    row_id = st.query_params.get("id", "")
    try:
        found = data.row(here.actor, "residents", row_id)
    except data.Forbidden as refusal:
        st.info(str(refusal))
        return
    if not found.rows:
        st.title("没有找到这位居民")
        st.write("可能已被删除，或不在您的工作范围内。")
        return
    person = found.rows[0]
    st.title(person["name"])
    st.caption(_summary(here, person))
    _facts(here, person, found.labels)
    _reveal(here, person)
    for register, field, title in CONNECTED:
        _connected(here, register, field, title, person["id"])
    _neighbours(here, person, go)
    _history(here, person["id"])
    if st.button("回到社区"):
        go.community(person["area_id"])


def _summary(here: Session, person: data.Row) -> str:
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
    """Label and value in pairs, three columns on a desk, one on a phone."""
    _, fields, _ = data.columns(here.actor, "residents")
    with st.container(border=True, key="facts"):
        columns = st.columns(3, gap="medium")
        for place, one in enumerate(fields):
            with columns[place % 3]:
                st.caption(one.label)
                st.text(persons.shown(person[one.name], labels))


def _reveal(here: Session, person: data.Row) -> None:
    """The whole number behind a mask, for a stated reason."""
    _, fields, sights = data.columns(here.actor, "residents")
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
                st.warning(str(refusal))


def _connected(here: Session, register: str, field: str, title: str, row_id: str) -> None:
    if not data.may(here.actor, register)["read"]:
        return
    found = data.pointing(here.actor, register, field, row_id)
    st.subheader(title)
    if not found.rows:
        st.caption("没有记录。")
        return
    _, fields, _ = data.columns(here.actor, register)
    shown = [_words(row, [one for one in fields if one.name != field], found.labels)
             for row in found.rows]  # fmt: skip
    lists.plain(shown, f"{register}-{row_id}")


def _words(row: data.Row, fields: list[Any], labels: dict[str, str]) -> dict[str, str]:
    return {one.label: persons.shown(row[one.name], labels) for one in fields}


def _neighbours(here: Session, person: data.Row, go: Go) -> None:
    if not person["household_id"]:
        return
    found = data.pointing(here.actor, "residents", "household_id", person["household_id"])
    others = [row for row in found.rows if row["id"] != person["id"]]
    st.subheader("同住的人")
    if not others:
        st.caption("登记为独自一户。")
        return
    shown = persons.persons(others, dates.today())
    opened = lists.clicked(shown, f"neighbours-{person['id']}")
    if opened is not None:
        go.resident(str(shown.index[opened]))


def _history(here: Session, row_id: str) -> None:
    _, fields, _ = data.columns(here.actor, "residents")
    entries = data.history(here.actor, "residents", row_id)
    with st.expander(f"修改历史（{len(entries)} 次）"):
        words = {one.name: one.label for one in fields}
        lists.plain(telling.table(entries, words))
