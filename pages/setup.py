"""区域与类别: the places of the city and the target groups, for who keeps them."""

from __future__ import annotations

import streamlit as st

from db.registers import settings
from db.sessions import Session
from ui import data, looks, sheet, tokens

REGISTERS = ("areas", "communities", "groups", "duties", "custom_fields", "settings", "targets")
EVERYWHERE = ("groups", "settings", "targets")  # kept once for the whole city
SETTINGS, TOKENS, LOOKS = "settings", "tokens", "looks"


def show(here: Session) -> None:
    """Small registers; areas, facts and columns are added below the place that is chosen."""
    st.title("区域与类别")
    st.caption("新增的社区会立刻有自己的页面。")
    names = {name: data.register(name).about.label for name in REGISTERS}
    names |= {TOKENS: "接口令牌", LOOKS: "查看与导出记录"}
    view = st.segmented_control(
        "台账",
        list(names),
        default=REGISTERS[0],
        format_func=names.__getitem__,
        required=True,
        label_visibility="collapsed",
    )
    if view == TOKENS:
        tokens.everyones(here.actor)
        return
    if view == LOOKS:
        looks.show(here.actor, here.actor.area_id)
        return
    if view == SETTINGS:
        said = "；".join(f"{one.name}：{one.default}" for one in settings.SETTINGS)
        st.caption(f"没有写的照默认。{said}。")
    places = data.areas(here.actor)
    area = places[0]["id"]
    if view not in EVERYWHERE:
        area = st.selectbox(
            "在哪个区域之下",
            [one["id"] for one in places],
            format_func={one["id"]: one["name"] for one in places}.__getitem__,
        )
    sheet.show(here, view or REGISTERS[0], area)
