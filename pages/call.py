"""One call: prepared and published, bid on in secret, judged, decided."""

from __future__ import annotations

import streamlit as st

from db.registers.calls import DRAFT, JUDGE, STOPPED
from db.sessions import Session
from logic import money, ranking
from ui import (
    awarding,
    bidding,
    calls,
    data,
    doing,
    dossier,
    facts,
    inviting,
    links,
    plain,
    scoring,
)
from ui.dossier import Call
from ui.links import Go


def show(here: Session, go: Go) -> None:
    """The page of the call whose id stands in the address."""
    found = dossier.call(here.actor, links.asked())
    if found is None:
        st.title("没有找到这次征集")
        st.write("可能已被删除，或不在您的工作范围内。")
        return
    doing.tell()
    row = found.row
    st.title(plain.text(row["title"]))
    st.caption(plain.text(f"{data.path(row['area_id'])[-1]} · {calls.closes(row)}"))
    with st.container(border=True, key="answer"):
        st.header(plain.text(_answer(here, found)))
        if found.award is not None:
            st.write(plain.text(f"理由：{found.award['reason']}"))
    if "projects" in go.pages and st.button("打开这个项目"):
        go.row("projects", row["project_id"])
    if here.actor.organisation:
        _asked(here, found)
        bidding.show(here, found)
    elif here.actor.role == JUDGE:
        scoring.show(here, found)
    elif row["state"] == DRAFT and data.may(here.actor, "calls", row["area_id"])["change"]:
        inviting.prepare(here, found)
    else:
        _asked(here, found)
        inviting.judges(here, found)
        awarding.show(here, found)
        inviting.end(here, found)


def _answer(here: Session, found: Call) -> str:
    """What has become of it; of bids nothing before it closes."""
    state = calls.state(found.row, found.award is not None)
    if found.award is not None:
        only = "，只有一家申请" if len(found.rows["bids"]) == 1 and not _bound(here) else ""
        who = found.labels.get(found.award["organisation_id"], "")
        return f"由{who}承接（{found.award['awarded_on']} 决定{only}）"
    if state == calls.PREPARED:
        return "草稿，还没有发布"
    if found.row["state"] == STOPPED:
        return "这次征集已经终止"
    if state == calls.RECEIVING:
        own = [one for one in found.rows["bids"] if _bound(here)]
        return "正在征集" + ("，本组织已经提交申请书" if own else "，截止前申请书是密封的")
    if _bound(here) or here.actor.role == JUDGE:
        return "已经截止，正在评选"
    free = ranking.free(found.rows["judges"], found.rows["bids"])
    told = (found.rows["bids"], free, found.rows["criteria"], found.rows["scores"])
    return ranking.said(ranking.ranking(*told), free)


def _bound(here: Session) -> bool:
    return here.actor.organisation is not None


def _asked(here: Session, found: Call) -> None:
    """What is asked of whoever wants to carry the project out, and how bids are scored."""
    row = found.row
    ceiling = "不限" if row["ceiling"] is None else f"{money.yuan(row['ceiling'])} 元"
    marks = "，".join(f"{one['name']} {one['weight']} 分" for one in found.rows["criteria"])
    said = [("项目", found.labels.get(row["project_id"], "")), ("最高限价", ceiling),
            ("评分标准", marks or "还没有定")]  # fmt: skip
    facts.show(said)
    facts.long([("要求", row["requirements"] or "")])
    project = data.row(here.actor, "projects", row["project_id"]).rows
    told = [("目标", "goal"), ("活动安排", "activities")]
    facts.long((label, project[0][name] or "") for label, name in told if project)
