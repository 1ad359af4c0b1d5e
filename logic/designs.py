"""Where a project stands between its design and its end, in a word and in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from db.registers.calls import DRAFT, OPEN
from db.registers.projects import APPROVED, RETURNED

Row = Mapping[str, Any]
DRAWN, SUBMITTED, SENT_BACK, PASSED = STATES = ("设计中", "待评审", "已退回", "已批准")
CALLING, JUDGING, CARRIED, ENDED = LATER = ("征集中", "评选中", "执行中", "已结项")
NEXT = {
    DRAWN: "写好目标、活动和预算后送街道评审",
    SUBMITTED: "等街道或市里评审",
    SENT_BACK: "按意见修改后重新送审",
    PASSED: "可以发起征集，请社会组织来承接",
    CALLING: "社会组织正在提交申请书，截止前谁也看不到",
    JUDGING: "评委打完分，就可以作出承接决定",
    CARRIED: "按里程碑推进，达到一个拨付一个",
    ENDED: "项目已经结束，结项报告在“报告”里",
}


def last(reviews: Iterable[Row]) -> Row | None:
    """The review that holds: of several the latest."""
    return max(reviews, key=lambda one: (one["reviewed_on"], one["id"]), default=None)


def state(project: Row, reviews: Sequence[Row]) -> str:
    """One of STATES: what design and review have come to."""
    decided = last(reviews)
    if decided is not None and decided["decision"] == APPROVED:
        return PASSED
    if decided is None:
        return SUBMITTED if project["submitted_on"] else DRAWN
    returned = sum(one["decision"] == RETURNED for one in reviews)
    # Of what is sent in again on the day of its return the day alone says nothing.
    again = (project["reworked"] or 0) >= returned
    later = (project["submitted_on"] or "") > decided["reviewed_on"]
    return SUBMITTED if project["submitted_on"] and (again or later) else SENT_BACK


def phase(project: Row, reviews: Sequence[Row], calls: Sequence[Row], won: object, now: str) -> str:
    """One of STATES or LATER: how far the project has come; `now` is a minute."""
    if project["closed_on"]:
        return ENDED
    if won:
        return CARRIED
    open_ = [one for one in calls if one["state"] == OPEN]
    if open_:
        return CALLING if any(not over(one, now) for one in open_) else JUDGING
    return state(project, reviews)


def over(call: Row, now: str) -> bool:
    """Whether a call is past its last minute."""
    return f"{call['closes_on']} {call['closes_at']}" <= now


def drafted(calls: Iterable[Row]) -> list[Row]:
    """The calls that are not published yet."""
    return [one for one in calls if one["state"] == DRAFT]


def lacks(project: Row, needs: Sequence[Row], lines: Sequence[Row]) -> list[str]:
    """What a design should say before it is sent to be reviewed."""
    asked = (
        ("目标", project["goal"]), ("服务对象类别", project["group_id"]),
        ("计划服务人数", project["expected"]), ("活动安排", project["activities"]),
        ("计划开始日期", project["started_on"]), ("预期改善的指标", project["aims"]),
        ("对应的需求", needs), ("预算", lines),
    )  # fmt: skip
    return [name for name, said in asked if not said]


def total(lines: Iterable[Row]) -> float:
    """Yuan of all budget lines."""
    return round(sum(one["amount"] for one in lines), 2)
