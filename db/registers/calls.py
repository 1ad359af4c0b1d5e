"""The competition for a project: call, criteria, sealed bids, judges, scores, the award."""

from __future__ import annotations

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    and_,
    column,
    exists,
    or_,
    select,
    table,
    true,
)
from sqlalchemy.orm import Mapped

from db import dates
from db.actors import Actor
from db.base import About, Row, living_unique
from db.fields import field
from db.kinds import CHOICE, DATE, DECIMAL, NUMBER, REFERENCE, TEXT, TIME, YES_NO
from db.registers import rules

FOUNDER, JUDGE = "founder", "judge"  # of db/roles.py
ACCOUNTS = table("accounts", column("id"), column("username"))  # declared by db/accounts.py
DRAFT, OPEN, STOPPED = CALL_STATES = ("草稿", "已发布", "已终止")


class Call(Row):
    """An invitation to carry out a project, until a moment of a day; then the bids are opened."""

    __tablename__ = "calls"
    about = About("项目征集", ("title",), "次", checks=(rules.closes_after_opening,), guarded=True)

    project_id: Mapped[str] = field(
        REFERENCE, "联动项目", required=True, refers="projects", width=220
    )
    title: Mapped[str] = field(TEXT, "征集名称", required=True, search=True, longest=80, width=240)
    state: Mapped[str] = field(
        CHOICE, "状态", required=True, choices=CALL_STATES, default=DRAFT, width=90
    )
    opens_on: Mapped[str] = field(DATE, "开始日期", required=True, default="today", width=120)
    closes_on: Mapped[str] = field(DATE, "截止日期", required=True, width=120)
    closes_at: Mapped[str] = field(
        TIME, "截止时间", required=True, default="17:00", width=120, help="到点后才能拆封申请书"
    )
    ceiling: Mapped[float | None] = field(DECIMAL, "最高限价", least=0, most=100_000_000, unit="元")
    requirements: Mapped[str | None] = field(TEXT, "要求", multiline=True, longest=4000, width=280)


class Criterion(Row):
    """One thing that bids are scored by; the full marks of a call's criteria make 100."""

    __tablename__ = "criteria"
    __table_args__ = (living_unique("criteria", "call_id", "name"),)
    about = About("评分标准", ("name",), "项", keys=(("call_id", "name"),), guarded=True)

    call_id: Mapped[str] = field(REFERENCE, "项目征集", required=True, refers="calls", width=220)
    name: Mapped[str] = field(TEXT, "评分项", required=True, longest=40, width=160)
    weight: Mapped[int] = field(
        NUMBER, "满分", required=True, least=1, most=100, unit="分", help="各项满分合计 100 分"
    )
    definition: Mapped[str | None] = field(TEXT, "评分说明", multiline=True, longest=500, width=260)


def closed() -> ColumnElement[bool]:
    """Whether a call is past its last minute."""
    return Call.closes_on + " " + Call.closes_at <= dates.minute()


