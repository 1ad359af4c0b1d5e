"""Months that are over stay as they were closed; what is corrected later is told as such."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from db import dates, doors, spans
from db.changes import Change
from tests.village import ADMIN, CHILDREN, EAST, ORGANISATION, WEST, add, done, drop, edit

MONTHS = spans.finished(dates.today(), 2)
BEFORE, LAST = MONTHS
INSIDE, END = f"{LAST}-10", spans.whole(LAST).last


def told(on: Engine, month: str, indicator: str = "pairing") -> tuple[float | None, ...]:
    """n, N as closed and n, N as corrected."""
    found = {one.month: one for one in doors.trend(on, ADMIN, indicator, CHILDREN, EAST)}
    one = found[month]
    return one.n, one.N, one.n_now, one.N_now


@pytest.fixture
def closed(village: Engine) -> Engine:
    """Beside 崔三, who is paired, two children since long ago; both months are closed."""
    who = {"group_id": CHILDREN, "started_on": "2020-01-01"}
    for one in ("k1", "k2"):
        done(village, ADMIN, add("residents", one, EAST, name=one),
             add("memberships", f"m-{one}", EAST, resident_id=one, **who))  # fmt: skip
    assert doors.close(village, MONTHS) > 0
    return village


def test_a_month_is_closed_once(closed: Engine) -> None:
    assert told(closed, LAST) == (1, 3, None, None)
    assert told(closed, BEFORE) == (1, 3, None, None)
    assert doors.close(closed, MONTHS) == 0


def test_what_is_known_only_later_is_a_correction(closed: Engine) -> None:
    """A pairing that began in the last month is entered now: that month and no other."""
    pair = {"volunteer_id": "e-vol", "resident_id": "k1", "started_on": INSIDE}
    done(closed, ADMIN, add("pairings", "late", EAST, **pair))
    assert told(closed, LAST) == (1, 3, 2, 3)
    assert told(closed, BEFORE) == (1, 3, None, None)
    done(closed, ADMIN, drop("pairings", "late"))
    assert told(closed, LAST) == (1, 3, None, None)


def test_what_happens_today_reaches_no_closed_month(closed: Engine) -> None:
    """Who moves away, dies, or leaves the group today did belong to it then."""
    today = dates.today().isoformat()
    done(closed, ADMIN, edit("residents", "k1", "status", "常住", "迁出"),
         Change("memberships", "m-k2", {"ended_on": None}, {"ended_on": today}))  # fmt: skip
    assert told(closed, LAST) == (1, 3, None, None)
    day = doors.figures(closed, ADMIN, "pairing", today, EAST)
    assert [(one.n, one.N) for one in day if one.group_id == CHILDREN] == [(1, 1)]


def test_an_end_that_lay_in_the_month_is_a_correction(closed: Engine) -> None:
    done(closed, ADMIN, Change("memberships", "m-k2", {"ended_on": None}, {"ended_on": END}))
    assert told(closed, LAST) == (1, 3, 1, 2)  # on its last day a membership no longer counts


def test_a_contact_is_a_correction_of_the_months_that_look_back_to_it(closed: Engine) -> None:
    assert told(closed, LAST, "service") == (0, 3, None, None)
    done(closed, ADMIN, add("contacts", "c", EAST, kind="走访", resident_id="k2", done_on=INSIDE))
    assert told(closed, LAST, "service") == (0, 3, 1, 3)
    assert told(closed, BEFORE, "service") == (0, 3, None, None)


def test_a_month_is_closed_on_the_way_when_somebody_looks(village: Engine) -> None:
    found = doors.trend(village, ADMIN, "pairing", CHILDREN, EAST)
    assert [one.month for one in found] == [LAST]
    assert (found[0].n, found[0].N, found[0].areas) == (1, 1, 1)


def test_communities_are_added_up_and_small_ones_hidden(closed: Engine) -> None:
    both = {one.month: one for one in doors.trend(closed, ADMIN, "pairing", CHILDREN)}[LAST]
    assert (both.n, both.N) == (2, 4)  # 韦一 in the west is paired
    west = doors.trend(closed, ADMIN, "pairing", CHILDREN, WEST)[-1]
    assert (west.n, west.N) == (1, 1)
    veiled = doors.trend(closed, ORGANISATION, "pairing", CHILDREN, WEST)[-1]
    assert (veiled.n, veiled.N) == (None, None)
