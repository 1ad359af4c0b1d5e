"""Which community a job is done for: one's own, or one of those in reach."""

from __future__ import annotations

import streamlit as st

from db.actors import Actor
from ui import data


def choose(actor: Actor, register: str, label: str) -> str | None:
    """The community where the actor may add and change rows of the register; None without one."""
    good = {
        one["id"]: one["name"]
        for one in data.communities(actor)
        if (may := data.may(actor, register, one["id"]))["add"] and may["change"]
    }
    if not good:
        return None
    if len(good) == 1:
        return next(iter(good))
    return st.selectbox(
        label, list(good), format_func=good.__getitem__, width=260, key="place", bind="query-params"
    )
