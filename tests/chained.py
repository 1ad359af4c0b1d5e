"""A chain from a need to its delivery, written out, and who may do what with its registers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, insert

from db import facts, founding
from db.accounts import Account
from db.engine import writing

# Of bids: what is open by now. Of what an organisation reads: what concerns it.
CHAIN = """
               needs   projects project_needs budget_lines reviews calls criteria bids  bid_files
city_admin     racdvn  racdn    racdn         racdn        racdn   racdn racdn    rn    rn
researcher     rn      rn       rn            rn           rn      rn    rn       rn    rn
county_officer rvn     rn       rn            rn           racdn   racdn racdn    rn    rn
street_officer rvn     rn       rn            rn           racdn   racdn racdn    rn    rn
secretary      racdvn  racdn    racdn         racdn        rn      racdn racdn    rn    rn
clerk          racdvn  racdn    racdn         racdn        rn      racdn racdn    rn    rn
organisation   n       r        -             -            -       r     r        racdn racdn
social_worker  racvn   rn       rn            rn           rn      rn    rn       -     -
judge          -       r        -             r            -       r     r        r     r
nobody         -       -        -             -            -       -     -        -     -
"""
CARRIED = """
               judges scores awards milestones evaluations satisfactions
city_admin     racdn  racdn  racdn  racdn      racdn       racdn
researcher     rn     rn     rn     rn         rn          rn
county_officer racdn  racdn  racdn  racdn      racdn       rn
street_officer racdn  racdn  racdn  racdn      racdn       rn
secretary      racdn  racdn  rn     racdn      racdn       racdn
clerk          racdn  rn     rn     racdn      racdn       racdn
organisation   -      -      rn     r          r           r
social_worker  -      -      rn     rn         rn          racn
judge          rc     racd   r      -          -           -
nobody         -      -      -      -          -           -
"""
JUDGE = "caller-m-judge"  # the username of a judge in the walk
CELLS: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "needs": ({"title": "新需求", "phone": "13800000080"}, "description", "phone", "resident_id"),
    "projects": ({"name": "新联动项目"}, "goal", "name", ""),
    "project_needs": (
        {"project_id": "{0}-project", "need_id": "{0}-need-{2}"}, "remark", "need_id", "need_id",
    ),
    "budget_lines": (
        {"project_id": "{0}-project", "item": "教具", "amount": 10}, "remark", "item", "project_id",
    ),
    "reviews": (
        {"project_id": "{0}-project", "decision": "批准"}, "opinion", "decision", "project_id",
    ),
    "calls": (
        {"project_id": "{0}-project", "title": "新征集", "state": "已发布",
         "closes_on": "2199-12-31"},
        "requirements", "title", "project_id",
    ),
    "criteria": ({"call_id": "{0}-call-{2}", "name": "经验", "weight": 100}, "definition", "name",
                 "call_id"),
    "bids": (
        {"call_id": "{0}-call-{2}", "organisation_id": "{0}-org", "title": "方案",
         "plan": "每周一次", "price": 100},
        "team", "title", "call_id",
    ),
    "bid_files": (
        {"bid_id": "{0}-bid", "name": "方案.pdf", "size": 5, "digest": "0"},
        "name", "name", "bid_id",
    ),
    "judges": (
        {"call_id": "{0}-call-{2}", "name": "评委", "account": JUDGE},
        "conflict_reason", "name", "call_id",
    ),
    "scores": (
        {"judge_id": "{0}-judge-own", "bid_id": "{0}-bid", "criterion_id": "{0}-criterion-{2}",
         "points": 80},
        "remark", "points", "bid_id",
    ),
    "awards": (
        {"call_id": "{0}-call-{2}", "organisation_id": "{0}-org", "reason": "得分最高"},
        "reason", "reason", "call_id",
    ),
    "milestones": (
        {"project_id": "{0}-project", "name": "首月", "due_on": "2026-03-01"},
        "remark", "name", "project_id",
    ),
    "evaluations": (
        {"project_id": "{0}-project", "kind": "中期", "score": 90},
        "opinion", "score", "project_id",
    ),
    "satisfactions": ({"project_id": "{0}-project", "score": 5}, "words", "score", "project_id"),
}  # fmt: skip


def rows(area: str) -> dict[str, list[dict[str, Any]]]:
    """A project won by the community's organisation, with calls on which nothing is decided."""
    at = area[0]
    project = {"project_id": f"{at}-project"}
    shut = {"state": "已发布", "opens_on": "2026-01-01", "closes_on": "2026-01-31"}
    calls = [
        {"id": f"{at}-call{rest}", "title": f"征集{rest}", **project, **shut}
        for rest in ("", "-spare")
    ]
    calls.append({**calls[0], "id": f"{at}-call-new", "closes_on": "2199-12-31"})
    made: dict[str, list[dict[str, Any]]] = {
        "needs": [
            {"id": f"{at}-need{rest}", "title": "放学后没人管", "number": f"260101-{at}{rest}"}
            for rest in ("", "-spare", "-new")
        ],
        "projects": [
            {"id": f"{at}-project", "name": "放学后的一小时", "designed_on": "2026-01-01"}
        ],
        "project_needs": [{"id": f"{at}-answers", **project, "need_id": f"{at}-need"}],
        "reviews": [
            {"id": f"{at}-review", **project, "decision": "批准", "reviewed_on": "2026-01-02"}
        ],
        "calls": calls,
        "criteria": [
            {"id": f"{at}-criterion{rest}", "call_id": f"{at}-call", "name": f"可行性{rest}",
             "weight": 25}
            for rest in ("", "-spare", "-new", "-own")
        ],
        "bids": [
            {"id": f"{at}-bid", "call_id": f"{at}-call", "organisation_id": f"{at}-org",
             "title": "陪伴一小时", "plan": "每天", "price": 900}
        ],
        "judges": [
            {"id": f"{at}-judge{rest}", "call_id": f"{at}-call", "name": "评委",
             "account": account}
            for rest, account in (("", "by"), ("-own", JUDGE))
        ],
        "scores": [
            {"id": f"{at}-score", "judge_id": f"{at}-judge", "bid_id": f"{at}-bid",
             "criterion_id": f"{at}-criterion", "points": 88}
        ],
        "awards": [
            {"id": f"{at}-award", "call_id": f"{at}-call", "organisation_id": f"{at}-org",
             "reason": "唯一申请，方案可行", "awarded_on": "2026-02-02"}
        ],
        "programmes": [
            {"id": f"{at}-hour", "name": "放学一小时", "kind": "五点半学校", **project}
        ],
        "sessions_held": [
            {"id": f"{at}-hour-1", "programme_id": f"{at}-hour", "held_on": "2026-03-02",
             "state": "已举办"}
        ],
        "enrolments": [
            {"id": f"{at}-takes-part", "programme_id": f"{at}-hour", "resident_id": f"{at}-an",
             "started_on": "2026-03-01"}
        ],
    }  # fmt: skip
    return {name: [{"area_id": area, **row} for row in some] for name, some in made.items()}


def fill(on: Engine, area: str) -> None:
    """Puts the chain of a community in place."""
    founding.fill(on, rows(area))


def account(on: Engine, row_id: str, username: str, role: str, area: str, of: str | None) -> None:
    """An account of a known id, which nobody signs in to."""
    row = {
        "id": row_id, "username": username, "name": username, "role": role, "area_id": area,
        "clearance": False, "active": True, "must_change": False, "sample": False,
        "created_at": "", "organisation_id": of,
    }  # fmt: skip
    with writing(on) as conn:
        conn.execute(insert(Account), [row])


def relax(on: Engine) -> None:
    """As while a database is being filled: the order of the stages is not watched."""
    facts.put(on, facts.FILLING, "1")
