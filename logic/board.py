"""The linkage chain as a board: a column for each stage, a card for each need or project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from db.stages import ANSWERED, STAGES
from logic.linkage import Place

Row = Mapping[str, Any]
Rows = Mapping[str, Iterable[Row]]


@dataclass(frozen=True)
class Card:
    """A project with the needs that it answers, or a need without one; `need` opens its story."""

    need: str
    title: str
    detail: str
    place: Place


def carriers(rows: Rows) -> dict[str, set[str]]:
    """need → the organisations that carry out what answers it."""
    calls = {row["id"]: row["project_id"] for row in rows["calls"]}
    won: dict[str, set[str]] = defaultdict(set)
    for row in rows["awards"]:
        if project := calls.get(row["call_id"]):
            won[project].add(row["organisation_id"])
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows["project_needs"]:
        found[row["need_id"]] |= won.get(row["project_id"], set())
    return found


def kept(rows: Rows, group: str | None, organisation: str | None) -> list[Row]:
    """The needs of a target group, answered by an organisation; None asks for neither.

    What joined another need is counted with that one.
    """
    by = carriers(rows)
    return [
        row
        for row in rows["needs"]
        if (group is None or row["group_id"] == group)
        and (
            organisation is None
            or organisation in by.get(row["id"], set()) | by.get(row["joined_id"] or "", set())
        )
    ]


def columns(
    needs: Iterable[Row],
    rows: Rows,
    labels: Mapping[str, str],
    places: Mapping[str, Place],
    areas: Mapping[str, str],
) -> dict[str, list[Card]]:
    """stage → its cards, those that wait longest first; of what is answered the latest first."""
    found: dict[str, list[Card]] = {name: [] for name in STAGES}
    for some in _together(needs, rows, places).values():
        card = _card(some, rows, labels, places, areas)
        found[card.place.stage].append(card)
    for name, cards in found.items():
        cards.sort(key=lambda one: one.place.days * (1 if name == ANSWERED else -1))
    return found


def _together(
    needs: Iterable[Row], rows: Rows, places: Mapping[str, Place]
) -> dict[tuple[str, str], list[Row]]:
    """The needs that share a card: of one project at one stage, and those that joined them."""
    project = {row["need_id"]: row["project_id"] for row in rows["project_needs"]}
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in sorted(needs, key=lambda one: bool(one["joined_id"])):
        main = str(row["joined_id"] if row["joined_id"] in places else row["id"])
        groups[project.get(main, main), places[row["id"]].stage].append(row)
    return groups


def _card(
    some: list[Row],
    rows: Rows,
    labels: Mapping[str, str],
    places: Mapping[str, Place],
    areas: Mapping[str, str],
) -> Card:
    first = some[0]
    names = {row["id"]: row["name"] for row in rows["projects"]}
    project = {row["need_id"]: str(row["project_id"]) for row in rows["project_needs"]}
    by = carriers(rows)
    organisations = sorted({labels.get(one, "") for row in some for one in by.get(row["id"], ())})
    said = [
        areas.get(first["area_id"], ""),
        labels.get(first["group_id"] or "", ""),
        *organisations,
        f"{len(some):,} 件需求" if len(some) > 1 else "",
    ]
    title = str(names.get(project.get(first["id"], ""), first["title"]))
    return Card(
        str(first["id"]), title, " · ".join(one for one in said if one), places[first["id"]]
    )
