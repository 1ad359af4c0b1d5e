"""What a community earned: honours."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from db.base import About, Extensible, Row
from db.fields import field
from db.kinds import CHOICE, PARTIAL_DATE, TEXT
from db.registers.duties import LEVELS


class Honour(Extensible, Row):
    """A title that the community holds."""

    __tablename__ = "honours"
    about = About("荣誉", ("title",), "项", public=True)

    title: Mapped[str] = field(TEXT, "名称", required=True, longest=100, width=320)
    level: Mapped[str | None] = field(CHOICE, "级别", choices=LEVELS, width=80)
    issuer: Mapped[str | None] = field(TEXT, "颁发单位", longest=100, width=160)
    given_on: Mapped[str | None] = field(PARTIAL_DATE, "时间", past=True)
    source: Mapped[str | None] = field(TEXT, "数据来源", width=160)
    remark: Mapped[str | None] = field(TEXT, "备注", multiline=True, longest=2000, width=240)
