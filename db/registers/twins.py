"""What people found out about rows that look alike: that they are two."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from db.base import About, Row, living_unique
from db.fields import field
from db.kinds import TEXT


class Apart(Row):
    """That two residents are two who look like one; while it stands nobody is asked again."""

    __tablename__ = "aparts"
    __table_args__ = (living_unique("aparts", "pair"),)
    about = About("不是同一人", ("pair",), "对")

    # Both ids, the smaller one first: a note that keeps nobody from deleting or merging either.
    pair: Mapped[str] = field(
        TEXT, "哪两行", required=True, readonly=True, unique=True, longest=73, width=300
    )
    who: Mapped[str] = field(TEXT, "谁说的", required=True, readonly=True, stamp="name")
    said_at: Mapped[str] = field(TEXT, "何时说的", required=True, readonly=True, stamp="now")
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=500, width=200)


def pair(one: str, other: str) -> str:
    """How two rows are named together."""
    return "/".join(sorted((one, other)))
