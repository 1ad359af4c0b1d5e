"""The two doors: everything read comes out by one, everything written goes in by the other."""

from __future__ import annotations

from db.doors.choosing import choices, distinct, totals
from db.doors.covering import Figure, People, figures, people
from db.doors.questions import Condition, Forbidden, Question
from db.doors.reading import Answer, areas, by_ids, columns, may, named, path, read, row, version
from db.doors.remembering import News, feed, history, reveal
from db.doors.undoing import undo
from db.doors.writing import write

__all__ = [
    "Answer", "Condition", "Figure", "Forbidden", "News", "People", "Question",
    "areas", "by_ids", "choices", "columns", "distinct", "feed", "figures", "history", "may",
    "named", "path", "people", "read", "reveal", "row", "totals", "undo", "version", "write",
]  # fmt: skip
