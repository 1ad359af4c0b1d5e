"""The linkage chain as a board: a column for each stage, a card for each need or project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from db.stages import ANSWERED, STAGES, Story
from logic.linkage import Place

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Card:
    """A project with the needs that it answers, or a need without one; `need` opens its story."""

    need: str
    title: str
    detail: str
    place: Place


def kept(told: Mapping[str, Story], group: str | None, carrier: str | None) -> dict[str, Story]:
    """The needs of a target group that an organisation answers; None asks for neither."""
    return {
        need: one
        for need, one in told.items()
        if group in (None, one.group_id) and carrier in (None, one.organisation)
    }


def columns(
    told: Mapping[str, Story],
    needs: Iterable[Row],
    places: Mapping[str, Place],
    names: Mapping[str, str],
) -> dict[str, list[Card]]:
    """stage → its cards, those that wait longest first; of what is answered the latest first.

    `names` are the words for areas, groups, projects and organisations.
    """
    joined = {row["id"]: row["joined_id"] for row in needs if row["joined_id"] in told}
    together: dict[tuple[str, str], list[Story]] = defaultdict(list)
    for need in sorted(told, key=lambda one: one in joined):
        main = told[need].project or joined.get(need, need)
        together[main, places[need].stage].append(told[need])
    found: dict[str, list[Card]] = {name: [] for name in STAGES}
    for some in together.values():
        card = _card(some, places[some[0].need], names)
        found[card.place.stage].append(card)
    for name, cards in found.items():
        cards.sort(key=lambda one: one.place.days * (1 if name == ANSWERED else -1))
    return found


def _card(some: list[Story], place: Place, names: Mapping[str, str]) -> Card:
    first = some[0]
    known = [
        names.get(one or "", "") for one in (first.area_id, first.group_id, first.organisation)
    ]
    count = f"{len(some):,} 件需求" if len(some) > 1 else ""
    title = names.get(first.project or "", first.title)
    return Card(first.need, title, " · ".join(one for one in (*known, count) if one), place)
