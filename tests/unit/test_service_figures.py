"""The figures of services, in a village where every contact is written out."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from db import doors
from db.doors import Forbidden
from db.parsers import Refused
from tests.village import ADMIN, CHILDREN, CLERK, EAST, ORGANISATION, WORKER, add, done

# On the day 90 days reach back to 2026-03-02 (not counted itself), 30 days to 2026-05-01, a year
# to 2025-05-31.
DAY = "2026-05-31"
KIDS = ("k-visited", "k-came", "k-excused", "k-planned", "k-long-ago", "k-cancelled")


@pytest.fixture
def busy(village: Engine) -> Engine:
    """Six left-behind children beside 崔三, and what was done for each."""
    who = {"group_id": CHILDREN, "started_on": "2026-01-01"}
    done(village, ADMIN, *(add("residents", one, EAST, name=one) for one in KIDS))
    done(village, ADMIN, *(add("memberships", None, EAST, resident_id=one, **who) for one in KIDS))
    held = {"programme_id": "prog", "held_on": "2026-05-20"}
    done(village, ADMIN, add("programmes", "prog", EAST, name="快乐", kind="课外课堂"))
    done(
        village,
        ADMIN,
        add("sessions_held", "held", EAST, state="已举办", **held),
        add("sessions_held", "off", EAST, state="未举办", **held),
    )
    visit = {"kind": "走访"}
    done(
        village,
        ADMIN,
        add("contacts", "c1", EAST, resident_id="k-visited", done_on="2026-03-03", **visit),
        add("contacts", "c2", EAST, resident_id="k-planned", due_on="2026-05-30", **visit),
        add("contacts", "c3", EAST, resident_id="k-long-ago", done_on="2026-03-02", **visit),
        add("attendances", "a1", EAST, session_id="held", resident_id="k-came", presence="到"),
        add("attendances", "a2", EAST, session_id="held", resident_id="k-excused", presence="请假"),
        add("attendances", "a3", EAST, session_id="off", resident_id="k-cancelled", presence="到"),
    )
    return village


def figure(on: Engine, indicator: str, group: str) -> tuple[float | None, float | None]:
    found = doors.figures(on, ADMIN, indicator, DAY, EAST)
    return next(((one.n, one.N) for one in found if one.group_id == group), (0, 0))


def test_served_is_who_was_met_or_came_within_ninety_days(busy: Engine) -> None:
    assert figure(busy, "service", CHILDREN) == (2, 7)
    people = doors.people(busy, ADMIN, "service", CHILDREN, DAY, EAST)
    assert set(people.served) == {"k-visited", "k-came"}
    assert set(people.unserved) == {"e-cu", *KIDS} - set(people.served)


def test_a_pair_is_alive_with_a_contact_of_its_own_within_thirty_days(busy: Engine) -> None:
    # Of the seven children only 崔三 is paired (e-pair).
    assert figure(busy, "live_pairing", CHILDREN) == (0, 1)
    met = {"resident_id": "e-cu", "kind": "走访"}
    done(busy, ADMIN, add("contacts", "m1", EAST, done_on="2026-05-10", **met))
    assert figure(busy, "live_pairing", CHILDREN) == (0, 1)  # somebody else's visit
    own = met | {"pairing_id": "e-pair"}
    done(busy, ADMIN, add("contacts", "m2", EAST, done_on="2026-05-01", **own))
    assert figure(busy, "live_pairing", CHILDREN) == (0, 1)  # thirty days are over
    done(busy, ADMIN, add("contacts", "m3", EAST, done_on="2026-05-02", **own))
    assert figure(busy, "live_pairing", CHILDREN) == (1, 1)


def test_checked_up_counts_who_is_65_on_the_day(busy: Engine) -> None:
    # 安一 was born 1956-03-01: 70. 卜二's birth date is not known. Two more at the edge:
    done(
        busy,
        ADMIN,
        add("residents", "is-65", EAST, name="恰满", birth_date="1961-05-31"),
        add("residents", "is-64", EAST, name="差一天", birth_date="1961-06-01"),
    )
    assert figure(busy, "checkup", "elderly") == (0, 2)
    seen = {"resident_id": "e-an", "kind": "体检"}
    done(busy, ADMIN, add("contacts", "h1", EAST, done_on="2025-05-31", **seen))
    assert figure(busy, "checkup", "elderly") == (0, 2)  # a year and no day less
    done(busy, ADMIN, add("contacts", "h2", EAST, done_on="2025-06-01", **seen))
    assert figure(busy, "checkup", "elderly") == (1, 2)


def test_names_only_for_who_may_read_them(busy: Engine) -> None:
    assert doors.people(busy, CLERK, "service", CHILDREN, DAY, EAST).served
    assert doors.people(busy, WORKER, "service", CHILDREN, DAY, EAST).served
    with pytest.raises(Forbidden):
        doors.people(busy, ORGANISATION, "service", CHILDREN, DAY, EAST)
    mark = doors.Mark("service", CHILDREN, DAY, EAST, served=True)
    assert {row["id"] for row in doors.behind(busy, CLERK, mark).rows} == {"k-visited", "k-came"}
    found = doors.behind(busy, CLERK, mark, q="k-came").rows
    assert [row["id"] for row in found] == ["k-came"]
    with pytest.raises(Forbidden):
        doors.behind(busy, ORGANISATION, mark)
    with pytest.raises(Refused):
        doors.take_behind(busy, CLERK, mark, (), "", "")  # without a reason
    taken = doors.take_behind(busy, CLERK, mark, (), "", "入户用")
    assert {row["id"] for row in taken.rows} == {"k-visited", "k-came"}
    veiled = doors.figures(busy, ORGANISATION, "service", DAY, EAST)
    assert [(one.n, one.N) for one in veiled if one.group_id == CHILDREN] == [(None, 7)]
