"""今天: what waits, asked of a village in which it is written out."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Engine

from db import dates
from db.actors import Actor
from db.sessions import Session
from tests.unit import test_guards as chain
from tests.village import (
    ADMIN,
    CLERK,
    EAST,
    NEIGHBOUR,
    OFFICER,
    ORGANISATION,
    SECRETARY,
    WEST,
    add,
    done,
    edit,
)  # fmt: skip
from ui import todo

SQLITE = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


def day(ago: int) -> str:
    return (dates.today() - dt.timedelta(days=ago)).isoformat()


def titles(who: Actor, area: str = EAST) -> list[str]:
    here = Session(who.id, False, "csrf", who)
    return [one.title for one in todo.items(here, area)]


@SQLITE
def test_nothing_waits_but_the_pair_that_nobody_heard_of(api: Engine) -> None:
    assert titles(CLERK) == ["1 对结对超过 30 天没有联系"]


@SQLITE
def test_all_that_waits_in_its_order(api: Engine) -> None:
    visit = {"kind": "走访", "resident_id": "e-an"}
    place = {"facility_id": "f", "room_id": "room"}
    done(
        api,
        ADMIN,
        add("contacts", None, EAST, due_on=day(1), **visit),
        add("contacts", None, EAST, due_on=day(3), done_on=day(2), **visit),
        add("contacts", None, EAST, due_on=day(0), **visit),
        add("contacts", None, EAST, due_on=day(-1), **visit),
        add("contacts", None, WEST, due_on=day(9), kind="走访", resident_id="w-an"),
        add("activities", "patrol", EAST, name="义务巡逻", rhythm="每天", started_on=day(90)),
        add("programmes", "p", EAST, name="合唱班", kind="课外课堂"),
        add("facilities", "f", EAST, name="中心"),
        add("hours", None, EAST, volunteer_id="e-vol", served_on=day(4), hours=2),
        add("hours", None, EAST, volunteer_id="e-vol", served_on=day(5), hours=2, state="已认定"),
    )
    done(api, ADMIN, add("sessions_held", None, EAST, programme_id="p", held_on=day(0)))
    done(api, ADMIN, add("rooms", "room", EAST, facility_id=place["facility_id"], name="一室"))
    done(
        api,
        ADMIN,
        add("beds", "bed-1", EAST, room_id="room", number="1", kind="日间照料"),
        add("beds", "bed-2", EAST, room_id="room", number="2", kind="老年公寓"),
        add("waitings", None, EAST, resident_id="e-an", kind="日间照料", asked_on=day(9)),
        add("waitings", None, EAST, resident_id="e-bo", kind="老年公寓", asked_on=day(9)),
    )
    lying = (("bed-2", "e-bo"), ("e-bed", "e-cu"))
    done(api, ADMIN, *(add("stays", None, EAST, bed_id=bed, resident_id=who) for bed, who in lying))
    assert titles(CLERK) == [
        "1 次走访和服务已经逾期",
        "今天要走访 1 次",
        "1 对结对超过 30 天没有联系",
        "昨天没有义务巡逻",
        "今天有 1 场活动",
        "日间照料有 1 张空床，1 人在等",
        "老年公寓没有空床，1 人在等",
        "1 条志愿服务时长等待认定",
    ]
    assert titles(NEIGHBOUR, WEST) == [
        "1 次走访和服务已经逾期", "1 对结对超过 30 天没有联系",
    ]  # fmt: skip
    assert titles(ORGANISATION) == []


@SQLITE
def test_a_contact_of_the_pair_quiets_it(api: Engine) -> None:
    met = {"kind": "电话", "resident_id": "e-cu", "pairing_id": "e-pair"}
    done(api, ADMIN, add("contacts", None, EAST, done_on=day(0), **met))
    assert titles(CLERK) == []


@SQLITE
def test_each_is_told_what_of_the_chain_waits_for_them(api: Engine) -> None:
    chain.designed(api)
    done(api, SECRETARY, edit("projects", "p", "submitted_on", None, "2026-01-02"))
    assert "1 个项目等着您评审" in titles(OFFICER)
    assert "1 个项目等着您评审" not in titles(CLERK)


@SQLITE
def test_calls_and_milestones_wait_for_whom_they_concern(api: Engine) -> None:
    chain.called(api)
    assert "1 次征集可以申请" in titles(chain.ORG)
    done(api, chain.ORG, chain.bid("b1", "e-org"))
    assert "1 次征集可以申请" not in titles(chain.ORG)
    done(api, OFFICER, add("judges", "j1", EAST, call_id="c", name="甲", account="a-judge"))
    chain.later(api)
    done(api, OFFICER, add("judges", "j2", EAST, call_id="c", name="乙", account="a-second"))
    assert titles(chain.JUDGE) == ["1 次征集等着您打分"]
    assert "1 次征集等着决定" in titles(OFFICER)
    for who, judge in ((chain.JUDGE, "j1"), (chain.SECOND, "j2")):
        done(api, who, *(chain.score(judge, "b1", k) for k in ("k1", "k2")))
    done(api, OFFICER, chain.award())
    assert titles(chain.JUDGE) == []
    due = add("milestones", "m", EAST, name="首月", due_on=day(1), amount=1, project_id="p")
    done(api, SECRETARY, due)
    assert "1 个里程碑超期" in titles(CLERK)
