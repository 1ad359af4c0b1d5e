"""All communities side by side: how big, who helps, whom the pairing reaches."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts import coverage as charts
from db import dates
from db.sessions import Session
from logic import coverage as shaping
from logic import figures as words
from ui import data, lists, plain
from ui.coverage import INDICATOR
from ui.links import Go


def show(here: Session, go: Go) -> None:
    """The page of everybody who has more than one community."""
    st.title("总览")
    everywhere = data.communities(here.actor)
    if not everywhere:
        st.info("还没有社区。请管理员在“区域与类别”里添加街道和社区，然后就可以录入居民。")
        return
    today = dates.today().isoformat()
    found = data.coverage(here.actor, INDICATOR, today, None)
    answer = st.container(border=True, key="answer")
    group = _group(found)
    one = found[found["group_id"] == group] if group else found.iloc[:0]
    answer.subheader(plain.text(_sentence(here, everywhere, one)))
    if group:
        _bars(one, everywhere, go)
    _table(here, everywhere, one, go)


def _group(found: pd.DataFrame) -> str | None:
    """The target group that is compared; those that nobody belongs to are not offered."""
    totals = found.groupby("group_id", sort=False)[["n", "N"]].sum()
    filled = [name for name in totals.index if totals.loc[name, "N"] > 0]
    if not filled:
        return None
    names = dict(zip(found["group_id"], found["group"], strict=True))
    first = shaping.leading(shaping.summed(found)) or filled[0]
    return st.selectbox(
        "比较哪一类服务对象", filled, index=filled.index(first), format_func=names.__getitem__
    )


def _sentence(here: Session, everywhere: list[data.Row], one: pd.DataFrame) -> str:
    known = data.indicator(INDICATOR)
    people = sum(data.residents(here.actor).values())
    start = f"{len(everywhere)} 个社区" + (f"，{people:,} 名居民" if people else "")
    total = shaping.summed(one)
    if not len(total):
        return f"{start}；还没有登记服务对象"
    return f"{start}；{shaping.sentence(total.iloc[0], known.done, known.undone)}"


def _bars(one: pd.DataFrame, everywhere: list[data.Row], go: Go) -> None:
    known = data.indicator(INDICATOR)
    names = {area["id"]: area["name"] for area in everywhere}
    shown = one.assign(place=one["area_id"].map(names))
    figure = charts.bars(shown, "place", "area_id", known.done, known.undone)
    words_ = "；".join(f"{row['place']} {charts.written(row)}" for _, row in shown.iterrows())
    event = st.plotly_chart(
        figure,
        theme=None,
        key="bars-overview",
        on_select="rerun",
        selection_mode="points",
        config={"displayModeBar": False},
        alt=words_,
    )
    if event["selection"]["points"]:
        go.community(event["selection"]["points"][0]["customdata"][0])


def _table(here: Session, everywhere: list[data.Row], one: pd.DataFrame, go: Go) -> None:
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    left.subheader("社区对照")
    wanted = right.text_input("查找社区", placeholder="输入社区名称").strip()
    chosen = [area for area in everywhere if wanted in area["name"]]
    if not chosen:
        st.caption(f"没有名称含“{plain.text(wanted)}”的社区。")
        return
    st.caption("点一行打开这个社区。户数、人口、面积为公布的数字；居民、志愿者为本系统登记的。")
    number = st.column_config.NumberColumn(format="localized")
    table = _side_by_side(here, chosen, one)
    opened = lists.clicked(table, f"communities-{wanted}", 登记居民=number, 在册志愿者=number)
    if opened is not None:
        go.community(chosen[opened]["id"])


def _side_by_side(here: Session, chosen: list[data.Row], one: pd.DataFrame) -> pd.DataFrame:
    people, helpers = data.residents(here.actor), data.volunteers(here.actor)
    covered = {row["area_id"]: charts.written(row) for _, row in one.iterrows()}
    group = one.iloc[0]["group"] if len(one) else "服务对象"
    return pd.DataFrame(
        [
            {
                "社区": area["name"],
                "党委书记": area.get("secretary"),
                "户数": words.published(area.get("households"), "户"),
                "人口": words.published(area.get("population"), "人"),
                "面积": words.published(area.get("area_km2"), "平方公里"),
                "登记居民": people.get(area["id"], 0),
                "在册志愿者": helpers.get(area["id"], 0),
                "志愿者占居民": words.share(helpers.get(area["id"], 0), people.get(area["id"], 0)),
                f"{group}已结对": covered.get(area["id"], words.NONE),
            }
            for area in chosen
        ]
    )
