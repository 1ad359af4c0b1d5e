"""A carried workbook on the screen: made, and when it is back, settled edit by edit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from db import dates, ids
from db.changes import Change, Outcome
from db.fields import Field
from db.sessions import Session
from logic.books import carrying, cells
from logic.books.returning import Edit, Returned
from ui import data, lists, plain, reviewing

THEIRS, MINE = "用对方的", "用我的"


def part(here: Session, register: str) -> data.Question:
    """Which rows to take along: all, those that are found, those with certain choices."""
    fields = [
        one for one in data.fields(here.actor, register).values()
        if one.choices and one.kind.editor == "choice"
    ]  # fmt: skip
    with st.expander("只带出一部分"):
        words = st.text_input(
            "搜索", placeholder="和表格里的搜索一样：姓名、地址……", key=f"part-{register}"
        )
        where = []
        for one in fields[:4]:
            said = st.pills(one.label, one.choices, selection_mode="multi",
                            key=f"part-{register}-{one.name}")  # fmt: skip
            if said:
                where.append(data.Condition(one.name, "in", list(said)))
    return data.Question(register, q=words.strip(), where=tuple(where))


def made(
    here: Session, area: str, reason: str, part: data.Question, *, rows: bool
) -> tuple[str, bytes]:
    """File name and content of a register's workbook."""
    taken = data.take_out(here.actor, replace(part, area=area), reason)
    options = {
        one.name: data.labels(here.actor, one.refers, area) for one in taken.fields if one.refers
    }
    kind = "离线" if rows else "空表"
    name = f"{taken.about.label}-{kind}-{dates.today()}.xlsx"
    return name, carrying.workbook(taken, options, rows=rows)


def settle(here: Session, found: Returned, key: str) -> None:
    """What each edit would come to, the conflicts to choose about, and the button that writes."""
    about = data.register(found.register).about
    st.markdown(plain.text(f"{about.label}，{reviewing.when(found.moment)} 由 {found.who} 带出"))
    for line, column, why in found.problems:
        st.warning(plain.text(f"第 {line} 行“{column}”：{why}"))
    changes = [one.change for one in found.edits]
    outcomes = data.trial(here.actor, changes) if changes else ()
    pairs = list(zip(found.edits, outcomes, strict=True))
    good = [one.change for one, outcome in pairs if outcome.status == "applied"]
    bad = [(one, outcome) for one, outcome in pairs if outcome.status == "refused"]
    both = [(one, outcome) for one, outcome in pairs if outcome.status == "conflict"]
    st.header(
        f"{len(good):,} 处可以写入，{len(both):,} 处别人也改过，{len(bad):,} 处不能写入"
        if pairs
        else "没有要带回的修改"
    )
    fields = data.fields(here.actor, found.register)
    if bad:
        lists.plain(_refused(bad, fields), key="refused")
    mine = [_choose(here, one, outcome, fields, key) for one, outcome in both]
    chosen = [*good, *(change for change in mine if change is not None)]
    if pairs:
        _listed(pairs, fields)
    if chosen and st.button(f"写入 {len(chosen):,} 处", type="primary"):
        _write(here, chosen)


def _refused(bad: list[tuple[Edit, Outcome]], fields: dict[str, Field]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"行": str(one.line or "—"), "谁": one.said, "列": _columns(one.change, fields),
             "为什么": outcome.reason}
            for one, outcome in bad
        ]
    )  # fmt: skip


def _columns(change: Change, fields: dict[str, Field]) -> str:
    if change.after is None:
        return "整行删除"
    if change.before is None:
        return "新的一行"
    return "、".join(fields[name].label for name in change.after if name in fields)


def _choose(
    here: Session, one: Edit, outcome: Outcome, fields: dict[str, Field], key: str
) -> Change | None:
    """Theirs beside mine; the change that says mine over what was now seen, or None."""
    change = one.change
    with st.container(border=True):
        st.markdown(f"**{plain.text(one.said)}**　{plain.text(_columns(change, fields))}")
        rows = {
            fields[name].label: {
                "带出时": _text(fields[name], (change.before or {}).get(name)),
                "现在（对方的）": _text(fields[name], theirs),
                "我的": _mine(change, fields[name]),
                "谁改的": _author(outcome, name),
            }
            for name, theirs in outcome.theirs.items()
            if name in fields
        }
        st.table(pd.DataFrame.from_dict(rows, orient="index"))
        said = st.segmented_control(
            "用谁的", [THEIRS, MINE], default=THEIRS, required=True,
            label_visibility="collapsed", key=f"{key}-{change.op}",
        )  # fmt: skip
    if said == THEIRS:
        return None
    seen = {**(change.before or {}), **outcome.theirs}
    return replace(change, before=seen, op=f"{change.op[:30]}-{ids.new()[:8]}", seen=None)


def _mine(change: Change, field: Field) -> str:
    return "（删除）" if change.after is None else _text(field, change.after[field.name])


def _author(outcome: Outcome, name: str) -> str:
    by = outcome.by.get(name)
    return f"{by['who']} {reviewing.when(by['when'])}" if by else ""


def _text(field: Field, value: Any) -> str:
    return cells.text(field, value, {}) or "（空）"


def _listed(pairs: list[tuple[Edit, Outcome]], fields: dict[str, Field]) -> None:
    rows = [
        {"行": str(one.line or "—"), "谁": one.said, "列": fields[name].label,
         "带出时": _text(fields[name], (one.change.before or {}).get(name)),
         "改为": _text(fields[name], value)}
        for one, outcome in pairs
        if outcome.status == "applied"
        for name, value in (one.change.after or {}).items()
        if name in fields
    ]  # fmt: skip
    rows += [
        {"行": "—", "谁": one.said, "列": "整行删除", "带出时": "", "改为": ""}
        for one, outcome in pairs
        if outcome.status == "applied" and one.change.after is None
    ]
    if rows:
        with st.expander(f"逐处看（{len(rows):,} 处）"):
            lists.plain(pd.DataFrame(rows), key="edits")


def _write(here: Session, chosen: list[Change]) -> None:
    written = data.bring_back(here.actor, chosen)
    left = sum(one.status != "applied" for one in written.outcomes)
    del st.query_params["file"]
    st.session_state["carried"] = (len(chosen) - left, left)
    st.rerun()


def said() -> None:
    """What was just written."""
    if "carried" in st.session_state:
        done, left = st.session_state.pop("carried")
        more = f"；{left:,} 处刚刚又被别人改过，没有写入，请再带回一次" if left else ""
        st.success(f"已写入 {done:,} 处{more}")
