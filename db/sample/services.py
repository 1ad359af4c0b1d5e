"""What the communities of the sample did in a year and a half and have planned, by register."""

from __future__ import annotations

from typing import Any

from db.sample import (
    admissions,
    ahead,
    awards,
    contacts,
    duties,
    facilities,
    health,
    hours,
    money,
    programmes,
    sessions,
    stays,
    visits,
    workers,
)
from db.sample.crowd import Crowd
from db.sample.facilities import Built
from db.sample.maker import Maker
from db.sample.stays import Living
from db.sample.volunteers import Helpers

Rows = dict[str, list[dict[str, Any]]]


def of(make: Maker, crowd: Crowd, helpers: Helpers, pairs: list[dict[str, Any]]) -> Rows:
    """In the order of the registers, each after those it points at."""
    staff = workers.of(make)
    built = facilities.of(make)
    living = stays.of(make, crowd, built)
    courses = programmes.courses(make)
    held = sessions.of(make, sessions.Offer(crowd, helpers, built, staff, courses))
    paired = contacts.of(make, pairs)
    served = duties.of(make, helpers)
    served.hours += hours.of(make, crowd, paired, held)
    visited, checked = visits.of(make, crowd, staff), health.contacts(make, crowd)
    screened = health.screenings(make, crowd, staff)
    earned = _earned(make, staff, helpers, served.hours)
    # What is planned is drawn after all that was done.
    held.sessions += list(ahead.sessions(make, held, built, courses))
    ahead.shifts(make, served, helpers)
    visited += list(ahead.visits(make, visited))
    return {
        **_houses(built, living),
        "programmes": programmes.rows(make),
        "courses": courses,
        "enrolments": held.enrolments,
        "sessions_held": held.sessions,
        "session_staff": held.staff,
        "attendances": held.attendances,
        "contacts": [*paired, *visited, *checked],
        "screenings": screened,
        "activities": served.activities,
        "shifts": served.shifts,
        "hours": served.hours,
        **earned,
    }


def _houses(built: Built, living: Living) -> Rows:
    """Where people are looked after, who stays there and who waits."""
    return {
        "facilities": built.facilities,
        "rooms": built.rooms,
        "room_bookings": [],
        "beds": built.beds,
        "stays": living.stays,
        "waitings": living.waitings,
    }


def _earned(
    make: Maker, staff: workers.Workers, helpers: Helpers, hours: list[dict[str, Any]]
) -> Rows:
    """What was received and earned. A case belongs to the account that took it in, and no quarrel
    is invented for the room that the report tells of."""
    return {
        "recognitions": awards.recognitions(make, helpers, hours),
        "cases": [],
        "case_steps": [],
        **_city(make, staff),
    }


def _city(make: Maker, staff: workers.Workers) -> Rows:
    """What street and city look at: honours, money, social workers, admissions."""
    return {
        "honours": awards.honours(make),
        **money.rows(make),
        "social_workers": workers.rows(make, staff),
        **admissions.rows(make),
    }
