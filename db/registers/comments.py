"""What people say to one another about single cells."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from db.base import About, Row
from db.fields import field
from db.kinds import TEXT, YES_NO


class Comment(Row):
    """One remark on one cell of a row of another register; only whether it is done may change."""

    __tablename__ = "comments"
    __table_args__ = (Index("ix_comments_subject", "subject", "subject_id"),)
    about = About("批注", ("text",), attached=True, author="author_id")

    subject: Mapped[str] = field(TEXT, "所在台账", required=True, readonly=True, longest=40)
    subject_id: Mapped[str] = field(TEXT, "所在行", required=True, readonly=True, longest=36)
    subject_field: Mapped[str] = field(TEXT, "所在列", required=True, readonly=True, longest=40)
    text: Mapped[str] = field(
        TEXT, "内容", required=True, readonly=True, multiline=True, longest=1000, width=300
    )
    author: Mapped[str] = field(TEXT, "谁写的", required=True, readonly=True, stamp="name")
    author_id: Mapped[str] = field(TEXT, "账号编号", required=True, readonly=True, stamp="id")
    written_at: Mapped[str] = field(TEXT, "何时写的", required=True, readonly=True, stamp="now")
    done: Mapped[bool | None] = field(YES_NO, "已处理", width=80)
