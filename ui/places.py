"""Which community a job is done for: one's own, or one of those in reach."""

from __future__ import annotations

import streamlit as st

from db.actors import Actor
from ui import data


def choose(actor: Actor, register: str, label: str) -> str | None:
    """The community where the actor may add and change rows of the register; None without one."""
    return _one(_good(actor, register), label)


def all_or_one(actor: Actor, register: str, label: str) -> str | None:
    """As `choose`; who may do so in several has all of them together to choose as well."""
    good = _good(actor, register)
    if len(good) > 1 and actor.area_id not in good:
        good = good | {actor.area_id: f"全部 {len(good)} 个社区（跨社区查找）"}
    return _one(good, label)


def _good(actor: Actor, register: str) -> dict[str, str]:
    return {
        one["id"]: one["name"]
        for one in data.communities(actor)
        if (may := data.may(actor, register, one["id"]))["add"] and may["change"]
    }


def nowhere(actor: Actor, deed: str) -> str:
    """Why there is no community in which the actor could do it."""
    if not data.communities(actor):
        return "还没有社区。请管理员在“区域与类别”里添加。"
    return f"您的角色不能在这里{deed}。"


def seen(actor: Actor) -> str | None:
    """One of the communities in reach; None without one."""
    return _one({one["id"]: one["name"] for one in data.communities(actor)}, "社区")


def within(actor: Actor) -> str | None:
    """All communities in reach together, or one of them; None without any."""
    good = {one["id"]: one["name"] for one in data.communities(actor)}
    if len(good) > 1 and actor.area_id not in good:
        good = {actor.area_id: f"全部 {len(good)} 个社区"} | good
    return _one(good, "社区")


def _one(good: dict[str, str], label: str) -> str | None:
    if not good:
        return None
    if len(good) == 1:
        return next(iter(good))
    return st.selectbox(
        label, list(good), format_func=good.__getitem__, width=260, key="place", bind="query-params"
    )
