"""Figures of whole communities: small tables, and the answers worked out by hand."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from db import doors
from db.actors import Actor
from tests.village import ADMIN, CLERK, EAST, NORTH, ORGANISATION, ROOT, add, done, drop

# On this day 30 days reach back to 2026-05-02, a year to 2025-06-01, both counted.
DAY = "2026-05-31"


def figure(
    on: Engine, name: str, day: str = DAY, who: Actor = ADMIN, first: str | None = None
) -> tuple[float | None, float | None]:
    """n and N of the eastern community."""
    (found,) = doors.figures(on, who, name, day, EAST, first)
    return found.n, found.N


def ids(on: Engine, name: str, day: str = DAY) -> tuple[set[str], set[str]]:
    found = doors.people(on, ADMIN, name, None, day, EAST)
    return set(found.served), set(found.unserved)


# contact  due          done
CONTACTS = """
c1         2026-05-02   2026-05-02
c2         2026-05-02   2026-05-03
c3         2026-05-01   2026-05-01
c4         2026-05-31   2026-05-31
c5         2026-05-31   -
c6         2026-06-01   2026-05-30
c7         2026-05-10   2026-04-20
c8         2026-05-11   -
c9         -            2026-05-12
c10        2026-05-13   2026-05-14
c11        2026-05-14   2026-05-14
"""
# c11 is then deleted. In the 30 days were due c1 c2 c4 c5 c7 c8 c10; in time were c1, c4 and
# c7, which was done long before. c3 was due a day too early, c6 a day too late, c9 not at all.


def test_contacts_that_were_due_and_done_by_then(village: Engine) -> None:
    rows = [line.split() for line in CONTACTS.strip().splitlines()]
    said = [[None if cell == "-" else cell for cell in row] for row in rows]
    of = {"kind": "走访", "resident_id": "e-an"}
    done(village, ADMIN, *(add("contacts", c, EAST, due_on=due, done_on=on, **of)
                           for c, due, on in said), drop("contacts", "c11"))  # fmt: skip
    assert figure(village, "timely") == (3, 7)
    assert ids(village, "timely") == ({"c1", "c4", "c7"}, {"c2", "c5", "c8", "c10"})
    # Due on the 2nd: c1, c2. On the 1st and the 2nd: c3 too.
    assert figure(village, "timely", "2026-05-02", first="2026-05-02") == (1, 2)
    assert figure(village, "timely", "2026-05-02", first="2026-05-01") == (2, 3)


# volunteer  state  registered   hours on a day, approved unless said otherwise
VOLUNTEERS = """
v1           在册   2026-05-31   0.5@2026-05-31 0.5@2025-06-01
v2           在册   2026-06-01   9@2026-05-30
v3           在册   2020-01-01   0.5@2026-05-31 0.4@2026-05-30
v4           在册   2020-01-01   1@2025-05-31
v5           在册   -            99@2020-01-01 1@2025-06-01
v6           暂停   2020-01-01   300@2026-01-01
v7           退出   2020-01-01   5@2026-01-01
v8           在册   2020-01-01   60@2024-01-01 39.9@2025-01-01
v9           在册   2020-01-01   -
v10          在册   2020-01-01   8@2026-05-01/待认定 8@2026-05-02/退回
v11          在册   2020-01-01   120@2021-01-01
"""
# Registered on the day: v1 v3 v4 v5 v8 v9 v10 v11 and the village's own e-vol, that is 9 (v2 comes
# a day later, v6 has paused, v7 has left).
# At least one hour within a year: v1 (0.5 + 0.5) and v5 (its 1 of 1 June); v3 has 0.9, v4's hour
# is a year and a day old, v9 has none, v10's are not approved.
# All hours by the day: v1 1, v3 0.9, v4 1, v5 100, v8 99.9, v11 120 = 322.8.
# A hundred and more: v5 and v11.


def _days(hours: float) -> list[float]:
    """No day has more than 24 hours."""
    whole = int(hours // 24)
    return [24.0] * whole + ([round(hours - 24 * whole, 1)] if hours % 24 else [])


@pytest.fixture
def helped(village: Engine) -> Engine:
    for line in VOLUNTEERS.strip().splitlines():
        who, state, since, *hours = line.split()
        done(village, ADMIN, add("volunteers", who, EAST, name=who, status=state,
                                 registered_on=None if since == "-" else since))  # fmt: skip
        for one in filter(lambda said: said != "-", hours):
            amount, _, rest = one.partition("@")
            day, _, judged = rest.partition("/")
            cells = {"volunteer_id": who, "served_on": day, "state": judged or "已认定"}
            for part in _days(float(amount)):
                done(village, ADMIN, add("hours", None, EAST, hours=part, **cells))
    return village


def test_volunteers_of_residents(helped: Engine) -> None:
    # 安一, 卜二 and 崔三 live here; two more do not count.
    done(
        helped,
        ADMIN,
        add("residents", "gone", EAST, name="迁一", status="迁出"),
        add("residents", "dead", EAST, name="死一", status="死亡"),
    )
    assert figure(helped, "volunteers") == (9, 3)
    served, unserved = ids(helped, "volunteers")
    assert served == {"v1", "v3", "v4", "v5", "v8", "v9", "v10", "v11", "e-vol"}
    assert not unserved


def test_volunteers_with_an_hour_in_a_year(helped: Engine) -> None:
    assert figure(helped, "active_volunteers") == (2, 9)
    assert ids(helped, "active_volunteers")[0] == {"v1", "v5"}
    assert figure(helped, "active_volunteers", first="2020-01-01") == (5, 9)  # v4 v8 v11 too


def test_hours_and_stars(helped: Engine) -> None:
    assert figure(helped, "hours") == (322.8, 9)
    assert figure(helped, "starred") == (2, 9)
    assert ids(helped, "starred")[0] == {"v5", "v11"}
    assert figure(helped, "starred", "2021-01-01") == (1, 8)  # v1 came in 2026; v11 has its 120


def test_the_first_star_is_what_the_city_has_set(helped: Engine) -> None:
    done(helped, ADMIN, add("settings", None, ROOT, item="星级时长", value="99.9、300"))
    assert ids(helped, "starred")[0] == {"v5", "v8", "v11"}
    assert figure(helped, "starred") == (3, 9)


# resident  born          lives
PEOPLE = """
r1          1966-05-31    常住
r2          1966-06-01    常住
r3          1961-05-31    流入
r4          1961-06-01    外出
r5          1966          常住
r6          1961-05       常住
r7          1940-01-01    迁出
r8          1940-01-01    死亡
r9          -             常住
"""
# 60 and more on the day: r1 (that day), r3, r4, r5 (of whom only the year is known: from January),
# r6 and 安一, 70 (1956): 6. 65 and more: r3, r6, 安一: 3. r2 and r4 are a day too young.
# bed   usable   stays: from-until, a "b" before it is a booking
BEDS = """
b1      yes      2026-01-01/-
b2      yes      2026-05-30/-
b3      yes      2026-05-31/2026-05-31
b4      no       2026-01-01/-
b5      -        2026-04-01/2026-05-04 2026-05-03/2026-05-05
b6      yes      b2026-05-01/-
b7      yes      2026-06-01/-
b8      yes      2026-05-01/2026-05-02
"""
# Usable: b1 b2 b3 b5 b6 b7 b8 and the village's own, 8. In the 30 days from 2 to 31 May:
# b1 all 30; b2 2 (the 30th and 31st); b3 none, since the day of leaving is not counted; b5 the
# 2nd, 3rd (twice, once counted) and 4th: 3; b6 is booked only; b8 left on the 2nd: none. 35 of 240.


@pytest.fixture
def housed(village: Engine) -> Engine:
    for line in PEOPLE.strip().splitlines():
        who, born, status = line.split()
        done(village, ADMIN, add("residents", who, EAST, name=who, status=status,
                                 birth_date=None if born == "-" else born))  # fmt: skip
    for at, line in enumerate(BEDS.strip().splitlines()):
        bed, usable, *stays = line.split()
        said = {"yes": True, "no": False, "-": None}[usable]
        done(village, ADMIN, add("beds", bed, EAST, room_id="e-room", number=str(at + 2),
                                 kind="老年公寓", in_use=said))  # fmt: skip
        for n, stay in enumerate(stays):
            begun, _, ended = stay.partition("/")
            state = "已预订" if begun.startswith("b") else "在住"
            done(village, ADMIN, add("stays", f"{bed}-{n}", EAST, bed_id=bed, resident_id="e-an",
                                     state=state, started_on=begun.removeprefix("b"),
                                     ended_on=None if ended == "-" else ended))  # fmt: skip
    return village


def test_beds_of_a_thousand_older_people(housed: Engine) -> None:
    assert figure(housed, "beds") == (8, 6)
    assert figure(housed, "beds_65") == (8, 3)
    assert figure(housed, "beds", "2026-05-30") == (8, 5)  # r1 turns 60 the day after


def test_bed_days_that_were_used(housed: Engine) -> None:
    assert figure(housed, "bed_use") == (35, 240)
    served, unserved = ids(housed, "bed_use")
    assert served == {"b1", "b2", "b5"}
    assert unserved == {"b3", "b6", "b7", "b8", "e-bed"}
    assert figure(housed, "bed_use", "2026-05-04", first="2026-05-04") == (2, 8)  # b1 and b5


def test_nobody_to_count_is_nought_of_nought(village: Engine) -> None:
    for name in ("timely", "hours", "bed_use"):
        found = doors.figures(village, ADMIN, name, DAY, NORTH)
        assert [(one.n, one.N) for one in found] in ([], [(0, 0)]), name


def test_small_figures_are_hidden_from_who_sees_no_names(helped: Engine) -> None:
    assert figure(helped, "active_volunteers", who=CLERK) == (2, 9)
    seen = figure(helped, "active_volunteers", who=ORGANISATION)
    assert seen == (None, 9)
