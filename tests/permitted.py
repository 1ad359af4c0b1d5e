"""Who may do what with which register, written by hand, and how each register is tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests import chained
from tests.village import CHILDREN

# r read (rows, by id, columns, values, feed, history, choices, export)   n count
# a add   c change   d delete (of a comment: somebody else's)   v look behind a mask, with a reason
# Of cases and their steps: one's own. What somebody else handles is counted, and no more.
PEOPLE = """
               areas communities households residents groups memberships volunteers  teams team_members pairings comments
city_admin     racdn racdn       racdn      racdvn    racdn  racdn       racdvn      racdn racdn        racdn    racdn
researcher     rn    rn          rn         rn        rn     rn          rn          rn    rn           rn       racn
county_officer rn    rcn         rn         rvn       rn     rn          rvn         rn    rn           rn       racn
street_officer rn    rcn         rn         rvn       rn     rn          rvn         rn    rn           rn       racn
secretary      rn    rcn         racdn      racdvn    rn     racdn       racdvn      racdn racdn        racdn    racdn
clerk          rn    rn          racdn      racdvn    rn     racdn       racdvn      racdn racdn        racdn    racn
organisation   rn    rn          n          rn        rn     n           n           rn    n            n        -
social_worker  rn    rn          rn         rn        rn     rn          rn          rn    rn           racdn    racn
judge          rn    rn          -          -         rn     -           -           -     -            -        -
nobody         -     -           -          -         -      -           -           -     -            -        -
"""  # noqa: E501
PLACES = """
               facilities rooms beds  stays waitings activities shifts hours recognitions honours funds  custom_fields aparts
city_admin     racdn      racdn racdn racdn racdn    racdn      racdn  racdn racdn        racdn   racdn  racdn         racdn
researcher     rn         rn    rn    rn    rn       rn         rn     rn    rn           rn      rn     rn            rn
county_officer rn         rn    rn    rn    rn       rn         rn     rn    rn           rn      rn     rn            rn
street_officer rn         rn    rn    rn    rn       rn         rn     rn    rn           rn      rn     rn            rn
secretary      racdn      racdn racdn racdn racdn    racdn      racdn  racdn racdn        racdn   racdn  racdn         racdn
clerk          racdn      racdn racdn racdn racdn    racdn      racdn  racdn racdn        racdn   racdn  rn            racdn
organisation   n          n     n     n     n        n          n      n     n            rn      n      n             n
social_worker  rn         rn    rn    rn    rn       rn         rn     rn    rn           rn      rn     rn            rn
judge          -          -     -     -     -        -          -      -     -            rn      -      -             -
nobody         -          -     -     -     -        -          -      -     -            -       -      -             -
"""  # noqa: E501
SERVICES = """
               programmes courses enrolments sessions_held session_staff attendances contacts screenings cases case_steps
city_admin     racdn      racdn   racdn      racdn         racdn         racdn       racdn    racdvn     racdn racdn
researcher     rn         rn      rn         rn            rn            rn          rn       n          n     n
county_officer rn         rn      rn         rn            rn            rn          rn       n          n     n
street_officer rn         rn      rn         rn            rn            rn          rn       n          n     n
secretary      racdn      racdn   racdn      racdn         racdn         racdn       racdn    racdvn     racdn racdn
clerk          racdn      racdn   racdn      racdn         racdn         racdn       racdn    racdvn     racdn racdn
organisation   rn         rn      rn         racdn         racdn         racdn       racdn    n          n     n
social_worker  rn         rn      racdn      racdn         racdn         racdn       racdn    racdvn     racdn racdn
judge          -          -       -          -             -             -           -        -          -     -
nobody         -          -       -          -             -             -           -        -          -     -
"""  # noqa: E501
DECIDED = """
               declined room_bookings settings targets
city_admin     racdn    racdn         racdn    racdn
researcher     rn       rn            rn       rn
county_officer rn       rn            rn       rn
street_officer rn       rn            rn       rn
secretary      racdn    racdn         rn       rn
clerk          racdn    racdn         rn       rn
organisation   n        n             rn       rn
social_worker  rn       rn            rn       rn
judge          -        -             rn       rn
nobody         -        -             -        -
"""
CARRIERS = """
               organisations qualifications organisation_areas
