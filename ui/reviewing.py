"""What an import leaves to a person: side by side, what the roster says and what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from db.changes import Outcome
from db.matches import CHANGED, NEW, OUT, REVIEW, Matched
from db.sessions import Session
from logic import history, importing
from logic.books import cells
from logic.rosters.checking import Checked
from ui import data, plain, rosters

TELLING = ("name", "sex", "birth_date", "id_number", "phone", "address", "number", "title")
MOST = 50  # lines to decide about at once
when = history.when


def decisions(
    here: Session, checked: Checked, lines: importing.Lines, found: Matched, upload: str
) -> dict[int, str]:
    """line → what somebody said of it: the row that it is, new, or left out."""
    unsure = [at for at, one in enumerate(found.lines) if one.status == REVIEW]
    if not unsure:
        return {}
    known = sum(not found.lines[at].of for at in unsure)
    said_of = {"可能已经有了": known, "说的是谁不能肯定": len(unsure) - known}
    words = "，".join(f"{count:,} 行{word}" for word, count in said_of.items() if count)
    st.header(f"{words}，请您看")
    if len(unsure) > MOST:
        st.caption(f"先列出前 {MOST} 行；这些定了，再列后面的。")
    before = rosters.decided(here.actor, upload)
    said = {
        at: _decision(here, checked.register, lines, found, at, before, upload)
        for at in _first(unsure, lines, before)
    }
    made = {at: one for at, one in said.items() if one}
    rosters.decide(here.actor, upload, {lines.numbers[at]: one for at, one in made.items()})
    return made


def _first(unsure: list[int], lines: importing.Lines, before: dict[int, str]) -> list[int]:
    """The lines that are shown: all that are settled, and as many of the others as fit."""
    settled = {at for at in unsure if lines.numbers[at] in before}
    waiting = [at for at in unsure if at not in settled][:MOST]
    return sorted({*settled, *waiting})


def _decision(
    here: Session, register: str, lines: importing.Lines, found: Matched, at: int,
    before: dict[int, str], key: str,
) -> str | None:  # fmt: skip
    match, number, line = found.lines[at], lines.numbers[at], lines.rows[at]
    if match.of:
        # The rows that a reference may mean: set beside what the line says of that one.
        register = data.register(register).fields[match.of].refers
        line = {name.split(".", 1)[1]: value for name, value in line.items() if "." in name}
    stored = data.rows(here.actor, register, match.like)
    with st.container(border=True):
        st.markdown(plain.text(f"名册第 {number} 行：{match.why}"))
        st.table(_beside(here, register, line, stored, number))
        names = {row["id"]: f"就是已有的{_nth(n, len(stored))}" for n, row in enumerate(stored)}
        words = {**names, **({} if match.of else {NEW: "另一个，新增"}), OUT: "不导入"}
        last = before.get(number)
        return st.segmented_control(
            "怎么办", list(words), default=last if last in words else None,
            format_func=words.__getitem__, label_visibility="collapsed",
            key=f"decide-{key}-{number}",
        )  # fmt: skip


def _nth(number: int, count: int) -> str:
    return "" if count == 1 else f"第 {number + 1} 个"


def _beside(
    here: Session, register: str, line: dict[str, Any], stored: Sequence[data.Row], number: int
) -> pd.DataFrame:
    """One line a field that the roster fills in, or by which people are told apart."""
    every = [
        one
        for one in data.fields(here.actor, register).values()
        if not one.refers and (line.get(one.name) is not None or one.name in TELLING)
    ]
    fields = sorted(every, key=lambda one: line.get(one.name) is None)  # what both say first
    said = {f"名册第 {number} 行": line}
    said |= {f"已有{_nth(n, len(stored))}": row for n, row in enumerate(stored)}
    return pd.DataFrame(
        {
            title: {one.label: cells.text(one, row.get(one.name), {}) for one in fields}
            for title, row in said.items()
        }
    ).loc[lambda table: (table != "").any(axis=1)]


def changed(here: Session, register: str, lines: importing.Lines, found: Matched) -> pd.DataFrame:
    """行, 谁, 列, 原来, 改为: one line a cell that would change."""
    fields, known = data.fields(here.actor, register), _words(here, register, found)
    rows = [
        {
            "行": number,
            "谁": _name(row),
            "列": fields[name].label,
            "原来": cells.text(fields[name], one.old.get(name), known),
            "改为": cells.text(fields[name], value, known),
        }
        for number, row, one in zip(lines.numbers, lines.rows, found.lines, strict=True)
        if one.status == CHANGED
        for name, value in one.cells.items()
    ]
    return pd.DataFrame(rows)


def _words(here: Session, register: str, found: Matched) -> dict[str, str]:
    """The words for all ids that changed references show; new households by their number."""
    known = {row_id: str(home["number"]) for row_id, home in found.homes.items()}
    for name, one in data.register(register).fields.items():
        ids = {
            side[name]
            for line in found.lines
            for side in (line.old, line.cells)
            if one.refers and line.status == CHANGED and side.get(name)
        }
        names = data.register(one.refers).about.names if ids else ()
        for row in data.rows(here.actor, one.refers, tuple(sorted(ids))) if ids else ():
            known[row["id"]] = " ".join(str(row[part]) for part in names if row.get(part))
    return known


def kept(here: Session, register: str, outcomes: Sequence[Outcome]) -> pd.DataFrame:
    """谁, 为什么: the rows that a taking-back left alone."""
    ids = tuple(str(one.id) for one in outcomes)
    names = {row["id"]: _name(row) for row in data.rows(here.actor, register, ids)}
    return pd.DataFrame(
        [
            # What has no name here came with the residents: a household, or what hangs on them.
            {"谁": names.get(str(one.id), "（相关记录）"), "为什么": _authors(one) or one.reason}
            for one in outcomes
        ]
    )


def _authors(one: Outcome) -> str:
    said = {f"{by['who']} {when(by['when'])}" for by in one.by.values()}
    return "、".join(sorted(said)) + " 又改过" if said else ""


def _name(row: dict[str, Any]) -> str:
    return str(row.get("name") or next((value for value in row.values() if value), ""))
