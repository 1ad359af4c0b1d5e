"""What is in the files that belong to rows, sealed, beside the rows that name them."""

from __future__ import annotations

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base

PURPOSE = "document"


class Document(Base):
    """The content of one file, under the id of its row."""

    __tablename__ = "documents"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
