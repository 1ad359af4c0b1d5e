"""Bids by their scores: means, places, ties and what is missing, worked out by hand."""

from __future__ import annotations

from typing import Any

from logic import ranking

CRITERIA: list[dict[str, Any]] = [{"id": "k1"}, {"id": "k2"}]
JUDGES: list[dict[str, Any]] = [{"id": "j1", "conflict": None, "organisation_id": None},
          {"id": "j2", "conflict": False, "organisation_id": "other"}]  # fmt: skip


def bid(row_id: str, of: str, price: float = 100) -> dict[str, Any]:
    return {"id": row_id, "organisation_id": of, "price": price}


def scores(*given: tuple[str, str, float, float]) -> list[dict[str, Any]]:
    """(judge, bid, points of k1, points of k2)."""
    return [
        {"judge_id": judge, "bid_id": of, "criterion_id": criterion, "points": points}
        for judge, of, *both in given
        for criterion, points in zip(("k1", "k2"), both, strict=True)
    ]


BIDS = [bid("a", "sun"), bid("b", "moon", 90)]


def test_the_mean_of_the_judges_totals_decides() -> None:
    told = scores(
        ("j1", "a", 50, 30), ("j2", "a", 40, 30), ("j1", "b", 45, 36), ("j2", "b", 44, 30)
    )
    found = ranking.ranking(BIDS, JUDGES, CRITERIA, told)
    # The first has 80 and 70, which is 75 on average, the second 81 and 74, which is 77.5.
    assert [(one.bid["id"], one.mean, one.place, one.tied) for one in found] == [
        ("b", 77.5, 1, False), ("a", 75.0, 2, False),
    ]  # fmt: skip
    assert ranking.said(found, JUDGES) == "2 份申请书，最高 77.5 分"


def test_a_tie_is_told_and_the_lower_price_stands_first() -> None:
    told = scores(
        ("j1", "a", 50, 30), ("j2", "a", 40, 30), ("j1", "b", 40, 30), ("j2", "b", 50, 30)
    )
    found = ranking.ranking(BIDS, JUDGES, CRITERIA, told)
    assert [(one.bid["id"], one.place, one.tied) for one in found] == [
        ("b", 1, True),
        ("a", 1, True),
    ]
    assert "并列第一，都是 75 分" in ranking.said(found, JUDGES)


def test_nobody_has_a_place_while_points_are_missing() -> None:
    told = scores(("j1", "a", 50, 30), ("j2", "a", 40, 30), ("j1", "b", 45, 36))
    found = ranking.ranking(BIDS, JUDGES, CRITERIA, told)
    assert {one.bid["id"]: (one.place, one.missing) for one in found} == {
        "a": (None, 0), "b": (None, 2),
    }  # fmt: skip
    assert ranking.said(found, JUDGES) == "2 份申请书，还有 2 项没有打分"


def test_who_may_score() -> None:
    away = {"id": "j3", "conflict": True, "organisation_id": None}
    member = {"id": "j4", "conflict": None, "organisation_id": "sun"}
    assert ranking.free([*JUDGES, away, member], BIDS) == JUDGES


def test_one_bid_and_none() -> None:
    told = scores(("j1", "a", 50, 30), ("j2", "a", 40, 30))
    one = ranking.ranking(BIDS[:1], JUDGES, CRITERIA, told)
    assert ranking.said(one, JUDGES) == "只有一家申请：最高 75 分"
    assert ranking.said([], JUDGES).startswith("没有收到申请书")
    assert ranking.said(one, []) == "还没有能打分的评委"
