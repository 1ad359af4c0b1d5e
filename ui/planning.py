"""What is done with a list of names: visits planned for all of it, or a file of it."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from db import dates, ids
from db.changes import Change
from db.registers.contacts import KINDS, VISIT
from db.sessions import Session
from logic.books import exporting
from ui import data, doing, plain, tallies
from ui.data import Condition

MOST, AHEAD = 500, 7  # visits planned at once; days until they are due
WHO = {"residents": "resident_id", "households": "household_id"}


def offer(
    here: Session,
    mark: tallies.Mark,
    register: str,
    where: tuple[Condition, ...],
    q: str,
    total: int,
    key: str,
) -> None:
    """The two deeds, for who may do them."""
    if register in (*WHO, "pairings") and data.may(here.actor, "contacts", mark.area)["add"]:
        with st.expander(f"列入走访计划（{total:,}）"):
            _plan(here, mark, register, where, q, total, key)
    with st.expander(f"导出名单（{total:,}）"):
        _export(here, mark, where, q, key)


def _plan(
    here: Session,
    mark: tallies.Mark,
    register: str,
    where: tuple[Condition, ...],
    q: str,
    total: int,
    key: str,
) -> None:
    if total > MOST:
        st.caption(f"一次最多列入 {MOST} 个，请先在上面缩小名单。")
        return
    st.caption("已经有走访在等着办的不会重复列入；列错了，可以在“走访”里整批撤回。")
    with st.form(f"plan-{key}", border=False):
        kind = st.selectbox("方式", KINDS, index=KINDS.index(VISIT))
        left, right = st.columns(2)
        due_on = left.date_input(
            "应办日期",
            dates.today() + dt.timedelta(days=AHEAD),
            min_value=dates.today(),
            format="YYYY-MM-DD",
        )
        worker = right.text_input("办理人", here.actor.name, max_chars=50)
        if not st.form_submit_button("列入计划", type="primary"):
            return
    rows = tallies.behind(here.actor, mark, where, q, None).rows
    cells = {"kind": kind, "due_on": due_on.isoformat(), "worker": worker or None}
    changes = _visits(here, mark.area, register, rows, cells)
    if not changes:
        st.info("名单上的都已经有走访在等着办。")
    elif why := tallies.propose(here.actor, changes, tallies.PLANNED):
        st.error(plain.text(f"没有保存：{why}"))
    else:
        st.session_state[doing.SAID] = f"已列入 {len(changes):,} 次，在“走访”里办"
        st.rerun()


def _visits(
    here: Session, area: str, register: str, rows: list[data.Row], cells: data.Row
) -> list[Change]:
    """A contact for each who has none waiting; a pair's for whom it is about, as its own."""
    whom = [(row["area_id"], _target(register, row)) for row in rows]
    waiting = _waiting(here, area, {one for _, target in whom for one in target.values()})
    return [
        Change("contacts", ids.new(), None, {"area_id": place, **target, **cells})
        for place, target in whom
        if not waiting & set(target.values())
    ]


def _target(register: str, row: data.Row) -> dict[str, str]:
    if register in WHO:
        return {WHO[register]: row["id"]}
    own = {name: row[name] for name in ("resident_id", "household_id") if row[name]}
    return own | {"pairing_id": row["id"], "volunteer_id": row["volunteer_id"]}


def _waiting(here: Session, area: str, of: set[str]) -> set[str]:
    """Of these persons and households, those for whom a contact is planned and not done."""
    found: set[str] = set()
    for name in WHO.values():
        where = (Condition("done_on", "empty"), Condition(name, "in", tuple(sorted(of))))
        rows = data.listed(here.actor, "contacts", area, where, (), None).rows
        found |= {row[name] for row in rows}
    return found


def _export(
    here: Session, mark: tallies.Mark, where: tuple[Condition, ...], q: str, key: str
) -> None:
    reason = st.text_input(
        "用途", placeholder="例如：入户走访用", max_chars=100, key=f"reason-{key}"
    )
    st.caption("写明用途（至少 2 个字）才能导出；谁、何时、为什么导出，会记入历史，也写在文件里。")
    if not st.button("生成文件", disabled=len(reason.strip()) < 2, key=f"take-{key}"):
        return
    try:
        taken = tallies.take_behind(here.actor, mark, where, q, reason)
    except (data.Forbidden, data.Refused) as why:
        st.error(plain.text(why))
        return
    known = data.indicator(mark.indicator)
    words = known.done if mark.served else known.undone
    st.download_button(
        "下载 Excel 工作簿",
        exporting.file(taken, "xlsx"),
        f"{words}-{exporting.name(taken, 'xlsx')}",
        exporting.MIME["xlsx"],
        type="primary",
        on_click="ignore",
    )
