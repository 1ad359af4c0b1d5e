"""An import on the screen: columns, problems, what it would change, what is unsure, the writing."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from db import dates
from db.matches import BAD, CHANGED, NEW, REVIEW, UNCHANGED, Matched
from db.sessions import Session
from logic import importing
from logic.rosters.checking import Checked, Undecided
from logic.rosters.labels import JOINT
from ui import absent, data, lists, placing, plain, reviewing, rosters
from ui.links import Go
from ui.placing import Where

DONE = "imported"  # the batch that this session wrote last


def steps(here: Session, area: str, where: Where) -> None:
    """From the columns to the button that writes; what it would come to stands above them."""
    answer = st.container()
    said = placing.columns(here, area, where)
    mapped = rosters.mapped(here.actor, *where, said)
    if mapped.missing:
        st.warning(f"还没有对应到必填的{mapped.lacking}，请在上面选定哪一列是。")
        return
    try:
        checked = rosters.checked(here.actor, *where, said)
    except Undecided as undecided:
        st.warning(plain.text(str(undecided)))
        return
    _problems(here, where, said, checked)
    _preview(here, area, where, checked, answer)


def _problems(here: Session, where: Where, said: rosters.Choices, checked: Checked) -> None:
    with st.expander(f"读文件时注意到的（{len(checked.notes)} 条）"):
        for note in checked.notes:
            st.caption(plain.text(note))
    if not checked.problems:
        return
    st.header(f"{len(checked.problems):,} 处要看一看，{len(checked.bad):,} 行不能写入")
    table = pd.DataFrame(
        [
            {
                "行": one.row, "列": one.column.rpartition(JOINT)[2], "应当怎样": one.expected,
                "读到的": one.read, "级别": one.level,
            }
            for one in checked.problems
        ]
    )  # fmt: skip
    lists.plain(table, key="problems")
    name, content = rosters.marked(here.actor, *where, said)
    st.download_button(
        "下载标出问题的工作簿", content, name, key=f"marked-{placing.key(where)}", on_click="ignore"
    )
    st.caption(
        f"{dates.today()} 核对。点列名可以排序；在 WPS 或 Excel 里改好有颜色的格子，再上传一次，"
        "已经写入的行不会重复。"
    )


def _preview(here: Session, area: str, where: Where, checked: Checked, answer: Any) -> None:
    lines = importing.sound(checked)
    first = rosters.matched(here.actor, area, checked, {})
    decisions = reviewing.decisions(here, checked, lines, first, where[0])
    found = rosters.matched(here.actor, area, checked, decisions) if decisions else first
    tally = importing.tally(checked, found)
    with answer:
        _counted(tally, data.register(where[2]).about.unit)
    _changed(here, where[2], lines, found)
    absent.propose(here, where[2], found)
    _write(here, area, where, checked, found, tally)


def _counted(tally: dict[str, int], unit: str) -> None:
    """The sentence that a clerk came for, and what stands in the way of the rest."""
    st.header(
        f"新增 {tally[NEW]:,} {unit}，修改 {tally[CHANGED]:,} {unit}，"
        f"没有变化 {tally[UNCHANGED]:,} {unit}"
    )
    left = {"待您核对": tally[REVIEW], "有问题": tally[BAD]}
    if any(left.values()):
        said = "，".join(f"{count:,} 行{words}" for words, count in left.items() if count)
        st.caption(f"另有 {said}，列在下面，定下来或改好以前不会写入。")
    else:
        st.caption("还没有写入；看过以后，点最下面的按钮。")


def _changed(here: Session, register: str, lines: importing.Lines, found: Matched) -> None:
    """Old → new, cell by cell."""
    table = reviewing.changed(here, register, lines, found)
    if len(table):
        with st.expander(f"逐格看修改（{len(table):,} 处）"):
            lists.plain(table, key="changed")


def _write(
    here: Session, area: str, where: Where, checked: Checked, found: Matched, tally: Any
) -> None:
    left, ready = tally[BAD] + tally[REVIEW], tally[NEW] + tally[CHANGED]
    some = True
    if left:
        words = f"先写入没有问题的，{left:,} 行以后再说"
        some = st.checkbox(words, key=f"some-{placing.key(where)}")
    if st.button(f"写入 {ready:,} 行", type="primary", disabled=not (ready and some)):
        with st.status(f"正在写入 {ready:,} 行…") as status:
            changes = importing.changes(where[2], area, found)
            batch, refused = importing.insist(
                lambda some_: data.bring_in(here.actor, some_), changes, bool(left)
            )
            wrong = importing.turned_away(checked, importing.sound(checked), found, refused)
            if batch is None:
                status.update(label=f"有 {len(wrong):,} 行写不进去，什么也没有写入", state="error")
                _refused(wrong)
                return
        tally = importing.without(tally, found, refused)
        st.session_state[DONE] = (batch, tally[NEW], tally[CHANGED], where[2], wrong)
        del st.query_params["file"]
        st.rerun()
    if not ready:
        st.caption("没有要写入的：名册和已有的完全一致。" if not left else "没有可以写入的行。")


def done(here: Session, area: str, go: Go) -> None:
    """What this session has just written, and the way back."""
    if DONE not in st.session_state:
        return
    batch, new, changed, register, wrong = st.session_state[DONE]
    label = data.register(register).about.label
    with st.container(border=True, key="answer", horizontal=True, vertical_alignment="center"):
        st.header(f"已写入：新增 {new:,}，修改 {changed:,}")
        if st.button(f"去看{label}", type="primary"):
            go.register(area, register)
        _back(here, batch, register, "撤回这次导入", key="back-now")
    if wrong:
        _refused(wrong)


def _refused(wrong: list[dict[str, Any]]) -> None:
    """The lines that were not taken after all, each with its reason."""
    st.caption(f"{len(wrong):,} 行没有写入；改好后再上传一次，已经写入的不会重复。")
    table = [
        {"行": str(one["row"] or "—"), "谁": one["value"], "列": one["column"],
         "为什么": one["reason"]}
        for one in wrong
    ]  # fmt: skip
    lists.plain(pd.DataFrame(table), key="refused")


def earlier(here: Session, area: str) -> None:
    """The latest imports, each with its way back."""
    found = data.imports(here.actor, area)
    if not found:
        return
    st.header("近来的导入")
    for one in found:
        label = data.register(one.register).about.label
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                plain.text(f"{reviewing.when(one.when)}　{one.who}　{label}　{one.rows:,} 行"),
                width="content",
            )
            if one.undone:
                st.caption("已撤回")
            else:
                _back(here, one.id, one.register, "撤回", key=f"back-{one.id}")


def _back(here: Session, batch: str, register: str, words: str, key: str) -> None:
    """Asks once more, takes back, and names what stays because somebody edited it since."""
    if st.button(words, key=key):
        _really(here, batch, register)


@st.dialog("撤回导入", on_dismiss="rerun")
def _really(here: Session, batch: str, register: str) -> None:
    st.write("这次导入写入的都会退回原样；之后又被人改过的会保留，并在这里列出。")
    if not st.button("撤回", type="primary"):
        return
    try:
        outcomes = data.take_back(here.actor, batch).outcomes
    except data.Forbidden as why:
        st.error(str(why))
        return
    kept = [one for one in outcomes if one.status != "applied"]
    st.session_state.pop(DONE, None)
    if not kept:
        st.rerun()
    st.warning(f"已撤回 {len(outcomes) - len(kept):,} 行；{len(kept):,} 行没有动：")
    st.dataframe(reviewing.kept(here, register, kept), hide_index=True)