def opened(call: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether the bids of the call of this id may be looked at."""
    return exists().where(Call.id == call, closed())


def _own_or_opened(table: Table, actor: Actor) -> ColumnElement[bool]:
    """One's own; all of them once the call is closed, to a judge those of the calls to judge."""
    own = table.c.organisation_id == (actor.organisation or "")
    if actor.role == FOUNDER:
        return true()
    if actor.role == JUDGE:
        return and_(opened(table.c.call_id), table.c.call_id.in_(_judged(actor)))
    return or_(own, opened(table.c.call_id))


def _judged(actor: Actor) -> Select[str]:
    """The calls that the actor's account judges."""
    mine = select(ACCOUNTS.c.username).where(ACCOUNTS.c.id == actor.id)
    return select(Judge.call_id).where(Judge.account.in_(mine), Judge.deleted_at.is_(None))


class Bid(Row):
    """What an organisation offers; until the call closes nobody but the organisation sees it."""

    __tablename__ = "bids"
    __table_args__ = (living_unique("bids", "call_id", "organisation_id"),)
    about = About(
        "申请书", ("title",), "份", of="organisation_id", shown=_own_or_opened, guarded=True
    )

    call_id: Mapped[str] = field(
        REFERENCE, "项目征集", required=True, readonly=True, refers="calls", width=220
    )
    organisation_id: Mapped[str] = field(
        REFERENCE, "社会组织", required=True, readonly=True, refers="organisations", width=220
    )
    title: Mapped[str] = field(TEXT, "方案名称", required=True, longest=80, width=200)
    plan: Mapped[str] = field(
        TEXT, "实施方案", required=True, multiline=True, longest=8000, width=300
    )
    price: Mapped[float] = field(
        DECIMAL, "报价", required=True, least=0, most=100_000_000, unit="元"
    )
    team: Mapped[str | None] = field(TEXT, "团队", multiline=True, longest=2000, width=240)
    submitted_by: Mapped[str] = field(TEXT, "提交人", required=True, readonly=True, stamp="name")
    submitted_at: Mapped[str] = field(
        TEXT, "提交时间", required=True, readonly=True, stamp="now", width=120
    )


def _with_its_bid(table: Table, actor: Actor) -> ColumnElement[bool]:
    bids = Bid.__table__
    assert isinstance(bids, Table)
    return table.c.bid_id.in_(select(bids.c.id).where(_own_or_opened(bids, actor)))


class BidFile(Row):
    """A document of a bid; what is in it is kept beside, sealed."""

    __tablename__ = "bid_files"
    about = About("申请书附件", ("name",), "个", shown=_with_its_bid, guarded=True)

    bid_id: Mapped[str] = field(REFERENCE, "申请书", required=True, refers="bids", width=200)
    name: Mapped[str] = field(TEXT, "文件名", required=True, longest=120, width=220)
    size: Mapped[int] = field(
        NUMBER, "大小", required=True, readonly=True, least=1, most=20_000_000, unit="字节"
    )
    digest: Mapped[str] = field(TEXT, "校验值", required=True, readonly=True, longest=64, width=160)


def _own_if_judge(table: Table, actor: Actor) -> ColumnElement[bool]:
    if actor.role != JUDGE:
        return true()
    return table.c.account.in_(select(ACCOUNTS.c.username).where(ACCOUNTS.c.id == actor.id))


class Judge(Row):
    """Somebody who scores the bids of a call, by an account; a conflict of interest keeps out."""

    __tablename__ = "judges"
    __table_args__ = (living_unique("judges", "call_id", "account"),)
    about = About(
        "评委", ("name",), "人", checks=(rules.conflict_is_told,), shown=_own_if_judge, guarded=True
    )

    call_id: Mapped[str] = field(REFERENCE, "项目征集", required=True, refers="calls", width=220)
    name: Mapped[str] = field(TEXT, "姓名", required=True, longest=50)
    account: Mapped[str] = field(
        TEXT,
        "用户名",
        required=True,
        readonly=True,
        longest=64,
        width=120,
        help="登录本系统打分的账号",
    )
    organisation_id: Mapped[str | None] = field(
        REFERENCE, "所属社会组织", refers="organisations", width=220, help="在社会组织任职的要填"
    )
    conflict: Mapped[bool | None] = field(YES_NO, "须回避", help="与申请方有利害关系")
    conflict_reason: Mapped[str | None] = field(TEXT, "回避原因", longest=200, width=220)


def _own_until_award(table: Table, actor: Actor) -> ColumnElement[bool]:
    """Judges score each by themselves: of a call that one judges, one's own until the award."""
    its = select(Bid.call_id).where(Bid.id == table.c.bid_id)
    calls = its.correlate(table).scalar_subquery()  # or SQL asks for any bid at all
    awarded = exists().where(Award.call_id == calls, Award.deleted_at.is_(None))
    seen = or_(table.c.author_id == actor.id, awarded)
    return seen if actor.role == JUDGE else or_(seen, calls.not_in(_judged(actor)))


class Score(Row):
    """What a judge gives a bid by one criterion; others see it when the award is made."""

    __tablename__ = "scores"
    __table_args__ = (living_unique("scores", "judge_id", "bid_id", "criterion_id"),)
    about = About(
        "评分",
        ("judge_id", "bid_id"),
        keys=(("judge_id", "bid_id", "criterion_id"),),
        signed="author_id",
        shown=_own_until_award,
        guarded=True,
    )

    judge_id: Mapped[str] = field(REFERENCE, "评委", required=True, refers="judges", width=120)
    bid_id: Mapped[str] = field(REFERENCE, "申请书", required=True, refers="bids", width=200)
    criterion_id: Mapped[str] = field(
        REFERENCE, "评分标准", required=True, refers="criteria", width=160
    )
    points: Mapped[float] = field(DECIMAL, "得分", required=True, least=0, most=100, unit="分")
    remark: Mapped[str | None] = field(TEXT, "评语", multiline=True, longest=500, width=220)
    author_id: Mapped[str] = field(
        TEXT, "账号编号", required=True, readonly=True, stamp="id", longest=36
    )


class Award(Row):
    """Which organisation carries the project out, and why; one for a call."""

    __tablename__ = "awards"
    __table_args__ = (living_unique("awards", "call_id"),)
    about = About("承接决定", ("reason",), "项", keys=(("call_id",),), guarded=True)

    call_id: Mapped[str] = field(
        REFERENCE, "项目征集", required=True, unique=True, refers="calls", width=220
    )
    organisation_id: Mapped[str] = field(
        REFERENCE, "承接组织", required=True, refers="organisations", width=220
    )
    reason: Mapped[str] = field(
        TEXT, "理由", required=True, multiline=True, longest=1000, width=280
    )
    awarded_on: Mapped[str] = field(
        DATE, "决定日期", required=True, past=True, default="today", width=120
    )
    decided_by: Mapped[str] = field(TEXT, "决定人", required=True, readonly=True, stamp="name")
