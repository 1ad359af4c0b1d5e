"""The rules across a row: of each, rows that keep it and rows that break it, with the sentence."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from sqlalchemy import Engine

from db import dates
from db.registers import REGISTERS, rules
from db.scales import GDS_15
from tests.village import CLERK, EAST, add, one

TODAY = dates.today().isoformat()
LATER = "2199-12-31"
OTHER = "其他量表（别处得分）"
Rule = tuple[str, dict[str, Any], str | None]
CASES: tuple[Rule, ...] = (
    ("ends_after_start", {"started_on": "2026-01-02", "ended_on": "2026-01-02"}, None),
    ("ends_after_start", {"started_on": "2026-01-02", "ended_on": None}, None),
    ("ends_after_start", {"started_on": None, "ended_on": "2026-01-02"}, None),
    (
        "ends_after_start",
        {"started_on": "2026-01-02", "ended_on": "2026-01-01"},
        "结束日期 2026-01-01 早于开始日期 2026-01-02，请核对",
    ),
    ("least_before_most", {"least": 35, "most": 35}, None),
    ("least_before_most", {"least": 35, "most": None}, None),
    ("least_before_most", {"least": 35, "most": 34.5}, "“至多”34.5 小于“至少”35，请核对"),
    ("expires_after_issue", {"issued_on": "2026-01-02", "expires_on": "2026-01-02"}, None),
    ("expires_after_issue", {"issued_on": None, "expires_on": "2026-01-02"}, None),
    (
        "expires_after_issue",
        {"issued_on": "2026-01-02", "expires_on": "2026-01-01"},
        "有效期至 2026-01-01 早于发证日期 2026-01-02，请核对",
    ),
    ("person_or_household", {"resident_id": "a", "household_id": None}, None),
    ("person_or_household", {"household_id": "h"}, None),
    ("person_or_household", {}, "必须填一项，且只填一项"),
    ("person_or_household", {"resident_id": "a", "household_id": "h"}, "“居民”和“户”必须填一项"),
    ("one_raiser", {}, None),
    ("one_raiser", {"resident_id": "a"}, None),
    ("one_raiser", {"resident_id": "a", "household_id": "h"}, "“居民”和“户”只填一项"),
    ("settled_is_told", {"raised_on": "2026-01-02"}, None),
    (
        "settled_is_told",
        {"raised_on": "2026-01-02", "settled_on": "2026-01-02", "settlement": "已解决"},
        None,
    ),
    ("settled_is_told", {"raised_on": "2026-01-02", "settled_on": "2026-01-02"}, "要填就都填"),
    ("settled_is_told", {"raised_on": "2026-01-02", "settlement": "已解决"}, "要填就都填"),
    (
        "settled_is_told",
        {"raised_on": "2026-01-02", "settled_on": "2026-01-01", "settlement": "已解决"},
        "反馈日期 2026-01-01 早于提出日期 2026-01-02",
    ),
    ("joins_another", {"id": "a", "joined_id": "b"}, None),
    ("joins_another", {"id": "a", "joined_id": None}, None),
    ("joins_another", {"id": "a", "joined_id": "a"}, "一件需求不能并入它自己"),
    ("closed_after_start", {"started_on": "2026-01-02", "closed_on": "2026-01-02"}, None),
    ("closed_after_start", {"started_on": None, "closed_on": "2026-01-02"}, None),
    (
        "closed_after_start",
        {"started_on": "2026-01-02", "closed_on": "2026-01-01"},
        "结项日期 2026-01-01 早于计划开始日期 2026-01-02",
    ),
    ("returned_has_reason", {"decision": "批准", "opinion": None}, None),
    ("returned_has_reason", {"decision": "退回", "opinion": "预算偏高"}, None),
    ("returned_has_reason", {"decision": "退回", "opinion": None}, "退回的要在“评审意见”写明理由"),
    ("closes_after_opening", {"opens_on": "2026-01-02", "closes_on": "2026-01-02"}, None),
    (
        "closes_after_opening",
        {"opens_on": "2026-01-02", "closes_on": "2026-01-01"},
        "截止日期 2026-01-01 早于开始日期 2026-01-02",
    ),
    ("conflict_is_told", {"conflict": None, "conflict_reason": None}, None),
    ("conflict_is_told", {"conflict": True, "conflict_reason": "亲属在申请方任职"}, None),
    ("conflict_is_told", {"conflict": True, "conflict_reason": None}, "要写明“回避原因”"),
    ("volunteer_or_team", {"volunteer_id": "v", "team_id": ""}, None),
    ("volunteer_or_team", {"team_id": "t"}, None),
    ("volunteer_or_team", {}, "“志愿者”和“服务队”必须填一项"),
    ("volunteer_or_team", {"volunteer_id": "v", "team_id": "t"}, "且只填一项"),
    ("due_or_done", {"due_on": LATER}, None),
    ("due_or_done", {"done_on": "2026-01-02"}, None),
    ("due_or_done", {"due_on": None, "done_on": None}, "“应办日期”和“完成日期”至少填一项"),
    ("held_is_past", {"state": "已举办", "held_on": TODAY}, None),
    ("held_is_past", {"state": "计划", "held_on": LATER}, None),
    ("held_is_past", {"state": "未开展", "held_on": LATER}, None),
    ("held_is_past", {"state": "已举办", "held_on": LATER}, "还没有到，不能登记为“已举办”"),
    ("held_is_past", {"state": "已开展", "held_on": LATER}, f"日期 {LATER} 还没有到"),
    ("times_in_order", {"starts_at": "08:30", "ends_at": "10:00"}, None),
    ("times_in_order", {"starts_at": None, "ends_at": "10:00"}, None),
    ("times_in_order", {"starts_at": "08:30", "ends_at": None}, None),
    ("times_in_order", {"starts_at": "10:00", "ends_at": "10:00"}, "不晚于开始时间 10:00"),
    ("times_in_order", {"starts_at": "10:00", "ends_at": "09:59"}, "结束时间 09:59 不晚于"),
    ("approved_has_hours", {"state": "已认定", "hours": 1.5}, None),
    ("approved_has_hours", {"state": "待认定", "hours": None}, None),
    ("approved_has_hours", {"state": "已认定", "hours": None}, "认定之前要填“时长”"),
    ("approved_has_hours", {"state": "已认定", "hours": 0}, "认定之前要填“时长”"),
    ("settled_after_asked", {"asked_on": "2026-01-02", "settled_on": "2026-01-02"}, None),
    ("settled_after_asked", {"asked_on": "2026-01-02", "settled_on": None}, None),
    (
        "settled_after_asked",
        {"asked_on": "2026-01-02", "settled_on": "2026-01-01"},
        "了结日期 2026-01-01 早于申请日期 2026-01-02，请核对",
    ),
    ("closed_has_day", {"outcome": "调解中", "closed_on": None}, None),
    (
        "closed_has_day",
        {"outcome": "转交", "received_on": "2026-01-02", "closed_on": "2026-01-02"},
        None,
    ),
    ("closed_has_day", {"outcome": "调解中", "closed_on": "2026-01-02"}, "调解中的不填"),
    ("closed_has_day", {"outcome": "调解成功", "closed_on": None}, "结案的案件要填“结案日期”"),
    (
        "closed_has_day",
        {"outcome": "调解不成", "received_on": "2026-01-02", "closed_on": "2026-01-01"},
        "结案日期 2026-01-01 早于受理日期 2026-01-02，请核对",
    ),
    ("amount_in_cents", {"amount": 100.25}, None),
    ("amount_in_cents", {"amount": 0.1}, None),
    ("amount_in_cents", {"amount": 1.005}, "金额 1.005 元多于两位小数，请精确到分"),
    ("grade_has_certificate", {"grade": "社工师", "certificate": "1"}, None),
    ("grade_has_certificate", {"grade": "无证", "certificate": None}, None),
    (
        "grade_has_certificate",
        {"grade": "社工师", "certificate": None},
        "职业水平是“社工师”的要填“证书编号”；还没有证书的选“无证”",
    ),
    (
        "grade_has_certificate",
        {"grade": "无证", "certificate": "1"},
        "填了“证书编号”，“职业水平”就不能是“无证”",
    ),
    ("refusal_has_reason", {"decision": "同意进入"}, None),
    ("refusal_has_reason", {"decision": "不同意", "rule": "其他规定（写在审批意见里）"}, None),
    (
        "refusal_has_reason",
        {"decision": "不同意", "rule": None},
        "不同意的要选“引用规定”，例如“民发〔2015〕136号：权随责走、费随事转”",
    ),
    ("gds_15_adds_up", {"instrument": GDS_15, "answers": "是" * 15, "score": 10}, None),
    ("gds_15_adds_up", {"instrument": GDS_15, "answers": None, "score": 3}, None),
    ("gds_15_adds_up", {"instrument": OTHER, "answers": "是", "score": 40}, None),
    (
        "gds_15_adds_up",
        {"instrument": GDS_15, "answers": "是" * 15, "score": 9},
        "按各题回答应得 10 分，“得分”读到 9",
    ),
    (
        "gds_15_adds_up",
        {"instrument": GDS_15, "answers": "是" * 15, "score": None},
        "按各题回答应得 10 分，“得分”读到 空",
    ),
    ("gds_15_adds_up", {"instrument": GDS_15, "answers": "是" * 14, "score": 9}, "依次 15 个"),
)
ZERO = "是否否否是否是否否否是否是否否"  # the answers that score nothing


@pytest.mark.parametrize(("rule", "row", "sentence"), CASES, ids=str)
def test_a_rule(rule: str, row: dict[str, Any], sentence: str | None) -> None:
    said = getattr(rules, rule)(row)
    assert said is None if sentence is None else sentence in said


def test_a_score_of_nothing_is_a_score() -> None:
    row = {"instrument": GDS_15, "answers": ZERO, "score": 0}
    assert rules.gds_15_adds_up(row) is None
    assert rules.gds_15_adds_up({**row, "score": 1}) == "按各题回答应得 0 分，“得分”读到 1"


def test_every_rule_is_tried_and_used() -> None:
    own = {name for name, one in inspect.getmembers(rules, inspect.isfunction)}
    kept = {name for name, _, sentence in CASES if sentence is None}
    broken = {name for name, _, sentence in CASES if sentence}
    used = {check.__name__ for register in REGISTERS for check in register.about.checks}
    assert kept == broken == own
    assert own <= used


BROKEN = (
    ("programmes", {"name": "新项目", "kind": "其他",
                    "started_on": "2026-01-02", "ended_on": "2026-01-01"}, "早于开始日期"),
    ("contacts", {"kind": "走访", "resident_id": "e-an"}, "至少填一项"),
    ("contacts", {"kind": "走访", "due_on": "2026-01-02"}, "“居民”和“户”"),
    ("recognitions", {"title": "优秀"}, "“志愿者”和“服务队”"),
    ("sessions_held", {"programme_id": "e-programme", "held_on": LATER, "state": "已举办"},
     "还没有到"),
    ("hours", {"volunteer_id": "e-vol", "state": "已认定"}, "要填“时长”"),
    ("waitings", {"resident_id": "e-an", "kind": "日间照料", "asked_on": "2026-01-02",
                  "settled_on": "2026-01-01"}, "早于申请日期"),
    ("cases", {"number": "1", "kind": "邻里", "outcome": "调解成功"}, "要填“结案日期”"),
    ("funds", {"source": "项目资金", "purpose": "书", "amount": 1.001}, "两位小数"),
    ("payments", {"fund_id": "e-fund", "amount": 500}, "超过预算"),
    ("spendings", {"fund_id": "e-fund", "amount": 601, "item": "书", "voucher": "1"}, "超过已拨付"),
    ("social_workers", {"name": "丁", "grade": "社工师"}, "证书编号"),
    ("screenings", {"resident_id": "e-an", "answers": ZERO, "score": 1}, "应得 0 分"),
)  # fmt: skip


@pytest.mark.parametrize(("register", "cells", "sentence"), BROKEN, ids=str)
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_the_write_door_keeps_them(
    village: Engine, register: str, cells: dict[str, Any], sentence: str
) -> None:
    told = one(village, CLERK, add(register, "broken", EAST, **cells))
    assert told.status == "refused"
    assert sentence in told.reason
