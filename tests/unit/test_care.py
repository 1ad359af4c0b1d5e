"""What is due, in words and tables, on days written out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from logic import beds, care

TODAY = dt.date(2026, 5, 10)


def contact(**cells: Any) -> dict[str, Any]:
    blank = dict.fromkeys(
        ("resident_id", "household_id", "due_on", "done_on", "worker", "volunteer_id", "result")
    )
    return {**blank, "id": "c", "kind": "走访", **cells}


def test_late_is_said_in_days() -> None:
    assert care.late("2026-05-01", TODAY) == "逾期 9 天"
    assert care.late("2026-05-10", TODAY) == "今天"
    assert care.late("2026-05-12", TODAY) == "还有 2 天"


def test_visits_name_whom_and_who_goes() -> None:
    rows = [
        contact(id="a", resident_id="r", due_on="2026-05-09", worker="王"),
        contact(id="b", household_id="h", due_on="2026-05-10", volunteer_id="v"),
        contact(id="c", resident_id="gone", due_on="2026-05-11"),
    ]
    table = care.visits(rows, {"r": "安一", "h": "E1 东街", "v": "尹志"}, TODAY)
    assert list(table.index) == ["a", "b", "c"]
    assert list(table["对象"]) == ["安一", "E1 东街", "（看不到）"]
    assert list(table["时限"]) == ["逾期 1 天", "今天", "还有 1 天"]
    assert list(table["办理人"]) == ["王", "尹志", ""]
    assert len(care.visits([], {}, TODAY)) == 0


def test_names_end_with_how_many() -> None:
    assert care.names(["甲", "乙"], 2) == "甲、乙"
    assert care.names(["甲", "乙", "丙", "丁"], 12) == "甲、乙、丙等 12 人"


def test_a_daily_duty_is_missed_unless_it_is_said_to_be_held() -> None:
    def duty(name: str, **cells: Any) -> dict[str, Any]:
        own = {"rhythm": "每天", "started_on": "2026-01-01", "ended_on": None}
        return {"id": name, "name": name, **own, **cells}

    duties = [
        duty("held"),
        duty("missed"),
        duty("silent"),
        duty("monthly", rhythm="每月"),
        duty("ended", ended_on="2026-05-09"),
        duty("later", started_on="2026-05-10"),
    ]
    shifts = [
        {"activity_id": "held", "held_on": "2026-05-09", "state": "已开展"},
        {"activity_id": "missed", "held_on": "2026-05-09", "state": "未开展"},
        {"activity_id": "silent", "held_on": "2026-05-08", "state": "已开展"},
    ]
    assert [row["id"] for row in care.missed(duties, shifts, "2026-05-09")] == ["missed", "silent"]


def bed(name: str, **cells: Any) -> dict[str, Any]:
    return {"id": name, "kind": "日间照料", "in_use": None, **cells}


def stay(of: str, state: str = "在住", ended_on: str | None = None) -> dict[str, Any]:
    return {"bed_id": of, "state": state, "ended_on": ended_on, "resident_id": "r"}


def test_a_bed_is_what_its_running_stay_makes_it() -> None:
    stays = [
        stay("taken"),
        stay("booked", "已预订"),
        stay("left", ended_on="2026-05-10"),  # on the last day the bed is free again
        stay("leaving", ended_on="2026-05-11"),
        stay("both"),
        stay("both", "已预订"),
    ]
    names = ("taken", "booked", "left", "leaving", "both", "shut", "free")
    rows = [bed(name, in_use=False if name == "shut" else None) for name in names]
    found = {one.bed["id"]: one.state for one in beds.board(rows, stays, "2026-05-10")}
    assert found == {
        "taken": "在住", "booked": "已预订", "left": "空床", "leaving": "在住", "both": "在住",
        "shut": "停用", "free": "空床",
    }  # fmt: skip
    counted = beds.counted(beds.board(rows, stays, "2026-05-10"), "日间照料")
    assert counted == {"空床": 2, "在住": 3, "已预订": 1, "停用": 1}
    assert sum(beds.counted(beds.board(rows, [], "2026-05-10"), "老年公寓").values()) == 0


def test_bed_2_comes_before_bed_10() -> None:
    assert sorted(["日照-10", "日照-2", "101-2", "101-10"], key=beds.order) == [
        "101-2", "101-10", "日照-2", "日照-10",
    ]  # fmt: skip


def test_the_queue_is_in_order_the_urgent_first() -> None:
    def asked(name: str, on: str, urgent: bool | None = None, settled: str | None = None) -> Any:
        return {"id": name, "asked_on": on, "urgent": urgent, "settled_on": settled}

    rows = [
        asked("second", "2026-02-01"),
        asked("urgent", "2026-03-01", True),
        asked("first", "2026-01-01", False),
        asked("settled", "2025-01-01", True, "2026-01-05"),
    ]
    assert [row["id"] for row in beds.queue(rows)] == ["urgent", "first", "second"]
