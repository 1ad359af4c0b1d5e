"""What of a community is looked at: its coverage or one of its registers, by topics."""

from __future__ import annotations

import streamlit as st

from db.sessions import Session
from ui import data

COVERAGE = "服务覆盖"
PEOPLE = "人员"
TOPICS = {
    PEOPLE: (
        "residents", "volunteers", "pairings", "memberships", "households", "teams",
        "team_members",
    ),
    "走访与筛查": ("contacts", "screenings"),
    "服务活动": (
        "programmes", "courses", "enrolments", "sessions_held", "session_staff", "attendances",
    ),
    "志愿服务": ("activities", "shifts", "hours", "recognitions"),
    "养老设施": ("facilities", "rooms", "beds", "stays", "waitings"),
    "调解": ("cases", "case_steps"),
    "荣誉与资金": ("honours", "funds", "payments", "spendings"),
    "联动": (
        "needs", "projects", "project_needs", "budget_lines", "reviews", "calls", "criteria",
        "bids", "judges", "scores", "awards", "milestones", "evaluations", "satisfactions",
    ),
    "三社与准入": (
        "organisations", "qualifications", "organisation_areas", "social_workers", "admissions",
        "admission_decisions",
    ),
}  # fmt: skip


FILED = ("needs",)  # what comes in files too, though it has pages of its own


def kept(here: Session, area: str) -> list[str]:
    """The registers that the account may fill and change here, people first; not those that are
    their writer's alone."""
    rights = data.rights(here.actor, area)
    names = [name for names in TOPICS.values() for name in names] + list(FILED)
    return [
        name
        for name in names
        if all(rights[name][verb] for verb in ("read", "add", "change"))
        and not data.register(name).about.kept_by
    ]


def view(here: Session, area: str) -> str:
    """Which part is looked at; kept in the address, so that it survives a reload."""
    rights = data.rights(here.actor, area)
    offered = {topic: _names(rights, topic) for topic in TOPICS}
    names = offered[_topic({topic: some for topic, some in offered.items() if some})]
    view = st.segmented_control(
        "查看",
        list(names),
        default=next(iter(names)),
        format_func=names.__getitem__,
        required=True,
        label_visibility="collapsed",
        key="view",
        bind="query-params",
    )
    return view or COVERAGE


def _names(rights: dict[str, dict[str, bool]], topic: str) -> dict[str, str]:
    """The views of a topic that the account may look at."""
    names = {COVERAGE: COVERAGE} if topic == PEOPLE else {}
    names |= {
        name: data.register(name).about.label for name in TOPICS[topic] if rights[name]["read"]
    }
    for name in ("communities", "custom_fields") if topic == PEOPLE else ():
        if rights[name]["change"]:
            names[name] = data.register(name).about.label
    return names


def _topic(offered: dict[str, dict[str, str]]) -> str:
    """The topic whose views stand below: the one that holds what is looked at."""
    seen = st.session_state.get("view")
    asked = st.query_params.get("view", COVERAGE)
    now = next(
        (
            t
            for t, names in offered.items()
            if seen in names or (not seen and asked in names.values())
        ),
        PEOPLE,
    )
    if len(offered) == 1:
        return PEOPLE

    def turn() -> None:
        st.session_state["view"] = next(iter(offered[st.session_state["topic"]]))

    st.session_state["topic"] = now
    st.segmented_control(
        "主题",
        list(offered),
        required=True,
        on_change=turn,
        label_visibility="collapsed",
        key="topic",
    )
    return now
