"""Where each column of a roster goes: what is guessed right needs no decision."""

from __future__ import annotations

import streamlit as st

from db.sessions import Session
from logic.rosters.mapping import ASK, CHOSEN, FIELD, LEAVE, REMARK, Choice
from ui import inventing, plain, rosters

Where = tuple[str, int, str, rosters.Made]  # upload, sheet, register, columns that users made
Way = tuple[str, str]  # way, target
UNSAID = (ASK, "")
FRESH = ("fresh", "")  # a column of the register that is yet to be made
AWAY = {(REMARK, ""): "并入备注", (LEAVE, ""): "不导入", UNSAID: "请选择…"}


def key(where: Where) -> str:
    """What a file's widgets are called by, whatever columns are made meanwhile."""
    return "-".join(map(str, where[:3]))


def columns(here: Session, area: str, where: Where) -> rosters.Choices:
    """What somebody decides about each column; what is guessed right needs no decision."""
    made = rosters.mapped(here.actor, *where, ())
    words = {(FIELD, name): one.label for name, one in made.targets.items()} | AWAY
    if inventing.allowed(here, area, where[2]):
        words[FRESH] = "新建一列…"
    open_ = sum(choice.way == ASK for choice in made.choices)
    title = f"每一列放到哪里（{len(made.choices)} 列" + (
        f"，{open_} 列请您选定）" if open_ else "）"
    )
    said = []
    with st.expander(title, expanded=bool(open_ or made.missing)):
        for choice in made.choices:
            guess = choice.way, choice.target
            place = f"column-{key(where)}-{choice.column.index}"
            taken = _column(choice, words, place)
            if taken == FRESH:
                texts = rosters.texts(here.actor, where[0], where[1], choice.column.index)
                inventing.ask(here, area, where[2], choice.column.label, texts, place)
                taken = UNSAID
            if taken != guess:
                said.append((choice.column.index, *taken))
    return _fitting(here, where, tuple(said))


def _column(choice: Choice, words: dict[Way, str], place: str) -> Way:
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
        key=place,
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
