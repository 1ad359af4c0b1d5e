"""Access tokens on the screen: one's own, with the making of a new one, and those of others."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from db import tokens
from db.actors import Actor
from db.engine import engine
from db.parsers import Refused
from db.permissions import ROLE_BY_NAME, ROLES, within
from db.sessions import Session
from db.tokens import Held
from logic import history
from ui import data, lists, plain

SPANS = {30: "30 天", tokens.DAYS: f"{tokens.DAYS} 天", 180: "180 天", tokens.MOST_DAYS: "一年"}
UNUSED = "还没有用过"


def mine(here: Session) -> None:
    """The tokens of this account; a new one is shown this once."""
    st.caption("让别的系统按你的权限读写台账。给每个系统单独一个，不用了就停用。")
    st.link_button("接口说明", "/api")
    if made := st.session_state.pop("token-made", None):
        st.success("已生成。请马上抄到要用它的系统里，它只显示这一次：")
        st.code(made, language=None, wrap_lines=True)
    held = tokens.mine(engine(), here.actor.id)
    _list(held, here.actor, "mine", whose=False)
    with st.expander("生成接口令牌", expanded=False):
        _form(here)


def everyones(actor: Actor) -> None:
    """Those of every account in the area, for who looks after them."""
    held = tokens.governed(engine(), actor)
    st.caption("各账号的接口令牌。别的系统凭它读写台账，停用后立即失效。")
    _list(held, actor, "everyones", whose=True)


def _list(held: list[Held], actor: Actor, key: str, *, whose: bool) -> None:
    if not held:
        st.text("还没有接口令牌。")
        return
    lists.plain(_table(held, whose=whose), f"tokens-{key}")
    live = {one.id: f"{one.name}（{one.username}）" if whose else one.name
            for one in held if not one.ended}  # fmt: skip
    if not live:
        return
    with st.popover("停用接口令牌"):
        chosen = st.selectbox("停用哪一个", list(live), format_func=live.__getitem__, key=key)
        st.caption("停用后立即失效，不能恢复；用它的系统会收到“已停用”的答复。")
        if st.button("停用", type="primary", key=f"revoke-{key}"):
            tokens.revoke(engine(), actor, chosen)
            st.rerun()


def _table(held: list[Held], *, whose: bool) -> pd.DataFrame:
    return pd.DataFrame(
        {
            **({"账号": one.username} if whose else {}),
            "名字": one.name,
            "角色": ROLE_BY_NAME[one.role].label,
            "区域": one.area,
            "到期": history.when(one.expires_at)[:10],
            "最近使用": history.when(one.used_at) if one.used_at else UNUSED,
            "状态": one.ended.rpartition("”")[2] or "有效",
        }
        for one in held
    )


def _form(here: Session) -> None:
    actor = here.actor
    own = ROLE_BY_NAME[actor.role]
    roles = {one.name: one.label for one in ROLES if within(one, own)}
    places = {one["id"]: one["name"] for one in data.areas(actor)}
    with st.form("token", border=False):
        name = st.text_input("给哪个系统用", max_chars=tokens.LONGEST, placeholder="例如：街道平台")
        role = st.selectbox("角色", list(roles), list(roles).index(own.name), roles.__getitem__)
        area = st.selectbox("区域", list(places), format_func=places.__getitem__)
        days = st.selectbox("有效期", list(SPANS), 1, SPANS.__getitem__)
        cleared = actor.clearance and st.checkbox("可查看须专门授权的服务对象")
        if st.form_submit_button("生成", type="primary"):
            _make(here, name, role, area, days, cleared)


def _make(here: Session, name: str, role: str, area: str, days: int, cleared: bool) -> None:
    try:
        made = tokens.make(engine(), here.actor.id, name, role, area, days, cleared)
    except Refused as refusal:
        st.warning(plain.text(refusal))
    else:
        st.session_state["token-made"] = made.token  # taken out again by the very next run
        st.rerun()
