"""All communities side by side: how big, who helps, whom the pairing reaches."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from charts import coverage as charts
from db import dates
from db.sessions import Session
from logic import coverage as shaping
from logic import figures as words
from logic import whole
from ui import bars, behind, coverage, crossing, data, heat, lists, months, plain, tallies
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
    answer = st.container(border=True, key="answer")
    if not coverage.offered(here.actor):
        answer.header(f"{len(everywhere)} 个社区")
        _table(here, everywhere, pd.DataFrame({"area_id": []}), go)
        return
    left, right = st.columns(2)
    with left:
        coverage.choose(here.actor)
    known = data.indicator(coverage.indicator())
    found = tallies.coverage(here.actor, known.name, today, None) if known.grouped else None
    group = _group(found) if found is not None else ""
    wanted = right.text_input("查找社区", placeholder="输入社区名称").strip()
    one = _one(here, found, group, today)
    answer.header(plain.text(_sentence(here, everywhere, one)), help=behind.about(known, today))
    chosen = [area for area in everywhere if wanted in area["name"]]
    if not chosen:
        st.caption(f"没有名称含“{plain.text(wanted)}”的社区。")
        return
    if len(one) and len(chosen) <= MANY:
        _bars(one, chosen, go)
    if group is not None:
        months.show(here, known, group, go)
    _table(here, chosen, one, go)
    if found is None:
        crossing.show(here, {area["id"]: area["name"] for area in chosen}, today, go)
    else:
        heat.show(found, one, chosen, _opener(go))


def _one(here: Session, found: pd.DataFrame | None, group: str | None, day: str) -> pd.DataFrame:
    """A row a community: of the group that is compared, or of the communities as a whole."""
    if found is None:
        return tallies.whole(here.actor, coverage.indicator(), day, None)
    return found[found["group_id"] == group] if group else found.iloc[:0]


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
    if not known.grouped:
        n, total = (coverage.amount(one[name].sum(skipna=False)) for name in ("n", "N"))
        goal = tallies.goal(here.actor, known.name)
        return f"{start}；{whole.sentence(known, n, total, goal)}"
    total_row = shaping.summed(one)
    if not len(total_row):
        return f"{start}；还没有登记服务对象"
    return f"{start}；{shaping.sentence(total_row.iloc[0], known.done, known.undone)}"


def _bars(one: pd.DataFrame, chosen: list[data.Row], go: Go) -> None:
    known = data.indicator(coverage.indicator())
    names = {area["id"]: area["name"] for area in chosen}
    shown = one[one["area_id"].isin(list(names))]
    shown = shown.assign(place=shown["area_id"].map(names))
    sides = known.done, known.undone or "其余"
    area = bars.clicked(shown, "place", "area_id", sides, f"bars-overview-{known.name}")
    if area:
        _open(area, one, go)


def _opener(go: Go) -> Callable[[str, pd.DataFrame], None]:
    return lambda area, one: _open(area, one, go)


def _open(area: str, one: pd.DataFrame, go: Go) -> None:
    """The community's page, speaking of the group that was compared here."""
    if len(one) and "group_id" in one:
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
    covered = {row["area_id"]: charts.written(row) for row in one.to_dict("records")}
    known = data.indicator(coverage.indicator())
    group = one.iloc[0]["group"] if len(one) and known.grouped else ""
    last = f"{group}{known.done}" if known.grouped else known.label
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
                last: covered.get(area["id"], words.NONE),
            }
            for area in chosen
        ]
    )
