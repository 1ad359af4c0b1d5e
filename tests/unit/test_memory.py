"""What pages remember: one's own write is seen at once, another process's within a moment."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import Engine, text

from db import doors
from db.engine import ended, writing
from tests.village import ADMIN, EAST, add, done
from ui import memory


def _version(on: Engine) -> int:
    return memory.present(on, doors.version)[1]


def test_an_own_write_is_seen_at_once(village: Engine) -> None:
    before = _version(village)
    done(village, ADMIN, add("teams", "patrol", EAST, name="夜巡队"))
    assert _version(village) > before


def test_a_write_from_elsewhere_is_seen_within_a_moment(village: Engine) -> None:
    before = _version(village)
    with village.connect() as other:  # past this process's way of writing
        other.execute(text("UPDATE clock SET seq = seq + 1"))
        other.commit()
    deadline = time.monotonic() + 20 * memory.SOON
    while _version(village) == before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert _version(village) == before + 1


def test_a_failed_write_counts_as_ended(village: Engine) -> None:
    count = ended(village)
    with pytest.raises(ZeroDivisionError), writing(village):
        _ = 1 / 0
    assert ended(village) == count + 1
