"""The roles: per register the verbs of each, and what it never sees."""

from __future__ import annotations

from dataclasses import dataclass

from db import serving

VERBS = ("read", "add", "change", "delete", "reveal", "count")
LETTERS = dict(zip("racdvn", VERBS, strict=True))


@dataclass(frozen=True)
class Role:
    """A kind of account: per register the letters of its verbs (see LETTERS), what it never sees.

    `rights` names registers; `*` stands for all that are not named. `leads`: it may also take
    back what others did in its area, not only what it did itself.
    """

    name: str
    label: str
    rights: dict[str, str]
    hides: frozenset[str] = frozenset()
    leads: bool = False


ALL, KEEP, LOOK, TALK = "racdvn", "racdvn", "rn", "racdn"
# Who may read a cell may speak of it.
PUBLISHED = {
    "areas": LOOK, "communities": LOOK, "groups": LOOK, "honours": LOOK, "settings": LOOK,
    "targets": LOOK, "comments": TALK,
    "organisations": LOOK, "qualifications": LOOK, "organisation_areas": LOOK,
    "duties": LOOK,
}  # fmt: skip
# Who registers or files a social organisation keeps its row; everybody may know of it.
KEPT_HERE = {"organisations": KEEP, "qualifications": KEEP, "organisation_areas": KEEP}
# Of a mediation no more than a number leaves its handler, of a screening no more than a count.
SECRET = {"cases": "n", "case_steps": "n", "screenings": "n"}
# A column is made by who answers for the place; the others only fill it in.
KEEPER = PUBLISHED | KEPT_HERE | {"custom_fields": LOOK, "aparts": TALK, "honours": KEEP, "*": KEEP}
SERVED = (
    "pairings",
    "contacts",
    "enrolments",
    "sessions_held",
    "session_staff",
    "attendances",
)
DESK = "racdn"
# Bids are written by organisations alone; who decides on a design does not decide on its own.
SEALED = {"bids": LOOK, "bid_files": LOOK}
DECIDED = {"reviews": LOOK, "awards": LOOK} | SEALED
DECIDES = dict.fromkeys(
    ("reviews", "calls", "criteria", "judges", "scores", "awards", "milestones", "evaluations"),
    DESK,
)
# What departments ask for is entered by everybody who keeps registers, and decided by the
# secretary, the street, the county or the city.
ENTITLED = {"admissions": "racn", "admission_decisions": "racn"}
OFFICER = (
    PUBLISHED
    | SECRET
    | KEPT_HERE
    | DECIDES
    | SEALED
    | ENTITLED
    | {"communities": "rcn", "custom_fields": LOOK, "aparts": LOOK, "*": "rvn"}
)
# What an organisation's people see of these is what concerns it: see db/serving.py.
CARRIES = {
    "comments": "", "teams": LOOK, "projects": "r", "calls": "r", "criteria": "r", "bids": DESK,
    "bid_files": DESK, "awards": LOOK, "milestones": "r", "evaluations": "r", "satisfactions": "r",
    "programmes": LOOK, "courses": LOOK, "enrolments": LOOK, "sessions_held": DESK,
    "session_staff": DESK, "attendances": DESK, "contacts": DESK, "residents": LOOK,
    "project_needs": "", "budget_lines": "", "reviews": "", "judges": "", "scores": "", "*": "n",
}  # fmt: skip
JUDGES = {
    "comments": "", "projects": "r", "budget_lines": "r", "calls": "r", "criteria": "r",
    "bids": "r", "bid_files": "r", "judges": "rc", "scores": "racd", "awards": "r", "*": "",
}  # fmt: skip

ROLES = (
    Role("city_admin", "市级管理员", {"comments": TALK, "*": ALL} | SEALED, leads=True),
    Role(
        "researcher",
        "调研员",
        SECRET | {"comments": TALK, "*": LOOK},
        frozenset({"residents.contact", "residents.contact_phone", "residents.party"}),
    ),
    Role("county_officer", "县级干部", OFFICER | {"duties": DESK}),
    Role("street_officer", "街道干部", OFFICER),
    Role(
        "secretary",
        "社区书记",
        KEEPER | DECIDED | {"communities": "rcn", "custom_fields": TALK},
        leads=True,
    ),
    Role("clerk", "社区干事", KEEPER | DECIDED | {"scores": LOOK, "admission_decisions": LOOK}),
    Role("organisation", "社会组织", PUBLISHED | CARRIES, serving.HIDES),
    Role(
        "social_worker",
        "社工",
        PUBLISHED
        | dict.fromkeys(SERVED, "racdn")
        | dict.fromkeys(("bids", "bid_files", "judges", "scores"), "")
        | {"needs": "racvn", "satisfactions": "racn"}
        | {"screenings": KEEP, "cases": "racdn", "case_steps": "racdn", "*": LOOK},
        frozenset({"residents.party"}),
    ),
    Role("judge", "评委", PUBLISHED | JUDGES),
)
# Who fills a new database: nobody signs in as this.
FOUNDER = Role("founder", "系统", {"*": ALL}, leads=True)
# Whoever writes on a community's public page: nobody signs in as this either, no account has it.
VISITOR = Role("visitor", "居民自助", {"needs": "a", "groups": "r", "communities": "r", "*": ""})
