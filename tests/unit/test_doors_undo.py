"""Who may take what back, and what an undo or a deletion tells about rows that are not theirs."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select

from db import doors
from db import engine as engines
from db.audit import Write
from db.changes import Change
from db.doors import Forbidden
from tests.village import ADMIN, CLERK, NEIGHBOUR, ORGANISATION, SECRETARY


def _renamed(on: Engine, name: str = "改名") -> str:
    """The batch in which the clerk renames 安一."""
    change = Change("residents", "e-an", {"name": "安一"}, {"name": name})
    return doors.write(on, CLERK, [change], source="grid").batch


def _name(on: Engine) -> str:
    found = doors.row(on, SECRETARY, "residents", "e-an")
    assert found
    return str(found["name"])


def test_one_takes_back_ones_own(village: Engine) -> None:
    doors.undo(village, CLERK, _renamed(village))
    assert _name(village) == "安一"


def test_a_secretary_takes_back_what_the_clerk_did(village: Engine) -> None:
    doors.undo(village, SECRETARY, _renamed(village))
    assert _name(village) == "安一"


@pytest.mark.parametrize("actor", [NEIGHBOUR, ORGANISATION], ids=lambda one: one.role)
def test_others_learn_nothing_of_a_batch(village: Engine, actor: object) -> None:
    batch = _renamed(village)
    with pytest.raises(Forbidden, match="没有找到"):
        doors.undo(village, actor, batch)  # type: ignore[arg-type]
    assert _name(village) == "改名"


def test_a_clerk_does_not_take_back_the_secretarys(village: Engine) -> None:
    change = Change("residents", "e-an", {"name": "安一"}, {"name": "改名"})
    batch = doors.write(village, SECRETARY, [change], source="grid").batch
    with pytest.raises(Forbidden, match="没有找到"):
        doors.undo(village, CLERK, batch)


def test_what_founded_the_database_is_nobodys_to_take_back(village: Engine) -> None:
    with engines.reading(village) as conn:
        founding = conn.scalars(select(Write.batch_id).where(Write.source == "init")).all()
    assert founding
    for batch in set(founding):
        with pytest.raises(Forbidden, match="没有找到"):
            doors.undo(village, ADMIN, batch)


def test_a_deletion_does_not_tell_who_is_in_a_closed_group(village: Engine) -> None:
    """卜二 is in a group that the clerk may not know of, 安一 in none."""
    outcomes = [
        doors.write(village, CLERK, [Change("residents", row, {}, None)], source="grid").outcomes[0]
        for row in ("e-bo", "e-an")
    ]
    assert [(one.status, one.reason) for one in outcomes] == [("applied", "")] * 2


def test_a_deletion_is_refused_for_what_is_seen(village: Engine) -> None:
    child = Change("residents", "e-cu", {}, None)
    refused = doors.write(village, CLERK, [child], source="grid").outcomes[0]
    assert refused.status == "refused"
    assert "1 条服务对象" in refused.reason
    assert "1 条结对" in refused.reason
