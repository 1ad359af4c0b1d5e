"""我的账号: who I am here, a new password, signing out everywhere, access tokens."""

from __future__ import annotations

from html import escape

import streamlit as st

from db import accounts, passwords
from db.actors import Actor
from db.engine import engine
from db.permissions import ROLE_BY_NAME
from db.sessions import Session
from ui import looks, tokens

LOOK = """<style>
.sanshe-form { display: grid; gap: 14px; max-width: 360px; }
.sanshe-form label { display: grid; gap: 4px; font-size: 14px; }
.sanshe-form input { font: inherit; height: 44px; padding: 0 12px; border: 1px solid #8f8c84;
  border-radius: 6px; background: #fff; color: inherit; }
.sanshe-form button { font: inherit; height: 44px; border-radius: 6px; cursor: pointer;
  border: 1px solid #8c2f39; background: #8c2f39; color: #fff; }
.sanshe-form button.second { background: #fff; color: #8c2f39; }
.sanshe-form :focus-visible { outline: 3px solid #1f5f8b; outline-offset: 1px; }
</style>"""
PROOF = '<input type="hidden" name="csrf" value="{csrf}">'
CHANGE = """<form class="sanshe-form" method="post" action="/password">
<input type="hidden" name="next" value="/account?said=changed">
<label>现在的密码
<input name="password" type="password" autocomplete="current-password" required></label>
<label>新密码（至少 {shortest} 个字，不能全是数字）
<input name="new" type="password" autocomplete="new-password" minlength="{shortest}"
 required></label>
<label>再输一遍新密码
<input name="again" type="password" autocomplete="new-password" required></label>
<button type="submit">修改密码</button>"""
OUT = """<form class="sanshe-form" method="post" action="/{where}">
<button class="second" type="submit">{label}</button>"""


def show(here: Session) -> None:
    """The page of one's own account; its forms post to the sign-in routes."""
    actor, csrf = here.actor, here.csrf
    st.title("我的账号")
    role, place = ROLE_BY_NAME[actor.role].label, accounts.place(engine(), actor)
    st.text(f"{actor.name}，{role}，工作范围：{place}")
    st.caption(_reach(actor))
    if st.query_params.get("said") == "changed":
        st.success("密码已修改，其他设备上的登录都已退出")
    st.html(LOOK)
    left, right = st.columns(2, gap="large")
    with left:
        st.header("退出登录")
        st.html(_form(OUT.format(where="signout", label="退出这台设备"), csrf))
        st.caption("手机丢了，或在别人的电脑上忘了退出，就在所有设备上退出：")
        st.html(_form(OUT.format(where="signout-everywhere", label="在所有设备上退出"), csrf))
    with right:
        st.header("修改密码")
        st.html(_form(CHANGE.format(shortest=passwords.SHORTEST), csrf))
    st.header("接口令牌")
    tokens.mine(here)
    if ROLE_BY_NAME[actor.role].leads:
        with st.expander("查看与导出记录"):
            looks.show(actor, actor.area_id)


def _reach(actor: Actor) -> str:
    if actor.clearance:
        return "可以查看严重精神障碍、社区矫正等须专门授权的类别"
    return "严重精神障碍、社区矫正等类别须专门授权，您看不到"


def _form(inside: str, csrf: str) -> str:
    return f"{inside}{PROOF.format(csrf=escape(csrf))}</form>"
