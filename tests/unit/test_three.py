"""The three 社: who is there on a day, what lacks, what runs out — by hand."""

from __future__ import annotations

from typing import Any

from charts import network
from logic import three

DAY = "2026-10-31"
AREAS = [{"id": "a", "name": "甲社区"}, {"id": "b", "name": "乙社区"}]
ORGANISATIONS = [
    {"id": "one", "name": "甲会", "status": "活动"},
    {"id": "gone", "name": "旧会", "status": "注销"},
]
SERVING: list[three.Row] = [
    {"organisation_id": "one", "area_id": "a", "started_on": "2026-01-01", "ended_on": None},
    {"organisation_id": "gone", "area_id": "b", "started_on": "2026-01-01", "ended_on": None},
    {"organisation_id": "one", "area_id": "b", "started_on": "2026-01-01", "ended_on": DAY},
]


def worker(row_id: str, area: str, **cells: Any) -> dict[str, Any]:
    blank: dict[str, Any] = {
        "status": "在册", "grade": "社工师", "certificate": "C", "started_on": "2026-01-01",
        "ended_on": None, "expires_on": None, "name": row_id,
    }  # fmt: skip
    return blank | {"id": row_id, "area_id": area} | cells


WORKERS: list[three.Row] = [
    worker("1", "a", expires_on="2027-01-29"),
    worker("2", "b", grade="无证", certificate=None),
    worker("3", "b", certificate="C"),
    worker("4", "b", ended_on="2026-10-01"),
    worker("5", "b", started_on="2026-11-01"),
    worker("6", "b", status="退出"),
]
PROJECTS = [{"id": "p", "area_id": "a"}, {"id": "q", "area_id": "b"}]
CALLS = [{"id": "c", "project_id": "p"}, {"id": "d", "project_id": "q"}]


def found(projects: dict[str, list[three.Row]] | None) -> list[three.Standing]:
    return three.standings(AREAS, ORGANISATIONS, SERVING, WORKERS, projects, DAY)


def test_who_is_there_on_a_day() -> None:
    delivered = three.delivered(PROJECTS, CALLS, [{"call_id": "c"}])
    assert delivered == {"a": [PROJECTS[0]]}
    first, second = found(delivered)
    assert (len(first.organisations), len(first.workers), first.covered) == (1, 1, True)
    assert [row["id"] for row in second.workers] == ["2", "3"]
    assert second.lacks == (three.ORGANISATION, three.PROJECT)
    assert [three.share([first, second], one) for one in three.THREE] == [(1, 2), (2, 2), (1, 2)]
    assert three.people([*first.workers, *second.workers]) == 2  # 1 and 3 have one certificate


def test_what_one_may_not_know_of_is_not_said_to_lack() -> None:
    first, _ = found(None)
    assert first.lacks == ()
    assert not first.covered
    assert three.share(found(None), three.PROJECT) == (0, 0)


def test_what_runs_out_within_ninety_days() -> None:
    assert three.soon(DAY) == "2027-01-29"
    papers: list[three.Row] = [
        {"organisation_id": "one", "name": "3A", "expires_on": "2026-05-01"},
        {"organisation_id": "one", "name": "4A", "expires_on": "2027-01-30"},
        {"organisation_id": "one", "name": "5A", "expires_on": None},
    ]
    told = three.expiring(papers, WORKERS[:3], {"one": "甲会"}, three.soon(DAY))
    assert [(one.whose, one.what, one.day) for one in told] == [
        ("甲会", "3A", "2026-05-01"), ("1", "社工师证书", "2027-01-29"),
    ]  # fmt: skip


def test_the_network_joins_what_is_in_it() -> None:
    columns = ({"one": "甲会"}, {"a": "甲社区", "b": "乙社区"}, {"1": "<b>很长很长很长的名字"})
    figure = network.picture(columns, [("one", "a"), ("a", "1"), ("a", "nobody")])
    lines, *dots = figure.data
    assert list(lines.x) == [0.0, 1.0, None, 1.0, 2.0, None]
    assert [list(one.y) for one in dots] == [[0.5], [0.75, 0.25], [0.5]]
    assert "<b>" not in dots[2].text[0]
