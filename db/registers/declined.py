"""What was proposed from data and not taken up: nobody is asked again."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from db.base import About, Row
from db.fields import field
from db.kinds import CHOICE, REFERENCE, TEXT
from db.registers.people import open_groups

JOIN, LEAVE = WAYS = ("纳入", "退出")


class Declined(Row):
    """That a resident shall not join a target group, or shall stay in it, whatever data say."""

    __tablename__ = "declined"
    about = About("不采纳的建议", ("way", "group_id", "resident_id"), "条", open_rows=open_groups)

    resident_id: Mapped[str] = field(
        REFERENCE, "居民", required=True, refers="residents", width=120
    )
    group_id: Mapped[str] = field(REFERENCE, "类别", required=True, refers="groups", width=140)
    way: Mapped[str] = field(CHOICE, "建议", required=True, choices=WAYS, width=80)
    who: Mapped[str] = field(TEXT, "谁定的", required=True, readonly=True, stamp="name")
    said_at: Mapped[str] = field(TEXT, "何时定的", required=True, readonly=True, stamp="now")
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=500, width=200)
