"""The chains of the sample: in every state, in every community, each as the rules allow."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import Engine, text

from db import accounts, doors
from db.engine import writing
from db.stages import STAGES
from tests.sampled import COMMUNITIES, DAY, Rows, made


@pytest.fixture(scope="module")
def rows() -> Rows:
    return made()[0]


def test_a_dozen_chains_in_three_communities(rows: Rows) -> None:
    assert len(rows["projects"]) >= 11
    assert Counter(row["area_id"] for row in rows["projects"]).keys() == set(COMMUNITIES)
    assert Counter(row["area_id"] for row in rows["needs"]).total() >= 18
    assert all("示例" in row["raised_by"] for row in rows["needs"])


def test_nothing_has_happened_on_a_day_to_come(rows: Rows) -> None:
    today = DAY.isoformat()
    for register, name in (
        ("needs", "raised_on"), ("projects", "designed_on"), ("reviews", "reviewed_on"),
        ("awards", "awarded_on"), ("milestones", "done_on"), ("evaluations", "done_on"),
        ("satisfactions", "said_on"),
    ):  # fmt: skip
        assert max(row[name] for row in rows[register] if name in row) <= today, register


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_every_state_is_there_and_no_guard_would_object(sample: Engine) -> None:
    admin = accounts.actor(sample, "admin")
    told = doors.stories(sample, admin)
    assert {one.reached for one in told} >= {"提出", "设计", "批准", "征集", "承接", "执行", "反馈"}
    whole = [one for one in told if len(one.days) == len(STAGES)]
    assert {one.area_id for one in whole} == {"guihuashu"}
    for one in told:
        days = [one.days[stage] for stage in STAGES if stage in one.days]
        assert days == sorted(days) or one.need != one.project, one
    # Every row written anew by its own value passes the database's rules, closings apart.
    with writing(sample) as conn:
        for table in ("projects", "reviews", "milestones", "evaluations", "programmes", "awards"):
            if table != "reviews":
                conn.execute(text(f"UPDATE {table} SET area_id = area_id"))


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_an_organisation_sees_its_own_bids_and_people_alone(sample: Engine) -> None:
    admin, org = (accounts.actor(sample, name) for name in ("admin", "org1"))
    read = {
        who: doors.read(sample, who, doors.Question("bids", limit=None)) for who in (admin, org)
    }
    assert {row["organisation_id"] for row in read[org].rows} == {"shili_nuanyang"}
    sealed = {row["id"] for row in read[org].rows} - {row["id"] for row in read[admin].rows}
    assert len(sealed) == 2  # of the two calls that are open still
    served = doors.read(sample, org, doors.Question("residents", limit=None)).rows
    enrolled = doors.read(sample, org, doors.Question("enrolments", limit=None)).rows
    assert {row["id"] for row in served} == {row["resident_id"] for row in enrolled}
    assert 5 <= len(served) <= 20
    worker = accounts.actor(sample, "org1-shegong")
    same = doors.read(sample, worker, doors.Question("residents", limit=None)).rows
    assert {row["id"] for row in same} == {row["id"] for row in served}
