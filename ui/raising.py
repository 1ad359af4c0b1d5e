"""A need is raised: who, what, where; those that say much the same are shown while it is typed."""

from __future__ import annotations

import streamlit as st

from db import dates, ids
from db.changes import Change
from db.registers.needs import ALONE, URGENCIES, WAYS
from db.sessions import Session
from logic import alike
from ui import data, doing, people, plain

NEW = "raising"  # the id of the need that is being written
RESIDENT, HOME, OTHER = WHO = ("居民", "户", "其他人")


@st.fragment
def show(here: Session, area: str, needs: list[data.Row]) -> None:
    """The form; `needs` are the community's, among which like ones are looked for."""
    row_id = _id(needs)
    title = st.text_input("需要什么", max_chars=60, live="400ms", key=f"title-{row_id}",
                          placeholder="例如：放学后孩子没有人照看")  # fmt: skip
    text = st.text_area("具体情况", max_chars=2000, key=f"text-{row_id}")
    near = st.container()
    left, right = st.columns(2)
    kinds = [one for one in WAYS if one != ALONE]
    after = {
        "area_id": area, "title": (title or "").strip(), "description": text or None,
        "way": left.selectbox("提出方式", kinds, key=f"way-{row_id}"),
        "urgency": right.selectbox("紧急程度", URGENCIES, index=2, key=f"urgency-{row_id}"),
        "group_id": left.selectbox(
            "服务对象类别", [None, *(groups := _groups(here))], key=f"group-{row_id}",
            format_func=lambda one: groups.get(one, "不限"),
        ),
        "place": right.text_input("地点", max_chars=100, key=f"place-{row_id}") or None,
        "raised_on": left.date_input(
            "提出日期", dates.today(), max_value=dates.today(), key=f"day-{row_id}"
        ).isoformat(),
    }  # fmt: skip
    after |= _who(here, area, row_id)
    if st.button("登记", type="primary", key=f"raise-{row_id}"):
        _add(here, row_id, after, f"已登记“{after['title']}”")
    with near:
        _alike(here, row_id, after, needs)


def _id(needs: list[data.Row]) -> str:
    """The one that is being written; a new one once that is stored."""
    if st.session_state.get(NEW) in (None, *(row["id"] for row in needs)):
        st.session_state[NEW] = ids.new()
    return str(st.session_state[NEW])


def _groups(here: Session) -> dict[str | None, str]:
    return {row["id"]: row["name"] for row in data.groups(here.actor)}


def _who(here: Session, area: str, row_id: str) -> data.Row:
    """Who raises it: one of the register's people or households, or somebody by name."""
    kind = st.segmented_control("谁提的", WHO, default=RESIDENT, required=True, key=f"who-{row_id}")
    if kind == RESIDENT:
        return {"resident_id": people.pick(here, area, f"raiser-{row_id}")}
    if kind == HOME:
        return {"household_id": people.home(here, area, f"home-{row_id}")}
    left, right = st.columns(2)
    name = left.text_input("姓名", max_chars=50, key=f"name-{row_id}")
    phone = right.text_input("联系电话", max_chars=20, key=f"phone-{row_id}")
    return {"raised_by": name or None, "phone": phone or None}


def _alike(here: Session, row_id: str, after: data.Row, needs: list[data.Row]) -> None:
    """Needs that say much the same; one click puts this one to one of them."""
    open_ = [row for row in needs if not row["settled_on"] and not row["joined_id"]]
    found = alike.similar(after["title"], after["description"] or "", open_)
    if not found:
        return
    with st.container(border=True, key="alike"):
        st.markdown("**有相近的需求，可以并在一起办**")
        for one in found:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.write(plain.text(f"{one['title']}（{one['raised_on']} 提出）"))
                if st.button("登记并并入", key=f"join-{row_id}-{one['id']}"):
                    joined = after | {"joined_id": one["id"]}
                    _add(here, row_id, joined, f"已登记，并入“{one['title']}”")


def _add(here: Session, row_id: str, after: data.Row, said: str) -> None:
    if not after["title"]:
        st.error("请先写“需要什么”。")
        return
    doing.do(here, [Change("needs", row_id, None, after)], said)
