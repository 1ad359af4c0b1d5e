"""Who takes part in a project's programme: chosen from its group, those nobody serves first."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from db import dates, ids
from db.changes import Change
from db.registers.people import PERSON
from db.sessions import Session
from ui import data, doing, people, plain, tallies
from ui.dossier import Project

INDICATOR, MOST = "service", 300  # who is unserved; people offered at once


def show(here: Session, found: Project, programme: data.Row, taking: set[str]) -> None:
    """For the community: the organisation is told of nobody but those who are chosen here."""
    if not data.may(here.actor, "enrolments", programme["area_id"])["add"]:
        return
    if here.actor.organisation:
        return
    with st.popover("登记参加人员"):
        st.caption("承接组织和它的社工只能看到登记在这里的人，证件号码、家庭情况都看不到。")
        chosen = _offered(here, found, programme, taking)
        other = people.pick(here, programme["area_id"], f"join-{programme['id']}", "或找一位")
        wanted = [*chosen, *([other] if other and other not in taking else [])]
        if st.button(
            "登记这些人", key=f"enrol-{programme['id']}", disabled=not wanted, type="primary"
        ):
            _enrol(here, programme, wanted)


def _offered(here: Session, found: Project, programme: data.Row, taking: set[str]) -> list[str]:
    """The members of the project's group, those without any service lately first."""
    group = found.row["group_id"]
    subjects = {one["id"]: one["subject"] for one in data.groups(here.actor)}
    if group is None or subjects.get(group) != PERSON:
        return []
    try:
        behind = tallies.people(
            here.actor, INDICATOR, group, dates.today().isoformat(), programme["area_id"]
        )
    except data.Forbidden:
        return []
    order = [one for one in (*behind.unserved, *behind.served) if one not in taking][:MOST]
    rows = {row["id"]: row for row in data.rows(here.actor, "residents", tuple(order))}
    unserved = set(behind.unserved)

    def words(one: str) -> str:
        row = rows[one]
        said = (row["name"], row["birth_date"], row["address"])
        return "　".join(str(part) for part in said if part) + "　近期无服务" * (one in unserved)

    name = plain.text(found.labels.get(group, "服务对象"))
    return st.multiselect(
        f"从{name}中选（没有服务过的在前）", [one for one in order if one in rows],
        format_func=words, placeholder="请选择", key=f"offered-{programme['id']}",
    )  # fmt: skip


def _enrol(here: Session, programme: data.Row, wanted: Iterable[str]) -> None:
    of = {"area_id": programme["area_id"], "programme_id": programme["id"]}
    of["started_on"] = max(programme["started_on"] or "", dates.today().isoformat())
    changes = [
        Change("enrolments", ids.new(), None, of | {"resident_id": one})
        for one in dict.fromkeys(wanted)
    ]
    doing.do(here, changes, f"已登记 {len(changes)} 人")
