"""What is done about a need: it is answered, or goes the way of one that says the same."""

from __future__ import annotations

import streamlit as st

from db import dates
from db.changes import Change
from db.registers.needs import SETTLEMENTS
from db.sessions import Session
from logic import alike
from ui import chains, data, doing, plain


def show(here: Session, need: data.Row) -> None:
    """The answer first, then the needs that are like this one."""
    with st.expander("答复" if not need["settled_on"] else "改答复", expanded=False):
        _answer(here, need)
    if not need["joined_id"] and not need["settled_on"]:
        _alike(here, need)


def _answer(here: Session, need: data.Row) -> None:
    joined = data.pointing(here.actor, "needs", "joined_id", need["id"]).rows
    open_ = [one for one in joined if not one["settled_on"]]
    with st.form(f"answer-{need['id']}", border=False):
        left, right = st.columns(2)
        settled = right.date_input("反馈日期", _day(need), max_value=dates.today())
        kind = left.selectbox("办理结果", SETTLEMENTS, index=_at(need))
        reply = st.text_area("答复", need["reply"] or "", max_chars=1000)
        saved = st.form_submit_button(
            "保存答复" + (f"，连同并入的 {len(open_):,} 件" if open_ else ""), type="primary"
        )
    if saved:
        after = {"settled_on": settled.isoformat(), "settlement": kind, "reply": reply or None}
        changes = [
            Change("needs", one["id"], {name: one[name] for name in after}, after)
            for one in (need, *open_)
        ]
        doing.do(here, changes, f"已答复“{need['title']}”")


def _day(need: data.Row) -> str:
    return need["settled_on"] or dates.today().isoformat()


def _at(need: data.Row) -> int:
    return SETTLEMENTS.index(need["settlement"]) if need["settlement"] else 0


def _alike(here: Session, need: data.Row) -> None:
    """Open needs of the community that say much the same."""
    others = [
        row
        for row in chains.needs(here.actor, need["area_id"]).rows
        if row["id"] != need["id"] and not row["settled_on"] and not row["joined_id"]
    ]
    found = alike.similar(need["title"], need["description"] or "", others)
    if not found:
        return
    with st.container(border=True, key="alike"):
        st.markdown("**有相近的需求，可以并在一起办**")
        for one in found:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.write(plain.text(f"{one['title']}（{one['raised_on']} 提出）"))
                if st.button("并入", key=f"join-{one['id']}"):
                    joined = Change(
                        "needs", need["id"], {"joined_id": None}, {"joined_id": one["id"]}
                    )
                    doing.do(here, [joined], f"已并入“{one['title']}”")
