"""Which needs say much the same as what is being written: signs that stand together in both."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

Row = Mapping[str, Any]
ENOUGH = 0.4  # from here on two needs are worth a look
MOST = 5


def pairs(text: str) -> frozenset[str]:
    """Every two signs that stand together, capitals, width and punctuation aside.

    A pair does not reach over a blank or a full stop; a sign that stands alone is its own pair.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    runs = "".join(sign if sign.isalnum() else " " for sign in plain).split()
    return frozenset(run[at : at + 2] for run in runs for at in range(max(1, len(run) - 1)))


def likeness(title: str, text: str, other: Row) -> float:
    """0 (nothing in common) to 1 (the same): how far titles agree, or one's title is told by the
    other's description. `other` has a title and a description."""
    mine, theirs = pairs(title), pairs(other["title"])
    if not mine or not theirs:
        return 0.0
    told = theirs | pairs(other["description"] or "")
    alike = 2 * len(mine & theirs) / (len(mine) + len(theirs))
    return max(alike, 0.9 * _within(mine, told), 0.9 * _within(theirs, mine | pairs(text)))


def _within(part: frozenset[str], whole: frozenset[str]) -> float:
    """How much of the part is in the whole; two signs alone say too little."""
    return len(part & whole) / len(part) if len(part) > 1 else 0.0


def similar(title: str, text: str, needs: Iterable[Row]) -> list[Row]:
    """The needs that are enough alike, the likest first, at most MOST."""
    rated = [(likeness(title, text, one), number, one) for number, one in enumerate(needs)]
    found = sorted((one for one in rated if one[0] >= ENOUGH), key=lambda one: (-one[0], one[1]))
    return [row for *_, row in found[:MOST]]
