"""筛查: the 15 questions of GDS-15, scored; it screens, it does not diagnose."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from db import dates, ids
from db.changes import Change
from db.scales import GDS_15, NO, POSITIVE, QUESTIONS, YES, score
from db.sessions import Session
from ui import data, doing, lists, people, places
from ui.data import Condition


def show(here: Session) -> None:
    """The page: who, the questions, and what was found before."""
    st.title("筛查")
    area = places.choose(here.actor, "screenings", "社区")
    if area is None:
        st.caption(places.nowhere(here.actor, "登记筛查"))
        return
    doing.tell()
    st.header(GDS_15)
    st.caption(f"问最近一周的感受。得 {POSITIVE} 分及以上建议转介；筛查不是诊断。")
    who = people.pick(here, area, "screened", "给谁筛查")
    if who is not None:
        _form(here, area, who)
    _earlier(here, area)


def _form(here: Session, area: str, who: str) -> None:
    with st.form(f"gds-{who}", border=True):
        answers = [
            st.segmented_control(f"{number}. {question}", [YES, NO], key=f"gds-{who}-{number}")
            for number, question in enumerate(QUESTIONS, start=1)
        ]
        left, right = st.columns(2)
        done_on = left.date_input(
            "日期", dates.today(), max_value=dates.today(), format="YYYY-MM-DD"
        )
        worker = right.text_input("评估人", here.actor.name, max_chars=50)
        saved = st.form_submit_button("计分并保存", type="primary")
    missing = [str(number) for number, one in enumerate(answers, start=1) if one is None]
    if saved and missing:
        st.error(f"第 {'、'.join(missing)} 题还没有回答。")
    elif saved:
        said = "".join(str(one) for one in answers)
        points = score(said)
        after = {
            "area_id": area, "resident_id": who, "instrument": GDS_15, "answers": said,
            "score": points, "done_on": done_on.isoformat(), "worker": worker,
        }  # fmt: skip
        advice = "达到转介标准" if points >= POSITIVE else "未达到转介标准"
        doing.do(here, [Change("screenings", ids.new(), None, after)], f"得 {points} 分，{advice}")


def _earlier(here: Session, area: str) -> None:
    """Those who screened positive, the latest first: they are to be looked after."""
    where = (Condition("instrument", "eq", GDS_15), Condition("score", "from", POSITIVE))
    found = data.listed(here.actor, "screenings", area, where, ("-done_on",))
    st.header(f"{found.total:,} 次达到 {POSITIVE} 分及以上")
    if not found.rows:
        st.caption("还没有。")
        return
    shown = pd.DataFrame(
        [
            {
                "居民": found.labels.get(row["resident_id"], ""),
                "得分": row["score"],
                "日期": row["done_on"],
                "评估人": row["worker"] or "",
            }
            for row in found.rows
        ]
    )
    lists.plain(shown, "positive")
