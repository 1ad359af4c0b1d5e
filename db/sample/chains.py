"""The linkage chains of the sample as rows: from the need to the delivery, each as far as it is."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from db.sample import deliveries
from db.sample.chained import CHAINS, CRITERIA, MARK, Chain
from db.sample.maker import Maker
from db.sample.names import surname

Row = dict[str, Any]
Rows = dict[str, list[Row]]
REGISTERS = (
    "needs", "projects", "project_needs", "budget_lines", "reviews", "calls", "criteria", "bids",
    "bid_files", "judges", "scores", "awards", "milestones", "evaluations", "satisfactions",
)  # fmt: skip
JUDGES = ("pingwei1", "pingwei2", "pingwei3")  # usernames; the ids of sample accounts follow
OPEN_UNTIL = "2036-12-31"
OFFICER = "示例·蒲纺街道干部"


class Chains:
    """All rows of the chains, by register."""

    def __init__(self, make: Maker) -> None:
        self.make = make
        self.rows: Rows = defaultdict(list)

    def add(self, register: str, area: str, **cells: Any) -> str:
        """A row; its id. Cells that are None stay empty."""
        row_id = self.make.ids.new()
        there = {name: value for name, value in cells.items() if value is not None}
        self.rows[register].append({"id": row_id, "area_id": area, **there})
        return row_id

    def day(self, ago: int | None) -> str | None:
        """The day so many days before the sample's."""
        return None if ago is None else self.make.days_ago(ago).isoformat()


def account(username: str) -> str:
    """The id of a sample account."""
    return f"shili_{username}"


def of(make: Maker, done: Rows) -> Rows:
    """The chains' rows; of `done` (services) the programmes' people are taken."""
    made = Chains(make)
    for place, chain in enumerate(CHAINS):
        _chain(made, chain, place, done)
    return {name: made.rows[name] for name in REGISTERS} | {
        name: made.rows[name] for name in deliveries.REGISTERS
    }


def _chain(made: Chains, chain: Chain, place: int, done: Rows) -> None:
    need = _needs(made, chain, place)
    if not chain.project:
        return
    project = _project(made, chain)
    made.add("project_needs", chain.area, project_id=project, need_id=need)
    for item, amount in chain.budget:
        made.add("budget_lines", chain.area, project_id=project, item=item, amount=amount)
    for ago, decision, opinion in chain.reviews:
        made.add(
            "reviews", chain.area, project_id=project, decision=decision, opinion=opinion,
            reviewed_on=made.day(ago), reviewer=OFFICER, reviewer_id=account("jiedao"),
        )  # fmt: skip
    if chain.opened is not None or chain.drafted:
        _call(made, chain, project)
    if chain.awarded is not None:
        deliveries.add(made, chain, project, done)


def _needs(made: Chains, chain: Chain, place: int) -> str:
    asked = chain.asked
    first = _need(made, chain, f"{place:02}A", asked.title, asked.ago)
    for number, title in enumerate(asked.joined):
        letter, ago = "BCDE"[number], asked.ago - 3 - number
        _need(made, chain, f"{place:02}{letter}", title, ago, joined_id=first)
    return first


def _need(made: Chains, chain: Chain, sign: str, title: str, ago: int, **cells: str) -> str:
    asked, settled = chain.asked, chain.asked.settled
    raised = made.make.days_ago(ago)
    who = f"{surname(made.make.chance)}女士"
    answered = settled if not cells else None
    return made.add(
        "needs", chain.area, number=f"{raised:%y%m%d}-{sign.replace('0', 'Z')}XY2",
        title=title, way=asked.way, raised_on=raised.isoformat(), raised_by=f"{who}（{MARK}）",
        group_id=asked.group, urgency=asked.urgency,
        settled_on=made.day(answered[0]) if answered else None,
        settlement=answered[1] if answered else None,
        reply=answered[2] if answered else None, **cells,
    )  # fmt: skip


def _project(made: Chains, chain: Chain) -> str:
    length = dt.timedelta(days=240)
    started = made.make.days_ago(chain.awarded or 0)
    return made.add(
        "projects", chain.area, name=chain.project, goal=chain.goal, group_id=chain.asked.group,
        expected=chain.expected, designed_on=made.day(chain.designed), aims="服务覆盖率",
        activities=f"{chain.goal}；每次活动签到，缺席的上门了解情况", remark=MARK,
        started_on=started.isoformat(), ended_on=(started + length).isoformat(),
        submitted_on=made.day(chain.submitted), closed_on=made.day(chain.ended),
    )  # fmt: skip


def _call(made: Chains, chain: Chain, project: str) -> None:
    opens = chain.designed - 10 if chain.opened is None else chain.opened
    call = made.add(
        "calls", chain.area, project_id=project, title=f"“{chain.project}”承接征集",
        state="草稿" if chain.drafted else "已发布", opens_on=made.day(opens),
        closes_on=made.day(chain.closed) or OPEN_UNTIL, closes_at="17:00",
        ceiling=sum(amount for _, amount in chain.budget),
        requirements="有相应专职人员；每月报送活动记录；按里程碑拨付",
    )  # fmt: skip
    criteria = [
        made.add("criteria", chain.area, call_id=call, name=name, weight=weight)
        for name, weight in CRITERIA
    ]
    if chain.opened is None:
        return
    count = max((len(one.points) for one in chain.bidders), default=0) or 2
    judges = [_judge(made, chain, call, username) for username in JUDGES[:count]]
    _bids(made, chain, call, criteria, judges)
    if chain.awarded is not None:
        made.add(
            "awards", chain.area, call_id=call, organisation_id=chain.bidders[0].organisation,
            reason=chain.reason, awarded_on=made.day(chain.awarded), decided_by=OFFICER,
        )  # fmt: skip


def _judge(made: Chains, chain: Chain, call: str, username: str) -> str:
    name = f"示例·评委{JUDGES.index(username) + 1}"
    return made.add("judges", chain.area, call_id=call, name=name, account=username)


def _bids(made: Chains, chain: Chain, call: str, criteria: list[str], judges: list[str]) -> None:
    for bidder in chain.bidders:
        sent = made.make.days_ago((chain.closed or 0) + 3)
        bid = made.add(
            "bids", chain.area, call_id=call, organisation_id=bidder.organisation,
            title=bidder.title, plan=f"{chain.goal}。由专职人员负责，每次活动两人到场",
            price=bidder.price, team="项目负责人 1 名，社工 2 名，志愿者若干",
            submitted_by=MARK, submitted_at=f"{sent.isoformat()}T02:00:00.000000Z",
        )  # fmt: skip
        for judge, username, points in zip(judges, JUDGES, bidder.points, strict=False):
            for criterion, given in zip(criteria, points, strict=False):
                made.add(
                    "scores", chain.area, judge_id=judge, bid_id=bid, criterion_id=criterion,
                    points=given, author_id=account(username),
                )  # fmt: skip
