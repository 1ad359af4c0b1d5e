"""The sample data: the article's communities as published, everyone in them invented.

The same day gives the same rows on any machine: what was done lies before it, what is planned after
it, so that there is always something to do. What may be invented, and how ID numbers and phones are
kept from ever being somebody's, is said where each is made.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any

from sqlalchemy import Engine

from db import dates, facts, founding, spans, standard
from db.accounts import SAMPLE_PASSWORD, add
from db.doors.closing import close
from db.sample import (
    chains,
    crowd,
    deliveries,
    homes,
    memberships,
    organisations,
    pairings,
    places,
    services,
    teams,
    volunteers,
)
from db.sample.accounts import ACCOUNTS
from db.sample.maker import Maker

# The day the sample tells of. Fixed, so that the data do not change from one day to the next.
REFERENCE = dt.date(2026, 10, 31)

Rows = dict[str, list[dict[str, Any]]]


def rows(today: dt.date) -> Rows:
    """Every register's rows by its name, in their order; `today` parts done and due."""
    make = Maker.start(today)
    lived_in = [home for area in places.POPULATED for home in homes.of(make, area)]
    belonging = memberships.of(make, lived_in)
    helpers = volunteers.of(make, lived_in, belonging)
    pairs = pairings.of(make, belonging, helpers)
    # Drawn last, so that what was here before them keeps its values.
    done = services.of(make, crowd.of(lived_in, belonging), helpers, pairs)
    linked = chains.of(make, done)
    done |= {name: [*done[name], *linked.pop(name)] for name in deliveries.REGISTERS}
    return {
        "areas": places.areas(),
        "communities": places.communities(),
        "households": [home.household for home in lived_in],
        "residents": [person for home in lived_in for person in home.people],
        "groups": standard.groups(places.ROOT),
        "memberships": belonging,
        "declined": [],
        **organisations.rows(make),
        **linked,
        "volunteers": helpers.volunteers,
        "teams": teams.rows(),
        "team_members": helpers.members,
        "pairings": pairs,
        **done,
        "comments": [],
        "custom_fields": [],
        "aparts": [],
        "settings": [],
        "targets": [],
    }


def fill(on: Engine) -> None:
    """Writes the sample and its accounts into a new database, which says so from then on."""
    facts.mark_sample(on)
    facts.put(on, facts.FILLING, "1")
    made = rows(dates.today())
    del made["groups"]  # every database has them from the start
    founding.fill(on, made)
    for one in ACCOUNTS:
        row_id = chains.account(one.username)  # so that what it did can name it
        add(on, password=SAMPLE_PASSWORD, sample=True, account_id=row_id, **asdict(one))
    close(on, spans.finished(dates.today()))
    facts.put(on, facts.FILLING, "")
