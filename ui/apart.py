"""That two who look like one are two: said and listed; any such batch can be taken back."""

from __future__ import annotations

from db.actors import Actor
from db.changes import Outcome
from db.registers.twins import pair
from ui import data

SOURCE = "apart"  # where such words come from, in the history


def tell(actor: Actor, area: str, one: str, other: str) -> Outcome:
    """Two residents are two: the pair is proposed to nobody any more."""
    return data.put_in(actor, "aparts", area, {"pair": pair(one, other)}, SOURCE)
