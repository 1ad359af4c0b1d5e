"""An import on the screen: columns, problems, what it would change, what is unsure, the writing."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from db.matches import BAD, CHANGED, NEW, REVIEW, UNCHANGED, Matched
from db.sessions import Session
from logic import importing
from logic.rosters import targets
from logic.rosters.checking import Checked, Undecided
from logic.rosters.mapping import ASK, CHOSEN, FIELD, LEAVE, REMARK, Choice
from ui import data, lists, plain, reviewing, rosters
from ui.links import Go

Where = tuple[str, int, str]  # upload, sheet, register
Way = tuple[str, str]  # way, target
DONE = "imported"  # the batch that this session wrote last
UNSAID = (ASK, "")
AWAY = {(REMARK, ""): "并入备注", (LEAVE, ""): "不导入", UNSAID: "请选择…"}


def steps(here: Session, area: str, where: Where) -> None:
    """From the columns to the button that writes; what it would come to stands above them."""
    answer = st.container()
    said = _columns(here, where)
    made = rosters.mapped(here.actor, *where, said)
    if made.missing:
        st.warning(f"还没有对应到必填的{made.lacking}，请在上面选定哪一列是。")
        return
    try:
        checked = rosters.checked(here.actor, *where, said)
    except Undecided as undecided:
        st.warning(plain.text(str(undecided)))
        return
    _problems(here, where, said, checked)
    _preview(here, area, where, checked, answer)


def _columns(here: Session, where: Where) -> rosters.Choices:
    """What somebody decides about each column; what is guessed right needs no decision."""
    made = rosters.mapped(here.actor, *where, ())
    known = {(FIELD, name): one.label for name, one in targets.of(where[2]).items()}
    open_ = sum(choice.way == ASK for choice in made.choices)
    title = f"每一列放到哪里（{len(made.choices)} 列" + (
        f"，{open_} 列请您选定）" if open_ else "）"
    )
    said = []
    with st.expander(title, expanded=bool(open_ or made.missing)):
        for choice in made.choices:
            guess = choice.way, choice.target
            taken = _column(choice, known | AWAY, f"column-{where}-{choice.column.index}")
            if taken != guess:
                said.append((choice.column.index, *taken))
    return _fitting(here, where, tuple(said))


def _column(choice: Choice, words: dict[Way, str], key: str) -> Way:
    """One column: what it is called and holds, why it is guessed so, and where it goes."""
    guess = choice.way, choice.target
    options = [one for one in words if one != UNSAID or one == guess]
    left, right = st.columns([3, 2], vertical_alignment="center")
    left.markdown(f"**{plain.text(choice.column.label)}**　{plain.text(choice.example)}")
    taken = right.selectbox(
        choice.column.label,
        options,
        index=options.index(guess),
        format_func=words.__getitem__,
        label_visibility="collapsed",
        key=key,
    )
    left.caption(plain.text(choice.reason if taken == guess else CHOSEN))
    return taken


def _fitting(here: Session, where: Where, said: rosters.Choices) -> rosters.Choices:
    """The decisions, unless two columns were given one place: then that is said."""
    try:
        if said:
            rosters.settle(here.actor, rosters.mapped(here.actor, *where, said))
    except ValueError as problem:
        st.error(plain.text(f"{problem}，请改其中一列。"))
        st.stop()
    return said


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
                "级别": one.level, "行": one.row, "列": one.column,
                "读到的": one.read, "应当怎样": one.expected,
            }
            for one in checked.problems
        ]
    )  # fmt: skip
    lists.plain(table, key="problems")
    name, content = rosters.marked(here.actor, *where, said)
    st.download_button(
        "下载标出问题的工作簿", content, name, key=f"marked-{where}", on_click="ignore"
    )
    st.caption("在 WPS 或 Excel 里改好有颜色的格子，再上传一次；已经写入的行不会重复。")


def _preview(here: Session, area: str, where: Where, checked: Checked, answer: Any) -> None:
    lines = importing.sound(checked)
    first = rosters.matched(here.actor, area, checked, {})
    decisions = reviewing.decisions(here, checked, lines, first, where[0])
    found = rosters.matched(here.actor, area, checked, decisions) if decisions else first
    tally = importing.tally(checked, found)
    with answer:
        _counted(tally, data.register(where[2]).about.unit)
    _changed(here, where[2], lines, found)
    _absent(here, where[2], found)
    _write(here, area, where, lines, found, tally)


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


def _absent(here: Session, register: str, found: Matched) -> None:
    if not found.absent:
        return
    about = data.register(register).about
    with st.expander(f"已有而名册里没有的（{len(found.absent):,} {about.unit}）"):
        st.caption("如果这是全员名册，他们可能已迁出或去世，请逐个核实后再改；这里不会改动他们。")
        rows = data.rows(here.actor, register, found.absent[:500])
        names = [field for name, field in data.register(register).fields.items() if name in rows[0]]
        shown = [one for one in names if not one.refers][:6]
        lists.plain(
            pd.DataFrame([{one.label: row[one.name] for one in shown} for row in rows]),
            key=f"absent-{register}",
        )


def _write(
    here: Session, area: str, where: Where, lines: importing.Lines, found: Matched, tally: Any
) -> None:
    left, ready = tally[BAD] + tally[REVIEW], tally[NEW] + tally[CHANGED]
    some = True
    if left:
        some = st.checkbox(f"先写入没有问题的，{left:,} 行以后再说", key=f"some-{where}")
    if st.button(f"写入 {ready:,} 行", type="primary", disabled=not (ready and some)):
        with st.status(f"正在写入 {ready:,} 行…") as status:
            written = data.bring_in(here.actor, importing.changes(where[2], area, found))
            wrong = importing.refused(lines, found, written.outcomes)
            if wrong:
                number, reason = wrong[0]
                status.update(label=f"第 {number} 行：{reason}；什么也没有写入", state="error")
                return
        st.session_state[DONE] = (written.batch, tally[NEW], tally[CHANGED], where[2])
        del st.query_params["file"]
        st.rerun()
    if not ready:
        st.caption("没有要写入的：名册和已有的完全一致。" if not left else "没有可以写入的行。")


def done(here: Session, area: str, go: Go) -> None:
    """What this session has just written, and the way back."""
    if DONE not in st.session_state:
        return
    batch, new, changed, register = st.session_state[DONE]
    label = data.register(register).about.label
    with st.container(border=True, key="answer", horizontal=True, vertical_alignment="center"):
        st.header(f"已写入：新增 {new:,}，修改 {changed:,}")
        if st.button(f"去看{label}", type="primary"):
            go.register(area, register)
        _back(here, batch, register, "撤回这次导入", key="back-now")


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
