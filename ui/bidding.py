"""An organisation's own bid: written, changed, taken back while the call is open; its files."""

from __future__ import annotations

import streamlit as st

from db import ids
from db.changes import Change
from db.registers.calls import OPEN
from db.sessions import Session
from logic import money
from ui import attached, data, doing, facts, plain
from ui.dossier import Call


def show(here: Session, found: Call) -> None:
    """The form while it may be changed, else what was sent."""
    own = next(iter(found.rows["bids"]), None)
    open_ = not found.over and found.row["state"] == OPEN
    may = data.may(here.actor, "bids", found.row["area_id"])["add"]
    if open_ and may:
        _form(here, found, own)
    elif own is None:
        st.caption("本组织没有提交申请书。")
        return
    else:
        told(own)
    if own is not None:
        st.header("附件")
        attached.show(here, own, found.files(own["id"]), changing=open_ and may)


def told(bid: data.Row) -> None:
    """A bid as it is read."""
    said = [("方案名称", bid["title"]), ("报价", f"{money.yuan(bid['price'])} 元")]
    said += [("团队", bid["team"])] if bid["team"] else []
    facts.show(said)
    facts.long([("实施方案", bid["plan"])])


def _form(here: Session, found: Call, own: data.Row | None) -> None:
    st.header("本组织的申请书")
    known = own or {"title": "", "plan": "", "price": None, "team": None}
    with st.form(f"bid-{found.row['id']}", border=False):
        left, right = st.columns([3, 2])
        title = left.text_input("方案名称", known["title"], max_chars=80)
        price = right.number_input("报价（元）", 0.0, 100_000_000.0, known["price"], 100.0)
        plan = st.text_area("实施方案", known["plan"], max_chars=8000, height=200)
        team = st.text_area(
            "团队", known["team"] or "", max_chars=2000, placeholder="谁负责、几名社工、什么资质"
        )
        sent = st.form_submit_button("保存修改" if own else "提交申请书", type="primary")
    cells = {"title": title or None, "plan": plan or None, "price": price, "team": team or None}
    if sent:
        _send(here, found, own, cells)
    if own is not None:
        st.caption(plain.text(f"{own['submitted_by']}提交。截止前只有本组织能看到，可以修改。"))
        with st.popover("撤回申请书"):
            st.write("撤回之后，截止前可以重新提交。")
            if st.button("确定撤回"):
                _withdraw(here, found, own)


def _send(here: Session, found: Call, own: data.Row | None, cells: data.Row) -> None:
    if own is not None:
        before = {name: own[name] for name in cells}
        doing.do(here, [Change("bids", own["id"], before, cells)], "申请书已保存")
        return
    of = {"area_id": found.row["area_id"], "call_id": found.row["id"],
          "organisation_id": here.actor.organisation}  # fmt: skip
    doing.do(here, [Change("bids", ids.new(), None, of | cells)], "申请书已提交，可以再传附件")


def _withdraw(here: Session, found: Call, own: data.Row) -> None:
    files = [Change("bid_files", one["id"], {}, None) for one in found.files(own["id"])]
    doing.do(here, [*files, Change("bids", own["id"], {}, None)], "申请书已撤回")
