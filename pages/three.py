"""三社: which communities have organisations, workers, projects; who serves where; what lacks."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts import network
from db import dates
from db.sessions import Session
from logic import three
from logic.three import Standing
from ui import lists, places, standing
from ui.links import Go

LEADS = {
    three.ORGANISATION: "organisation_areas",
    three.WORKER: "social_workers",
    three.PROJECT: "projects",
}
CROWD = 12  # communities whose network is still read


def show(here: Session, go: Go) -> None:
    """The page: 全覆盖 as a cross table, what lacks and runs out, then who serves where."""
    st.title("三社")
    area = places.within(here.actor)
    if area is None:
        st.info("还没有社区。请管理员在“区域与类别”里添加。")
        return
    today = dates.today().isoformat()
    found = standing.found(here.actor, area, today)
    _answer(found)
    _crossed(found, go)
    _lacking(found, go)
    if any(one.organisations or one.workers for one in found):
        _expiring(here, area, found, today, go)
        _network(here, found)


def _answer(found: list[Standing]) -> None:
    with st.container(border=True, key="answer"):
        if not any(one.organisations or one.workers for one in found):
            st.header("还没有登记社会组织和社工")
            st.caption(
                "先在社区的“三社与准入”里登记社会组织和它服务的社区，再登记社工；"
                "点下面的一格，直接到要登记的台账。"
            )
            return
        whole = [one for one in found if one.projects is not None]
        n = sum(one.covered for one in whole)
        # No percentages: communities are few, and one more or less would look like a leap.
        st.header(f"三样都有的社区 {n:,}/{len(whole):,}")
        parts = ["有{} {:,}/{:,}".format(what, *three.share(found, what)) for what in three.THREE]
        parts.append(f"有持证社工 {sum(bool(one.certified) for one in found):,}/{len(found):,}")
        st.caption(f"{'，'.join(parts)}。今天的情况。")


def _crossed(found: list[Standing], go: Go) -> None:
    st.header("全覆盖：社区 × 三社")
    st.caption("格里是数量，有的颜色深；点一格，到那个社区的台账。")
    index = [one.area["id"] for one in found]
    cells = [[one.of(what) for what in three.THREE] for one in found]
    written = [["—" if cell is None else str(len(cell)) for cell in row] for row in cells]
    table = pd.DataFrame(written, index=index, columns=list(three.THREE))
    table.insert(0, "社区", [one.area["name"] for one in found])
    tints = [
        [None, *(None if cell is None else float(bool(cell)) for cell in row)] for row in cells
    ]
    shares = pd.DataFrame(tints, index=index, columns=table.columns, dtype=object)
    cell = lists.crossed(table, shares, "three")
    if cell is not None:
        go.register(cell[0], LEADS[cell[1]])


def _lacking(found: list[Standing], go: Go) -> None:
    lacking = [one for one in found if one.lacks or not one.certified]
    st.header(f"缺一样的社区 {len(lacking):,} 个")
    if not lacking:
        st.caption("没有。每个社区都有社会组织、持证社工和已交付的项目。")
        return
    rows = [
        {
            "社区": one.area["name"],
            "没有": "、".join((*one.lacks, *([] if one.certified else ["持证社工"]))),
        }
        for one in lacking
    ]
    opened = lists.clicked(pd.DataFrame(rows), "lacks", [one.area["id"] for one in lacking])
    if opened is not None:
        go.community(lacking[opened].area["id"])


def _expiring(here: Session, area: str, found: list[Standing], today: str, go: Go) -> None:
    soon = standing.expiring(here.actor, area, found, today)
    st.header(f"{three.SOON} 天内到期的资质和证书 {len(soon):,} 项")
    if not soon:
        st.caption("没有。")
        return
    rows = [
        {"谁": one.whose, "什么": one.what, "有效期至": one.day,
         "": "已过期" if one.day < today else ""}
        for one in soon
    ]  # fmt: skip
    opened = lists.clicked(pd.DataFrame(rows), "expiring", [one.row["id"] for one in soon])
    if opened is not None:
        go.register(soon[opened].row["area_id"], soon[opened].register)


def _network(here: Session, found: list[Standing]) -> None:
    st.header("谁在哪里服务")
    names = {row["id"]: row["name"] for row in standing.organisations(here.actor)}
    if len(found) <= CROWD:
        st.caption("左边是社会组织，中间是社区，右边是社工；线连着服务的社区。")
        st.plotly_chart(
            _picture(found), theme=None, key="network", config={"displayModeBar": False},
            alt="；".join(_said(one) for one in found),
        )  # fmt: skip
    rows = [
        {
            "社区": one.area["name"], "社工": row["name"], "职业水平": row["grade"],
            "所属社会组织": names.get(row["organisation_id"] or "", "社区聘用"),
            "到岗": row["started_on"],
        }
        for one in found
        for row in one.workers
    ]  # fmt: skip
    lists.plain(pd.DataFrame(rows or {"社工": []}), key="workers")


def _said(one: Standing) -> str:
    names = [row["name"] for row in (*one.organisations, *one.workers)]
    return f"{one.area['name']}：{'、'.join(names) or '没有'}"


def _picture(found: list[Standing]) -> object:
    edges = [(row["id"], one.area["id"]) for one in found for row in one.organisations]
    edges += [(one.area["id"], row["id"]) for one in found for row in one.workers]
    left = {row["id"]: row["name"] for one in found for row in one.organisations}
    middle = {one.area["id"]: one.area["name"] for one in found}
    right = {row["id"]: row["name"] for one in found for row in one.workers}
    return network.picture((left, middle, right), edges)