city_admin     racdvn        racdn          racdn
researcher     rn            rn             rn
county_officer racdvn        racdn          racdn
street_officer racdvn        racdn          racdn
secretary      racdvn        racdn          racdn
clerk          racdvn        racdn          racdn
organisation   rn            rn             rn
social_worker  rn            rn             rn
judge          rn            rn             rn
nobody         -             -              -
"""
CITY = """
               payments spendings social_workers admissions admission_decisions duties
city_admin     racdn    racdn     racdvn         racdn      racdn               racdn
researcher     rn       rn        rn             rn         rn                  rn
county_officer rn       rn        rvn            racn       racn                racdn
street_officer rn       rn        rvn            racn       racn                rn
secretary      racdn    racdn     racdvn         racdn      racdn               rn
clerk          racdn    racdn     racdvn         racdn      rn                  rn
organisation   n        n         n              n          n                   rn
social_worker  rn       rn        rn             rn         rn                  rn
judge          -        -         -              -          -                   rn
nobody         -        -         -              -          -                   -
"""
AT_HOME = (PEOPLE, PLACES, SERVICES, DECIDED, CARRIERS, chained.CHAIN, chained.CARRIED, CITY)
# In somebody else's community: what is published may be read, nothing else.
PUBLISHED = (
    "areas", "communities", "groups", "honours", "settings", "targets", "organisations",
    "qualifications", "organisation_areas", "duties",
)  # fmt: skip
AWAY = (
    "county_officer", "street_officer", "secretary", "clerk", "organisation", "social_worker",
    "judge",
)  # fmt: skip
HIDDEN = """
researcher     residents  contact contact_phone party
social_worker  residents  party
organisation   residents  id_number household_id relation lives_alone registered_at ethnicity education marriage party employer remark
organisation   satisfactions resident_id
"""  # noqa: E501
MASKED = """
residents   id_number phone contact_phone
volunteers  id_number phone
organisations phone
needs phone
screenings  answers
social_workers phone
"""
Table = dict[tuple[str, str], str]


def written(*tables: str) -> Table:
    """(role, register) → letters."""
    said: Table = {}
    for table in tables:
        head, *lines = [line.split() for line in table.strip().splitlines()]
        for role, *letters in lines:
            said |= {(role, of): one for of, one in zip(head, letters, strict=True)}
    return said


def hidden(role: str, register: str) -> set[str]:
    """What a role never sees of a register."""
    lines = (line.split() for line in HIDDEN.strip().splitlines())
    return {name for who, of, *names in lines if (who, of) == (role, register) for name in names}


@dataclass(frozen=True)
class Kind:
    """How a register is tried: a new row's cells, a text that may be changed, one to look at.

    In cells {0} is the first letter of the community, {1} whose case it is: own or admin, {2}
    which row it is: spare, new or own.
    """

    cells: dict[str, Any]
    text: str = "remark"
    hidden: str = "name"
    refers: str = ""


KINDS = {
    "areas": Kind({"name": "空社区", "level": "社区"}, text="name"),
    "communities": Kind({}, hidden="phone"),
    "households": Kind({"number": "X1"}, hidden="number"),
    "residents": Kind({"name": "甲", "phone": "13800000077"}, "address", "phone", "household_id"),
    "groups": Kind({"name": "新类", "subject": "人"}, text="definition"),
    "memberships": Kind(
        {"group_id": CHILDREN, "resident_id": "{0}-an"}, hidden="basis", refers="resident_id"
    ),
    "organisations": Kind(
        {"name": "新组织", "registration": "备案", "phone": "13800000079"}, hidden="phone"
    ),
    "qualifications": Kind(
        {"organisation_id": "{0}-org", "name": "新资质"}, refers="organisation_id"
    ),
    "organisation_areas": Kind(
        {"organisation_id": "{0}-org"}, hidden="started_on", refers="organisation_id"
    ),
    "volunteers": Kind(
        {"name": "乙", "phone": "13800000078"}, hidden="phone", refers="resident_id"
    ),
    "teams": Kind({"name": "新队"}),
    "team_members": Kind(
        {"team_id": "{0}-team", "volunteer_id": "{0}-vol"}, "role", "role", refers="team_id"
    ),
    "pairings": Kind(
        {"volunteer_id": "{0}-vol", "resident_id": "{0}-an"}, hidden="help", refers="volunteer_id"
    ),
    "custom_fields": Kind({"subject": "居民", "name": "新列", "kind": "文本"}, text="help"),
    "aparts": Kind({"pair": "甲/乙"}, hidden="pair"),
    "declined": Kind(
        {"group_id": CHILDREN, "resident_id": "{0}-an", "way": "纳入"},
        hidden="way",
        refers="resident_id",
    ),
    "room_bookings": Kind(
        {"room_id": "{0}-room", "starts_at": "09:00", "ends_at": "10:00", "purpose": "开会"},
        hidden="purpose",
        refers="room_id",
    ),
    "settings": Kind({"value": "3"}, hidden="value"),
    "targets": Kind({"least": 3}, text="basis", hidden="basis"),
    "facilities": Kind({"name": "新设施"}),
    "rooms": Kind({"facility_id": "{0}-house", "name": "新房"}, refers="facility_id"),
    "beds": Kind(
        {"room_id": "{0}-room", "number": "B", "kind": "日间照料"}, hidden="fee", refers="room_id"
    ),
    "stays": Kind({"bed_id": "{0}-bed", "resident_id": "{0}-an"}, hidden="fee", refers="bed_id"),
    "waitings": Kind(
        {"resident_id": "{0}-an", "kind": "老年公寓"}, hidden="outcome", refers="resident_id"
    ),
    "programmes": Kind({"name": "新项目", "kind": "其他", "project_id": "{0}-project"}),
    "courses": Kind({"programme_id": "{0}-hour", "name": "新课"}, refers="programme_id"),
    "enrolments": Kind(
        {"programme_id": "{0}-hour", "resident_id": "{0}-an"},
        hidden="started_on",
        refers="resident_id",
    ),
    "sessions_held": Kind(
        {"programme_id": "{0}-hour", "held_on": "2026-01-11"},
        hidden="others",
        refers="programme_id",
    ),
    "session_staff": Kind(
        {"session_id": "{0}-hour-1", "role": "社工", "name": "丙"}, "name", refers="session_id"
    ),
    "attendances": Kind(
        {"session_id": "{0}-hour-1", "resident_id": "{0}-an"},
        hidden="presence",
        refers="resident_id",
    ),
    "contacts": Kind(
        {
            "kind": "走访",
            "resident_id": "{0}-an",
            "due_on": "2026-01-05",
            "programme_id": "{0}-hour",
        },
        "result",
        "result",
        "resident_id",
    ),
    "screenings": Kind(
        {"resident_id": "{0}-an", "answers": "是" * 15, "score": 10},
        hidden="answers",
        refers="resident_id",
    ),
    "activities": Kind({"name": "新活动", "rhythm": "每周"}),
    "shifts": Kind({"activity_id": "{0}-patrol"}, hidden="state", refers="activity_id"),
    "hours": Kind({"volunteer_id": "{0}-vol"}, "content", "hours", "volunteer_id"),
    "recognitions": Kind(
        {"volunteer_id": "{0}-vol", "title": "新称号"}, hidden="title", refers="volunteer_id"
    ),
    "cases": Kind({"number": "C", "kind": "邻里"}, "facts", "parties"),
    "case_steps": Kind({"case_id": "{0}-case-{1}", "what": "谈话"}, "what", "what", "case_id"),
    "honours": Kind({"title": "新荣誉"}, hidden="title"),
    "funds": Kind(
        {"source": "项目资金", "purpose": "新用途", "amount": 100},
        hidden="amount",
    ),
    "payments": Kind({"fund_id": "{0}-fund", "amount": 1}, hidden="amount", refers="fund_id"),
    "spendings": Kind(
        {"fund_id": "{0}-fund", "item": "书", "amount": 1, "voucher": "1"},
        hidden="amount",
        refers="fund_id",
    ),
    "social_workers": Kind({"name": "丁", "phone": "13800000079"}, hidden="phone"),
    "admissions": Kind({"department": "某局", "item": "新事项"}, hidden="funding"),
    "admission_decisions": Kind(
        {"admission_id": "{0}-asked", "decision": "同意进入"}, "opinion", "rule", "admission_id"
    ),
    "duties": Kind({"item": "新事权", "level": "社区", "responsible": "某局"}, hidden="basis"),
    "comments": Kind(
        {"subject": "residents", "subject_id": "{0}-an", "subject_field": "name", "text": "核对"},
        text="done",
        hidden="text",
    ),
}
KINDS |= {name: Kind(*told) for name, told in chained.CELLS.items()}
# By register and column two choices, of which each may be said once.
ONCE = {
    "settings": {"item": ("星级时长", "每名志愿者最多结对")},
    "targets": {"what": ("志愿者占比", "每千名老人床位")},
}
