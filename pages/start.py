"""Where every run begins: who is here, which pages they have, and the one they asked for."""

from __future__ import annotations

from typing import Any, Literal

import streamlit as st

from db.sessions import Session
from pages import (
    account,
    admission,
    beds,
    call,
    calls,
    carry,
    cases,
    community,
    design,
    doubles,
    linkage,
    money,
    needs,
    overview,
    pairs,
    project,
    proposals,
    received,
    report,
    resident,
    rollcall,
    rooms,
    roster,
    screening,
    setup,
    shifts,
    stars,
    story,
    three,
    today,
    visits,
)  # fmt: skip
from ui import data, look, plain, session, shell
from ui.links import Go


def main() -> None:
    """One run."""
    st.set_page_config(page_title=shell.NAME, layout="wide", initial_sidebar_state="auto")
    look.apply()
    here = session.here()
    if here is None:
        st.navigation([st.Page(session.ended, title="重新登录")], position="hidden").run()
        return
    page = st.navigation(_pages(here), expanded=True)
    shell.sidebar(here)
    try:
        page.run()
    except data.Forbidden as refusal:
        st.info(f"{refusal}。需要时请联系管理员。")


def _pages(here: Session) -> dict[str, list[Any]]:
    """Every page of this account; those not listed open by their address all the same."""
    go = Go({})
    everywhere = data.communities(here.actor)
    # A judge reads what is offered and nothing of the people it is for.
    seen = data.may(here.actor, "residents")["count"]
    shown: Literal["visible", "hidden"] = "visible" if seen else "hidden"
    for one in everywhere:
        listed = seen and len(everywhere) <= shell.FEW
        go.pages[one["id"]] = _community(here, one, go, listed=listed)
    go.pages["resident"] = st.Page(
        lambda: resident.show(here, go), title="居民", url_path="resident", visibility="hidden"
    )
    places = [go.pages[one["id"]] for one in everywhere]
    whole = st.Page(
        lambda: overview.show(here, go), title="总览", url_path="overview", visibility=shown
    )
    go.pages["overview"] = whole
    now = st.Page(lambda: today.show(here, go), title="今天", url_path="today", visibility=shown)
    alone = len(places) == 1 and data.may(here.actor, "contacts")["add"]
    chain = _linkage(here, go)
    first = (now if alone else whole) if seen else go.pages["calls"]
    return {
        "": [now, whole, _home(first), go.pages["resident"]],
        "服务": _services(here, go),
        "联动": chain,
        "社区": places,
        "三社": _three(here, go),
        "办事": _jobs(here, go),
        "设置": [*_setup(here), _account(here)],
    }


def _home(first: Any) -> Any:
    """The bare address leads on: a default page would not be found under its own address."""
    return st.Page(lambda: st.switch_page(first), title=shell.NAME, url_path="home",
                   default=True, visibility="hidden")  # fmt: skip


def _community(here: Session, one: data.Row, go: Go, *, listed: bool) -> Any:
    return st.Page(
        lambda: community.show(here, one, go),
        title=plain.text(one["name"]),
        url_path=f"community-{one['id']}",
        visibility="visible" if listed else "hidden",
    )


NEEDS = {"cases": "count", "received": "read"}  # who may look, where it is not who may add


def _services(here: Session, go: Go) -> list[Any]:
    """Where the daily work is done, for who may do it."""
    pages = (
        ("visits", "contacts", "走访", lambda: visits.show(here, go)),
        ("pairs", "pairings", "结对", lambda: pairs.show(here, go)),
        ("rollcall", "attendances", "点名", lambda: rollcall.show(here, go)),
        ("shifts", "shifts", "值班", lambda: shifts.show(here)),
        ("beds", "stays", "床位", lambda: beds.show(here)),
        ("rooms", "room_bookings", "房间", lambda: rooms.show(here)),
        ("screening", "screenings", "筛查", lambda: screening.show(here)),
        ("stars", "hours", "志愿时长", lambda: stars.show(here)),
        ("proposals", "memberships", "类别建议", lambda: proposals.show(here)),
        ("cases", "cases", "调解", lambda: cases.show(here)),
        ("received", "honours", "荣誉与资金", lambda: received.show(here)),
    )
    for name, register, title, show in pages:
        able = data.may(here.actor, register)[NEEDS.get(name, "add")]
        seen: Literal["visible", "hidden"] = "visible" if able else "hidden"
        go.pages[name] = st.Page(show, title=title, url_path=name, visibility=seen)
    return [go.pages[name] for name, *_ in pages]


def _three(here: Session, go: Go) -> list[Any]:
    """What street and city look at beside the services, as far as the account may see it."""
    pages = (
        ("three", "organisations", "三社", lambda: three.show(here, go)),
        ("money", "payments", "资金", lambda: money.show(here, go)),
        ("admission", "duties", "准入", lambda: admission.show(here, go)),
        ("report", "communities", "报告", lambda: report.show(here)),
    )
    for name, register, title, show in pages:
        go.pages[name] = st.Page(
            show, title=title, url_path=name,
            visibility="visible" if data.may(here.actor, register)["read"] else "hidden",
        )  # fmt: skip
    return [go.pages[name] for name, *_ in pages]


def _linkage(here: Session, go: Go) -> list[Any]:
    """From what residents ask for to what becomes of it, for who may read it."""
    pages = (
        ("needs", "需求", lambda: needs.show(here, go), "needs"),
        ("design", "设计", lambda: design.show(here, go), "reviews"),
        ("calls", "征集", lambda: calls.show(here, go), "calls"),
        ("linkage", "联动看板", lambda: linkage.show(here), "needs"),
        ("story", "来龙去脉", lambda: story.show(here, go), ""),
        ("projects", "项目", lambda: project.show(here, go), ""),
        ("call", "一次征集", lambda: call.show(here, go), ""),
    )
    for name, title, show, register in pages:
        seen = bool(register) and data.may(here.actor, register)["read"]
        go.pages[name] = st.Page(
            show, title=title, url_path=name, visibility="visible" if seen else "hidden"
        )
    return [go.pages[name] for name, *_ in pages]


def _jobs(here: Session, go: Go) -> list[Any]:
    """What is done for a community now and then, beside its registers."""
    if not data.may(here.actor, "residents")["add"]:
        return []
    return [
        st.Page(lambda: roster.show(here, go), title="导入名册", url_path="roster"),
        st.Page(lambda: carry.show(here), title="离线工作簿", url_path="carry"),
        st.Page(lambda: doubles.show(here), title="查找重复", url_path="doubles"),
    ]


def _setup(here: Session) -> list[Any]:
    if not data.may(here.actor, "areas", here.actor.area_id)["add"]:
        return []
    return [st.Page(lambda: setup.show(here), title="区域与类别", url_path="setup")]


def _account(here: Session) -> Any:
    return st.Page(lambda: account.show(here), title="我的账号", url_path="account")


main()
