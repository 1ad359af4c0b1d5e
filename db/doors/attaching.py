"""The documents of a bid: put to it while its call is open, taken out by who may see the bid."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from sqlalchemy import Connection, Engine, func, insert, select

from db import engine, ids, secrecy
from db.actors import Actor
from db.changes import Change
from db.documents import PURPOSE, Document
from db.doors.questions import Forbidden
from db.doors.reading import permitted, register_named
from db.doors.storing import Occasion
from db.doors.writing import Bound, written
from db.parsers import Refused, short
from db.permissions import Grant
from db.registers.calls import Bid, BidFile

BIGGEST, MOST = 10_000_000, 10  # bytes of one file; files of a bid
FORMS = ("pdf", "doc", "docx", "xls", "xlsx", "wps", "et", "jpg", "jpeg", "png", "zip")
NOWHERE = "没有这个附件，或它不在您的工作范围内"


@dataclass(frozen=True)
class File:
    """A document as it was brought."""

    name: str
    content: bytes


def attach(on: Engine, actor: Actor, bid: str, name: str, content: bytes) -> str:
    """Puts a file to a bid; the id of its row. Row and content are stored together or not at all.

    Raises Forbidden, or Refused with a sentence.
    """
    _fits(name, content)
    row_id = ids.new()
    with engine.writing(on) as conn:
        grant = permitted(conn, actor, "add", register_named("bid_files"))
        area = _open(conn, actor, bid)
        if not grant.covers(area):
            raise Forbidden(NOWHERE)
        kept = {"id": row_id, "content": secrecy.seal_bytes(content, PURPOSE)}
        conn.execute(insert(Document), [kept])
        digest = hashlib.sha256(content).hexdigest()
        cells = {"bid_id": bid, "name": name, "size": len(content), "digest": digest}
        change = Change("bid_files", row_id, None, {"area_id": area, **cells})
        occasion = Occasion(actor, "page", ids.new())
        (outcome,) = written(conn, occasion, [change], Bound.WHOLE).outcomes
        if outcome.status != "applied":
            raise Refused(outcome.reason)
    return row_id


def _fits(name: str, content: bytes) -> None:
    ending = name.rpartition(".")[2].lower()
    if ending not in FORMS or "." not in name:
        raise Refused(f"附件{short(name)}的格式不能接受，可以是 " + "、".join(FORMS))
    if not content:
        raise Refused(f"附件{short(name)}是空的，请核对")
    if len(content) > BIGGEST:
        raise Refused(f"附件{short(name)}超过 {BIGGEST // 1_000_000} MB，请压缩或分成几个")


def _open(conn: Connection, actor: Actor, bid: str) -> str:
    """The area of one's own bid that has room for one more file."""
    grant = permitted(conn, actor, "change", register_named("bids"))
    asked = select(Bid.area_id, Bid.organisation_id).where(
        Bid.id == bid, Bid.deleted_at.is_(None), grant.rows()
    )
    found = conn.execute(asked).one_or_none() if ids.sound(bid) else None
    if found is None or found.organisation_id != actor.organisation:
        raise Forbidden("没有这份申请书，或它不是本组织的")
    of = select(func.count()).where(BidFile.bid_id == bid, BidFile.deleted_at.is_(None))
    if (conn.scalar(of) or 0) >= MOST:
        raise Refused(f"一份申请书最多 {MOST} 个附件，请先删去不用的")
    return str(found.area_id)


def document(on: Engine, actor: Actor, row_id: str) -> File:
    """What is in a bid's file; raises Forbidden for whoever may not see the bid."""
    with engine.reading(on) as conn:
        grant: Grant = permitted(conn, actor, "read", register_named("bid_files"))
        asked = select(BidFile.name, Document.content).join(Document, Document.id == BidFile.id)
        asked = asked.where(BidFile.id == row_id, BidFile.deleted_at.is_(None), grant.rows())
        found = conn.execute(asked).one_or_none() if ids.sound(row_id) else None
    if found is None:
        raise Forbidden(NOWHERE)
    try:
        return File(found.name, secrecy.unseal_bytes(found.content, PURPOSE))
    except InvalidTag:
        raise Refused("这个附件打不开：数据库的密钥已经换过") from None
