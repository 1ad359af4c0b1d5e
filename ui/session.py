"""Who is looking at this page: looked up on every run, kept nowhere in the page."""

from __future__ import annotations

import streamlit as st

from db import sessions
from db.engine import engine
from db.sessions import Session

COOKIE = "sanshe_session"


def here() -> Session | None:
    """The live session of this browser; the gate before the pages lets nobody else in."""
    found = sessions.find(engine(), st.context.cookies.get(COOKIE))
    return None if found is None or found.must_change else found


def ended() -> None:
    """What stands instead of the page when the session has ended meanwhile."""
    st.title("登录已过期")
    st.write("已保存的内容都在；没来得及保存的会留在这台设备上，重新登录后自动补存。")
    st.link_button("重新登录", "/signin", type="primary")
