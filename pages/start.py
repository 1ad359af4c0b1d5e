"""Where every run begins: who is here, which pages they have, and the one they asked for."""

from __future__ import annotations

from typing import Any

import streamlit as st

from db.sessions import Session
from pages import account, community, overview, resident, setup
from ui import data, look, session, shell, words
from ui.links import Go


def main() -> None:
    """One run."""
    st.set_page_config(page_title=shell.NAME, layout="wide", initial_sidebar_state="auto")
    look.apply()
    words.show()
    here = session.here()
    if here is None:
        st.navigation([st.Page(session.ended, title="重新登录")], position="hidden").run()
        return
    page = st.navigation(_pages(here), expanded=True)
    shell.sidebar(here)
    page.run()


def _pages(here: Session) -> dict[str, list[Any]]:
    """Every page of this account; those not listed open by their address all the same."""
    go = Go({})
    everywhere = data.communities(here.actor)
    for one in everywhere:
        go.pages[one["id"]] = _community(here, one, go, len(everywhere))
    go.pages["resident"] = st.Page(
        lambda: resident.show(here, go), title="居民", url_path="resident", visibility="hidden"
    )
    places = [go.pages[one["id"]] for one in everywhere]
    return {
        "": [_overview(here, go, default=len(everywhere) != 1), go.pages["resident"]],
        "社区": places,
        "设置": [*_setup(here), _account(here)],
    }


def _community(here: Session, one: data.Row, go: Go, among: int) -> Any:
    return st.Page(
        lambda: community.show(here, one, go),
        title=one["name"],
        icon=":material/home_work:",
        url_path=f"community-{one['id']}",
        default=among == 1,  # one's own community first
        visibility="visible" if among <= shell.FEW else "hidden",
    )


def _overview(here: Session, go: Go, *, default: bool) -> Any:
    icon = ":material/dashboard:"
    return st.Page(
        lambda: overview.show(here, go),
        title="总览",
        icon=icon,
        url_path="overview",
        default=default,
    )


def _setup(here: Session) -> list[Any]:
    if not data.may(here.actor, "areas")["add"]:
        return []
    icon = ":material/tune:"
    return [st.Page(lambda: setup.show(here), title="区域与类别", icon=icon, url_path="setup")]


def _account(here: Session) -> Any:
    icon = ":material/person:"
    show = account.show
    return st.Page(
        lambda: show(here.actor, here.csrf), title="我的账号", icon=icon, url_path="account"
    )


main()
