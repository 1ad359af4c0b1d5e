"""Two residents side by side, to be made one or told apart."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from db.changes import Change
from db.fields import Field
from db.registers.people import MOVED_OUT
from db.sessions import Session
from logic.books import cells
from ui import apart, data, doing, plain


def pair(here: Session, double: data.Double) -> None:
    """Both rows, who stays, what is taken from the other, and the two buttons."""
    rows = {
        row["id"]: row for row in data.rows(here.actor, "residents", (double.one, double.other))
    }
    if len(rows) < 2:
        return
    one, other = rows[double.one], rows[double.other]
    key = f"{double.one}-{double.other}"
    with st.container(border=True):
        st.markdown(f"**{plain.text(one['name'])}**　{plain.text(double.why)}")
        differing = _differing(one, other)
        if one["area_id"] != other["area_id"]:
            _elsewhere(here, one, other, differing, key)
            return
        st.table(_table(one, other, differing))
        keep = st.segmented_control(
            "留下哪一个", ["甲", "乙"], default="甲", required=True, key=f"keep-{key}"
        )
        kept, lost = (one, other) if keep == "甲" else (other, one)
        taken = _taken(kept, lost, differing, key)
        left, right = st.columns(2)
        if left.button("合并成一个人", type="primary", key=f"merge-{key}", width="stretch"):
            _merge(here, kept, lost, taken)
        if right.button("是两个人，不合并", key=f"apart-{key}", width="stretch"):
            _apart(here, one, other)


def _elsewhere(
    here: Session, one: data.Row, other: data.Row, differing: list[Field], key: str
) -> None:
    """Somebody in two communities has moved: what was done for him stays where it was done."""
    names = {place["id"]: place["name"] for place in data.communities(here.actor)}
    where = [names.get(row["area_id"], "别处") for row in (one, other)]
    st.table(_table(one, other, differing).rename(columns=dict(zip("甲乙", where, strict=True))))
    st.caption("两个社区都登记了。人搬走了的一处改为“迁出”，那里的服务记录原样留着。")
    buttons = st.columns(3)
    for button, row, place in zip(buttons, (one, other), where, strict=False):
        if button.button(f"已从{place}迁出", key=f"gone-{row['id']}-{key}", width="stretch"):
            moved = Change("residents", row["id"], {"status": row["status"]}, {"status": MOVED_OUT})
            doing.do(here, [moved], f"已改为从{place}迁出")
    if buttons[2].button("是两个人", key=f"apart-{key}", width="stretch"):
        _apart(here, one, other)


def _differing(one: data.Row, other: data.Row) -> list[Field]:
    fields = data.register("residents").fields.values()
    return [field for field in fields if one.get(field.name) != other.get(field.name)]


def _table(one: data.Row, other: data.Row, differing: list[Field]) -> pd.DataFrame:
    """What both say: what differs first."""
    fields = [field for field in data.register("residents").fields.values() if field.name in one]
    shown = [*differing, *(field for field in fields if field not in differing)]
    return pd.DataFrame(
        {
            title: {field.label: _text(row, field) for field in shown}
            for title, row in (("甲", one), ("乙", other))
        }
    ).loc[lambda table: (table != "").any(axis=1)]


def _text(row: data.Row, field: Field) -> str:
    if field.refers:
        return "已填写" if row[field.name] else ""
    return cells.text(field, row.get(field.name), {})


def _taken(kept: data.Row, lost: data.Row, differing: list[Field], key: str) -> tuple[str, ...]:
    """The fields that the one who stays takes from the other: where it has nothing, at first."""
    choices = {field.name: field.label for field in differing if lost.get(field.name) is not None}
    if not choices:
        return ()
    empty = [name for name in choices if kept.get(name) is None]
    said = st.pills(
        "这几项用另一个人的", list(choices), default=empty, selection_mode="multi",
        format_func=choices.__getitem__, key=f"take-{key}-{kept['id']}",
    )  # fmt: skip
    return tuple(said)


def _apart(here: Session, one: data.Row, other: data.Row) -> None:
    told = apart.tell(here.actor, one["area_id"], one["id"], other["id"])
    if told.status != "applied":
        st.error(plain.text(told.reason))
        return
    st.rerun()


def _merge(here: Session, kept: data.Row, lost: data.Row, taken: tuple[str, ...]) -> None:
    try:
        data.merge(here.actor, kept["id"], lost["id"], taken)
    except (data.Refused, data.Forbidden) as why:
        st.error(plain.text(str(why)))
        return
    st.rerun()
