"""For somebody whom nobody looks after: the volunteers who suit, and the click that pairs them."""

from __future__ import annotations

import streamlit as st

from db import dates, ids
from db.changes import Change
from db.registers.people import PERSON
from db.registers.settings import PAIR_LIMIT
from db.registers.volunteers import ACTIVE, HELP
from db.sessions import Session
from logic import coverage as shaping
from logic import pairing
from logic import people as persons
from ui import data, doing, lists, pairs, plain, tallies
from ui.data import Condition

PAIRING = "pairing"
MOST = 200  # names shown at once


def sentence(here: Session, area: str) -> str:
    """74 名留守儿童中，20 名已结对（27.0%），54 名尚无人结对, of the group to speak of first."""
    known = data.indicator(PAIRING)
    found = tallies.coverage(here.actor, PAIRING, dates.today().isoformat(), area)
    first = shaping.leading(found)
    if first is None:
        return "还没有登记服务对象"
    row = found[found["group_id"] == first].iloc[0]
    return shaping.sentence(row, known.done, known.undone)


def alone(here: Session, area: str) -> None:
    """Who of a group nobody looks after; a click finds the volunteers who suit."""
    day = dates.today().isoformat()
    found = tallies.coverage(here.actor, PAIRING, day, area)
    open_ = found[found["rest"].fillna(0) > 0].sort_values("n", ascending=False, kind="stable")
    if not len(open_):
        st.caption(
            "在册的服务对象都有人结对。"
            if (found["N"].fillna(0) > 0).any()
            else "先录入居民，在“服务对象”里登记类别，这里就会列出谁还没有人结对。"
        )
        return
    groups = {
        str(row["group_id"]): f"{row['group']} {row['rest']:,}" for _, row in open_.iterrows()
    }
    group = st.selectbox("哪一类", list(groups), format_func=groups.__getitem__, width=260)
    people = tallies.people(here.actor, PAIRING, group, day, area)
    ids_, person = people.unserved[:MOST], people.unit == PERSON
    if len(people.unserved) > MOST:
        st.caption(f"先列出 {MOST} 个。")
    st.caption("点一行，看哪些志愿者合适。")
    rows = data.rows(here.actor, "residents" if person else "households", ids_)
    shown = (
        persons.persons(rows, dates.today())
        if person
        else persons.homes(rows, data.heads(here.actor, ids_))
    )
    at = lists.clicked(shown, f"alone-{group}", ids_)
    if at is not None:
        whom = people.labels.get(rows[at]["id"], "")
        _suiting(here, area, group, rows[at], "resident_id" if person else "household_id", whom)


def _suiting(here: Session, area: str, group: str, row: data.Row, target: str, whom: str) -> None:
    st.header(plain.text(f"谁适合与{whom}结对"))
    active = (Condition("status", "eq", ACTIVE),)
    volunteers = data.listed(here.actor, "volunteers", area, active, ("name",), None).rows
    limit = int(str(tallies.setting(here.actor, PAIR_LIMIT)))
    counts = pairs.of_volunteers(here, area)
    table = pairing.suiting(volunteers, counts, group, limit, row.get("sex")).head(20)
    if not len(table):
        st.caption(f"没有空着的志愿者：在册的都已结对 {limit} 个，或还没有登记志愿者。")
        return
    names = table["志愿者"].to_dict()
    lists.plain(table, f"suiting-{row['id']}")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "志愿者", list(names), format_func=names.__getitem__, key=f"with-{row['id']}", width=220
        )
        helps = st.pills("帮扶内容", HELP, selection_mode="multi", key=f"help-{row['id']}")
        if st.button("结对", type="primary", key=f"pair-{row['id']}"):
            after = {
                "area_id": area, "volunteer_id": chosen, target: row["id"],
                "help": "、".join(helps) or None, "started_on": dates.today().isoformat(),
            }  # fmt: skip
            said = f"{names[chosen]}已与{whom}结对"
            doing.do(here, [Change("pairings", ids.new(), None, after)], said)
