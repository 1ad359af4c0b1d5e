"""Who is stored and not in a roster: proposals, of which none is done unless somebody says so."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from db.changes import Change
from db.matches import Matched
from db.registers.people import DEAD, MOVED_OUT
from db.sessions import Session
from logic.books import cells
from ui import data, lists

LIVERS = "residents"
MOST = 500  # rows shown at once
SAID = "absent-said"


def propose(here: Session, register: str, found: Matched) -> None:
    """The rows that no line means; of residents, to be marked as moved away or dead."""
    if SAID in st.session_state:
        st.success(st.session_state.pop(SAID))
    if found.absent:
        unit = data.register(register).about.unit
        with st.expander(f"已有而名册里没有的（{len(found.absent):,} {unit}）"):
            _proposals(here, register, found.absent)


@st.fragment  # a tick does not work out the whole roster anew
def _proposals(here: Session, register: str, absent: tuple[str, ...]) -> None:
    unit = data.register(register).about.unit
    if register == LIVERS:
        st.caption(
            "如果这是全员名册，他们可能已迁出或去世：逐个核实后，选中再改；不选就不会动他们。"
        )
    else:
        st.caption("如果这是全部名单，请逐个核实；这里不会改动他们。")
    if len(absent) > MOST:
        st.caption(f"先列出 {MOST} {unit}。")
    rows = data.rows(here.actor, register, absent[:MOST])
    chosen = _listed(here, register, rows)
    if register == LIVERS:
        _mark(here, [rows[at] for at in chosen])


def _listed(here: Session, register: str, rows: Sequence[data.Row]) -> list[int]:
    """A table whose rows can be ticked; which are."""
    fields = data.fields(here.actor, register).values()
    shown = [one for one in fields if one.name in rows[0] and not one.refers][:8]
    table = pd.DataFrame(
        [{one.label: cells.text(one, row[one.name], {}) for one in shown} for row in rows]
    )
    if register == LIVERS:
        return lists.ticked(table, f"absent-{register}", [row["id"] for row in rows])
    lists.plain(table, key=f"absent-{register}")
    return []


def _mark(here: Session, rows: list[data.Row]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if not rows:
            st.caption("勾选最左一列，再选“改为迁出”或“改为死亡”。")
        for status in (MOVED_OUT, DEAD) if rows else ():
            if st.button(f"改为{status}（{len(rows):,} 人）", key=f"absent-{status}"):
                _write(here, rows, status)


def _write(here: Session, rows: list[data.Row], status: str) -> None:
    """One batch of its own, to be taken back like any import."""
    changes = [
        Change(LIVERS, row["id"], {"status": row["status"]}, {"status": status}) for row in rows
    ]
    left = [one for one in data.bring_in(here.actor, changes).outcomes if one.status != "applied"]
    if left:
        st.error(f"{len(left):,} 人刚刚被别人改过，什么也没有改，请重新核对")
        return
    st.session_state[SAID] = f"已把 {len(rows):,} 人改为{status}；可在“近来的导入”里撤回"
    st.rerun()
