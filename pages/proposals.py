"""类别建议: who by age and home should join a target group or leave one; a person decides."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from db import dates, ids
from db.changes import Change
from db.registers.declined import JOIN, LEAVE
from db.sessions import Session
from logic import people as persons
from ui import data, doing, lists, places, plain, tallies, undoing

SHOWN = 200  # rows on the screen; all of them can be taken up at once
GOING = "建议退出"


def show(here: Session) -> None:
    """The page: how many are proposed, one list of them, what may be done."""
    st.title("类别建议")
    area = places.choose(here.actor, "memberships", "社区")
    if area is None:
        st.caption(places.nowhere(here.actor, "纳入服务对象"))
        return
    doing.tell()
    day = dates.today().isoformat()
    counts = tallies.proposals(here.actor, area, day)
    names = {one: f"{counts.labels.get(one, '')} {n:,}" for one, n in counts.joining.items() if n}
    if counts.leaving:
        names[GOING] = f"{GOING} {counts.leaving:,}"
    joining = sum(counts.joining.values())
    going = f"，{counts.leaving:,} 人次应当退出" if counts.leaving else ""
    with st.container(border=True, key="answer"):
        st.header(
            f"按年龄和居住情况，{joining:,} 人次可以纳入{going}"
            if names
            else "没有要核对的：在册的都符合，符合的都在册"
        )
        st.caption("只是建议，点了才算数。不纳入的记下来，以后不再问。各类有交叉。")
    if names:
        view = st.segmented_control(
            "类别",
            list(names),
            default=next(iter(names)),
            required=True,
            format_func=names.__getitem__,
            label_visibility="collapsed",
            key=f"proposals-{area}",
        )
        _list(here, area, str(view), day, counts.labels)
    undoing.recent(here, area, tallies.PROPOSED, "近来的处理")


def _list(here: Session, area: str, view: str, day: str, labels: dict[str, str]) -> None:
    going = view == GOING
    found = (
        tallies.leaving(here.actor, area, day)
        if going
        else tallies.joining(here.actor, area, view, day)
    )
    shown = found[:SHOWN]
    table = _table(here, shown, labels if not going else None)
    ticked = lists.ticked(table, f"proposed-{view}", [one.resident + one.group for one in shown])
    chosen = [shown[at] for at in ticked] or found
    whom = f"所选 {len(ticked):,} 人" if ticked else f"全部 {len(found):,} 人"
    if len(found) > SHOWN:
        st.caption(f"先列出 {SHOWN} 人。勾选的只办所选，不勾就是全部 {len(found):,} 人。")
    with st.container(horizontal=True):
        if st.button(f"{'退出' if going else '纳入'}{whom}", type="primary"):
            changes = _leave(here, chosen, day) if going else [_join(area, o, day) for o in chosen]
            _write(here, changes, f"已{'退出' if going else '纳入'} {len(chosen):,} 人，可以撤回")
        words = "所选的仍在册" if going else "不纳入所选的"
        if st.button(words, disabled=not ticked, help="先勾选；记下以后不再问"):
            changes = [_decline(area, one, LEAVE if going else JOIN) for one in chosen]
            _write(here, changes, f"已记下 {len(chosen):,} 人，以后不再问")


def _table(
    here: Session, shown: list[tallies.Proposal], labels: dict[str, str] | None
) -> pd.DataFrame:
    wanted = tuple(dict.fromkeys(one.resident for one in shown))
    rows = {row["id"]: row for row in data.rows(here.actor, "residents", wanted)}
    groups = labels or {row["id"]: row["name"] for row in data.groups(here.actor)}
    people = persons.persons([rows[one.resident] for one in shown], dates.today())
    people.insert(0, "类别", [groups.get(one.group, "") for one in shown])
    people.insert(1, "依据", [one.why for one in shown])
    return people.drop(columns=["联系电话"])


def _join(area: str, one: tallies.Proposal, day: str) -> Change:
    cells = {"group_id": one.group, "resident_id": one.resident, "started_on": day}
    after = {"area_id": area, **cells, "basis": f"{one.why}（系统建议，人工确认）"}
    return Change("memberships", ids.new(), None, after)


def _leave(here: Session, chosen: list[tallies.Proposal], day: str) -> list[Change]:
    """The memberships end today; why stands in the remark, behind what stood there."""
    why = {one.membership: one.why for one in chosen}
    rows = data.rows(here.actor, "memberships", tuple(why))
    return [
        Change(
            "memberships",
            row["id"],
            {name: row[name] for name in ("ended_on", "remark")},
            {"ended_on": day, "remark": "；".join(filter(None, (row["remark"], why[row["id"]])))},
        )
        for row in rows
    ]


def _decline(area: str, one: tallies.Proposal, way: str) -> Change:
    cells = {"group_id": one.group, "resident_id": one.resident, "way": way}
    return Change("declined", ids.new(), None, {"area_id": area, **cells})


def _write(here: Session, changes: list[Change], said: str) -> None:
    if why := tallies.propose(here.actor, changes):
        st.error(plain.text(f"没有保存：{why}"))
        return
    st.session_state[doing.SAID] = said
    st.rerun()
