"""All communities side by side: how big, who helps, whom the pairing reaches."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts import coverage as charts
from db import dates
from db.sessions import Session
from logic import coverage as shaping
from logic import figures as words
from ui import bars, coverage, data, lists, plain
from ui.coverage import group_key
from ui.links import Go

MANY = 20  # communities whose bars are still read at a glance; of more there is the table


def show(here: Session, go: Go) -> None:
    """The page of everybody who has more than one community."""
    st.title("总览")
    everywhere = data.communities(here.actor)
    if not everywhere:
        st.info("还没有社区。请管理员在“区域与类别”里添加街道和社区，然后就可以录入居民。")
        return
    today = dates.today().isoformat()
    found = data.coverage(here.actor, coverage.indicator(), today, None)
    answer = st.container(border=True, key="answer")
    coverage.choose()
    left, right = st.columns(2)
    with left:
        group = _group(found)
    wanted = right.text_input("查找社区", placeholder="输入社区名称").strip()
    one = found[found["group_id"] == group] if group else found.iloc[:0]
    answer.header(plain.text(_sentence(here, everywhere, one)))
    chosen = [area for area in everywhere if wanted in area["name"]]
    if not chosen:
        st.caption(f"没有名称含“{plain.text(wanted)}”的社区。")
        return
    if group and len(chosen) <= MANY:
        _bars(one, chosen, go)
    _table(here, chosen, one, go)
    _heat(found, chosen, go)


def _heat(found: pd.DataFrame, chosen: list[data.Row], go: Go) -> None:
    """Every community × every group, the darker the more is done."""
    names = {area["id"]: area["name"] for area in chosen}
    written, shares = shaping.crossed(found, names)
    if not len(written.columns):
        return
    known = data.indicator(coverage.indicator())
    st.header(f"{known.label}：社区 × 类别")
    st.caption(f"{known.definition}。点一格，看这个社区这一类的名单。")
    cell = lists.crossed(written, shares, f"heat-{known.name}")
    if cell is not None:
        area, label = cell
        one = found[(found["area_id"] == area) & (found["group"] == label)]
        _open(area, one, go)


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
    known = data.indicator(coverage.indicator())
    people = sum(data.residents(here.actor).values())
    start = f"{len(everywhere)} 个社区" + (f"，{people:,} 名居民" if people else "")
    total = shaping.summed(one)
    if not len(total):
        return f"{start}；还没有登记服务对象"
    return f"{start}；{shaping.sentence(total.iloc[0], known.done, known.undone)}"


def _bars(one: pd.DataFrame, chosen: list[data.Row], go: Go) -> None:
    known = data.indicator(coverage.indicator())
    names = {area["id"]: area["name"] for area in chosen}
    shown = one[one["area_id"].isin(list(names))]
    shown = shown.assign(place=shown["area_id"].map(names))
    sides = known.done, known.undone
    area = bars.clicked(shown, "place", "area_id", sides, "bars-overview")
    if area:
        _open(area, one, go)


def _open(area: str, one: pd.DataFrame, go: Go) -> None:
    """The community's page, speaking of the group that was compared here."""
    if len(one):
        st.session_state[group_key(area)] = one.iloc[0]["group_id"]
    go.community(area)


def _table(here: Session, chosen: list[data.Row], one: pd.DataFrame, go: Go) -> None:
    st.header("社区对照")
    st.caption("点一行打开这个社区。户数、人口、面积为公布的数字；居民、志愿者为本系统登记的。")
    number = st.column_config.NumberColumn(format="localized")
    table = _side_by_side(here, chosen, one)
    ids = [area["id"] for area in chosen]
    opened = lists.clicked(table, "communities", ids, 登记居民=number, 在册志愿者=number)
    if opened is not None:
        _open(chosen[opened]["id"], one, go)


def _side_by_side(here: Session, chosen: list[data.Row], one: pd.DataFrame) -> pd.DataFrame:
    people, helpers = data.residents(here.actor), data.volunteers(here.actor)
    covered = {row["area_id"]: charts.written(row) for _, row in one.iterrows()}
    group = one.iloc[0]["group"] if len(one) else "服务对象"
    known = data.indicator(coverage.indicator())
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
                f"{group}{known.done}": covered.get(area["id"], words.NONE),
            }
            for area in chosen
        ]
    )
