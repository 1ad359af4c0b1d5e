"""Who suits whom, attendance by day, months of duty, rooms: on rows written out by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

from logic import attendance, pairing, rooms, shifts


def helper(name: str, skills: str | None = None, sex: str = "女") -> dict[str, Any]:
    return {"id": name, "name": name, "skills": skills, "sex": sex}


def test_fitting_skills_come_first_then_who_has_fewest_pairs() -> None:
    some = [
        helper("无特长"),
        helper("满额", "课业辅导"),
        helper("有一个", "课业辅导、文艺"),
        helper("理发", "理发"),
        helper("会一样", "心理辅导", "男"),
    ]
    pairs = {"满额": 3, "有一个": 1}
    table = pairing.suiting(some, pairs, "left_behind_children", 3, sex="男")
    assert table["志愿者"].tolist() == ["有一个", "会一样", "无特长", "理发"]
    assert table["为什么合适"]["有一个"] == "会课业辅导、文艺；已结对 1 个；本社区在册"
    assert table["为什么合适"]["会一样"] == "会心理辅导；还没有结对；同性别；本社区在册"
    assert pairing.suiting(some, {}, "elderly", 3)["志愿者"].tolist()[0] in ("会一样", "理发")
    assert len(pairing.suiting([], {}, "x", 3)) == 0


def test_pairs_tell_their_last_contact_and_what_was_given() -> None:
    pair = {"id": "p", "resident_id": None, "household_id": "h", "volunteer_id": "v",
            "help": "生活", "started_on": "2026-01-01", "ended_on": "2026-05-01",
            "end_reason": "志愿者搬离"}  # fmt: skip
    labels = {"h": "E1 东街", "v": "尹志"}
    (row,) = pairing.running([pair], labels, {}, {"p": 120.0}).to_numpy().tolist()
    assert row == ["E1 东街", "尹志", "生活", "2026-01-01", "还没有", 120.0]
    (over,) = pairing.ended([pair], labels, {}).to_numpy().tolist()
    assert over == ["E1 东街", "尹志", "2026-01-01", "2026-05-01", "志愿者搬离", 0.0]


def session(name: str, day: str, course: str | None = None) -> dict[str, Any]:
    return {"id": name, "held_on": day, "course_id": course}


def mark(of: str, who: str, presence: str = "到") -> dict[str, str]:
    return {"session_id": of, "resident_id": who, "presence": presence}


def test_attendance_by_day_tells_who_never_comes() -> None:
    held = [session("a", "2026-05-01"), session("b", "2026-05-08"), session("c", "2026-05-08")]
    marks = [
        mark("a", "often"), mark("b", "often", "请假"), mark("c", "often"),
        mark("a", "never", "缺席"), mark("b", "never", "请假"),
        mark("x", "often"), mark("a", "stranger"),
    ]  # fmt: skip
    table = attendance.by_day({"often": "甲", "never": "乙", "new": "丙"}, held, marks)
    assert list(table.columns) == ["姓名", "到", "应到", "05-01", "05-08"]
    assert table.to_numpy().tolist() == [
        ["乙", 0, 2, "—", "假"],
        ["丙", 0, 0, "", ""],
        ["甲", 2, 3, "✓", "✓"],
    ]
    assert attendance.never(table) == ["never"]


def test_sessions_with_all_three_roles_are_told() -> None:
    held = [session("a", "2026-05-01", "art"), session("b", "2026-05-08")]
    staff = [
        {"session_id": "b", "role": role, "name": name}
        for role, name in (("社工", "王"), ("志愿者", "李"), ("心理辅导老师", "张"), ("社工", "赵"))
    ]
    staff.append({"session_id": "a", "role": "授课老师", "name": "钱"})
    table = attendance.staffed(held, staff, {"art": "美术"})
    assert table["三者都到"].to_dict() == {"b": "是", "a": ""}
    assert table["社工"]["b"] == "王、赵"
    assert (table["课程"]["a"], table["其他"]["a"]) == ("美术", "钱")


def duty(rhythm: str, began: str = "2026-01-31", ended: str | None = None) -> dict[str, Any]:
    return {"rhythm": rhythm, "started_on": began, "ended_on": ended}


def test_a_duty_is_due_by_its_rhythm() -> None:
    first, last = shifts.month(dt.date(2026, 2, 10))
    assert (first, last) == (dt.date(2026, 2, 1), dt.date(2026, 2, 28))
    assert len(shifts.due(duty("每天"), first, last)) == 28
    assert len(shifts.due(duty("每天", ended="2026-02-11"), first, last)) == 10
    assert [day.day for day in shifts.due(duty("每周"), first, last)] == [7, 14, 21, 28]
    assert [day.day for day in shifts.due(duty("每月"), first, last)] == [28]
    there = [{"held_on": "2026-02-15"}]
    assert shifts.unplanned(duty("每月"), there, first, last) == []
    assert len(shifts.unplanned(duty("每天"), there, first, last)) == 27


def test_a_month_is_told_in_a_sentence() -> None:
    rows: list[dict[str, Any]] = [
        {"id": "1", "held_on": "2026-05-01", "state": "已开展", "remark": "好"},
        {"id": "2", "held_on": "2026-05-02", "state": "未开展", "remark": "雨"},
        {"id": "3", "held_on": "2026-05-04", "state": "已排班", "remark": None},
        {"id": "4", "held_on": "2026-05-05", "state": "已排班", "remark": None},
    ]
    table = shifts.table(rows, {"1": ["甲", "乙"]}, ["2026-05-03", "2026-05-06"], "2026-05-05")
    assert table["状态"].tolist() == ["已排班", "没有登记", "没有登记", "未开展", "已开展"]
    assert table["值班"]["2026-05-01"] == "甲、乙"
    assert shifts.summed(table) == "开展 1 次，未开展 1 次，没有登记 2 次，还有 1 次"
    assert shifts.summed(shifts.table([], {}, [], "2026-05-05")) == "还没有排班"


def test_hours_between_two_times() -> None:
    assert shifts.length("08:30", "10:00") == 1.5
    assert shifts.length("08:30", "08:31") == 0
    assert shifts.length("18:30", "18:20") < 0


def test_rooms_that_are_taken_clash() -> None:
    held: dict[str, Any] = {
        **session("s", "2026-05-01"),
        "room_id": "r", "starts_at": "09:00", "ends_at": "10:00", "state": "计划",
        "programme_id": "p",
    }  # fmt: skip
    off = {**held, "id": "off", "state": "未举办"}
    booked = {"id": "b", "room_id": "r", "used_on": "2026-05-01", "starts_at": "08:00",
              "ends_at": "09:00", "purpose": "开会", "booked_by": None}  # fmt: skip
    table = rooms.taken([held, off], [booked], {"r": "教室", "p": "合唱"})
    assert table.to_numpy().tolist() == [
        ["2026-05-01", "08:00—09:00", "教室", "开会", ""],
        ["2026-05-01", "09:00—10:00", "教室", "合唱", "服务项目"],
    ]
    assert rooms.clash([booked, held], "09:30", "11:00") is held
    assert rooms.clash([booked, held], "10:00", "11:00") is None
    assert rooms.clash([{**held, "ends_at": None}], "09:30", "11:00") is None
