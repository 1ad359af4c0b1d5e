"""How the projects of the sample are carried out: milestones, people served, sessions, words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from db.registers.programmes import ABSENT, CAME, HELD
from db.sample.chained import MARK, Chain
from db.sample.money import INVENTED

if TYPE_CHECKING:
    from db.sample.chains import Chains, Rows

REGISTERS = (
    "programmes", "enrolments", "sessions_held", "attendances", "contacts", "funds", "payments",
    "spendings",
)  # fmt: skip
KINDS = {"guihuashu": "留守儿童关爱", "taohuaping": "文化活动"}
WEEK = 7
WORDS = {5: "很好，孩子愿意来", 4: "不错，希望时间再长些", 3: "还可以，地方有点远"}


def add(made: Chains, chain: Chain, project: str, done: Rows) -> None:
    """What became of an award."""
    area = chain.area
    _paid(made, chain, project)
    for kind, ago, points, opinion in chain.evaluations:
        made.add(
            "evaluations", area, project_id=project, kind=kind, done_on=made.day(ago),
            score=points, opinion=opinion, evaluator="示例·第三方评估组",
        )  # fmt: skip
    people = _programme(made, chain, project, done) if chain.programme else []
    for place, points in enumerate(chain.satisfied):
        made.add(
            "satisfactions", area, project_id=project, said_on=made.day((chain.ended or 0) + place),
            resident_id=people[place] if place < len(people) else None, score=points,
            words=WORDS[points], worker=MARK,
        )  # fmt: skip


def _paid(made: Chains, chain: Chain, project: str) -> None:
    """Milestones; of those that are reached the money is paid, and most of it spent."""
    price = float(chain.bidders[0].price)
    fund = made.add(
        "funds", chain.area, source="政府购买服务", purpose=chain.project, project_id=project,
        granted_on=made.day(chain.awarded), amount=price, giver="蒲纺工业园", remark=INVENTED,
    )  # fmt: skip
    for number, (name, due, ago, amount) in enumerate(chain.milestones, start=1):
        milestone = made.add(
            "milestones", chain.area, project_id=project, name=name, due_on=made.day(due),
            done_on=made.day(ago), amount=amount,
        )  # fmt: skip
        if ago is None:
            continue
        made.add(
            "payments", chain.area, fund_id=fund, milestone_id=milestone, paid_on=made.day(ago),
            amount=float(amount), voucher=f"示例项拨-{number:02d}",
            remark=INVENTED,
        )  # fmt: skip
        made.add(
            "spendings", chain.area, fund_id=fund, spent_on=made.day(ago), item="社工和材料",
            amount=round(amount * 0.8, -2), voucher=f"示例项支-{number:02d}", remark=INVENTED,
        )  # fmt: skip


def _programme(made: Chains, chain: Chain, project: str, done: Rows) -> list[str]:
    """The programme by which it is carried out; whom it serves."""
    assert chain.awarded is not None
    started = made.make.days_ago(chain.awarded - 10)
    last = made.make.days_ago(chain.ended or 1)
    programme = made.add(
        "programmes", chain.area, name=chain.programme, kind=KINDS[chain.area],
        group_id=chain.asked.group, project_id=project, started_on=started.isoformat(),
        ended_on=last.isoformat() if chain.ended else None, remark=MARK,
    )  # fmt: skip
    people = _people(chain, done, started)
    for one in people:
        made.add(
            "enrolments", chain.area, programme_id=programme, resident_id=one,
            started_on=started.isoformat(), ended_on=last.isoformat() if chain.ended else None,
        )  # fmt: skip
    _sessions(made, chain, programme, people, (started, last))
    for place, one in enumerate(people[:3]):
        done_on = (started + dt.timedelta(days=20 + place)).isoformat()
        made.add(
            "contacts", chain.area, kind="走访", resident_id=one, programme_id=programme,
            done_on=done_on, worker=f"社工（{MARK}）", result="了解近况，约好下次活动",
        )  # fmt: skip
    return people


def _people(chain: Chain, done: Rows, started: dt.date) -> list[str]:
    """Those who took part in another programme by then and still do."""
    day = started.isoformat()
    able = {
        row["resident_id"]: None
        for row in done["enrolments"]
        if row["programme_id"] == chain.of and row["started_on"] <= day and "ended_on" not in row
    }
    return [*able][: chain.expected]


def _sessions(
    made: Chains, chain: Chain, programme: str, people: list[str], between: tuple[Any, Any]
) -> None:
    """One a week until yesterday or the end; the last of them all never comes."""
    day, last = between
    while day < last:
        session = made.add(
            "sessions_held", chain.area, programme_id=programme, held_on=day.isoformat(),
            state=HELD, starts_at="16:00", ends_at="17:00",
        )  # fmt: skip
        for one in people:
            came = one != people[-1] and made.make.chance.happens(0.85)
            made.add(
                "attendances", chain.area, session_id=session, resident_id=one,
                presence=CAME if came else ABSENT,
            )  # fmt: skip
        day += dt.timedelta(days=WEEK)
