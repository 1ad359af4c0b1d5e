"""The bids of a call by their scores: means of the judges, places, ties, what is not scored yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Ranked:
    """A bid: the total of each judge (None: not through), their mean, its place, whether tied.

    `missing` is how many points are not given yet; there is no place while any bid lacks one.
    """

    bid: Row
    totals: Mapping[str, float | None]
    mean: float | None
    missing: int
    place: int | None = None
    tied: bool = False


def free(judges: Iterable[Row], bids: Sequence[Row]) -> list[Row]:
    """The judges who may score: no conflict declared, of no organisation that bids."""
    bidders = {one["organisation_id"] for one in bids}
    return [one for one in judges if not one["conflict"] and one["organisation_id"] not in bidders]


def ranking(
    bids: Sequence[Row], judges: Sequence[Row], criteria: Sequence[Row], scores: Iterable[Row]
) -> list[Ranked]:
    """The best first; `judges` are those who may score."""
    given = {(one["judge_id"], one["bid_id"], one["criterion_id"]): one["points"] for one in scores}
    rated = [_rated(bid, judges, criteria, given) for bid in bids]
    rated.sort(key=lambda one: (-(one.mean or 0), one.bid["price"]))
    if not judges or any(one.missing for one in rated):
        return rated
    means = [one.mean for one in rated]
    return [
        Ranked(one.bid, one.totals, one.mean, 0, 1 + sum(_more(mean, one.mean) for mean in means),
               means.count(one.mean) > 1)
        for one in rated
    ]  # fmt: skip


def _more(one: float | None, other: float | None) -> bool:
    return (one or 0) > (other or 0)


def _rated(
    bid: Row, judges: Sequence[Row], criteria: Sequence[Row],
    given: Mapping[tuple[str, str, str], float],
) -> Ranked:  # fmt: skip
    totals: dict[str, float | None] = {}
    missing = 0
    for judge in judges:
        points = [given.get((judge["id"], bid["id"], one["id"])) for one in criteria]
        known = [one for one in points if one is not None]
        missing += len(points) - len(known)
        totals[judge["id"]] = round(sum(known), 2) if len(known) == len(points) else None
    through = [one for one in totals.values() if one is not None]
    mean = round(sum(through) / len(through), 2) if through else None
    return Ranked(bid, totals, mean, missing)


def said(found: Sequence[Ranked], judges: Sequence[Row]) -> str:
    """What the ranking comes to, in a sentence."""
    if not found:
        return "没有收到申请书，可以终止这次征集，重新发起"
    if not judges:
        return "还没有能打分的评委"
    missing = sum(one.missing for one in found)
    if missing:
        return f"{len(found):,} 份申请书，还有 {missing:,} 项没有打分"
    first = [one for one in found if one.place == 1]
    if len(first) > 1:
        return f"{len(first)} 份申请书并列第一，都是 {first[0].mean:g} 分，请在理由里说明取舍"
    single = "只有一家申请：" if len(found) == 1 else f"{len(found):,} 份申请书，"
    return f"{single}最高 {first[0].mean:g} 分"
