"""One need of 桂花树 through all four stages, by five accounts in five browsers, to the report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine, text

from db import accounts, doors, facts
from db.doors import Condition, Question
from db.engine import open_engine, writing
from db.stages import STAGES
from tests.browser.conftest import OpenPage, SignIn
from tests.browser.test_axe import found
from tests.servers import Server
from tests.village import add, done, edit

Settled = Callable[[Page], Page]
AREA, TITLE, NAME = "guihuashu", "周末想有人带孩子读书", "周末读书角"


@pytest.fixture
def on(sample_server: Server, sample_url: str) -> Iterator[Engine]:
    engine = open_engine(sample_url)
    yield engine
    engine.dispose()


def row(on: Engine, register: str, **cells: Any) -> dict[str, Any]:
    """The one row of a register that says this."""
    where = tuple(Condition(name, "eq", value) for name, value in cells.items())
    (one,) = doors.read(on, accounts.actor(on, "admin"), Question(register, AREA, where)).rows
    return one


def past(on: Engine, call: str) -> None:
    """The call's last minute is over; the data have another version, so that pages see it."""
    facts.put(on, facts.FILLING, "1")
    with writing(on) as conn:
        conn.execute(
            text("UPDATE calls SET opens_on = :day, closes_on = :day WHERE id = :id"),
            {"day": "2026-01-31", "id": call},
        )
    facts.put(on, facts.FILLING, "")
    done(on, accounts.actor(on, "admin"), add("needs", "tick", AREA, title="另一件"))


