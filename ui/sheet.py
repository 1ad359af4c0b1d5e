"""The grid on a page: a register of an area, for whoever is here."""

from __future__ import annotations

from db.sessions import Session
from ui import grid
from ui.links import Go

RECORDS = "residents"  # the register whose rows have a page of their own


def show(here: Session, register: str, area: str, go: Go | None = None) -> None:
    """Mounts the register; a row that is opened leads to its page where it has one."""
    opens = register == RECORDS and go is not None
    result = grid.show(
        register,
        area,
        here.csrf,
        user=here.actor.id,
        key=f"grid-{register}-{area}",
        opens=opens,
    )
    if go is not None and opens and result.opened:
        go.resident(result.opened)
