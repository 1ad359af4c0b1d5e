"""Money of a project: paid by its milestones, once they are reached, never above their sum."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from db.changes import Change
from tests.unit import test_guards as guarded
from tests.unit.test_guards import FAR, PROJECT, Refused
from tests.village import EAST, OFFICER, SECRETARY, add, done, drop, edit

refused = guarded.refused
FUND = {"source": "项目资金", "purpose": "一小时", "amount": 1000, **PROJECT}


def pay(row_id: str, amount: float, milestone: str | None = "m1", fund: str = "f") -> Change:
    return add("payments", row_id, EAST, fund_id=fund, amount=amount, milestone_id=milestone)


@pytest.fixture
def granted(village: Engine) -> Engine:
    """An awarded project with money and two milestones, of which the first is reached."""
    guarded.awarded(village)
    done(
        village, SECRETARY,
        add("funds", "f", EAST, **FUND),
        add("milestones", "m1", EAST, name="首月", due_on="2026-03-01", done_on="2026-03-01",
            amount=400, **PROJECT),
        add("milestones", "m2", EAST, name="中期", due_on=FAR, amount=600, **PROJECT),
    )  # fmt: skip
    return village


def test_only_what_is_reached_is_paid(granted: Engine, refused: Refused) -> None:
    refused(SECRETARY, pay("p1", 100, "m2"), "这个里程碑还没有达到，不能拨付")
    refused(SECRETARY, pay("p1", 100, None), "请选已经达到的里程碑")
    done(granted, SECRETARY, pay("p1", 250))
    refused(SECRETARY, pay("p2", 150.01), "拨付合计超过这个里程碑的应付金额")
    done(granted, SECRETARY, pay("p2", 150))
    refused(SECRETARY, edit("payments", "p2", "amount", 150, 160), "超过这个里程碑的应付金额")
    refused(SECRETARY, edit("payments", "p2", "milestone_id", "m1", "m2"), "还没有达到")
    done(granted, SECRETARY, edit("milestones", "m2", "done_on", None, "2026-06-01"))
    done(granted, SECRETARY, pay("p3", 600, "m2"))


def test_what_is_paid_stays_reached(granted: Engine, refused: Refused) -> None:
    done(granted, SECRETARY, pay("p1", 250))
    sentence = "这个里程碑已经拨付，不能撤回、删除或低于已付的金额"
    refused(SECRETARY, edit("milestones", "m1", "done_on", "2026-03-01", None), sentence)
    refused(SECRETARY, edit("milestones", "m1", "amount", 400, 249), sentence)
    done(granted, SECRETARY, edit("milestones", "m1", "amount", 400, 250))
    done(granted, SECRETARY, drop("payments", "p1"))
    done(granted, OFFICER, edit("milestones", "m1", "done_on", "2026-03-01", None))


def test_a_milestone_of_another_project_pays_nothing(granted: Engine, refused: Refused) -> None:
    refused(SECRETARY, pay("p1", 100, "m1", "e-fund"), "里程碑不属于这笔资金的项目")
    done(granted, SECRETARY, pay("p1", 100, None, "e-fund"))  # no project, no milestones


def test_a_milestone_still_needs_an_award(village: Engine, refused: Refused) -> None:
    guarded.approved(village)
    early = add("milestones", "m", EAST, name="首月", due_on=FAR, **PROJECT)
    refused(SECRETARY, early, "还没有承接决定，不能开始执行")
