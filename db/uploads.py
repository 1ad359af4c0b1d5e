"""Files that somebody has brought and is not done with: kept, sealed, until they are old.

A reload, a restart or a lost connection must not cost a clerk the file and the corrections.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from sqlalchemy import Engine, LargeBinary, String, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from db import ids, moments, secrecy
from db.actors import Actor
from db.base import Base
from db.engine import reading, writing

KEPT = dt.timedelta(days=7)
PURPOSE = "upload"


class Upload(Base):
    """One file of one account; its content is sealed, as rosters are full of numbers."""

    __tablename__ = "uploads"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    account_id: Mapped[str] = mapped_column(String(36), index=True)
    at: Mapped[str] = mapped_column(String(27))
    name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True)
class Brought:
    """A file as it came."""

    id: str
    name: str
    content: bytes


def keep(on: Engine, actor: Actor, name: str, content: bytes) -> str:
    """Keeps the file; its id. What is older than a week goes."""
    row_id = ids.new()
    old = moments.ago(KEPT)
    with writing(on) as conn:
        conn.execute(delete(Upload).where(Upload.at < old))
        made = {
            "id": row_id,
            "account_id": actor.id,
            "at": moments.text(moments.now()),
            "name": name[:200],
            "content": secrecy.seal_bytes(content, PURPOSE),
        }
        conn.execute(insert(Upload), [made])
    return row_id


def get(on: Engine, actor: Actor, upload_id: str) -> Brought | None:
    """One's own file, or None where there is none (any more)."""
    asked = select(Upload.name, Upload.content).where(
        Upload.id == upload_id, Upload.account_id == actor.id
    )
    with reading(on) as conn:
        found = conn.execute(asked).first()
    if found is None:
        return None
    try:
        return Brought(upload_id, found.name, secrecy.unseal_bytes(found.content, PURPOSE))
    except InvalidTag:
        return None