class Desk:
    """A person at a browser of their own."""

    def __init__(self, page: Page, address: str, settled: Settled) -> None:
        self.page, self.address, self.settled = page, address, settled

    def open(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")
        self.settled(self.page)

    def fill(self, label: str, words: str) -> None:
        field = self.page.get_by_label(label, exact=True)
        field.fill(words)
        field.press("Tab")
        self.settled(self.page)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()
        self.settled(self.page)

    def calm(self) -> None:
        """The page as who comes to it finds it is fit for everybody."""
        self.page.reload()
        assert found(self.settled(self.page)) == []

    def said(self, words: str) -> None:
        """The page's answer."""
        expect(self.page.locator(".st-key-answer").get_by_role("heading")).to_contain_text(words)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_from_a_need_to_the_report(
    on: Engine, sample_server: Server, open_page: OpenPage, sign_in: SignIn, settled: Settled,
    tmp_path: Path,
) -> None:  # fmt: skip
    desks = {}
    for user in ("guihuashu-shuji", "jiedao", "org1", "pingwei1", "org1-shegong"):
        page = open_page()
        sign_in(page, user)
        desks[user] = Desk(page, sample_server.address, settled)
    secretary, street, organisation, judge, worker = desks.values()
    project = _designed(on, secretary)
    _approved(street, project)
    call = _called(on, street, project)
    bid = _bid(on, organisation, call, tmp_path)
    for other in (secretary, street, judge):
        other.open(f"/call?id={call}")
        assert not re.search(r"两名社工带读|周六书友|方案\.pdf", other.page.content())
    past(on, call)
    _scored(judge, call)
    _awarded(street, call)
    _delivered(on, secretary, worker, project)
    _ended(on, secretary, project)
    assert row(on, "bid_files", bid_id=bid)["name"] == "方案.pdf"
    told = doors.story(on, accounts.actor(on, "admin"), row(on, "needs", title=TITLE)["id"])
    assert [one for one in STAGES if one in told.days] == [
        "提出",
        "设计",
        "批准",
        "征集",
        "承接",
        "执行",
        "结项",
    ]
    assert told.organisation == "shili_nuanyang"


def _designed(on: Engine, desk: Desk) -> str:
    """The secretary raises the need and designs a project for it."""
    desk.open("/needs")
    desk.page.locator("summary").filter(has_text="登记一件需求").click()
    desk.fill("需要什么", TITLE)
    desk.press("登记")
    expect(desk.page.get_by_text(f"已登记“{TITLE}”")).to_be_visible()
    desk.open(f"/story?id={row(on, 'needs', title=TITLE)['id']}")
    desk.press("为它设计项目")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("设计")
    desk.fill("项目名称", NAME)
    desk.press("建立项目")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text(NAME)
    desk.fill("目标", "周末有人带着读书")
    desk.fill("活动安排", "每周六上午读书两小时")
    desk.press("保存设计")
    expect(desk.page.get_by_text("设计已保存")).to_be_visible()
    desk.fill("用途", "图书和人员")
    desk.fill("金额（元）", "6000")
    desk.press("加入预算")
    expect(desk.page.get_by_role("heading", name="预算 6,000 元")).to_be_visible()
    desk.calm()
    desk.press("送审")
    desk.said("待评审")
    return str(row(on, "projects", name=NAME)["id"])


def _approved(desk: Desk, project: str) -> None:
    desk.open("/design")
    desk.said("等着您评审")
    desk.open(f"/projects?id={project}")
    desk.press("批准")
    desk.said("已批准")


def _called(on: Engine, desk: Desk, project: str) -> str:
    """The street begins a call, asks a judge and publishes it."""
    desk.press("发起征集")
    expect(desk.page.get_by_role("heading", level=1)).to_have_text(f"{NAME}承接征集")
    chosen = desk.page.get_by_label("评委账号")
    chosen.click()
    desk.page.get_by_role("option", name="示例·评委一").click()
    chosen.press("Escape")
    desk.settled(desk.page)
    desk.press("请他们评审")
    expect(desk.page.get_by_text("已请示例·评委一")).to_be_visible()
    desk.calm()
    desk.press("发布征集")
    desk.said("正在征集")
    return str(row(on, "calls", project_id=project)["id"])


def _bid(on: Engine, desk: Desk, call: str, folder: Path) -> str:
    """The organisation bids, with a document."""
    desk.open("/calls")
    desk.said("次征集可以申请")
    desk.open(f"/call?id={call}")
    desk.fill("方案名称", "周六书友")
    desk.fill("报价（元）", "5800")
    desk.fill("实施方案", "每周六上午两名社工带读")
    desk.press("提交申请书")
    desk.said("本组织已经提交申请书")
    file = folder / "方案.pdf"
    file.write_bytes(b"%PDF-1.7 plan")
    desk.page.locator("input[type=file]").set_input_files(str(file))
    desk.press("存入附件")
    link = desk.page.get_by_role("link", name="方案.pdf")
    expect(link).to_be_visible()
    desk.calm()
    with desk.page.expect_download() as taken:
        link.click()
    assert Path(taken.value.path()).read_bytes() == b"%PDF-1.7 plan"
    return str(row_of(on, "org1", call)["id"])


def row_of(on: Engine, user: str, call: str) -> dict[str, Any]:
    """The bid as its organisation sees it."""
    where = (Condition("call_id", "eq", call),)
    return doors.read(on, accounts.actor(on, user), Question("bids", AREA, where)).rows[0]


def _scored(desk: Desk, call: str) -> None:
    desk.open(f"/call?id={call}")
    expect(desk.page.get_by_text("每周六上午两名社工带读")).to_be_visible()
    for name, points in (
        ("方案可行（满分 50）", 45),
        ("团队经验（满分 30）", 26),
        ("报价合理（满分 20）", 18),
    ):
        desk.fill(name, str(points))
    desk.press("保存评分")
    expect(desk.page.get_by_role("heading", name=re.compile("已打 89 分"))).to_be_visible()
    desk.calm()


def _awarded(desk: Desk, call: str) -> None:
    desk.open(f"/call?id={call}")
    desk.said("只有一家申请：最高 89 分")
    desk.fill("理由", "只有一家，方案可行，报价在限价之内")
    desk.press("作出决定")
    desk.said("只有一家申请）")
    desk.calm()


def _delivered(on: Engine, secretary: Desk, worker: Desk, project: str) -> None:
    """The community names whom to serve; the team holds a session with them; money follows."""
    secretary.open(f"/projects?id={project}")
    secretary.said("执行中")
    secretary.press("建立")
    programme = row(on, "programmes", project_id=project)
    child = doors.read(on, accounts.actor(on, "admin"), Question("residents", AREA, limit=1)).rows[
        0
    ]
    secretary.open(f"/projects?id={project}")
    secretary.press("登记参加人员")
    secretary.fill("或找一位", child["name"])
    secretary.press("登记这些人")
    expect(secretary.page.get_by_text("1 人参加")).to_be_visible()
    taking = row(on, "enrolments", programme_id=programme["id"])
    worker.open(f"/projects?id={project}")
    expect(worker.page.get_by_text("1 人参加")).to_be_visible()
    worker.press("排一场活动")
    worker.press("排上")
    session = row(on, "sessions_held", programme_id=programme["id"])
    worker.open(f"/rollcall?place=桂花树社区&row={session['id']}")
    assert {one["id"] for one in _known(on)} >= {taking["resident_id"]}
    held = {"session_id": session["id"], "resident_id": taking["resident_id"], "presence": "到"}
    actor = accounts.actor(on, "org1-shegong")
    done(on, actor, add("attendances", None, AREA, **held))
    done(on, actor, edit("sessions_held", session["id"], "state", session["state"], "已举办"))
    _released(on, secretary, project)


def _known(on: Engine) -> list[dict[str, Any]]:
    """The residents of whom the organisation's social worker knows."""
    return doors.read(on, accounts.actor(on, "org1-shegong"), Question("residents", AREA)).rows


def _released(on: Engine, desk: Desk, project: str) -> None:
    """A milestone, reached, and its money."""
    desk.open(f"/projects?id={project}")
    desk.press("加一个里程碑")
    desk.fill("里程碑", "首次活动")
    desk.fill("应付金额（元）", "2000")
    desk.press("加上")
    expect(desk.page.get_by_text("已加上“首次活动”")).to_be_visible()
    desk.open(f"/projects?id={project}")
    desk.press("核定资金")
    desk.press("核定")
    assert row(on, "funds", project_id=project)["amount"] == 5800
    desk.open(f"/projects?id={project}")
    desk.press("登记达到")
    desk.press("达到了")
    expect(desk.page.get_by_text("“首次活动”已达到")).to_be_visible()
    desk.open(f"/projects?id={project}")
    desk.press("拨付")
    desk.press("登记拨付")
    expect(desk.page.get_by_text("已拨付 2,000 元")).to_be_visible()
    milestone = row(on, "milestones", project_id=project)
    assert row(on, "payments", milestone_id=milestone["id"])["amount"] == 2000
    desk.calm()


def _ended(on: Engine, desk: Desk, project: str) -> None:
    """Evaluated, closed, and told in the report."""
    admin = accounts.actor(on, "admin")
    final = {"project_id": project, "kind": "末期", "score": 93, "opinion": "达到目标"}
    done(on, admin, add("evaluations", None, AREA, **final))
    desk.open(f"/projects?id={project}")
    desk.press("结项")
    desk.said("已结项")
    desk.press("写结项报告")
    expect(desk.page.get_by_role("heading", level=1).first).to_have_text("报告")
    told = desk.page.locator("article")
    for words in (NAME, "只有一家，方案可行", "举办活动 1 场", "末期评估 93 分", "2,000/5,800"):
        expect(told).to_contain_text(words)
