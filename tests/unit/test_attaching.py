"""Files of bids: put to one's own while the call is open, sealed until it closes by every way."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, func, select

from db import doors
from db.documents import Document
from db.doors import Forbidden, Question
from db.engine import reading
from db.parsers import Refused
from tests.callers import in_use, signed_in
from tests.unit import test_guards as guarded
from tests.unit.test_guards import JUDGE, ORG, RIVAL
from tests.village import ADMIN, EAST, OFFICER, SECRETARY, WORKER, add, done, one

PDF = b"%PDF-1.7 plan"


@pytest.fixture
def bid(village: Engine) -> Engine:
    """Two bids under seal; the first has a file."""
    guarded.called(village)
    done(village, ORG, guarded.bid("b1", "e-org"))
    done(village, RIVAL, guarded.bid("b2", "w-org"))
    return village


def kept(on: Engine) -> int:
    with reading(on) as conn:
        return conn.scalar(select(func.count()).select_from(Document)) or 0


def test_its_organisation_alone_until_the_call_closes(bid: Engine) -> None:
    row_id = doors.attach(bid, ORG, "b1", "方案.pdf", PDF)
    assert doors.document(bid, ORG, row_id) == doors.File("方案.pdf", PDF)
    with reading(bid) as conn:
        assert PDF not in conn.scalars(select(Document.content)).one()  # sealed where it lies
    others = (RIVAL, JUDGE, OFFICER, SECRETARY, ADMIN, WORKER)
    for who in others:
        with pytest.raises(Forbidden):
            doors.document(bid, who, row_id)
    done(bid, OFFICER, add("judges", "j1", EAST, call_id="c", name="甲", account=JUDGE.id))
    guarded.later(bid)
    for who in (OFFICER, SECRETARY, ADMIN, JUDGE, ORG):
        assert doors.document(bid, who, row_id).content == PDF
    for who in (RIVAL, WORKER):
        with pytest.raises(Forbidden):
            doors.document(bid, who, row_id)


def test_sealed_by_every_route(bid: Engine) -> None:
    """Of a sealed bid and its files nobody else learns even that they are there."""
    row_id = doors.attach(bid, ORG, "b1", "方案.pdf", PDF)
    rows = {"bids": "b1", "bid_files": row_id}
    with in_use(bid) as on:
        for who in (RIVAL, JUDGE, OFFICER, SECRETARY, ADMIN):
            caller = signed_in(on, who)[0]
            assert caller.get("/bid-files", params={"id": row_id}).status_code == 403
            for register, this in rows.items():
                for path, asked in (
                    ("/rows", {}), ("/rows/by-id", {"ids": this}), ("/history", {"id": this}),
                    ("/feed", {"since": 0, "area": EAST}), ("/rows", {"q": "方案"}),
                    ("/values", {"field": "title" if register == "bids" else "name"}),
                    ("/choices", {"field": "bid_id", "area": EAST}),
                ):  # fmt: skip
                    if path == "/choices" and register == "bids":
                        continue
                    answer = caller.get(path, params={"register": register, **asked})
                    assert this not in answer.text, (who.role, path)
                    assert "方案.pdf" not in answer.text
                exported = caller.post(
                    "/export",
                    json={"register": register, "area": EAST, "format": "csv", "reason": "核对"},
                )
                assert "东风" not in exported.text
                if who.role != "organisation":
                    continue
                totals = doors.totals(on, who, Question(register, EAST))
                assert sum(totals.values()) == (1 if register == "bids" else 0)  # its own


def test_what_is_no_file_and_what_comes_late(bid: Engine) -> None:
    for name, content, sentence in (
        ("方案.exe", PDF, "的格式不能接受"),
        ("方案", PDF, "的格式不能接受"),
        ("方案.pdf", b"", "是空的"),
        ("方案.pdf", bytes(10_000_001), "超过 10 MB"),
    ):
        with pytest.raises(Refused, match=sentence):
            doors.attach(bid, ORG, "b1", name, content)
    with pytest.raises(Forbidden):
        doors.attach(bid, ORG, "b2", "方案.pdf", PDF)  # somebody else's
    with pytest.raises(Forbidden):
        doors.attach(bid, OFFICER, "b1", "方案.pdf", PDF)
    for number in range(10):
        doors.attach(bid, ORG, "b1", f"附件{number}.pdf", PDF)
    with pytest.raises(Refused, match="最多 10 个附件"):
        doors.attach(bid, ORG, "b1", "又一个.pdf", PDF)
    guarded.later(bid)
    before = kept(bid)
    with pytest.raises(Refused, match="征集已截止，不能再增删附件"):
        doors.attach(bid, RIVAL, "b2", "迟到.pdf", PDF)
    assert kept(bid) == before  # nothing is left of what was refused


def test_a_row_without_content_is_no_file(bid: Engine) -> None:
    bare = add("bid_files", "x", EAST, bid_id="b1", name="空.pdf", size=1, digest="0")
    assert "附件没有内容" in one(bid, ORG, bare).reason


def test_over_http_it_is_kept_and_never_run(bid: Engine) -> None:
    row_id = doors.attach(bid, ORG, "b1", "方案.pdf", PDF)
    with in_use(bid) as on:
        answer = signed_in(on, ORG)[0].get("/bid-files", params={"id": row_id})
        assert (answer.status_code, answer.content) == (200, PDF)
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert answer.headers["content-type"] == "application/octet-stream"
        assert "no-store" in answer.headers["cache-control"]


def test_who_can_judge(bid: Engine) -> None:
    told = {one.username for one in doors.jurors(bid, OFFICER, EAST)}
    assert told == {JUDGE.id, guarded.SECOND.id}
    with pytest.raises(Forbidden):
        doors.jurors(bid, ORG, EAST)
    with pytest.raises(Forbidden):
        doors.jurors(bid, SECRETARY, "west")
