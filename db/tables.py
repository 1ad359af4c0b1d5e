"""Every table of the product, known by importing this module."""

from __future__ import annotations

from db import (
    accounts,
    attempts,
    audit,
    closings,
    documents,
    facts,
    papers,
    preferences,
    registers,
    sessions,
    standings,
    tokens,
    uploads,
)
from db.base import Base

METADATA = Base.metadata
DECLARED = (
    accounts, attempts, audit, closings, documents, facts, papers, preferences, registers,
    sessions, standings, tokens, uploads,
)  # fmt: skip
