"""What a page does: changes sent through the write door, and what is said of it."""

from __future__ import annotations

import streamlit as st

from db.changes import Change
from db.sessions import Session
from ui import data, plain

SAID, REFUSED = "said", "refused"  # what is to be told on the next run
CONFLICT = "别人刚刚改过这里，请看过新的内容再存一次。"


def do(here: Session, changes: list[Change], said: str) -> None:
    """Writes all of it and runs the page anew, or tells why nothing was written."""
    if done(here, changes, said):
        st.rerun()


def done(here: Session, changes: list[Change], said: str) -> bool:
    """Writes all of it, for the next run to say so; or tells why nothing was written."""
    if why := _refused(here, changes):
        st.error(plain.text(why))
        return False
    st.session_state[SAID] = said
    return True


def keep(here: Session, changes: list[Change]) -> None:
    """Writes all of it in a callback; the run that follows tells where it was refused."""
    if changes and (why := _refused(here, changes)):
        st.session_state[REFUSED] = why


def _refused(here: Session, changes: list[Change]) -> str:
    """Why nothing was written; empty where all was."""
    try:
        outcomes = data.write(here.actor, changes).outcomes
    except data.Forbidden as why:
        return str(why)
    bad = [one for one in outcomes if one.status != "applied"]
    reasons = [one.reason for one in bad if one.reason]
    return f"没有保存：{reasons[0] if reasons else CONFLICT}" if bad else ""


def tell() -> None:
    """What the run before has done."""
    if said := st.session_state.pop(SAID, ""):
        st.toast(plain.text(said), icon=":material/check:")
    if why := st.session_state.pop(REFUSED, ""):
        st.error(plain.text(why))
